"""How much more or less than before: the amount where only a ratio is stated, the rate where only an amount is."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from ingest.domain import FigureRole, PeriodKind
from ingest.vi.normalise import fold
from ingest.vi.periods import find_periods, is_base, same
from ingest.vi.units import same_unit, unit_kind
from service.answer.candidates import Candidate, Material
from service.answer.compute.companions import companions
from service.answer.compute.operands import (
    PERCENT,
    POINTS,
    STRICT,
    Operand,
    levels,
    named_by,
    of_same_period,
    only,
    single,
    stated_figure,
    told_of,
)
from service.answer.compute.past import Stated, period_of
from service.answer.compute.periods import moved_between
from service.answer.compute.show import Worked, draft_of, round_half_up, rounded_to, shown
from service.answer.compute.wording import spot, without
from service.answer.views import FigureView
from service.domain import Draft, Query, Want

_RATE_DECIMALS = 1
_EARLIER = re.compile(r"\s*[(,;]?\s*(?:cung ky|nam (?:hoc )?(?:truoc|ngoai))[^\d(,;]{0,30}$")


def change(query: Query, material: Material, stated: Stated) -> Draft | None:
    """Return the change a question asks for, in the form it asks for; None when it is stated or does not follow.

    "tăng bao nhiêu con" is worked out of level and ratio, "giảm bao nhiêu %" of the ratio or of level and change.
    """
    if query.want not in (Want.FIGURE, Want.TEXT) or query.others:
        return None
    rate = spot(query, "rate")
    asks_amount = spot(query, "amount") is not None and query.unit != PERCENT
    if rate is None and not asks_amount:
        return None
    plain = without(without(without(query, "rate"), "amount"), "past")
    plain = replace(plain, unit=PERCENT) if query.unit == POINTS else plain
    known = stated_figure(stated(query), material)
    stated_so = known is not None and _says(known, rate=rate is not None) and not _other_way(query, known)
    stated_so = stated_so or (known is not None and not query.unit and known.figure.role is FigureRole.CHANGE)
    if known is not None and stated_so and named_by(known, plain, material) >= STRICT:
        return None
    if rate is not None:
        found = levels(replace(plain, unit=""), material, having=_rate)
        sums = (worked for level in found if (worked := _rate(level)) is not None)
    else:
        found = levels(plain, material, having=_amount)
        sums = (worked for level in found if (worked := _amount(level)) is not None)
    worked = next(sums, None)
    if worked is None or not found or not told_of(found[0], plain, material):
        return None
    level = found[0].figure
    if stated_so and level is not None and named_by(level, plain, material) < STRICT:
        return None
    return draft_of(worked) if _of_asked(query, found[0]) else None


def earlier(level: Candidate) -> FigureView | None:
    """Return what a level was a year before where its sentence tells it behind it: "47 cơ sở (cùng kỳ 39 cơ sở)".

    None where another figure of its unit stands between.
    """
    mine, now = level.figure, period_of(level)
    if mine is None or now is None or now.year is None:
        return None
    behind = [
        one
        for one in level.view.figures
        if one.sentence == mine.sentence
        and one.at.start >= mine.at.end
        and one.figure.role is mine.figure.role
        and same_unit(one.figure.unit, mine.figure.unit)
        and single(one)
    ]
    nearest = min(behind, key=lambda one: one.at.start, default=None)
    if nearest is not None and _EARLIER.search(fold(level.view.reading.text[mine.at.end : nearest.at.start])):
        return nearest
    then = nearest.figure.period if nearest is not None else None
    return nearest if then is not None and then.year == now.year - 1 and then.kind is now.kind else None


def _other_way(query: Query, known: FigureView) -> bool:
    """Tell whether a stated change goes the other way than the question takes for granted."""
    said = set(fold(query.text).split()) & {"tang", "giam"}
    return said == ({"giam"} if known.figure.value > 0 else {"tang"})


def _says(known: FigureView, *, rate: bool) -> bool:
    figure = known.figure
    if figure.role is not FigureRole.CHANGE:
        return False
    return (figure.unit in (PERCENT, POINTS)) == rate


def _rate(level: Candidate) -> Worked | None:
    """Return the rise or fall in per cent: from the ratio exactly, else from level and change."""
    near = companions(level)
    past = [one for one in near if of_same_period(one, near)]
    ratio = only(past, lambda one: one.figure.role is FigureRole.YOY_RATIO and one.figure.unit == PERCENT)
    if ratio is not None and ratio.figure.value > 0:
        return _from_ratio(Operand(level, ratio))
    moved = only(past, lambda one: _absolute(one, level))
    if moved is None and (then := earlier(level)) is not None and level.figure is not None:
        return moved_between(Operand(level, level.figure), Operand(level, then), rate=True)
    if moved is None or level.figure is None:
        return None
    now, by = Operand(level, level.figure), Operand(level, moved)
    part, rises = by.in_scale_of(now), moved.figure.value > 0
    before = now.value - part if rises else now.value + part
    if before <= 0:
        return None
    exact = part * 100 / before
    result = round_half_up(exact, decimals=_RATE_DECIMALS)
    return Worked(
        left=f"{shown(part)} ÷ ({shown(now.value)} {'−' if rises else '+'} {shown(part)})",
        result=result,
        unit=PERCENT,
        inputs=(now, by),
        rule="mức tăng, giảm chia cho số cùng kỳ",
        rounded=exact != result,
        verb="tăng" if rises else "giảm",
    )


def _from_ratio(ratio: Operand) -> Worked | None:
    over = ratio.value - 100
    if over == 0:
        return None
    sides = (f"{shown(ratio.value)}%", "100%")
    first, second = sides if over > 0 else sides[::-1]
    return Worked(
        left=f"{first} − {second}",
        result=abs(over),
        unit=PERCENT,
        inputs=(ratio,),
        rule="tỷ lệ so với cùng kỳ so với 100%",
        verb="tăng" if over > 0 else "giảm",
    )


def _amount(level: Candidate) -> Worked | None:
    """Return the rise or fall in the level's own unit, out of its ratio to the same period; rounded."""
    if level.figure is None:
        return None
    if (then := earlier(level)) is not None:
        return moved_between(Operand(level, level.figure), Operand(level, then), rate=False)
    if unit_kind(level.figure.figure.unit) == "percent":
        return None
    near = companions(level)
    past = [one for one in near if of_same_period(one, near)]
    if only(past, lambda one: _absolute(one, level)) is not None:
        return None
    ratio = only(past, lambda one: one.figure.role is FigureRole.YOY_RATIO and one.figure.unit == PERCENT)
    if ratio is None or ratio.figure.value <= 0 or ratio.figure.value == 100:
        return None
    now, part = Operand(level, level.figure), Operand(level, ratio)
    before = f"{shown(now.value)} ÷ {shown(part.value)}%"
    rises = part.value > 100
    exact: Decimal = now.value - now.value * 100 / part.value
    return Worked(
        left=f"{shown(now.value)} − {before}" if rises else f"{before} − {shown(now.value)}",
        result=rounded_to(abs(exact), like=now.value),
        unit=now.unit,
        inputs=(now, part),
        rule="số kỳ này so với số cùng kỳ suy ra từ tỷ lệ",
        rounded=True,
        verb="tăng" if rises else "giảm",
    )


def _absolute(one: FigureView, level: Candidate) -> bool:
    own = level.figure.figure.unit if level.figure else ""
    unit = one.figure.unit
    return one.figure.role is FigureRole.CHANGE and unit not in (PERCENT, POINTS) and same_unit(unit, own)


def _of_asked(query: Query, level: Candidate) -> bool:
    """Tell whether the level is of the asked year, and a base named with its period the same period a year before."""
    now = period_of(level)
    if now is None or now.year is None:
        return query.period is None or query.period.year is None
    if query.period is not None and query.period.year not in (None, now.year):
        return False
    before = replace(now, year=now.year - 1)
    bases = [period for span, period in find_periods(query.text) if is_base(query.text, span.start)]
    return all(period.year in (None, before.year) for period in bases) and all(
        period.kind is PeriodKind.YEAR or same(period, before, default_year=before.year) for period in bases
    )
