"""Files are prepared side by side and committed one at a time; what is committed is what was prepared."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import Any

import pytest

from ingest.catalogue.records import VersionStatus
from ingest.domain import IngestStatus
from ingest.errors import NotFound
from tests.ingest.ingest_fakes import NEW, OLD, OTHER, World, toy_read, world

__all__ = ["world"]
WAIT_S = 30


def test_preparing_stores_nothing(world: World) -> None:
    world.ingestor.prepare(OLD, name="a")
    assert (world.texts(), world.originals.list(), world.index.points) == ([], frozenset(), {})


def test_several_files_are_read_at_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    together = threading.Barrier(2)

    def read(data: bytes, *, name: str) -> Any:
        together.wait(WAIT_S)  # breaks unless two are inside at the same time
        return toy_read(data, name=name)

    monkeypatch.setattr(world.ingestor, "_steps", replace(world.ingestor._steps, read=read))
    threads = [threading.Thread(target=world.ingestor.add, args=(d,), kwargs={"name": "a"}) for d in (OLD, OTHER)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(WAIT_S)
    assert sorted(world.texts()) == sorted([OLD.decode(), OTHER.decode()])
    world.assert_in_step()


def test_the_same_file_prepared_twice_is_one_version(world: World) -> None:
    first, second = (world.ingestor.prepare(OLD, name="a") for _ in range(2))
    assert world.ingestor.commit(first).status is IngestStatus.COMPLETE
    assert world.ingestor.commit(second).status is IngestStatus.UNCHANGED
    world.assert_in_step()


def test_of_two_versions_prepared_together_the_one_committed_last_answers(world: World) -> None:
    old, new = world.ingestor.prepare(OLD, name="a"), world.ingestor.prepare(NEW, name="b")
    first, second = world.ingestor.commit(old), world.ingestor.commit(new)
    assert first.report_id == second.report_id
    assert world.texts() == [NEW.decode()]


def test_what_was_there_when_prepared_and_is_gone_is_read_after_all(world: World) -> None:
    first = world.ingestor.add(OLD, name="a")
    again = world.ingestor.prepare(OLD, name="a")
    assert again.new is None
    world.ingestor.remove(str(first.report_id))
    assert world.ingestor.commit(again).status is IngestStatus.COMPLETE
    world.assert_in_step()


def test_passages_are_named_anew_where_the_bytes_were_staged_meanwhile(world: World) -> None:
    waiting = world.ingestor.prepare(OLD, name="a")
    world.ingestor.add(OLD, name="a")
    world.ingestor.add(NEW, name="b")  # takes over: the bytes of OLD are no visible version any more
    result = world.ingestor.commit(waiting)
    assert world.texts() == [OLD.decode()]
    versions = world.catalogue.history(str(result.report_id))
    assert [v.status for v in versions] == [VersionStatus.SUPERSEDED] * 2 + [VersionStatus.VISIBLE]
    ids = [world.catalogue.passage_ids(v.version_id) for v in versions]
    assert not ids[0] & ids[2]
    world.assert_in_step()


def test_a_report_removed_meanwhile_is_not_replaced(world: World) -> None:
    first = world.ingestor.add(OLD, name="a")
    waiting = world.ingestor.prepare(OTHER, name="b", replace=first.report_id)
    world.ingestor.remove(str(first.report_id))
    with pytest.raises(NotFound):
        world.ingestor.commit(waiting)
    assert world.texts() == []


def test_a_report_replaced_while_it_is_read_again_keeps_the_newer_file(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.ingestor.add(OLD, name="a")

    def read(data: bytes, *, name: str) -> Any:
        monkeypatch.undo()
        world.ingestor.add(NEW, name="b")
        return toy_read(data, name=name)

    monkeypatch.setattr(world.ingestor, "_steps", replace(world.ingestor._steps, read=read))
    (result,) = world.ingestor.reread()
    assert result.status is IngestStatus.UNCHANGED
    assert world.texts() == [NEW.decode()]
    world.assert_in_step()
