"""What a stated excess or shortfall is measured against: the starting price, the total investment."""

from __future__ import annotations

from dataclasses import replace

from ingest.domain import FigureRole
from ingest.vi.normalise import fold
from ingest.vi.units import same_unit
from service.answer import weights
from service.answer.candidates import Candidate, Material, figure_candidates
from service.answer.compute.operands import LEVELS, PERCENT, POINTS, Base, Operand, base_of, single, unique
from service.answer.compute.past import Stated
from service.answer.compute.show import Worked, draft_of, shown
from service.answer.compute.wording import spot
from service.answer.query_words import scorer
from service.answer.views import FigureView
from service.domain import Draft, Query, Want

_MIN_BASE_WORDS = 2


def price(query: Query, material: Material, stated: Stated) -> Draft | None:
    """Return the base of a stated excess: "trúng 68 tỷ (vượt giá khởi điểm 11 tỷ)" tells the starting price.

    None when no excess over what the question names is stated, or when the base is.
    """
    if query.want not in (Want.FIGURE, Want.TEXT) or query.others or spot(query, "exceeds"):
        return None
    asked = fold(query.text)
    named = {
        fold(f.figure.base)
        for view in material.views
        for f in view.figures
        if f.figure.role is FigureRole.CHANGE and base_of(f) is Base.OTHER and fold(f.figure.base) in asked
    }
    bases = {base for base in named if len(base.split()) >= _MIN_BASE_WORDS}
    if not bases:
        return None
    changing = replace(query, role=FigureRole.CHANGE, want=Want.FIGURE)
    ranked = [
        c
        for c in figure_candidates(scorer(changing, material.rarity), material)
        if c.figure is not None and c.figure.figure.role is FigureRole.CHANGE and fold(c.figure.figure.base) in bases
    ]
    found = unique(ranked, fit=weights.OF_ITS_KIND)
    if not found or _stated(query, stated, bases):
        return None
    worked = next((w for one in found if (w := _base_of_excess(one)) is not None), None)
    return draft_of(worked) if worked is not None else None


def _stated(query: Query, stated: Stated, bases: set[str]) -> bool:
    known = stated(query)
    if known is None or not known.figures:
        return False
    figure = known.figures[0].figure
    return figure.role is not FigureRole.CHANGE and any(base in fold(figure.indicator) for base in bases)


def _base_of_excess(excess: Candidate) -> Worked | None:
    by = excess.figure
    level = _level_before(excess, by) if by is not None else None
    if by is None or level is None or by.figure.unit in (PERCENT, POINTS):
        return None
    now, part = Operand(excess, level), Operand(excess, by)
    amount, over = part.in_scale_of(now), by.figure.value > 0
    result = now.value - amount if over else now.value + amount
    if result < 0:
        return None
    return Worked(
        left=f"{shown(now.value)} {'−' if over else '+'} {shown(amount)}",
        result=result,
        unit=now.unit,
        inputs=(now, part),
        rule=f"{by.figure.base} = số đạt được {'trừ phần vượt' if over else 'cộng phần thấp hơn'}",
    )


def _level_before(excess: Candidate, by: FigureView) -> FigureView | None:
    """Return the level an excess belongs to: the nearest before it of its indicator, sentence and unit."""
    before = [
        f
        for f in excess.view.figures
        if f.figure.role in LEVELS
        and f.figure.indicator == by.figure.indicator
        and f.figure.sentence == by.figure.sentence
        and f.figure.span.end <= by.figure.span.start
        and same_unit(f.figure.unit, by.figure.unit)
        and single(f)
    ]
    return max(before, key=lambda f: f.figure.span.start, default=None)
