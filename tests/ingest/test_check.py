from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from ingest.check import ProblemKind
from ingest.pipeline import Limits
from tests.ingest.catalogue import made
from tests.ingest.ingest_fakes import World, opened_world, world

__all__ = ["world"]

DATA = "Xảy ra 18 vụ\nBị thương 11 người".encode()


def staged_left(world: World) -> None:
    world.originals.put("Bỏ dở".encode())
    world.catalogue.stage(made.version("Bỏ dở"))


def orphan_points(world: World) -> None:
    point = next(iter(world.index.points.values()))
    world.index.upsert([replace(point, id="orphan", version_id="gone")])


def missing_points(world: World) -> None:
    world.index.points.popitem()


def extra_points(world: World) -> None:
    point = next(iter(world.index.points.values()))
    world.index.upsert([replace(point, id="extra")])


def missing_original(world: World) -> None:
    world.originals.delete(next(iter(world.originals.list())))


def damaged_original(world: World) -> None:
    sha256 = next(iter(world.originals.list()))
    (world.folder / "originals" / sha256[:2] / sha256[2:]).write_bytes(b"?")


def unused_original(world: World) -> None:
    world.originals.put(b"nobody's")


def half_written(world: World) -> None:
    (world.folder / "originals" / "tmp" / "half").write_bytes(b"?")


MENDED: list[tuple[Callable[[World], None], ProblemKind]] = [
    (staged_left, ProblemKind.STAGED_LEFT),
    (orphan_points, ProblemKind.ORPHAN_POINTS),
    (missing_points, ProblemKind.MISSING_POINTS),
    (extra_points, ProblemKind.MISSING_POINTS),
    (unused_original, ProblemKind.UNUSED_ORIGINAL),
    (half_written, ProblemKind.HALF_WRITTEN),
]
TOLD_ONLY: list[tuple[Callable[[World], None], ProblemKind]] = [
    (missing_original, ProblemKind.MISSING_ORIGINAL),
    (damaged_original, ProblemKind.DAMAGED_ORIGINAL),
]


def test_a_sound_store_has_no_problems(world: World) -> None:
    world.ingestor.add(DATA, name="a")
    report = world.ingestor.check()
    assert (report.reports, report.passages, report.originals, report.problems) == (1, 2, 1, ())
    assert report.sound


@pytest.mark.parametrize(("damage", "kind"), MENDED)
def test_differences_are_found_and_mended(world: World, damage: Callable[[World], None], kind: ProblemKind) -> None:
    world.ingestor.add(DATA, name="a")
    damage(world)
    found = world.ingestor.check()
    assert [p.kind for p in found.problems] == [kind]
    assert not found.sound
    assert world.ingestor.check().problems == found.problems  # looking changes nothing
    mended = world.ingestor.check(repair=True)
    assert mended.problems[0].kind == kind
    assert mended.sound
    assert world.ingestor.check().problems == ()
    world.assert_in_step()
    assert world.texts() == [DATA.decode()]


@pytest.mark.parametrize(("damage", "kind"), TOLD_ONLY)
def test_lost_originals_are_told(world: World, damage: Callable[[World], None], kind: ProblemKind) -> None:
    world.ingestor.add(DATA, name="a.txt")
    damage(world)
    report = world.ingestor.check(repair=True)
    assert [(p.kind, p.repaired) for p in report.problems] == [(kind, False)]
    assert "a.txt" in report.problems[0].message
    assert not report.sound
    assert world.texts() == [DATA.decode()]


def test_another_worker_s_unfinished_version_is_left_alone(tmp_path: Path) -> None:
    with opened_world(tmp_path, limits=Limits(staged_grace=timedelta(hours=1))) as world:
        for text in ("Đang nạp", "Chưa kịp ghi"):
            world.originals.put(text.encode())
        version_id = world.catalogue.stage(made.version("Đang nạp"))
        half_written(world)
        assert world.ingestor.check(repair=True).problems == ()
        assert [v.version_id for v in world.catalogue.staged()] == [version_id]
        assert len(world.originals.list()) == 2
