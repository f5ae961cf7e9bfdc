"""One indicator in two periods, each stated in its own report: by how much it rose or fell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from ingest.domain import Period
from ingest.vi.normalise import fold
from ingest.vi.periods import find_periods, resolve, same
from ingest.vi.units import same_unit
from service.answer import weights
from service.answer.candidates import Candidate, Material, figure_candidates
from service.answer.compute.operands import PERCENT, Operand, usable
from service.answer.compute.past import Stated, period_of
from service.answer.compute.show import Worked, difference, draft_of, round_half_up, shown
from service.answer.compute.wording import spot, without
from service.answer.query_words import scorer
from service.domain import Draft, Query, Want

_RATE_DECIMALS = 1


def between_periods(query: Query, material: Material, stated: Stated) -> Draft | None:
    """Return the change between two periods named with their years, out of the two levels; None without either level.

    The amount is worked out even where a report states the rate, and the other way round; a change stated in the
    asked form comes first and is found as ever.
    """
    rate = spot(query, "rate") is not None
    asked = _asked(query)
    if len(asked) != 2 or query.want not in (Want.FIGURE, Want.TEXT) or not (rate or spot(query, "amount")):
        return None
    plain = replace(without(without(query, "rate"), "amount"), unit="" if query.unit == PERCENT else query.unit)
    found = _pair(_levels(plain, material, asked[0]), _levels(plain, material, asked[1]))
    if found is None:
        return None
    later_first = _month(asked[0]) > _month(asked[1])
    now, then = found if later_first else found[::-1]
    if _stated_change(query, stated, (now.value - then.in_scale_of(now)), now.unit, rate=rate):
        return None
    worked = moved_between(now, then, rate=rate)
    return draft_of(worked) if worked is not None else None


def _asked(query: Query) -> tuple[Period, ...]:
    """Return the periods of a question that have a year or take it from the first, bases of comparison as well."""
    named = [period for _, period in find_periods(query.text)]
    first = next((p for p in named if p.year is not None), None)
    if first is None:
        return ()
    whole = (resolve(p, first) for p in named if p.kind is first.kind)
    return tuple(dict.fromkeys(whole))


def _levels(query: Query, material: Material, period: Period) -> list[Candidate]:
    """Return the levels of just this period that fit the question about as well as the best of them."""
    one = scorer(replace(query, period=period), material.rarity)
    ranked = [c for c in figure_candidates(one, material) if usable(c) and c.score.fit >= weights.ANSWERABLE]
    own = [c for c in ranked if (at := period_of(c)) is not None and same(at, period)]
    return [c for c in own if c.score.rank >= own[0].score.rank - weights.SAME_READING]


def _pair(first: Sequence[Candidate], second: Sequence[Candidate]) -> tuple[Operand, Operand] | None:
    """Return one figure of each period with the same indicator, place and unit: that of the shortest name.

    The shortest name is the most general ("thu ngân sách" before "thu ngân sách xã"); None when two such differ.
    """
    fitting = [
        (Operand(one, one.figure), Operand(other, other.figure))
        for one in first
        for other in second
        if one.figure is not None
        and other.figure is not None
        and _name(one) == _name(other)
        and one.figure.figure.place == other.figure.figure.place
        and same_unit(one.figure.figure.unit, other.figure.figure.unit)
    ]
    if not fitting:
        return None
    shortest = min(len(_name(one.at)) for one, _ in fitting)
    best = [pair for pair in fitting if len(_name(pair[0].at)) == shortest]
    values = {tuple(side.in_scale_of(best[0][0]) for side in pair) for pair in best}
    return best[0] if len(values) == 1 else None


def _name(level: Candidate) -> tuple[str, ...]:
    return tuple(fold(level.figure.figure.indicator).split()) if level.figure else ()


def _stated_change(query: Query, stated: Stated, moved: Decimal, unit: str, *, rate: bool) -> bool:
    """Tell whether a report states this very change in the asked form."""
    known = stated(replace(query, others=()))
    figure = known.figures[0].figure if known is not None and known.figures else None
    if figure is None or rate:
        return figure is not None and figure.unit == PERCENT and (figure.value > 0) == (moved > 0)
    return same_unit(figure.unit, unit) and figure.value == moved


def moved_between(now: Operand, then: Operand, *, rate: bool) -> Worked | None:
    """Return how much a level rose or fell from ``then``, in its unit or (``rate``) in per cent; None for no change."""
    before = then.in_scale_of(now)
    if now.value == before:
        return None
    verb = "tăng" if now.value > before else "giảm"
    if not rate:
        worked = difference(now, then)
        return replace(worked, verb=verb, rule="hiệu của hai kỳ") if worked is not None else None
    if now.unit == PERCENT or before <= 0:
        return None
    high, low = max(now.value, before), min(now.value, before)
    exact = (high - low) * 100 / before
    result = round_half_up(exact, decimals=_RATE_DECIMALS)
    return Worked(
        left=f"({shown(high)} − {shown(low)}) ÷ {shown(before)}",
        result=result,
        unit=PERCENT,
        inputs=(now, then),
        rule="chênh lệch chia cho số kỳ trước",
        rounded=exact != result,
        verb=verb,
    )


def _month(period: Period) -> tuple[int, int]:
    return (period.last_year or period.year or 0, period.last_month or 12)
