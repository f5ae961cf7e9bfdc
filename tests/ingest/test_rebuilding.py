"""Another model takes over while files come and go; whatever fails, the old pair serves on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ingest.errors import IndexUnavailable, ModelUnavailable
from ingest.indexing import Encoder
from ingest.rebuilding import IndexSwap
from tests.ingest.ingest_fakes import NEW, OLD, OTHER, MemoryIndex, ToyEmbedder, World, broken, world

__all__ = ["world"]
NEWER = Encoder(ToyEmbedder(fingerprint="toy-2"))


def meanwhile(do: Callable[[], object]) -> Callable[[str, int, int], None]:
    """Return a progress that does something once, after the first version was put in."""
    done = list[object]()

    def progress(stage: str, count: int, total: int) -> None:
        assert stage == "rebuild" and 0 <= count <= total
        if count and not done:
            done.append(do())

    return progress


def test_another_model_takes_over_with_its_index(world: World) -> None:
    world.ingestor.add(OLD, name="a")
    before = world.ingestor.serving.now
    result = world.ingestor.rebuild(encoder=NEWER)
    assert (result.reports, result.passages, result.fingerprint) == (1, 3, "toy-2")
    now = world.ingestor.serving.now
    assert now.encoder is NEWER and now.index is not before.index
    assert {v.fingerprint for v in world.catalogue.visible()} == {"toy-2"}
    world.assert_in_step()


@pytest.mark.parametrize("change", ["add", "replace", "remove"])
def test_files_come_and_go_meanwhile(world: World, change: str) -> None:
    first = world.ingestor.add(OLD, name="a")
    world.ingestor.add("Bản nữa\nXảy ra 4 vụ".encode(), name="c")
    changes = {
        "add": lambda: world.ingestor.add(OTHER, name="b"),
        "replace": lambda: world.ingestor.add(NEW, name="a", replace=first.report_id),
        "remove": lambda: world.ingestor.remove(str(first.report_id)),
    }
    result = world.ingestor.rebuild(encoder=NEWER, progress=meanwhile(changes[change]))
    world.assert_in_step()
    assert {v.fingerprint for v in world.catalogue.visible()} == {"toy-2"}
    assert result.passages == len(world.index.points)
    assert world.ingestor.check(deep=True).problems == ()


def test_a_file_prepared_with_the_old_model_is_committed_with_the_new(world: World) -> None:
    prepared = world.ingestor.prepare(OLD, name="a")
    world.ingestor.rebuild(encoder=NEWER)
    world.ingestor.commit(prepared)
    assert {v.fingerprint for v in world.catalogue.visible()} == {"toy-2"}
    world.assert_in_step()


def failing(world: World, **calls: object) -> None:
    swap = world.ingestor._swap
    assert swap is not None
    parts = {name: getattr(swap, name) for name in ("begin", "commit", "discard", "retire")}
    world.ingestor._swap = IndexSwap(**{**parts, **calls})


@pytest.mark.parametrize("fails", ["begin", "half way", "commit"])
def test_a_failure_leaves_the_old_pair_answering(world: World, fails: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for data in (OLD, OTHER):
        world.ingestor.add(data, name="a")
    before, thrown = world.ingestor.serving.now, list[object]()
    failing(world, discard=thrown.append)
    embedder: Any = ToyEmbedder(fingerprint="toy-2")
    if fails == "half way":
        monkeypatch.setattr(embedder, "passages", broken(ModelUnavailable("Hết bộ nhớ."), after=0))
    else:
        failing(world, **{fails: broken(IndexUnavailable("Đầy đĩa."))})
    with pytest.raises((ModelUnavailable, IndexUnavailable)):
        world.ingestor.rebuild(encoder=Encoder(embedder))
    assert world.ingestor.serving.now is before
    assert {v.fingerprint for v in world.catalogue.visible()} == {"toy-1"}
    assert len(thrown) == (fails == "half way")
    world.assert_in_step()
    failing(world, commit=lambda _new: None, begin=lambda model: MemoryIndex(model.fingerprint))
    assert world.ingestor.rebuild(encoder=NEWER).fingerprint == "toy-2"


def test_without_a_swap_there_is_no_rebuild(world: World) -> None:
    world.ingestor._swap = None
    with pytest.raises(IndexUnavailable) as caught:
        world.ingestor.rebuild()
    assert caught.value.code == "rebuild-unsupported"
