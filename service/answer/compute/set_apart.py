"""How far two amounts lie apart: what is left, by how much one exceeds another, what changed.

One way for all such questions: what the question sets beside what (``relation``), the two figures of one place in a
report that are that (``told_pairs``), and their difference; what the report states itself comes first.
"""

from __future__ import annotations

from dataclasses import replace

from ingest.domain import FigureRole
from service.answer.candidates import Material
from service.answer.compute.contrary import verb_for
from service.answer.compute.operands import STRICT, named_by, stated_figure
from service.answer.compute.past import Stated
from service.answer.compute.relation import Against, Relation, relation
from service.answer.compute.show import difference, draft_of, quoted
from service.answer.compute.sought import Sought, measured, sought
from service.answer.compute.stated_apart import stated_apart
from service.answer.compute.told_how import told
from service.answer.compute.told_pairs import Pair, pairs
from service.answer.views import FigureView
from service.domain import Draft, Query

# What a pair has to be worth: by the opened sets the right ones reach it, of the wrong ones few.
_LEAST = {Against.PLAN: 1.0, Against.TIME: 1.25, Against.WHOLE: 1.15, Against.OTHER: 1.7}
_TOLD = 0.55  # share of the question that a pair and what is around it have to say
_NAMED = 0.66  # share that two things set beside each other have to be named by
# Two pairs this close are both meant, or neither; further apart where each side has to be named.
_AS_WELL, _SIDES_AS_WELL = 0.05, 0.1
_RULES = {
    Against.PLAN: "hiệu giữa số thực hiện và kế hoạch",
    Against.TIME: "hiệu của hai kỳ",
    Against.WHOLE: "tổng số trừ phần đã thực hiện",
    Against.OTHER: "hiệu của hai số liệu của báo cáo",
}


def set_apart(query: Query, material: Material, stated: Stated) -> Draft | None:
    """Return the difference a question asks for, stated or worked out of two figures; None where none is certain."""
    asked = relation(query)
    if asked is None:
        return None
    one = sought(asked, material)
    if (found := stated_apart(one)) is not None:
        return quoted(*found)
    if _states(stated_figure(stated(query), material), one):
        return None  # the report says it, in words that are near enough to be found as any figure is
    best = _best(asked, pairs(one))
    worked = difference(*best.operands) if best is not None else None
    if best is None or worked is None:
        return None
    return draft_of(replace(worked, rule=_RULES[asked.against], verb=verb_for(asked, *best.operands)))


def _states(known: FigureView | None, one: Sought) -> bool:
    """Tell whether a stated answer is itself what is left, or the change asked for."""
    view = next((v for v in one.material.views if known is not None and known in v.figures), None)
    if known is None or view is None:
        return False
    if one.asked.against in (Against.WHOLE, Against.PLAN) and told(view, known, ()).undone:
        return (measured(one.asked, known) or 0.0) >= 0 and known.figure.role is not FigureRole.CHANGE
    changed = known.figure.role is FigureRole.CHANGE and one.asked.falls in (None, known.figure.value < 0)
    return changed and one.asked.against is Against.TIME and named_by(known, one.asked.plain, one.material) >= STRICT


def _best(asked: Relation, found: list[Pair]) -> Pair | None:
    best = next(iter(found), None)
    if best is None or best.worth < _LEAST[asked.against] or best.told < _TOLD:
        return None
    if asked.against is Against.OTHER and best.named < _NAMED:
        return None
    values = {operand.value for operand in best.operands}
    margin = _SIDES_AS_WELL if asked.against is Against.OTHER else _AS_WELL
    rivals = (p for p in found[1:] if p.worth > best.worth - margin)
    return best if all({operand.value for operand in p.operands} == values for p in rivals) else None
