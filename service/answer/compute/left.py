"""What is left of a whole whose done part is told beside it: "giao 40 nhà; đã khởi công 26 nhà"."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.domain import FigureRole, Span
from ingest.vi.normalise import fold
from ingest.vi.units import same_count
from service.answer.candidates import Material
from service.answer.compute.couples import Fits, counts_more, couple
from service.answer.compute.operands import LEVELS, PERCENT, Operand, says_left
from service.answer.compute.show import Worked, difference, shown
from service.answer.compute.wording import about, without
from service.answer.measures import other_measure
from service.answer.tokens import keys
from service.answer.views import FigureView, PassageView
from service.domain import Query, Want

# What calls a figure a plan.
PLANNED = re.compile(r"(?<!\w)(?:ke hoach|du toan|chi tieu|muc tieu(?! quoc gia)|duoc giao|tinh giao|huyen giao)(?!\w)")
_NOT_YET = re.compile(r"(?<!\w)(?:chua|khong) (?:duoc |bi |co |cho )?(?=\w)")
_DENIES = re.compile(r"(?<!\w)(?:chua|khong)(?!\w)")
# "Đã khởi công nhưng chưa xong", "được giao mà chưa làm": what is denied is a part of what is said before.
_BEGUN = re.compile(r"(?<!\w)(?:da|duoc) (?:duoc )?([^,]+?),? (?:nhung|ma|song)(?: van| con| lai)?\s*$")


def left(query: Query, material: Material) -> Worked | None:
    """Return the whole less its part that "chưa" denies in the question; None where no sentence or row tells both.

    The part is named by what stands behind "chưa" ("chưa khởi công"), the whole stands before it, counts the same and
    is named by the rest of the question or comes first in the sentence.
    """
    match = _NOT_YET.search(fold(query.text))
    if match is None:
        return None
    denied = about(query, Span(match.start(), len(query.text))).terms
    begun = _BEGUN.search(fold(query.text[: match.start()]))
    other = about(query, Span(*begun.span(1))).terms if begun is not None else ()
    before = about(query, Span(0, match.start())).terms
    if not denied:
        return None
    plain = replace(without(query, "left_words"), unit=query.unit)
    found = couple(plain, (denied, other), material, fits=_of_whole(query), hint=before)
    return rest_of(*found) if found is not None else None


def _of_whole(query: Query) -> Fits:
    asked = frozenset(fold(word) for word in keys(query.text))

    def fits(part: FigureView, whole: FigureView, view: PassageView) -> bool:
        unit = part.figure.unit
        if part.figure.role not in LEVELS or other_measure(query.text, unit) or _DENIES.search(part.clause_folded):
            return False
        if part.figure.value > whole.figure.value and unit == whole.figure.unit:
            return False
        if query.unit and not same_count(query.unit, unit):
            return False
        known = asked | whole.own.folded | whole.counted.folded
        return is_whole(part, whole) and not counts_more(part, known) and not says_left(part)

    return fits


def short_of(query: Query, material: Material) -> Worked | None:
    """Return how much is missing to a plan told in the same sentence or row; None where none is, or it is reached."""
    # "... nữa thì đạt kế hoạch năm 2025": the year is the plan's.
    plain = replace(without(without(query, "short_words"), "plan"), unit=query.unit, want=Want.FIGURE, period=None)
    found = couple(plain, ((), ()), material, fits=_to_plan(query.unit)) if plain.terms else None
    if found is None or found[1].in_scale_of(found[0]) <= found[0].value:
        return None
    return difference(found[1], found[0]) if found[0].unit == PERCENT else rest_of(*found)


def _to_plan(unit: str) -> Fits:
    def fits(done: FigureView, plan: FigureView, view: PassageView) -> bool:
        asked = not unit or unit == PERCENT or same_count(unit, done.figure.unit)
        return asked and same_count(done.figure.unit, plan.figure.unit) and is_plan(plan) and not is_plan(done)

    return fits


def is_plan(figure: FigureView) -> bool:
    """Tell whether a figure is an aim: by its role, or called a plan in its name or clause."""
    said = f"{fold(figure.figure.indicator)} {figure.clause_folded.partition(fold(figure.figure.text))[0]}"
    return figure.figure.role is FigureRole.TARGET or PLANNED.search(said) is not None


def is_whole(part: FigureView, whole: FigureView) -> bool:
    """Tell whether a figure may be the whole of another: told before it, of its measure, no part of it in brackets."""
    if whole.at.start > part.at.start or not same_count(part.figure.unit, whole.figure.unit):
        return False
    if whole.bracketed and not part.bracketed:
        return False
    return whole.figure.role in (*LEVELS, FigureRole.TARGET)


def rest_of(done: Operand, whole: Operand) -> Worked | None:
    """Return a whole less what is done of it; None when more is done."""
    total = whole.in_scale_of(done)
    if total < done.value:
        return None
    return Worked(
        left=f"{shown(total)} − {shown(done.value)}",
        result=total - done.value,
        unit=done.unit,
        inputs=(whole, done),
        rule="tổng số trừ phần đã thực hiện",
    )
