from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from ingest.catalogue.records import VersionStatus
from ingest.catalogue.store import Catalogue, open_catalogue
from tests.ingest.catalogue import made


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    opened = open_catalogue(f"sqlite:///{tmp_path}/c.db", clock=made.Clock())
    yield opened
    opened.close()


def published(catalogue: Catalogue, text: str, *, report_id: str | None = None) -> str:
    version_id = catalogue.stage(made.version(text), report_id=report_id)
    catalogue.publish(version_id)
    return version_id


def test_a_version_is_in_force_until_another_takes_over(catalogue: Catalogue) -> None:
    old = published(catalogue, "Bản một")
    report_id = catalogue.info(old).report_id
    other = published(catalogue, "Báo cáo khác")
    new = published(catalogue, "Bản hai", report_id=report_id)
    first, second = catalogue.info(old), catalogue.info(new)
    assert first.published_at is not None and second.published_at is not None
    assert (first.superseded_at, second.superseded_at) == (second.published_at, None)
    before = first.published_at - timedelta(microseconds=1)
    assert catalogue.timeline.at(before) == ()
    assert [v.version_id for v in catalogue.timeline.at(first.published_at)] == [old]
    just_before = second.published_at - timedelta(microseconds=1)
    assert {v.version_id for v in catalogue.timeline.at(just_before)} == {old, other}
    assert {v.version_id for v in catalogue.timeline.at(second.published_at)} == {new, other}
    assert {v.version_id for v in catalogue.timeline.searchable()} == {old, new, other}


def test_what_is_staged_was_never_in_force(catalogue: Catalogue) -> None:
    version_id = catalogue.stage(made.version("Bản một"))
    assert catalogue.timeline.at(catalogue.info(version_id).created_at + timedelta(days=1)) == ()
    assert catalogue.timeline.searchable() == ()


def test_only_superseded_versions_are_forgotten(catalogue: Catalogue) -> None:
    old = published(catalogue, "Bản một")
    report_id = catalogue.info(old).report_id
    new = published(catalogue, "Bản hai", report_id=report_id)
    revision = catalogue.revision()
    assert [v.version_id for v in catalogue.timeline.superseded()] == [old]
    assert [v.version_id for v in catalogue.timeline.forget([old, new, "unknown"])] == [old]
    assert [v.status for v in catalogue.history(report_id)] == [VersionStatus.VISIBLE]
    assert catalogue.revision() == revision + 1
    assert catalogue.timeline.forget([old]) == ()
