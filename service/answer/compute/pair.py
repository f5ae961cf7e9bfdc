"""Two levels a question names both: their sum, their difference, one as a share of the other, so many times it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import reduce

from ingest.domain import FigureRole, PassageKind, Span
from ingest.vi.normalise import fold
from ingest.vi.units import same_count, same_measure, same_unit, unit_kind
from service.answer import weights
from service.answer.abstain import not_said
from service.answer.candidates import Candidate, Material
from service.answer.compute.contrary import as_it_is
from service.answer.compute.couples import Fits, couple
from service.answer.compute.left import is_plan, is_whole
from service.answer.compute.meeting import met, named
from service.answer.compute.operands import LEVELS, PERCENT, POINTS, STRICT, Operand, levels, named_by, stated_figure
from service.answer.compute.past import Stated
from service.answer.compute.show import Worked, common, difference, draft_of, round_half_up, shown
from service.answer.compute.sides import listed, of_places, own_words, readings
from service.answer.compute.wording import about, by_place, spot, without
from service.answer.members import together
from service.answer.query_words import scorer
from service.answer.views import FigureView, PassageView
from service.domain import Abstention, Draft, Query, Want
from service.understand.question import understand

_SHARE_DECIMALS, _EACH_DECIMALS = 1, 2
_SHARE_SAID = re.compile(r"(?<!\w)(?:chiem|ty le|ti le|ty trong|co cau|tuong ung|\()")
_PLANNED = re.compile(r"(?<!\w)(?:ke hoach|du toan|chi tieu)(?!\w)")
_ATTAINED = re.compile(r"(?<!\w)(?:dat|bang|tang|giam)\s*$")
_TWO, _SAID = 2, 0.5  # share of a side's words from which on a figure speaks of it
_PART_OF = re.compile(r"(?<!\w)(?:trong do|gom)(?!\w)")
_JOINED = re.compile(r"(?<!\w)(?:va|tong|cong)(?!\w)|,")


def pair(query: Query, material: Material, stated: Stated) -> Draft | Abstention | None:
    """Return the sum, difference or share of the two levels a question names; None when one is not certain.

    A total or a share that the report states comes first (None: the stated one is found as ever). An abstention where
    only one side could be given: a lone level is no sum, share or difference.
    """
    if query.want not in (Want.FIGURE, Want.TEXT) or query.others:
        return None
    for group, work in _KINDS.items():
        match = spot(query, group)
        if match is None or spot(query, "past") or not _names(query, match):
            continue
        if stated_as(group, query, match, material, stated):
            return None
        found = _both(query, match, group, material)
        worked = work(*found) if found is not None else None
        if worked is None and _lone(stated(query), group, _sides(query, match, group), material):
            return not_said(scorer(query, material.rarity), material)
        return draft_of(as_it_is(query, worked)) if worked is not None else None
    return None


def _lone(draft: Draft | None, group: str, sides: Sequence[Query], material: Material) -> bool:
    """Tell whether a stated answer is a level that only one of the sides names."""
    known = stated_figure(draft, material)
    if draft is None or known is None or len(draft.figures) != 1 or len(sides) < _TWO:
        return False
    if known.figure.role not in (*LEVELS, FigureRole.TARGET) or (group == "share" and PERCENT in known.figure.unit):
        return False
    return any(side.terms and named_by(known, side, material) < _SAID for side in sides)


def _sides(query: Query, match: re.Match[str], group: str) -> tuple[Query, ...]:
    texts = [Span(*match.span(at)).of(query.text) for at in range(1, match.re.groups + 1)]
    return tuple(understand(text, places={}) for text in (listed(texts) if group == "sum" else texts))


def _names(query: Query, match: re.Match[str]) -> bool:
    """Tell whether the last side has words that name something: "gấp mấy lần" alone sets nothing beside."""
    return bool(about(query, Span(*match.span(match.re.groups))).terms)


def _both(query: Query, match: re.Match[str], group: str, material: Material) -> Sequence[Operand] | None:
    """Return the figures of the sides: each looked up as any question, else those told together; None for neither."""
    # "Cả cấp xã lẫn cấp huyện có bao nhiêu hồ sơ quá hạn?": what is counted stands behind.
    tail = query.text[match.end() :] if group == "sum" else ""
    texts = [Span(*match.span(at)).of(query.text) for at in range(1, match.re.groups + 1)]
    if len(texts := list(listed(texts)) if group == "sum" else texts) < _TWO:
        return None
    names = [scorer(understand(text, places={}), material.rarity) for text in own_words(texts)]

    def told(at: int, candidate: Candidate) -> bool:
        return named(names[at], candidate)

    if group == "share" and _PLANNED.search(fold(texts[1])):
        one = about(query, Span(*match.span(1)))
        if one.terms and (done := couple(one, (one.terms, ()), material, fits=_done_of_plan)) is not None:
            return done
    ways = [way for way in (of_places(query), *readings(query, texts, material, tail=tail)) if way]
    unit = PERCENT if query.unit in (PERCENT, POINTS) else query.unit
    wanted = unit if group in ("sum", "difference") else ""
    found: Sequence[Operand] | None = met(
        ways, material, fits=lambda sides: _alike(sides, texts, group), unit=wanted, told=None if query.beside else told
    )
    if found is None and match.re.groups == len(texts) == _TWO and not query.beside:
        one, other = (about(query, Span(*match.span(side))) for side in (1, 2))
        if not tail.strip(" ?."):
            found = _side_by_side(one, other, query, material, group)
            found = found if found is None or all(told(at, one.at) for at, one in enumerate(found)) else None
        both = replace(query, terms=tuple(dict.fromkeys((*one.terms, *other.terms))))
        found = found or couple(both, (one.terms, other.terms), material, fits=_pairing(group, query))
    # "Hộ nghèo xã A chiếm bao nhiêu phần trăm số hộ": both are of one place.
    if group == "share" and match.re.groups == _TWO and found and len({s.figure.figure.place for s in found}) > 1:
        one, other = (about(query, Span(*match.span(side))) for side in (1, 2))
        found = couple(query, (one.terms, other.terms), material, fits=_pairing(group, query)) or found
    # "chiếm bao nhiêu phần trăm tổng kế hoạch" sets a plan against a plan: of "52/78 tỷ đồng" the second.
    if found and group == "share" and found[0].figure.figure.whole is not None and _PLANNED.search(fold(texts[1])):
        found = (replace(found[0], whole=True), *found[1:])
    return found


def _alike(sides: Sequence[Operand], texts: Sequence[str], group: str) -> bool:
    """Tell whether figures can be put together: of one unit."""
    # What stands in brackets is a part of what stands before them: the two are no sum.
    parts = group in ("sum", "difference") and len({side.figure.bracketed for side in sides}) > 1
    return not parts and all(same_measure(sides[0].unit, side.unit) for side in sides)


def _pairing(group: str, query: Query) -> Fits:
    """Return what two figures of one sentence have to be for a sum of ``group``."""

    def fits(one: FigureView, other: FigureView, view: PassageView) -> bool:
        if one.bracketed != other.bracketed and group == "sum":
            return False
        if group == "share":
            return is_whole(one, other) or view.passage.kind is PassageKind.TABLE_ROW
        if group == "sum" and _PART_OF.search(fold(view.reading.text[one.at.end : other.at.start])):
            return False
        own = one.figure.unit.partition("/")[0]
        asked = group == "times" or query.unit in ("", PERCENT, POINTS) or same_count(query.unit, own)
        alike = same_count if group == "sum" else same_measure
        return asked and alike(one.figure.unit, other.figure.unit)

    return fits


def _side_by_side(
    one: Query, other: Query, query: Query, material: Material, group: str
) -> tuple[Operand, Operand] | None:
    """Return the two figures of one sentence, passage or table column that the sides name, each by its own words."""
    unit = query.unit if group in ("sum", "difference") and query.unit != PERCENT else ""
    terms = (*one.terms, *(term for term in other.terms if term not in one.terms))
    whole = replace(one, text=f"{one.text} {other.text}", terms=terms, unit=unit, want=Want.FIGURE, place=query.place)
    found = together(whole, (one, other), material, alike=True)
    if found is None or any(c.figure is None or not c.figure.figure.unit for c in found):
        return None
    first, second = (Operand(c, c.figure) for c in found if c.figure is not None)
    return (first, second) if same_unit(first.unit, second.unit) else None


def stated_as(group: str, query: Query, match: re.Match[str], material: Material, stated: Stated) -> bool:
    """Tell whether the stated answer already is what is asked: a share of the part asked for, a total for a sum ..."""
    draft = stated(query)
    known = stated_figure(draft, material)
    if draft is None or known is None:
        return False
    figure = known.figure
    if group == "share":
        before = fold(draft.claims[0].text.partition(figure.text)[0])
        said = _SHARE_SAID.search(before) is not None and not _ATTAINED.search(before)
        plain = figure.role in (FigureRole.LEVEL, FigureRole.PROGRESS) and said
        of_plan = figure.role is query.role is FigureRole.PLAN_RATIO
        part = of_plan or named_by(known, about(query, Span(*match.span(1))), material) >= STRICT
        return part and figure.unit == PERCENT and (plain or figure.role in (FigureRole.SHARE, FigureRole.PLAN_RATIO))
    if group == "times":
        return figure.unit == "lần"
    if group == "difference":
        return figure.role is FigureRole.CHANGE and named_by(known, query, material) >= STRICT
    if group == "sum":
        if _nested(query, match) and not _JOINED.search(fold(figure.indicator)):
            return False
        one = scorer(without(query, "sum_words"), material.rarity)
        return one.coverage(((known.own, 1.0),)) >= weights.SAID_AS_ONE
    return False


def _nested(query: Query, match: re.Match[str]) -> bool:
    """Tell whether one side has all the words of another: "hộ nghèo", "hộ cận nghèo"."""
    sides = [set(side.terms) for side in _sides(query, match, "sum")]
    return any(one <= other for n, one in enumerate(sides) for m, other in enumerate(sides) if n != m)


def _sum(*sides: Operand) -> Worked | None:
    if unit_kind((first := sides[0]).unit) == "percent":
        return None
    parts = [first.value, *(side.in_scale_of(first) for side in sides[1:])]
    return Worked(
        left=" + ".join(shown(part) for part in parts),
        result=sum(parts, Decimal(0)),
        unit=reduce(common, (side.unit for side in sides)),
        inputs=sides,
        rule=f"cộng {'hai' if len(sides) == _TWO else len(sides)} số liệu của báo cáo",
    )


def _share(part: Operand, whole: Operand) -> Worked | None:
    total = whole.in_scale_of(part)
    said_twice = part.value == total and part.figure is not whole.figure  # one amount, told under two names
    if unit_kind(part.unit) == "percent" or total <= 0 or part.value > total or said_twice:
        return None
    exact = part.value * 100 / total
    result = round_half_up(exact, decimals=_SHARE_DECIMALS)
    return Worked(
        left=f"{shown(part.value)} ÷ {shown(total)}",
        result=result,
        unit=PERCENT,
        inputs=(part, whole),
        rule="phần chia cho tổng",
        rounded=exact != result,
    )


def _times(one: Operand, other: Operand) -> Worked | None:
    base = other.in_scale_of(one)
    if base <= 0 or unit_kind(one.unit) == "percent":
        return None
    return _quotient(one, other, base, unit="lần", rule="số thứ nhất chia cho số thứ hai")


def _quotient(one: Operand, other: Operand, by: Decimal, *, unit: str, rule: str) -> Worked | None:
    """Return ``one`` divided ``by`` the value of ``other``, whole where it comes out even."""
    exact = one.value / by
    result = exact if exact == exact.to_integral_value() else round_half_up(exact, decimals=_EACH_DECIMALS)
    if result == 0:
        return None  # too small for the scale it is told in
    return Worked(
        left=f"{shown(one.value)} ÷ {shown(by)}",
        result=result,
        unit=unit,
        inputs=(one, other),
        rule=rule,
        rounded=exact != result,
    )


_KINDS: dict[str, Callable[..., Worked | None]] = {
    "times": _times,
    "share": _share,
    "sum": _sum,
    "difference": difference,
}


def part_of_whole(query: Query, material: Material, stated: Stated) -> Draft | None:
    """Return "37/41 trường" as a percentage where one is asked for and none is stated."""
    figure = query.want in (Want.FIGURE, Want.TEXT) and query.extreme is None and not query.others
    if not figure or query.unit != PERCENT or spot(query, "percent") is None or spot(query, "compared"):
        return None
    known = stated_figure(stated(query), material)
    asked_so = known is not None and (known.figure.role is query.role or named_by(known, query, material) >= STRICT)
    if known is not None and asked_so and PERCENT in known.figure.unit:
        return None
    plain = by_place(replace(without(query, "percent"), unit=""))
    for fits in (_part, _done_of_plan):
        two = couple(plain, ((), ()), material, fits=fits) if plain.terms else None
        if two is not None and (worked := _share(*two)) is not None:
            return draft_of(worked)
    found = levels(plain, material, having=_has_whole)
    of_two = found[0].figure if found else None
    if of_two is None or _percentage_beside(found[0]):
        return None
    worked = _share(Operand(found[0], of_two), Operand(found[0], of_two, whole=True))
    return draft_of(worked) if worked is not None else None


def _part(part: FigureView, whole: FigureView, view: PassageView) -> bool:
    """Tell whether one figure is told as a part of another ("1.120 người, trong đó 402 người ...")."""
    between = fold(view.reading.text[whole.at.end : part.at.start])
    return is_whole(part, whole) and "trong do" in between and part.figure.unit == whole.figure.unit != PERCENT


def _done_of_plan(done: FigureView, plan: FigureView, view: PassageView) -> bool:
    """Tell whether one figure is what was done of a plan told before it."""
    return is_whole(done, plan) and is_plan(plan) and not is_plan(done) and done.figure.unit != PERCENT


def _has_whole(level: Candidate) -> bool:
    return level.figure is not None and level.figure.figure.whole is not None


def _percentage_beside(level: Candidate) -> bool:
    """Tell whether a percentage of the same indicator stands in the same sentence."""
    own = level.figure.figure if level.figure else None
    return any(
        own is not None
        and one.figure.unit == PERCENT
        and one.figure.indicator == own.indicator
        and one.figure.sentence == own.sentence
        for one in level.view.figures
    )
