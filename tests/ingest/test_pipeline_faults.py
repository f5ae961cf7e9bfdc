"""Whatever fails while a report goes in: what was visible goes on answering, and ``check`` mends the rest."""

from __future__ import annotations

import errno
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

import pytest
import sqlalchemy as sa

from ingest.domain import IngestStatus
from ingest.errors import CatalogueUnavailable, DiskFull, IngestError, ModelUnavailable
from tests.ingest.ingest_fakes import DOWN, NEW, OLD, OTHER, World, broken, world

__all__ = ["world"]


def lose_a_point(world: World) -> Callable[..., None]:
    def upsert(points: Any) -> None:
        world.index.points.update({p.id: p for p in points[:-1]})

    return upsert


FAULTS: dict[str, Callable[[World, pytest.MonkeyPatch], None]] = {
    "original": lambda w, m: m.setattr(w.originals, "put", broken(CatalogueUnavailable("Đầy đĩa."))),
    "stage": lambda w, m: m.setattr(w.catalogue, "stage", broken(CatalogueUnavailable("Khóa."))),
    "embedder": lambda w, m: m.setattr(w.embedder, "passages", broken(ModelUnavailable("Mất mô hình."))),
    "upsert": lambda w, m: m.setattr(w.index, "upsert", broken(DOWN)),
    "a point lost": lambda w, m: m.setattr(w.index, "upsert", lose_a_point(w)),
    "count": lambda w, m: m.setattr(w.index, "point_ids", broken(DOWN)),
    "publish": lambda w, m: m.setattr(w.catalogue, "publish", broken(CatalogueUnavailable("Khóa."))),
    "interrupted": lambda w, m: m.setattr(w.catalogue, "publish", broken(KeyboardInterrupt())),
    "a bug": lambda w, m: m.setattr(w.index, "upsert", broken(ZeroDivisionError())),
}


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("data", [NEW, OTHER])
def test_whatever_fails_the_old_version_goes_on_answering(
    world: World, monkeypatch: pytest.MonkeyPatch, fault: str, data: bytes
) -> None:
    world.ingestor.add(OLD, name="a")
    before = world.catalogue.revision()
    with monkeypatch.context() as patch:
        FAULTS[fault](world, patch)
        with pytest.raises((IngestError, KeyboardInterrupt, ZeroDivisionError)):
            world.ingestor.add(data, name="b")
    assert world.texts() == [OLD.decode()]
    assert world.catalogue.revision() == before
    world.assert_in_step()
    world.ingestor.add(data, name="b")
    assert data.decode() in world.texts()


@pytest.mark.parametrize("fault", FAULTS)
def test_what_a_killed_process_leaves_is_mended_by_check(
    world: World, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    world.ingestor.add(OLD, name="a")
    with monkeypatch.context() as patch:
        FAULTS[fault](world, patch)
        patch.setattr(world.ingestor, "_take_back", lambda *_: None)  # nobody lives to take anything back
        with pytest.raises((IngestError, KeyboardInterrupt, ZeroDivisionError)):
            world.ingestor.add(NEW, name="b")
    assert world.texts() == [OLD.decode()]
    assert world.ingestor.check(repair=True).sound
    world.assert_in_step()
    world.ingestor.add(NEW, name="b")
    assert world.texts() == [NEW.decode()]


def test_a_version_published_after_all_keeps_its_points(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    publish = world.catalogue.publish

    def publish_then_lose_the_line(version_id: str) -> None:
        publish(version_id)
        raise CatalogueUnavailable("Mất kết nối khi đang ghi.")

    monkeypatch.setattr(world.catalogue, "publish", publish_then_lose_the_line)
    with pytest.raises(CatalogueUnavailable):
        world.ingestor.add(OLD, name="a")
    assert world.texts() == [OLD.decode()]
    world.assert_in_step()


def test_old_points_that_stay_are_said_and_mended(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.ingestor.add(OLD, name="a")
    with monkeypatch.context() as patch:
        patch.setattr(world.index, "delete_version", broken(DOWN))
        (result,) = world.ingestor.reread()
    assert result.status is IngestStatus.PARTIAL
    assert "old-points-left" in [issue.code for issue in result.issues]
    assert world.texts() == [OLD.decode()]
    assert len(world.index.version_ids()) == 2
    assert world.ingestor.check(repair=True).sound
    assert world.index.version_ids() == {result.version_id}


def full_catalogue(world: World) -> Callable[..., None]:
    """Let SQLite itself find its disk full: no page may be added to the file."""

    def connected(raw: Any, _record: object) -> None:
        pages = raw.execute("PRAGMA page_count").fetchone()[0]
        raw.execute(f"PRAGMA max_page_count={pages}")

    world.catalogue.engine.dispose()
    sa.event.listen(world.catalogue.engine, "connect", connected)

    def room_again() -> None:
        sa.event.remove(world.catalogue.engine, "connect", connected)
        world.catalogue.engine.dispose()

    return room_again


LARGE = "\n".join(f"Xảy ra {number} vụ" for number in range(3_000)).encode()


@pytest.mark.parametrize("where", ["original", "reserve", "catalogue", "index"])
def test_a_full_disk_is_told_and_nothing_is_half_stored(
    world: World, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    world.ingestor.add(OLD, name="a")
    full = OSError(errno.ENOSPC, "No space left on device")
    with monkeypatch.context() as patch, ExitStack() as stack:
        if where == "original":
            patch.setattr("ingest.originals.os.fsync", broken(full))
        elif where == "reserve":
            patch.setattr("ingest.originals.RESERVE_BYTES", 10**18)
        elif where == "index":
            patch.setattr(world.index, "upsert", broken(DiskFull()))
        else:
            stack.callback(full_catalogue(world))
        with pytest.raises(DiskFull) as told:
            world.ingestor.add(LARGE, name="b")
        assert (told.value.code, told.value.status) == ("disk-full", 507)
        assert "Đĩa đã đầy" in told.value.message
        assert world.texts() == [OLD.decode()]
    world.assert_in_step()
    world.ingestor.add(LARGE, name="b")
    assert len(world.texts()) == 2


def test_what_cannot_even_be_taken_back_is_mended_by_check(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(world.catalogue, "publish", broken(CatalogueUnavailable("Khóa.")))
        patch.setattr(world.catalogue, "discard", broken(CatalogueUnavailable("Khóa.")))
        with pytest.raises(CatalogueUnavailable):
            world.ingestor.add(OLD, name="a")
    assert world.texts() == []
    assert len(world.catalogue.staged()) == 1
    assert world.ingestor.check(repair=True).sound
    world.assert_in_step()
