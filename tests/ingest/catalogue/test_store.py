from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.catalogue.engine import writing
from ingest.catalogue.records import VersionStatus
from ingest.catalogue.store import Catalogue, open_catalogue
from ingest.catalogue.tables import versions
from ingest.domain import Figure, Page, Passage, Period, PeriodKind, PlacedWord, Report, ReportMeta, Span
from ingest.errors import CatalogueUnavailable, NotFound
from tests.ingest.catalogue import made


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    opened = open_catalogue(f"sqlite:///{tmp_path}/data/catalogue.db", clock=made.Clock())
    yield opened
    opened.close()


def added(catalogue: Catalogue, text: str, *, head: ReportMeta | None = None, report_id: str | None = None) -> str:
    version_id = catalogue.stage(made.version(text, head=head), report_id=report_id)
    catalogue.publish(version_id)
    return version_id


def test_an_empty_catalogue_has_nothing(catalogue: Catalogue) -> None:
    assert catalogue.visible() == ()
    assert catalogue.find_by_sha("0" * 64) is None
    assert catalogue.revision() == 0
    assert catalogue.sha256s() == frozenset()


def test_a_staged_version_is_not_seen_until_published(catalogue: Catalogue) -> None:
    new = made.version("Xảy ra 18 vụ")
    version_id = catalogue.stage(new)
    assert catalogue.visible() == ()
    assert catalogue.find_by_sha(new.sha256) is None
    assert catalogue.revision() == 0
    assert catalogue.publish(version_id) is None
    (info,) = catalogue.visible()
    assert (info.version_id, info.status, info.name) == (version_id, VersionStatus.VISIBLE, "báo cáo.txt")
    assert info.created_at.tzinfo is UTC
    assert info.created_at == datetime(2024, 4, 1, 8, 0, 1, tzinfo=UTC)
    assert catalogue.find_by_sha(new.sha256) == info
    assert catalogue.revision() == 1


def test_a_new_version_takes_over_and_the_old_one_still_opens(catalogue: Catalogue) -> None:
    old = added(catalogue, "Bản một")
    report_id = catalogue.visible()[0].report_id
    new = catalogue.stage(made.version("Bản hai"), report_id=report_id)
    assert [v.version_id for v in catalogue.visible()] == [old]
    assert catalogue.publish(new) == old
    assert catalogue.current(report_id).version_id == new
    assert [v.status for v in catalogue.history(report_id)] == [VersionStatus.SUPERSEDED, VersionStatus.VISIBLE]
    assert catalogue.load(old).report.text == "Bản một"


def test_publish_that_fails_changes_nothing(catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    old = added(catalogue, "Bản một")
    report_id = catalogue.visible()[0].report_id
    new = catalogue.stage(made.version("Bản hai"), report_id=report_id)

    def broken(_db: sa.Connection) -> None:
        raise sa.exc.OperationalError("update", {}, Exception("disk I/O error"))

    monkeypatch.setattr("ingest.catalogue.store.count_change", broken)
    with pytest.raises(CatalogueUnavailable, match="disk I/O error"):
        catalogue.publish(new)
    assert [v.version_id for v in catalogue.visible()] == [old]
    assert catalogue.info(new).status is VersionStatus.STAGED


def test_only_what_is_staged_can_be_published_or_discarded(catalogue: Catalogue) -> None:
    version_id = added(catalogue, "Bản một")
    with pytest.raises(NotFound):
        catalogue.publish(version_id)
    assert not catalogue.discard(version_id)
    assert len(catalogue.visible()) == 1


def test_discard_removes_the_version_and_an_empty_report(catalogue: Catalogue) -> None:
    version_id = catalogue.stage(made.version("Bản một"))
    report_id = catalogue.load(version_id).info.report_id
    assert catalogue.discard(version_id)
    for look in (catalogue.load, catalogue.info):
        with pytest.raises(NotFound):
            look(version_id)
    with pytest.raises(NotFound):
        catalogue.stage(made.version("Bản một"), report_id=report_id)
    assert catalogue.passage_ids(version_id) == frozenset()


def test_remove_takes_all_versions(catalogue: Catalogue) -> None:
    first = added(catalogue, "Bản một")
    report_id = catalogue.visible()[0].report_id
    second = added(catalogue, "Bản hai", report_id=report_id)
    before = catalogue.revision()
    removed = catalogue.remove(report_id)
    assert set(removed.version_ids) == {first, second}
    assert len(removed.sha256s) == 2
    assert catalogue.visible() == ()
    assert catalogue.revision() > before
    with pytest.raises(NotFound):
        catalogue.history(report_id)
    with pytest.raises(NotFound):
        catalogue.remove(report_id)


def test_the_database_itself_allows_one_visible_version(catalogue: Catalogue) -> None:
    added(catalogue, "Bản một")
    report_id = catalogue.visible()[0].report_id
    second = catalogue.stage(made.version("Bản hai"), report_id=report_id)
    with pytest.raises(CatalogueUnavailable), writing(catalogue.engine) as db:
        db.execute(sa.update(versions).where(versions.c.id == second).values(status="visible"))


def test_generations_count_the_versions_of_the_same_bytes(catalogue: Catalogue) -> None:
    new = made.version("Bản một")
    assert catalogue.next_generation(new.sha256) == 0
    catalogue.stage(new)
    assert catalogue.next_generation(new.sha256) == 1


@pytest.mark.parametrize(
    ("head", "same"),
    [
        (made.meta(number="05/BC-UBND", issued_on=date(2024, 3, 20)), True),
        (made.meta(number="5 /BC-UBND", issued_on=date(2024, 3, 20), issuer="UỶ BAN NHÂN DÂN HUYỆN ĐÔNG HÀ"), True),
        (made.meta(number="05/BC-UBND", issued_on=date(2024, 3, 21)), False),
        (made.meta(number="06/BC-UBND", issued_on=date(2024, 3, 20)), False),
        (made.meta(number="05/BC-UBND", issued_on=date(2024, 3, 20), issuer="UBND huyện Tây Hà"), False),
        (made.meta(number="05/BC-UBND", issued_on=date(2024, 3, 20), issuer=""), False),
        (made.meta(number="05/BC-UBND"), False),
        (made.meta(), False),
    ],
)
def test_issuer_number_and_date_name_one_report(catalogue: Catalogue, head: ReportMeta, same: bool) -> None:
    added(catalogue, "Bản một", head=made.meta(number="05/BC-UBND", issued_on=date(2024, 3, 20)))
    known = catalogue.visible()[0].report_id
    assert catalogue.same_report(head) == (known if same else None)


def test_reports_without_number_are_never_the_same(catalogue: Catalogue) -> None:
    added(catalogue, "Bản một")
    assert catalogue.same_report(made.meta()) is None


@pytest.fixture
def three(catalogue: Catalogue) -> dict[str, str]:
    whole_year = Period(PeriodKind.YEAR, year=2023, first_month=1, last_month=12)
    plan = Period(PeriodKind.RANGE, year=2021, last_year=2025)
    quarter = made.meta()
    year = made.meta(issuer="UBND tỉnh Cà Mau", area="tỉnh Cà Mau", period=whole_year)
    years = made.meta(issuer="Sở Công Thương", area="", period=plan)
    heads = {"quarter": quarter, "year": year, "plan": years}
    return {name: added(catalogue, name, head=head) for name, head in heads.items()}


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ({}, {"quarter", "year", "plan"}),
        ({"issuer": "uy ban nhan dan"}, {"quarter"}),
        ({"issuer": "ubnd TỈNH Cà Mau"}, {"year"}),
        ({"area": "dong ha"}, {"quarter"}),
        ({"area": "Đông  Hà"}, {"quarter"}),
        ({"area": "ong ha"}, set()),
        ({"area": "%"}, set()),
        ({"area": " "}, {"quarter", "year", "plan"}),
        ({"year": 2024}, {"quarter", "plan"}),
        ({"year": 2023}, {"year", "plan"}),
        ({"year": 2030}, set()),
        ({"year": 2024, "months": (2, 2)}, {"quarter", "plan"}),
        ({"year": 2024, "months": (4, 6)}, {"plan"}),
        ({"months": (12, 12)}, {"year", "plan"}),
        ({"report_ids": ("nowhere",)}, set()),
    ],
)
def test_filters(catalogue: Catalogue, three: dict[str, str], where: dict[str, object], expected: set[str]) -> None:
    found = catalogue.visible(**where)  # type: ignore[arg-type]
    assert {v.version_id for v in found} == {three[name] for name in expected}


def test_filter_by_report(catalogue: Catalogue, three: dict[str, str]) -> None:
    chosen = catalogue.load(three["year"]).info
    assert catalogue.visible(report_ids=(chosen.report_id,)) == (chosen,)


def test_a_report_without_period_is_of_its_date_s_year(catalogue: Catalogue) -> None:
    added(catalogue, "Bản một", head=made.meta(period=None, issued_on=date(2022, 5, 1)))
    added(catalogue, "Bản hai", head=made.meta(period=None))
    assert len(catalogue.visible(year=2022)) == 1
    assert len(catalogue.visible()) == 2


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_what_is_stored_comes_back_equal(catalogue: Catalogue, data: st.DataObject) -> None:
    span = st.builds(Span, st.integers(0, 10**6), st.integers(0, 10**6))
    small = st.integers(0, 10**6)
    head = data.draw(st.builds(ReportMeta, spans=st.dictionaries(st.text(), span, max_size=2), period=st.none()))
    report = data.draw(st.builds(Report, meta=st.just(head), format=st.sampled_from(["docx", "pdf"])))
    passages = tuple(
        data.draw(st.builds(Passage, id=st.just(f"p{i}"), ordinal=st.just(i), section=small))
        for i in range(data.draw(st.integers(0, 3)))
    )
    decimal = st.decimals(allow_nan=False, allow_infinity=False)
    figure = st.builds(Figure, value=decimal, whole=st.none() | decimal)
    figures = {p.id: tuple(data.draw(st.lists(figure, max_size=2))) for p in passages}
    new = replace(made.version("x"), report=report, passages=passages, figures=figures)
    new = replace(new, generation=catalogue.next_generation(new.sha256))
    found = catalogue.load(catalogue.stage(new))
    assert (found.report, found.passages, found.figures) == (report, passages, figures)
    assert (found.info.meta, found.info.counts) == (head, new.balance)


def test_staged_leftovers_are_found_by_age(catalogue: Catalogue) -> None:
    version_id = catalogue.stage(made.version("Bản một"))
    assert catalogue.staged(older_than=timedelta(minutes=1)) == ()
    assert [v.version_id for v in catalogue.staged()] == [version_id]
    catalogue.publish(version_id)
    assert catalogue.staged() == ()


def test_a_noted_fingerprint_is_kept(catalogue: Catalogue) -> None:
    version_id, before = added(catalogue, "Bản một"), catalogue.revision()
    catalogue.note_fingerprint([version_id], "another")
    assert catalogue.visible()[0].fingerprint == "another"
    assert catalogue.revision() > before


def test_originals_in_use_are_those_of_versions_and_waiting_jobs(catalogue: Catalogue) -> None:
    new = made.version("Bản một")
    catalogue.stage(new)
    catalogue.jobs.create("add", payload={"sha256": "f" * 64})
    catalogue.jobs.create("rebuild", payload={})
    assert catalogue.sha256s() == {new.sha256, "f" * 64}


def test_two_catalogues_on_one_file_see_each_other(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/catalogue.db"
    one, other = open_catalogue(url), open_catalogue(url)
    try:
        before = other.revision()
        added(one, "Bản một")
        assert other.revision() == before + 1
        assert len(other.visible()) == 1
    finally:
        one.close()
        other.close()


def test_a_big_report_comes_back_whole(catalogue: Catalogue) -> None:
    line = "Trong quý, toàn huyện xảy ra 18 vụ, giảm 7 vụ so với cùng kỳ năm 2023, trong đó 3 vụ nghiêm trọng. "
    new = made.version("\n".join(line * 3 for _ in range(140)))
    found = catalogue.load(catalogue.stage(new))
    assert len(found.report.text) > 40_000
    assert (found.report, found.passages, found.figures) == (new.report, new.passages, new.figures)


def test_pages_are_kept_and_their_words_loaded_one_page_at_a_time(catalogue: Catalogue) -> None:
    words = (
        PlacedWord(Span(0, 2), 0.1, 0.2, 0.3, 0.25),
        PlacedWord(Span(3, 5), 0.31, 0.2, 0.4, 0.25, confidence=0.52),
    )
    pages = (Page(1, Span(0, 6), 595.0, 842.0, words=words), Page(2, Span(6, 9), 842.0, 595.0, scanned=True))
    plain = made.version("14 vụ\nhai")
    paged = replace(plain, report=replace(plain.report, pages=pages, doubtful=(Span(3, 5),)))
    version_id = catalogue.stage(paged)
    loaded = catalogue.load(version_id).report
    assert loaded.pages == tuple(replace(page, words=()) for page in pages)
    assert loaded.doubtful == (Span(3, 5),)
    assert catalogue.page(version_id, 1) == pages[0]
    assert catalogue.page(version_id, 2) == pages[1]
    with pytest.raises(NotFound):
        catalogue.page(version_id, 3)
