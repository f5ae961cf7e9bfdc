"""The plan behind a percentage of it, and what is left to do: the whole less what is done."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from ingest.domain import FigureRole, Period, PeriodKind
from ingest.vi.normalise import fold
from ingest.vi.units import same_unit, unit_kind
from service.answer import weights
from service.answer.abstain import not_said
from service.answer.candidates import Candidate, Material, figure_candidates
from service.answer.compute.companions import companions, counts_like
from service.answer.compute.left import PLANNED, left, rest_of, short_of
from service.answer.compute.operands import (
    LEVELS,
    PERCENT,
    POINTS,
    STRICT,
    Base,
    Operand,
    base_of,
    levels,
    named_by,
    only,
    says_left,
    single,
    stated_figure,
    unique,
)
from service.answer.compute.past import Stated, less
from service.answer.compute.show import Worked, decimals_of, draft_of, quoted, round_half_up, rounded_to, shown
from service.answer.compute.wording import spot, without
from service.answer.query_words import scorer
from service.answer.views import FigureView
from service.domain import Abstention, Draft, Query, Want

_HOW_MUCH = re.compile(r"(?<!\w)(?:bao nhieu|may)(?!\w)")
_PLANS = ("ke hoach", "du toan", "chi tieu", "duoc giao", "tong von")
_NOT_DONE = re.compile(r"(?<!\w)(?<!va )(?<!hoac )(?<!, )chua(?!\w)")

_PLAN_NAMES = ("ke hoach", "du toan", "chi tieu", "muc tieu")


def plan(query: Query, material: Material, stated: Stated) -> Draft | None:
    """Return the plan a percentage of it implies, "about": level over percentage; None when the plan is stated."""
    if query.role is not FigureRole.TARGET or query.others or spot(query, "plan") is None:
        return None
    if query.want not in (Want.FIGURE, Want.TEXT) or spot(query, "attained"):
        return None
    plain = replace(without(without(query, "plan"), "derive"), unit=query.unit)
    known = stated_figure(stated(query), material)
    if known is not None and named_by(known, plain, material) >= STRICT and not _is_attained(known, material):
        return None
    told = levels(plain, material, having=_is_plan)
    if told and told[0].figure is not None and named_by(told[0].figure, plain, material) >= STRICT:
        return quoted(told[0], told[0].figure)
    for period in dict.fromkeys((query.period, _so_far(query.period, material))):
        found = _implied_plan(replace(plain, period=period), query, material)
        if found is not None:
            return found
    return None


def _implied_plan(plain: Query, query: Query, material: Material) -> Draft | None:
    """Return the plan by what a level is over or under it, or by the level's percentage of it."""
    for level in levels(plain, material, fit=weights.OF_ITS_KIND, having=_beyond_plan):
        worked = less(level, beyond) if (beyond := _beyond_plan(level)) is not None else None
        if worked is not None:
            rule = "số thực hiện trừ phần vượt, cộng phần thiếu so với kế hoạch"
            return draft_of(replace(worked, rule=rule, notices=()))
    for level in levels(plain, material, having=lambda one: _plan_ratio(query, companions(one)) is not None):
        near = companions(level)
        ratio = _plan_ratio(query, near)
        if ratio is not None and (aim := _target(query, level, near, ratio)) is not None:
            return quoted(level, aim)
        if ratio is not None and level.figure is not None and level.figure.figure.unit != PERCENT:
            return draft_of(_implied(Operand(level, level.figure), Operand(level, ratio)))
    return None


def _so_far(asked: Period | None, material: Material) -> Period | None:
    """Return the most months of a year asked for that any figure is of: the year is the plan's, they are what is done.

    The period itself where no figure is of such months.
    """
    if asked is None or asked.kind is not PeriodKind.YEAR:
        return asked
    known = {f.figure.period for view in material.views for f in view.figures}
    months = [p for p in known if p is not None and p.kind is PeriodKind.CUMULATIVE and p.year == asked.year]
    return max(months, key=lambda one: one.last_month or 0, default=asked)


def _beyond_plan(level: Candidate) -> FigureView | None:
    """Return by how much a level is over or under its plan ("vượt 92 người so với kế hoạch")."""
    unit = level.figure.figure.unit if level.figure else ""

    def is_excess(one: FigureView) -> bool:
        amount = one.figure.unit == POINTS if unit == PERCENT else counts_like(one.figure.unit, unit)
        share = one.figure.unit == PERCENT != unit
        return one.figure.role is FigureRole.CHANGE and base_of(one) is Base.PLAN and (amount or share)

    return only(companions(level), is_excess)


def _is_attained(known: FigureView, material: Material) -> bool:
    """Tell whether a figure is what was done of a plan: a percentage of the plan is told of it."""
    own = known.figure
    return own.role in LEVELS and any(
        one.figure.role is FigureRole.PLAN_RATIO
        and one.figure.sentence == own.sentence
        and one.figure.indicator == own.indicator
        for view in material.views
        if known in view.figures
        for one in view.figures
    )


def _is_plan(level: Candidate) -> bool:
    """Tell whether a level is a plan by its own name ("kế hoạch vốn")."""
    return level.figure is not None and any(word in fold(level.figure.figure.indicator) for word in _PLANS)


def asks_left(query: Query) -> bool:
    """Tell whether a question asks for what is not done of something ("A và B còn bao nhiêu chưa nộp").

    In "đất trồng lúa, trồng màu và chưa dùng" it is one of several things.
    """
    return spot(query, "remaining") is not None and _NOT_DONE.search(fold(query.text)) is not None


def remaining(query: Query, material: Material, stated: Stated) -> Draft | Abstention | None:
    """Return how much is not done yet: the whole less the part of "16/24", or the plan less what is done.

    None when the report says what is left, or when it cannot be told which plan is meant.
    """
    if query.want not in (Want.FIGURE, Want.TEXT, Want.YES_NO) or query.others or spot(query, "remaining") is None:
        return None
    if spot(query, "past"):
        return None
    if query.unit == PERCENT:
        short = short_of(query, material) if spot(query, "plan") else None
        return draft_of(short) if short is not None else None
    if query.want is Want.YES_NO and not _HOW_MUCH.search(fold(query.text)):
        return None  # "đã phân bổ hết vốn chưa": the last word only asks
    known = stated_figure(stated(query), material)
    plain = replace(query, role=None, want=Want.FIGURE)
    told = levels(plain, material, having=lambda one: one.figure is not None and says_left(one.figure))
    to_plan = PLANNED.search(fold(query.text)) is not None and "chua" not in fold(query.text).split()
    if told and told[0].figure is not None and not to_plan:
        return quoted(told[0], told[0].figure)
    worked = _of_whole(plain, material) or left(query, material) or _of_plan(query, plain, material)
    if worked is None and (spot(query, "plan") or "chua" not in fold(query.text).split()):
        worked = short_of(query, material)
    if worked is not None:
        return draft_of(worked)
    # "Còn bao nhiêu hộ chưa có điện?" is not answered by how many have it, what a plan lacks not by what is done.
    asked = spot(query, "undone") or to_plan
    return not_said(scorer(query, material.rarity), material) if known is not None and asked else None


def _of_whole(query: Query, material: Material) -> Worked | None:
    one = scorer(query, material.rarity)
    ranked = [c for c in figure_candidates(one, material) if c.figure is not None and single(c.figure)]
    parts = [c for c in ranked if c.figure is not None and c.figure.figure.whole is not None]
    found = unique(parts, fit=weights.ANSWERABLE)
    if not found or found[0].figure is None:
        return None
    done = Operand(found[0], found[0].figure)
    whole = Operand(found[0], found[0].figure, whole=True)
    if whole.value < done.value or found[0].score.rank < ranked[0].score.rank - weights.SAME_READING:
        return None
    return Worked(
        left=f"{shown(whole.value)} − {shown(done.value)}",
        result=whole.value - done.value,
        unit=done.unit,
        inputs=(whole, done),
        rule="tổng số trừ số đã thực hiện",
    )


def _of_plan(query: Query, plain: Query, material: Material) -> Worked | None:
    for level in levels(plain, material, fit=weights.OF_ITS_KIND, having=_is_done):
        if level.figure is None or unit_kind(level.figure.figure.unit) == "percent":
            continue
        near = companions(level)
        ratio = _plan_ratio(query, near)
        done = Operand(level, level.figure)
        target = _target(query, level, near, ratio)
        if target is not None:
            return _left_of(Operand(level, target), done)
        if ratio is not None and spot(query, "to_go") and spot(query, "plan") and ratio.figure.value < 100:
            return _left_of_ratio(done, Operand(level, ratio))
    return None


def _is_done(level: Candidate) -> bool:
    """Tell whether a level is what was done: "kế hoạch vốn là 80 tỷ" is the plan itself."""
    return level.figure is not None and not fold(level.figure.figure.indicator).startswith(_PLAN_NAMES)


def _target(query: Query, level: Candidate, near: Sequence[FigureView], ratio: FigureView | None) -> FigureView | None:
    """Return the plan a level is part of: stated as its target, or told by the stated percentage."""
    mine = level.figure
    if mine is None:
        return None
    aims = [
        one for one in near if one.figure.role is FigureRole.TARGET and same_unit(one.figure.unit, mine.figure.unit)
    ]
    chosen = only(_named(query, aims), lambda _: True)
    if chosen is not None or aims:
        return chosen
    if ratio is None:
        return None
    others = [f for f in level.view.figures if f is not mine and single(f)]
    named = (f for f in others if any(word in fold(f.figure.indicator + " " + f.figure.base) for word in _PLANS))
    planned = [*named, *(f for f in others if f.figure.role is FigureRole.TARGET)]
    return only(planned, lambda one: _witnessed(Operand(level, mine), Operand(level, one), ratio))


def _witnessed(done: Operand, whole: Operand, ratio: FigureView) -> bool:
    """Tell whether done over whole is the stated percentage, to the digits it is stated with."""
    if not same_unit(done.unit, whole.unit) or whole.value == 0:
        return False
    share = done.value * 100 / whole.in_scale_of(done)
    return round_half_up(share, decimals=decimals_of(ratio.figure.value)) == ratio.figure.value


def _plan_ratio(query: Query, near: Sequence[FigureView]) -> FigureView | None:
    ratios = [one for one in near if one.figure.role is FigureRole.PLAN_RATIO and one.figure.unit == PERCENT]
    fitting = _named(query, [one for one in ratios if base_of(one) is Base.PLAN and one.figure.value > 0])
    return only(fitting, lambda _: True)


def _named(query: Query, found: Sequence[FigureView]) -> list[FigureView]:
    """Return those of ``found`` whose base has words the question names ("tỉnh giao"), all when that tells nothing.

    A question that names who set the plan gets only figures against that plan.
    """
    asked = set(fold(query.text).split())
    own = [frozenset(fold(one.figure.base).split()) for one in found]
    common = frozenset.intersection(*own) if own else frozenset()
    named = [one for one, words in zip(found, own, strict=True) if (words - common) and (words - common) <= asked]
    return named or list(found)


def _implied(done: Operand, ratio: Operand) -> Worked:
    return Worked(
        left=f"{shown(done.value)} ÷ {shown(ratio.value)}%",
        result=rounded_to(done.value * 100 / ratio.value, like=done.value),
        unit=done.unit,
        inputs=(done, ratio),
        rule=f"số thực hiện chia cho tỷ lệ đạt {ratio.figure.figure.base or 'kế hoạch'}",
        rounded=True,
    )


def _left_of(whole: Operand, done: Operand) -> Worked | None:
    worked = rest_of(done, whole)
    rule = f"{whole.figure.figure.base or 'kế hoạch'} trừ số đã thực hiện"
    return replace(worked, inputs=(done, whole), rule=rule) if worked is not None else None


def _left_of_ratio(done: Operand, ratio: Operand) -> Worked:
    exact: Decimal = done.value * 100 / ratio.value - done.value
    return Worked(
        left=f"{shown(done.value)} ÷ {shown(ratio.value)}% − {shown(done.value)}",
        result=rounded_to(exact, like=done.value),
        unit=done.unit,
        inputs=(done, ratio),
        rule="kế hoạch suy ra từ tỷ lệ trừ số đã thực hiện",
        rounded=True,
    )
