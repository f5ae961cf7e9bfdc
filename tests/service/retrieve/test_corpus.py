"""Which reports a question may be answered from."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from ingest.domain import Period, PeriodKind
from service.domain import Filters, ReportRef
from service.retrieve.corpus import answering, matching, named_in, newest_year, period_named
from service.retrieve.search import in_period, touching
from service.understand.question import understand


def ref(name: str, *, number: str = "", period: Period | None = None, issuer: str = "UBND huyện Sông Mơ") -> ReportRef:
    return ReportRef(name, f"v-{name}", name, issuer, number, "huyện Sông Mơ", period, "")


Q1 = ref("q1", number="95/BC-UBND", period=Period(PeriodKind.QUARTER, 2023, 1, 3))
HALF = ref("half", number="012/BC-UBND", period=Period(PeriodKind.CUMULATIVE, 2023, 1, 6))
NEXT = ref("next", period=Period(PeriodKind.QUARTER, 2024, 1, 3))
PLAN = ref("plan", period=Period(PeriodKind.RANGE, 2026, last_year=2028), issuer="UBND tỉnh Thuận An")
UNDATED = ref("undated")
ALL = (Q1, HALF, NEXT, PLAN, UNDATED)


def ids(refs: tuple[ReportRef, ...]) -> list[str]:
    return [r.report_id for r in refs]


def test_filters_hold_together_and_empty_ones_match_all() -> None:
    assert matching(ALL, Filters()) == ALL
    assert ids(matching(ALL, Filters(year=2023))) == ["q1", "half"]
    assert ids(matching(ALL, Filters(year=2023, quarter=2))) == ["half"]
    assert ids(matching(ALL, Filters(year=2027))) == ["plan"]
    assert ids(matching(ALL, Filters(issuer="tinh thuan an"))) == ["plan"]
    assert ids(matching(ALL, Filters(report_ids=("q1", "next"), month=2, year=2024))) == ["next"]
    assert matching(ALL, Filters(report_ids=("none",))) == ()


def test_documents_called_by_number() -> None:
    assert ids(named_in("Theo báo cáo số 95 thì sao?", ALL)) == ["q1"]
    assert ids(named_in("ai ky bao cao 012", ALL)) == ["half"]
    assert named_in("Báo cáo số 7 nói gì?", ALL) == ALL
    assert named_in("Đàn dê có bao nhiêu con?", ALL) == ALL


def test_reports_that_touch_the_period() -> None:
    quarter = Period(PeriodKind.QUARTER, None, 1, 3)
    # A plan of several years holds every quarter of its first year.
    assert ids(in_period(ALL, quarter)) == ["q1", "half", "next", "plan", "undated"]
    assert ids(in_period(ALL, Period(PeriodKind.MONTH, 2023, 5, 5))) == ["half", "undated"]
    # What a year came to is told by the next year's reports as well.
    assert ids(in_period(ALL, Period(PeriodKind.YEAR, 2023, 1, 12))) == ["q1", "half", "next", "undated"]
    assert in_period(ALL, None) == ALL


def test_samples_step_back_for_reports_of_ones_own() -> None:
    sample = replace(ref("sample"), area="huyện Vân Mẫu", sample=True)
    assert answering((sample,), Filters(), place=None) == (sample,)
    assert answering((sample, Q1), Filters(), place=None) == (Q1,)
    assert answering((sample, Q1), Filters(), place="huyện Vân Mẫu") == (sample, Q1)
    assert answering((sample, Q1), Filters(report_ids=("sample",)), place=None) == (sample,)


def test_a_file_name_or_the_date_of_issue_tells_the_period_no_title_names() -> None:
    assert period_named("song-mo-2023-thang-5.txt", None) == Period(PeriodKind.MONTH, 2023, 5, 5)
    assert period_named("song-mo-2023-kinh-te.md", date(2024, 1, 5)) == Period(PeriodKind.YEAR, 2023)
    assert period_named("Kết luận về hai năm 2021, 2022", date(2024, 1, 5)) == Period(PeriodKind.YEAR, 2024)
    assert period_named("ghi-chep.txt", None) is None


def test_reports_of_all_places_set_side_by_side_and_of_a_level_spoken_of_as_a_whole() -> None:
    known = {"xa doi cam": "xã Đồi Cam", "xa ben da": "xã Bến Đá"}
    communes = tuple(replace(ref(name), area=area) for name, area in (("a", "xã Đồi Cam"), ("b", "xã Bến Đá")))
    refs = (*communes, replace(ref("t"), area="tỉnh Thuận An"))
    assert ids(touching(refs, understand("So sánh đàn lợn xã Đồi Cam và xã Bến Đá", places=known))) == ["a", "b"]
    assert ids(touching(refs, understand("Toàn tỉnh có bao nhiêu con lợn?", places=known))) == ["t"]
    assert ids(touching(refs, understand("toan tinh co bao nhieu con lon", places=known))) == ["t"]
    assert touching(refs, understand("Tình hình đàn lợn thế nào?", places=known)) == refs
    part = understand("Thôn Gò Lau xã Bến Đá có bao nhiêu hộ?", places=known)
    assert (part.place, ids(touching(refs, part))) == ("thôn Gò Lau", ["b"])


def test_the_newest_year_is_that_from_which_last_year_is_counted() -> None:
    assert newest_year(ALL) == 2028
    assert newest_year((UNDATED,)) is None
