"""Of which period and place a figure is, against those asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from ingest.domain import PLAN_TYPES, FigureRole, PassageKind, Period, PeriodKind
from ingest.vi.normalise import fold, unify
from ingest.vi.periods import contains, same
from ingest.vi.places import LEVELS, type_of
from service.answer.views import FigureView, PassageView
from service.domain import Hit, Query, ReportRef
from service.understand.places import bare_name, place_names, same_place

_PLANNED = re.compile(r"(?<![^\W_])(?:ke[ -]hoach|du[ -]toan|chuong[ -]trinh|muc[ -]tieu)(?![^\W_])")
_WHOLE_AREA = re.compile(
    r"(?<!\w)(?:toan|ca) (?:huyen|tinh|thanh pho|thi xa|quan|xa|phuong|thi tran|dia ban|vung)(?!\w)"
)
_TASKS = re.compile(r"nhiệm vụ|phương hướng|giải pháp|mục tiêu")
_NOW = re.compile(r"(?<!\w)(?:hiện (?:nay|tại|giờ|có|còn|đang|đã|mới)|đang(?! ở đâu))(?!\w)|^hiện(?!\w)")
_LAST_MONTH = 12
_RESULTS = re.compile(r"kết quả|tình hình|thực hiện|đánh giá")


def figure_period_fits(asked: Period | None, figure: FigureView, report: Period | None) -> bool:
    """Tell whether a figure is of the asked period: its own, the report's, or a year or date named beside it."""
    own = figure.figure.period
    if asked is None:
        return True
    inherited = own is None or (report is not None and same(own, report, default_year=report.year))
    if inherited and _told_beside(asked, figure):
        return True
    if inherited and asked.kind is PeriodKind.YEAR and figure.named:
        years = {p.year for p in figure.named} | {p.last_year for p in figure.named}
        return asked.year in years
    if inherited and asked.kind in (PeriodKind.DATE, PeriodKind.RANGE):
        return any(same(asked, p, default_year=asked.year) for p in figure.named) or period_fits(asked, own, report)
    if not inherited and _part_of_year(asked, own):
        return False
    if _reached_by(asked, figure):
        return True
    if period_fits(asked, own, report):
        return True
    if _status_within(asked, own) or _up_to_same_month(asked, own) or _said_last(asked, figure):
        return True
    # "Quý I (từ ngày 15/12 đến ngày 14/3)", "đến ngày 15/3": windows and cut-off dates stand for the report's period.
    windowed = own is not None and own.kind in (PeriodKind.RANGE, PeriodKind.DATE) and own.last_year in (None, own.year)
    crossing = own is not None and own.kind is PeriodKind.RANGE and own.first_month is not None
    return (windowed or crossing) and report is not None and period_fits(asked, None, report)


def _reached_by(asked: Period, figure: FigureView) -> bool:
    """Tell whether an aim is one for the end of the month or quarter asked for: "đến hết quý II đạt 50%"."""
    own = figure.figure.period
    if figure.figure.role is not FigureRole.TARGET or asked.kind not in (PeriodKind.MONTH, PeriodKind.QUARTER):
        return False
    by_then = own is not None and own.kind is PeriodKind.CUMULATIVE and own.last_month == asked.last_month
    return own is not None and by_then and asked.year in (None, own.year)


def _part_of_year(asked: Period, own: Period | None) -> bool:
    """Tell whether a whole year is asked for, and a figure is said to be of months of it: "9 tháng năm 2030"."""
    if asked.kind is not PeriodKind.YEAR or own is None:
        return False
    months = own.kind is PeriodKind.CUMULATIVE and own.last_month != _LAST_MONTH
    return months or own.kind in (PeriodKind.MONTH, PeriodKind.QUARTER)


def _told_beside(asked: Period, figure: FigureView) -> bool:
    """Tell whether the years asked for are named behind a figure, or open the text it stands in without another."""
    if asked.kind not in (PeriodKind.YEAR, PeriodKind.RANGE) or asked.first_month is not None:
        return False
    told = (*figure.behind, *(() if figure.named else figure.above))
    return any(same(asked, one, default_year=asked.year) for one in told)


def _status_within(asked: Period, own: Period | None) -> bool:
    """Tell whether a figure of one day answers for the month asked for: "đến ngày 15/9" is a state of September."""
    if asked.kind is not PeriodKind.MONTH or own is None or own.kind is not PeriodKind.DATE:
        return False
    return own.first_month == asked.first_month and asked.year in (None, own.year)


def _up_to_same_month(asked: Period, own: Period | None) -> bool:
    """Tell whether a window of the year ends with the months asked for: a commune founded on 1 July counts "11 tháng"
    from then on."""
    if asked.kind is not PeriodKind.CUMULATIVE or own is None or own.kind is not PeriodKind.RANGE:
        return False
    within = own.last_year in (None, own.year) and own.first_month is not None
    return within and own.last_month == asked.last_month and asked.year in (None, own.year)


def _said_last(asked: Period, figure: FigureView) -> bool:
    """Tell whether the asked month or quarter is the last time named before a figure in its own sentence.

    So it is of then, though the text around it is of a longer time: "6 tháng cuối năm: ... Quý III giải ngân 40%".
    """
    own = figure.figure.period
    wide = own is None or own.kind in (PeriodKind.RANGE, PeriodKind.YEAR)
    if not wide or asked.kind not in (PeriodKind.MONTH, PeriodKind.QUARTER) or figure.latest is None:
        return False
    return same(asked, figure.latest, default_year=asked.year or figure.latest.year)


def period_fits(asked: Period | None, own: Period | None, report: Period | None) -> bool:
    """Tell whether a figure of period ``own`` (None: the report's) answers a question about ``asked``."""
    if asked is None:
        return True
    has = own or report
    if has is None:
        return False
    year = (report.year if report else None) or has.year
    if asked.year is None:
        # A plan of several years tells of each: "6 tháng đầu năm" there is of the year the figure names.
        several = report is not None and report.kind is PeriodKind.RANGE and report.first_month is None
        return same(asked, has, default_year=has.year if several else year)
    if same(asked, has, default_year=year):
        return True
    # A bare year ("năm 2024") is met by any report inside that year.
    return asked.first_month in (None, 1) and asked.last_month in (None, 12) and contains(asked, has)


def place_fits(query: Query, hit: Hit, passage: PassageView, figure: FigureView | None) -> bool:
    """Tell whether the asked place is the figure's own, is named beside it or above it, or is the report's area."""
    if query.place is None:
        return True
    if query.place in LEVELS:  # a type without a name: only a report about a place of that type speaks of it
        own = figure.figure.place if figure is not None else None
        return type_of(hit.report.area) == query.place and (own is None or same_place(own, hit.report.area))
    if figure is not None and figure.figure.place is not None and same_place(figure.figure.place, query.place):
        return True
    if same_place(hit.report.area, query.place):
        return figure is None or figure.figure.place is None or same_place(figure.figure.place, hit.report.area)
    asked = fold(query.place)
    text = f"{passage.reading.text} {passage.passage.context}" if figure is None else passage.reading.text
    part = figure is not None and passage.passage.kind is not PassageKind.TABLE_ROW  # a row speaks of one thing
    if figure is not None and part and _elsewhere(query.place, passage, figure):
        return False
    near = text[figure.segment.start : figure.segment.end] if figure is not None and part else text
    if asked in fold(near) or any(asked in fold(h) for h in passage.passage.section_path):
        return True
    # "các xã A, B": the second has its type before the first.
    return figure is None and fold(bare_name(query.place)) in fold(near) and query.place in place_names(near)


def _elsewhere(place: str, passage: PassageView, figure: FigureView) -> bool:
    """Tell whether a figure is of another place than ``place``, which has its own in the same part of the sentence."""
    if figure.figure.place is None:
        return False
    beside = (one.figure.place for one in passage.figures if one.segment == figure.segment)
    return any(own is not None and same_place(own, place) for own in beside)


def scope_of(query: Query, hit: Hit, figure: FigureView) -> Iterator[str]:
    """Yield in what a figure is narrower than the question or beside it.

    "sub_period": of one month, where no period is asked; "sub_place": of one commune, where no place is asked;
    "far_place": the asked place is named near it, but not in its clause; "ahead": it stands under tasks to come.
    """
    own, report = figure.figure.period, hit.report.period
    inside = own is not None and report is not None and not same(own, report, default_year=report.year)
    if query.period is None and inside:
        yield "sub_period"
    if query.role is None and looks_ahead(hit.passage.section_path) and not is_plan(hit.report):
        yield "ahead"
    place = figure.figure.place
    if query.place is None and place is not None and hit.report.area and not same_place(place, hit.report.area):
        yield "part_of_whole" if _means_whole(query, hit.report.area) else "sub_place"
    if query.place is not None and not same_place(query.place, hit.report.area) and not _at_place(query.place, figure):
        yield "far_place"


def is_later(query: Query, figure: FigureView, passage: PassageView) -> bool:
    """Tell whether a figure is an aim where the question asks how things stand ("hiện có bao nhiêu")."""
    aim = figure.figure.role is FigureRole.TARGET or looks_ahead(passage.passage.section_path)
    if not aim or query.role is not None or not _NOW.search(unify(query.text)):
        return False
    return not _NOW.search(unify(passage.reading.text[figure.segment.start : figure.at.start]))


def _means_whole(query: Query, area: str) -> bool:
    """Tell whether a question speaks of the whole area: "toàn huyện", or "huyện" of a district's report."""
    text = fold(query.text)
    kind = fold(type_of(area))
    return bool(_WHOLE_AREA.search(text)) or (bool(kind) and f" {kind} " in f" {text} ")


def is_plan(report: ReportRef) -> bool:
    """Tell whether a document sets aims throughout: by its kind, by its title where no kind is written on it."""
    return report.doc_type in PLAN_TYPES or (not report.doc_type and bool(_PLANNED.search(fold(report.title))))


@lru_cache(maxsize=4096)
def looks_ahead(section_path: tuple[str, ...]) -> bool:
    """Tell whether a section speaks of tasks to come, so that its figures are aims and not results."""
    return any(_TASKS.search(unify(h)) and not _RESULTS.search(unify(h)) for h in section_path)


def _at_place(place: str, figure: FigureView) -> bool:
    own = figure.figure.place
    return (own is not None and same_place(own, place)) or fold(place) in figure.clause_folded
