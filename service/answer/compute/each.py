"""So much for each: an amount over the number of those it is for, both told in one sentence or row."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.domain import FigureRole
from ingest.vi.normalise import fold, unify
from ingest.vi.units import same_count, same_unit, scale_factor, scaled, split_scale, to_base
from service.answer.abstain import not_said
from service.answer.candidates import Material
from service.answer.compute.couples import TOLD, Fits, couple
from service.answer.compute.operands import PERCENT, STRICT, Operand, named_by, stated_figure
from service.answer.compute.past import Stated
from service.answer.compute.show import Worked, decimals_of, draft_of, round_half_up, shown
from service.answer.compute.wording import spot, without
from service.answer.measures import other_measure
from service.answer.people import is_person
from service.answer.query_words import scorer
from service.answer.tokens import keys
from service.answer.views import FigureView, PassageView
from service.domain import Abstention, Draft, Query, Want

_EACH = re.compile(r"(?<!\w)(?:mỗi|từng|bình quân|trung bình)(?!\w)")
_IN_ALL = re.compile(r"(?<!\w)tong(?: so)?[^,;]{0,20} len(?!\w)")
_BOTH_NAMED = 0.6  # share of the question to be told where it names what is counted on both sides
_DECIMALS, _PLAIN_MONEY = 2, "đồng"


def each(query: Query, material: Material, stated: Stated) -> Draft | Abstention | None:
    """Return so much for each of what stands behind "mỗi" ("mỗi lớp bao nhiêu học viên"), out of amount and number.

    None when the question asks for no such thing or the report states it. An abstention where the two are not told
    together: the whole amount is no answer.
    """
    if query.want not in (Want.FIGURE, Want.TEXT) or query.others or spot(query, "prior"):
        return None
    mean, per = spot(query, "mean"), spot(query, "per") or spot(query, "per_one")
    if per is None or (per[0] in ("một", "mot", "1") and mean is None):
        return None
    counted = fold(query.text[per.end() :]).strip()
    plain = replace(without(without(query, "per_words"), "mean"), unit=query.unit)
    if is_person(query.unit):  # "học viên" may be counted as "lao động"
        own = query.unit.split()
        plain = replace(plain, terms=tuple(term for term in plain.terms if term not in own) or plain.terms)
    draft = stated(query)
    known = stated_figure(draft, material)
    if known is not None and _says_each(draft) and named_by(known, plain, material) >= STRICT:
        return None
    told = _BOTH_NAMED if query.unit and not scaled(query.unit) else TOLD
    found = couple(plain, ((), ()), material, fits=_fits(query, counted), near=told) if plain.terms else None
    worked = quotient(found[1], found[0]) if found is not None else None
    if worked is not None:
        return draft_of(worked)
    if known is None or mean is None or _says_each(draft):
        return None
    return not_said(scorer(query, material.rarity), material)


def _nearest(number: FigureView, amount: FigureView, view: PassageView) -> bool:
    """Tell whether no other number of what is counted stands between it and the amount ("xử phạt 12 vụ, 30 triệu").

    A total that a number only adds to ("đưa tổng số lên 90") is not what an amount beside it is for.
    """
    if _IN_ALL.search(number.clause_folded):
        return False
    start, end = sorted((number.at.start, amount.at.start))
    own = number.figure.unit
    between = (f for f in view.figures if start < f.at.start < end and same_unit(f.figure.unit, own))
    return all(f.figure.role is FigureRole.CHANGE or _IN_ALL.search(f.clause_folded) for f in between)


def _says_each(draft: Draft | None) -> bool:
    """Tell whether what is stated is itself so much for each ("bình quân 3,5 con/hộ", "mỗi xã chọn 01 hợp tác xã")."""
    if draft is None or not draft.figures:
        return False
    said = unify(" ".join(claim.text for claim in draft.claims))
    return "/" in draft.figures[0].figure.unit or _EACH.search(said) is not None


def _fits(query: Query, counted: str) -> Fits:
    asked = {fold(word) for word in keys(query.text)}

    def fits(number: FigureView, amount: FigureView, view: PassageView) -> bool:
        own, unit = fold(number.figure.unit), amount.figure.unit
        # "Kinh phí tập huấn tính ra mỗi lớp": the sort of what is counted may stand elsewhere in the question.
        named = f"{counted} ".startswith(f"{own} ") or (
            counted.split()[:1] == own.split()[:1] and set(own.split()) <= asked
        )
        if "/" in own + unit or not named:
            return False
        alike = same_unit(number.figure.unit, unit) or unit == PERCENT
        return not alike and _asked(query, unit) and _nearest(number, amount, view)

    return fits


def _asked(query: Query, unit: str) -> bool:
    asked = query.unit
    if not asked:
        return not other_measure(query.text, unit)
    return same_count(asked, unit) or (is_person(asked) and is_person(unit))


def quotient(amount: Operand, number: Operand) -> Worked | None:
    """Return an amount for each of a number; money in the scale that gives at least one, rounded to two decimals."""
    if number.value == 0:
        return None
    own = to_base(amount.value, amount.unit)[0]
    smaller = [s for s in scaled(amount.unit) if own / scale_factor(split_scale(s)[0]) >= number.value]
    fits = amount.value >= number.value or not smaller
    unit = amount.unit if fits else smaller[0]
    value = amount.value if fits else own / scale_factor(split_scale(unit)[0])
    value = value.quantize(round_half_up(value, decimals=0)) if value == value.to_integral_value() else value
    exact = value / number.value
    decimals = 0 if unit == _PLAIN_MONEY else _DECIMALS
    result = round_half_up(exact, decimals=decimals)
    result = round_half_up(exact, decimals=decimals_of(result.normalize())) if result == exact else result
    if result == 0:
        return None  # too small for the scale it is told in
    return Worked(
        left=f"{shown(value)} ÷ {shown(number.value)}",
        result=result,
        unit=f"{unit}/{number.unit}",
        inputs=(amount, number),
        rule="tổng chia cho số đơn vị",
        rounded=exact != result,
    )
