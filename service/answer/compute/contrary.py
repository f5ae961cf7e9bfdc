"""A difference told the way it is: "A nhiều hơn B bao nhiêu" where A has less is answered with "ít hơn"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.vi.normalise import fold
from service.answer.compute.operands import Operand
from service.answer.compute.relation import Against, Relation, relation
from service.answer.compute.show import Worked
from service.domain import Query

_VERBS = {
    Against.PLAN: ("vượt", "thiếu"),
    Against.TIME: ("tăng", "giảm"),
    Against.OTHER: ("nhiều hơn", "ít hơn"),
}


def verb_for(asked: Relation, one: Operand, other: Operand) -> str:
    """Return how the first amount stands to the second: of what changed always, else where the question has it wrong.

    "" where no verb is needed.
    """
    more = one.value > other.in_scale_of(one)
    contrary = asked.falls is not None and asked.falls is more and not asked.must
    verbs = _VERBS.get(asked.against)
    return verbs[0 if more else 1] if verbs and (asked.against is Against.TIME or contrary) else ""


def as_it_is(query: Query, worked: Worked) -> Worked:
    """Return the difference of two things the question names, with the verb that corrects the question if it needs one.

    As given where the question does not tell which of the two it names first, and for what is no difference.
    """
    asked = relation(query)
    if asked is None or asked.against is not Against.OTHER or len(worked.inputs) != 2 or " − " not in worked.left:
        return worked
    first = _first_of(asked.sides[0], worked.inputs)
    if worked.verb or first is None:
        return worked
    return replace(worked, verb=verb_for(asked, worked.inputs[first], worked.inputs[1 - first]))


def _first_of(words: Sequence[str], inputs: Sequence[Operand]) -> int | None:
    """Return the 0-based place of the figure that more of the first side's words name; None for as many."""
    named = [sum(fold(word) in one.figure.own.folded for word in words) for one in inputs]
    return None if named[0] == named[1] else named.index(max(named))
