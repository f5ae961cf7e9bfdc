from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ingest.catalogue.records import VersionInfo, VersionStatus
from ingest.catalogue.store import open_catalogue
from ingest.pruning import PruneRule, prunable
from tests.ingest.catalogue import made
from tests.ingest.ingest_fakes import DOWN, World, broken, world

__all__ = ["world"]

NOW = datetime(2024, 6, 1, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def history(tmp_path: Path) -> tuple[VersionInfo, ...]:
    """Two reports: one with files a, b, c (b read twice) replaced 40, 30, 20 and 10 days ago and d in use; one of e."""
    catalogue = open_catalogue(f"sqlite:///{tmp_path}/c.db", clock=made.Clock())
    try:
        report_id = None
        for text in ("a", "b", "b", "c", "d"):
            version = made.version(text, generation=catalogue.next_generation(made.version(text).sha256))
            version_id = catalogue.stage(version, report_id=report_id)
            catalogue.publish(version_id)
            report_id = catalogue.info(version_id).report_id
        catalogue.publish(catalogue.stage(made.version("e")))
        return aged(catalogue.timeline.shown())
    finally:
        catalogue.close()


def aged(versions: tuple[VersionInfo, ...]) -> tuple[VersionInfo, ...]:
    ages = iter((40, 30, 20, 10))
    return tuple(
        replace(one, superseded_at=NOW - next(ages) * DAY) if one.status is VersionStatus.SUPERSEDED else one
        for one in versions
    )


@pytest.mark.parametrize(
    ("rule", "gone"),
    [
        (PruneRule(), [0, 1, 2, 3]),
        (PruneRule(keep=0), [0, 1, 2, 3]),
        (PruneRule(keep=1), [0, 1, 2]),
        (PruneRule(keep=2), [0]),
        (PruneRule(keep=9), []),
        (PruneRule(older_than=20 * DAY), [0, 1, 2]),
        (PruneRule(older_than=41 * DAY), []),
        (PruneRule(keep=1, older_than=30 * DAY), [0, 1]),
    ],
)
def test_number_and_age_decide(history: tuple[VersionInfo, ...], rule: PruneRule, gone: list[int]) -> None:
    assert prunable(history, rule, now=NOW) == tuple(history[at] for at in gone)


def test_the_file_in_use_keeps_its_older_readings_by_number(world: World) -> None:
    world.ingestor.add(b"A", name="a.txt")
    world.ingestor.reread()
    shown = world.catalogue.timeline.shown()
    assert prunable(shown, PruneRule(keep=0), now=NOW) == ()
    later = datetime.now(UTC) + DAY
    assert [one.status for one in prunable(shown, PruneRule(older_than=DAY), now=later)] == [VersionStatus.SUPERSEDED]


def test_nothing_is_left_of_what_is_pruned(world: World) -> None:
    first, second = "số 1\nXảy ra 3 vụ".encode(), "số 1\nXảy ra 4 vụ".encode()
    world.ingestor.add(first, name="a.txt")
    world.ingestor.add(second, name="a.txt")
    result = world.ingestor.prune(PruneRule(keep=0))
    assert ([one.name for one in result.versions], result.originals, result.leftovers) == (["a.txt"], 1, False)
    assert world.texts() == [second.decode()]
    assert len(world.originals.list()) == 1
    world.assert_in_step()
    assert world.ingestor.check().sound
    assert world.ingestor.prune(PruneRule(keep=0)).versions == ()


def test_points_that_stay_are_told_and_mended(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.ingestor.add("số 1\nMột".encode(), name="a.txt")
    world.ingestor.add("số 1\nHai".encode(), name="a.txt")
    with monkeypatch.context() as patch:
        patch.setattr(world.index, "delete_version", broken(DOWN))
        assert world.ingestor.prune(PruneRule()).leftovers
    assert world.ingestor.check(repair=True).sound
    world.assert_in_step()
