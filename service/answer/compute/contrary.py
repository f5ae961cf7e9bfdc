"""A difference told the way it is: "A nhiều hơn B bao nhiêu" where A has less is answered with "ít hơn"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.vi.normalise import fold
from service.answer.compute.operands import Operand
from service.answer.compute.relation import Against, relation
from service.answer.compute.show import Worked
from service.domain import Query

MORE, LESS = "nhiều hơn", "ít hơn"


def as_it_is(query: Query, worked: Worked) -> Worked:
    """Return the difference of two levels with the verb that corrects the question; as given where it needs none.

    Needs none: the question takes neither for the greater, is right, or does not tell which of the two it names first.
    """
    asked = relation(query)
    if asked is None or asked.against is not Against.OTHER or asked.falls is None or len(worked.inputs) != 2:
        return worked
    first = _first_of(asked.sides[0], worked.inputs)
    if worked.verb or " − " not in worked.left or first is None:
        return worked
    other = worked.inputs[1 - first]
    one = worked.inputs[first]
    more = one.value > other.in_scale_of(one)
    return replace(worked, verb=MORE if more else LESS) if asked.falls is more else worked


def _first_of(words: Sequence[str], inputs: Sequence[Operand]) -> int | None:
    """Return the 0-based place of the figure that more of the first side's words name; None for as many."""
    named = [sum(fold(word) in one.figure.own.folded for word in words) for one in inputs]
    return None if named[0] == named[1] else named.index(max(named))
