from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from ingest.catalogue.engine import wipe, writing
from ingest.catalogue.tables import figures, passages
from ingest.check import ProblemKind
from ingest.domain import IngestStatus
from ingest.preparing import Limits
from tests.ingest.catalogue import made
from tests.ingest.ingest_fakes import NEW, OLD, OTHER, World, opened_world, world

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


def wrong_payload(world: World) -> None:
    point = next(iter(world.index.points.values()))
    world.index.upsert([replace(point, issuer="ai do", year=1999)])


def other_model(world: World) -> None:
    world.catalogue.note_fingerprint([world.catalogue.visible()[0].version_id], "other-model")


def interrupted_job(world: World) -> None:
    sha256 = next(iter(world.originals.list()))
    world.catalogue.jobs.create("ingest", payload={"sha256": sha256, "name": "b.txt"})
    assert world.catalogue.jobs.claim() is not None


def lost_passages(world: World) -> None:
    with writing(world.catalogue.engine) as db:
        db.execute(sa.delete(passages).where(passages.c.ordinal == 0))
    world.index.points.pop(min(world.index.points, key=lambda one: world.index.points[one].ordinal))


def lost_figures(world: World) -> None:
    with writing(world.catalogue.engine) as db:
        db.execute(sa.delete(figures))


def no_index(world: World) -> None:
    world.index.points.clear()


MENDED: list[tuple[Callable[[World], None], ProblemKind]] = [
    (staged_left, ProblemKind.STAGED_LEFT),
    (orphan_points, ProblemKind.ORPHAN_POINTS),
    (missing_points, ProblemKind.MISSING_POINTS),
    (extra_points, ProblemKind.MISSING_POINTS),
    (unused_original, ProblemKind.UNUSED_ORIGINAL),
    (half_written, ProblemKind.HALF_WRITTEN),
    (wrong_payload, ProblemKind.WRONG_POINTS),
    (other_model, ProblemKind.OTHER_MODEL),
    (interrupted_job, ProblemKind.INTERRUPTED_JOB),
    (lost_passages, ProblemKind.BROKEN_RECORD),
    (lost_figures, ProblemKind.BROKEN_RECORD),
    (no_index, ProblemKind.MISSING_POINTS),
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


def test_wrong_vectors_are_found_by_the_deep_look(world: World) -> None:
    world.ingestor.add(DATA, name="a")
    point = next(iter(world.index.points.values()))
    world.index.upsert([replace(point, dense=point.dense[::-1].copy())])
    assert world.ingestor.check().problems == ()
    assert [p.kind for p in world.ingestor.check(deep=True).problems] == [ProblemKind.WRONG_POINTS]
    assert world.ingestor.check(repair=True, deep=True).sound
    assert world.ingestor.check(deep=True).problems == ()


@pytest.mark.parametrize("damage", [missing_original, damaged_original])
def test_a_lost_original_comes_back_with_the_same_file(world: World, damage: Callable[[World], None]) -> None:
    world.ingestor.add(DATA, name="a.txt")
    damage(world)
    assert world.ingestor.add(DATA, name="a.txt").status is IngestStatus.UNCHANGED
    assert world.ingestor.check().problems == ()


def test_a_damaged_catalogue_is_told_and_nothing_is_touched(world: World) -> None:
    for number in range(30):
        world.ingestor.add(f"Bản {number}\nXảy ra 18 vụ".encode(), name="a")
    wipe(world.catalogue.engine)
    world.catalogue.close()
    place = world.folder / "catalogue.db"
    whole = bytearray(place.read_bytes())
    for start in range(5 * 4096, len(whole) - 4096, 3 * 4096):
        whole[start : start + 512] = b"\xff" * 512
    place.write_bytes(whole)
    before, points = world.originals.list(), dict(world.index.points)
    report = world.ingestor.check(repair=True)
    assert [(p.kind, p.repaired) for p in report.problems] == [(ProblemKind.DAMAGED_CATALOGUE, False)]
    assert "sao lưu" in report.problems[0].message
    assert (world.originals.list(), world.index.points) == (before, points)


def test_a_catalogue_from_an_older_copy_gets_its_reports_back(world: World) -> None:
    world.ingestor.add(OLD, name="a")
    wipe(world.catalogue.engine)
    world.catalogue.close()
    place = world.folder / "catalogue.db"
    copy = place.read_bytes()
    for data in (OTHER, NEW, DATA):
        world.ingestor.add(data, name="b")
    wipe(world.catalogue.engine)
    world.catalogue.close()
    place.write_bytes(copy)
    assert world.texts() == [OLD.decode()]
    world.ingestor.recover()  # a start must not take them for nobody's
    assert len(world.originals.list()) == 4
    assert ProblemKind.OLDER_CATALOGUE in [p.kind for p in world.ingestor.check().problems]
    assert world.ingestor.check(repair=True).sound
    assert sorted(world.texts()) == sorted(data.decode() for data in (OTHER, NEW, DATA))
    assert world.ingestor.check().problems == ()
    world.assert_in_step()


def test_a_start_mends_what_a_killed_process_left(world: World) -> None:
    world.ingestor.add(DATA, name="a")
    for damage in (staged_left, missing_points, orphan_points, unused_original, half_written):
        damage(world)
    found = {problem.kind for problem in world.ingestor.recover()}
    assert found >= {ProblemKind.STAGED_LEFT, ProblemKind.ORPHAN_POINTS, ProblemKind.UNUSED_ORIGINAL}
    assert world.ingestor.recover() == ()
    assert world.ingestor.check().problems == ()
    world.assert_in_step()
