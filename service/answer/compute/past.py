"""What was the same period of the year before, from this period's figure and what it is measured against."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from ingest.domain import FigureRole, Period, PeriodKind
from ingest.vi.normalise import fold
from ingest.vi.periods import same
from ingest.vi.units import same_unit, to_base
from service.answer import weights
from service.answer.abstain import not_said
from service.answer.candidates import Candidate, Material, standing
from service.answer.compute.companions import companions, counts_like
from service.answer.compute.operands import (
    LEVELS,
    PERCENT,
    POINTS,
    Base,
    Operand,
    base_of,
    levels,
    of_same_period,
    only,
    stated_figure,
    told_of,
)
from service.answer.compute.show import Worked, draft_of, rounded_to, shown
from service.answer.compute.wording import spot, without
from service.answer.query_words import scorer
from service.answer.views import FigureView
from service.domain import Abstention, Draft, FigureClaim, Notice, Query, Want

Stated = Callable[[Query], Draft | None]

DIFFERS = Notice(
    "stated-differs", "Số nêu trong báo cáo khác với kết quả tính từ các số liệu khác; cần xem cả hai đoạn trích."
)
_BARE = Notice("base-unsaid", "Báo cáo không ghi rõ mức tăng, giảm so với kỳ nào; hiểu là so với cùng kỳ năm trước.")
# A time before named as the time of the level, not as what it is compared with.
_BEFORE = re.compile(r"(?<!so voi )(?<!so )(?:cung ky|nam (?:hoc )?truoc|nam ngoai|cung thoi diem)[^,;]*$")
_YEAR = re.compile(r"(?:19|20)\d\d")


def past(query: Query, material: Material, stated: Stated) -> Draft | Abstention | None:
    """Return what a question on "cùng kỳ năm trước" or on last year's same period asks for.

    The figure a report of that period states comes first; else it is worked out of this period's. An abstention when
    there is neither, for this period's figure is no answer; None when the question asks for something else.
    """
    if query.want not in (Want.FIGURE, Want.TEXT) or query.others or spot(query, "compared"):
        return None
    asked = spot(query, "prior")
    if asked is not None:
        year = _YEAR.search(asked[0])
        known = stated_figure(stated(query), material)
        if known is not None and _tells_the_past(known):
            return None
        return _same_period_before(without(query, "prior"), material, stated, year=int(year[0]) if year else None)
    return _earlier_period(query, material, stated)


def _same_period_before(
    query: Query, material: Material, stated: Stated, *, year: int | None
) -> Draft | Abstention | None:
    """Answer for the year before the level's own, stated or worked out; this year's figure never answers for it."""
    now_year = query.period.year if query.period is not None else None
    if year is not None and now_year is None:
        now_year = year + 1
    within = _of_year(material, now_year) if now_year is not None else material
    found = levels(query, within, fit=weights.OF_ITS_KIND, having=lambda one: before(one, rough=True) is not None)
    found = [one for one in found if told_of(one, query, material)] or levels(query, within)
    now = period_of(found[0]) if found else None
    if now is None or now.year is None:
        return None if year is None else not_said(scorer(query, material.rarity), material)
    earlier = replace(query, period=replace(now, year=now.year - 1))
    if year is not None and year != now.year - 1:
        return not_said(scorer(earlier, material.rarity), material)
    worked = _first([one for one in found if told_of(one, query, material)], rough=True)
    said = stated(earlier)
    claim = said.figures[0] if said is not None and said.figures else None
    if said is not None and claim is not None and _is_of(claim, found[0], said, now.year - 1):
        return said if worked is None or _agrees(claim, worked) else both(said, draft_of(worked))
    return draft_of(worked) if worked is not None else not_said(scorer(earlier, material.rarity), material)


def _of_year(material: Material, year: int) -> Material:
    """Return the passages of the reports on ``year``."""
    kept = [
        (hit, view)
        for hit, view in zip(material.hits, material.views, strict=True)
        if hit.report.period is not None and year in (hit.report.period.year, hit.report.period.last_year)
    ]
    return replace(material, hits=tuple(hit for hit, _ in kept), views=tuple(view for _, view in kept))


def _tells_the_past(known: FigureView) -> bool:
    """Tell whether a stated level is itself one of an earlier time ("cùng kỳ năm trước là 14 vụ")."""
    before = known.clause_folded.partition(fold(known.figure.text))[0]
    said = _BEFORE.search(before)
    return known.figure.role is FigureRole.LEVEL and said is not None


def _earlier_period(query: Query, material: Material, stated: Stated) -> Draft | None:
    """Answer for an earlier period named outright, where only the report of a year later tells what changed since."""
    asked = query.period
    years_apart = asked is not None and asked.last_year and asked.last_year != (asked.year or 0) + 1
    if asked is None or asked.year is None or query.role is not None or years_apart:
        return None
    later = replace(asked, year=asked.year + 1, last_year=asked.last_year + 1 if asked.last_year else None)
    if not any(period is not None and same(later, period) for period in _periods(material)):
        return None
    known = stated_figure(stated(query), material)
    found = levels(
        replace(query, period=later, want=Want.FIGURE),
        material,
        having=lambda one: before(one, rough=True) is not None and _covers(one, later),
    )
    told = [one for one in found if told_of(one, query, material)]
    if known is not None and told:
        own = standing(scorer(query, material.rarity), material, known.figure)
        if own is None or told[0].score.rank < own.rank + weights.SAME_READING:
            return None
    worked = _first(told, rough=True)
    return draft_of(worked) if worked is not None else None


def _covers(level: Candidate, asked: Period) -> bool:
    """Tell whether a level is of the whole year asked for: nine months of it do not tell what the year was."""
    own = period_of(level)
    return asked.kind is not PeriodKind.YEAR or (own is not None and same(own, asked))


def _periods(material: Material) -> Iterator[Period | None]:
    """Yield the periods of the reports and of their figures."""
    yield from (hit.report.period for hit in material.hits)
    yield from (figure.figure.period for view in material.views for figure in view.figures)


def _first(found: Sequence[Candidate], *, rough: bool) -> Worked | None:
    sums = (worked for level in found if (worked := before(level, rough=rough)) is not None)
    return next(sums, None)


def before(level: Candidate, *, rough: bool) -> Worked | None:
    """Return the sum for the same period of the year before: less the change, or ``rough``: over the ratio."""
    if level.figure is None:
        return None
    near = companions(level)
    now = Operand(level, level.figure)
    past_ones = [one for one in near if of_same_period(one, near) or _names_year_before(one, level)]
    if (change := only(past_ones, lambda one: _absolute(one, level.figure))) is not None:
        return _less(now, Operand(level, change))
    if not rough or now.unit == PERCENT:
        return None
    ratio = only(past_ones, lambda one: one.figure.role is FigureRole.YOY_RATIO and one.figure.unit == PERCENT)
    if ratio is not None and ratio.figure.value > 0:
        part = Operand(level, ratio)
        return _over(now, part, f"{shown(part.value)}%", part.value, "số kỳ này chia cho tỷ lệ so với cùng kỳ")
    many = only(past_ones, lambda one: one.figure.unit == "lần" and "gap" in one.clause_folded.split())
    if many is not None and many.figure.value > 0:
        part = Operand(level, many)
        return _over(now, part, shown(part.value), part.value * 100, "số kỳ này chia cho số lần so với cùng kỳ")
    pace = only(past_ones, lambda one: one.figure.role is FigureRole.CHANGE and one.figure.unit == PERCENT)
    return _before_pace(now, Operand(level, pace), "số kỳ này chia cho tỷ lệ so với cùng kỳ") if pace else None


def _before_pace(now: Operand, pace: Operand, rule: str) -> Worked | None:
    by = pace.figure.figure.value
    if by <= -100:
        return None
    return _over(now, pace, f"(100% {'+' if by >= 0 else '−'} {shown(pace.value)}%)", 100 + by, rule)


def _names_year_before(one: FigureView, level: Candidate) -> bool:
    """Tell whether a base is the year before that of a whole year's figure ("giảm 12 con so với năm 2021" in 2022)."""
    now, years = period_of(level), _YEAR.findall(one.figure.base)
    whole = now is not None and now.kind is PeriodKind.YEAR and now.year is not None
    return whole and now is not None and years == [str((now.year or 0) - 1)]


def period_of(level: Candidate) -> Period | None:
    """Return the period of a figure, its report's where it has none; the year is filled in from the report."""
    own = level.figure.figure.period if level.figure else None
    report = level.hit.report.period
    if own is None or (own.year is None and report is None):
        return report
    return own if own.year is not None or report is None else replace(own, year=report.year)


def both(said: Draft, computed: Draft) -> Draft:
    """Return the stated answer with the computed one behind it and a warning that they differ."""
    base, figures = len(said.evidence), len(said.figures)
    claims = tuple(replace(one, evidence=tuple(base + i for i in one.evidence)) for one in computed.claims)
    moved = tuple(FigureClaim(one.figure, base + one.evidence) for one in computed.figures)
    sum_ = computed.computation
    return replace(
        said,
        claims=(*said.claims, *claims),
        evidence=(*said.evidence, *computed.evidence),
        figures=(*said.figures, *moved),
        computation=replace(sum_, inputs=tuple(figures + i for i in sum_.inputs)) if sum_ is not None else None,
        warnings=(*said.warnings, *computed.warnings, DIFFERS),
    )


def _absolute(one: FigureView, level: FigureView | None) -> bool:
    if level is None or one.figure.role is not FigureRole.CHANGE:
        return False
    if level.figure.unit == PERCENT:
        return one.figure.unit == POINTS
    return one.figure.unit not in (PERCENT, POINTS) and counts_like(one.figure.unit, level.figure.unit)


def less(level: Candidate, change: FigureView) -> Worked | None:
    """Return a level before a stated change of it, in its own unit; None when that were below nought.

    A change in per cent is taken off by division, and the result is rounded.
    """
    if level.figure is None:
        return None
    now, part = Operand(level, level.figure), Operand(level, change)
    if change.figure.role is FigureRole.YOY_RATIO:
        over = "số hiện nay chia cho tỷ lệ so với kỳ ấy"
        return _over(now, part, f"{shown(part.value)}%", part.value, over) if now.unit != PERCENT else None
    if change.figure.unit != PERCENT or now.unit == PERCENT:
        return _less(now, part)
    return _before_pace(now, part, "số hiện nay chia cho mức tăng, giảm đã nêu")


def _less(now: Operand, change: Operand) -> Worked | None:
    rises = change.figure.figure.value > 0
    part = change.value if now.unit == PERCENT else change.in_scale_of(now)
    result = now.value - part if rises else now.value + part
    if result < 0:
        return None
    sign, mark = ("−" if rises else "+"), ("%" if now.unit == PERCENT else "")
    return Worked(
        left=f"{shown(now.value)}{mark} {sign} {shown(part)}{mark}",
        result=result,
        unit=now.unit,
        inputs=(now, change),
        rule=f"số kỳ này {'trừ mức tăng' if rises else 'cộng mức giảm'}",
        notices=(_BARE,) if base_of(change.figure) is Base.UNSAID else (),
    )


def _over(now: Operand, part: Operand, divisor: str, percent: Decimal, rule: str) -> Worked | None:
    exact = now.value * 100 / percent
    result = rounded_to(exact, like=now.value)
    return Worked(
        left=f"{shown(now.value)} ÷ {divisor}",
        result=result,
        unit=now.unit,
        inputs=(now, part),
        rule=rule,
        rounded=part.unit == PERCENT or exact != result,
        notices=(_BARE,) if base_of(part.figure) is Base.UNSAID else (),
    )


def _is_of(claim: FigureClaim, level: Candidate, said: Draft, year: int) -> bool:
    """Tell whether a stated figure is a level of the earlier year in the unit of this year's."""
    figure = claim.figure
    report = said.evidence[claim.evidence].report.period
    own = figure.period.year if figure.period is not None and figure.period.year else (report.year if report else None)
    now = level.figure.figure if level.figure else None
    if now is None or own != year or not same_unit(figure.unit, now.unit):
        return False
    return figure.role is now.role or (figure.role in LEVELS and now.role in LEVELS)


def _agrees(claim: FigureClaim, worked: Worked) -> bool:
    """Tell whether a stated figure is the computed one; a rounded sum agrees within one per cent."""
    one = to_base(claim.figure.value, claim.figure.unit)[0]
    other = to_base(worked.result, worked.unit)[0]
    return one == other or (worked.rounded and abs(one - other) * 100 <= abs(one))
