"""The first months of a year out of the months so far and the last of them: quý I is six months less quý II."""

from __future__ import annotations

from dataclasses import replace

from ingest.domain import PassageKind, Period, PeriodKind
from ingest.vi.normalise import fold
from ingest.vi.units import same_unit
from service.answer.candidates import Candidate, Material
from service.answer.compute.operands import LEVELS, Operand, levels, only, single, told_of
from service.answer.compute.past import Stated
from service.answer.compute.show import difference, draft_of
from service.answer.views import FigureView
from service.domain import Draft, Query, Want

_PARTS = (PeriodKind.MONTH, PeriodKind.QUARTER)


def before_last(query: Query, material: Material, stated: Stated) -> Draft | None:
    """Return what the months asked for came to, where only a longer stretch and its last month or quarter are told.

    Both are told in one sentence or row, of one thing. None when a report states it, and when the months asked for do
    not begin the year.
    """
    asked = query.period
    if asked is None or asked.kind is PeriodKind.YEAR or query.role is not None or query.others:
        return None
    if query.want not in (Want.FIGURE, Want.TEXT) or asked.first_month != 1 or not asked.last_month:
        return None
    known = {f.figure.period for view in material.views for f in view.figures}
    longer = [p for p in known if p is not None and _goes_on(p, asked)]
    newest = {p for p in longer if p.year == max(one.year or 0 for one in longer)}
    if len(newest) != 1 or stated(query) is not None:
        return None
    plain = replace(query, period=newest.pop(), want=Want.FIGURE)
    for level in levels(plain, material, having=lambda one: _last(one, asked) is not None):
        last = _last(level, asked)
        if level.figure is not None and last is not None and told_of(level, plain, material):
            worked = difference(Operand(level, level.figure), Operand(level, last))
            return draft_of(replace(worked, rule="lũy kế trừ kỳ cuối")) if worked is not None else None
    return None


def _goes_on(period: Period, asked: Period) -> bool:
    """Tell whether a period is the months of a year up to one after those asked for."""
    year = asked.year in (None, period.year)
    return year and period.kind is PeriodKind.CUMULATIVE and (period.last_month or 0) > (asked.last_month or 12)


def _last(level: Candidate, asked: Period) -> FigureView | None:
    """Return the figure beside a level that counts the same thing from behind the months asked for to its end."""
    mine = level.figure
    if mine is None or mine.figure.period is None:
        return None
    own, end = mine.figure, mine.figure.period.last_month
    row = level.view.passage.kind is PassageKind.TABLE_ROW

    def is_last(one: FigureView) -> bool:
        then = one.figure.period
        if then is None or then.kind not in _PARTS or one.figure.role not in LEVELS or not single(one):
            return False
        names = sorted((fold(own.indicator), fold(one.figure.indicator)), key=len)
        alike = names[1].startswith(names[0]) and same_unit(own.unit, one.figure.unit)
        near = row or one.figure.sentence == own.sentence
        stretch = (then.first_month, then.last_month) == ((asked.last_month or 0) + 1, end)
        return alike and near and stretch and then.year == own.period.year if own.period else False

    return only(level.view.figures, is_last)
