"""Figures that go together: one for each side of a sum, looked up as any question, chosen as a whole."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import product

from ingest.domain import FigureRole, PassageKind, Period, PeriodKind
from ingest.vi.normalise import fold
from ingest.vi.periods import same
from ingest.vi.units import same_measure
from service.answer import weights
from service.answer.candidates import Candidate, Material, figure_candidates
from service.answer.compute.operands import LEVELS, PERCENT, Operand, of_earlier_year, single
from service.answer.compute.past import period_of
from service.answer.features import extra_words
from service.answer.query_words import Scorer, scorer
from service.answer.tokens import bag
from service.domain import Query

_TRIED = 6  # figures looked at for each side
_SHARES = (FigureRole.PLAN_RATIO, FigureRole.SHARE)
_BRIEF = 2  # words of a name that leaves its subject to the words before
_PARTS = re.compile(r"(?<!\w)trong do(?!\w)|(?<!\w)gom(?!\w)|:")
_OTHER = 0.5  # share of a total's name that the question does not mention: from here on its parts are of another thing
_NAMED = 0.7  # share of a side's own words that its figure has to be named by

Told = Callable[[int, Candidate], bool]


def met(
    ways: Iterable[Sequence[Query]],
    material: Material,
    *,
    fits: Callable[[Sequence[Operand]], bool],
    unit: str = "",
    told: Told | None = None,
) -> tuple[Operand, ...] | None:
    """Return one figure for each side, of the likeliest of ``ways``; None when one side has none that is certain.

    All of one report, role and period (unless the sides name several), no figure twice, each named by the words that
    tell its side from the others. Figures told side by side (one sentence, one column) need fit no better than a lone
    answer, others better. ``fits``: whether figures may be put together; ``unit``: the unit asked for, "" for any;
    ``told``: whether a figure may stand for the side of that number.
    """
    best: tuple[float, tuple[Operand, ...]] | None = None
    for way in ways:
        found = _best(way, material, fits=fits, unit=unit, told=told)
        if found is not None and (best is None or found[0] > best[0]):
            best = found
    return best[1] if best is not None else None


def _best(
    way: Sequence[Query],
    material: Material,
    *,
    fits: Callable[[Sequence[Operand]], bool],
    unit: str,
    told: Told | None,
) -> tuple[float, tuple[Operand, ...]] | None:
    scorers = [scorer(side, material.rarity) for side in way]
    if any(not one.terms for one in scorers):
        return None
    groups = [
        [c for c in _fitting(one, _apart(scorers, at), material, unit=unit) if told is None or told(at, c)]
        for at, one in enumerate(scorers)
    ]
    best: tuple[float, tuple[Operand, ...]] | None = None
    for chosen in product(*groups):
        sides = tuple(Operand(c, c.figure) for c in chosen if c.figure is not None)
        if not _go_together(way, sides) or not fits(sides):
            continue
        near = beside(sides)
        if not near and any(c.score.fit < weights.NAMED_FIGURE for c in chosen):
            continue
        worth = sum(c.score.rank for c in chosen) / len(chosen) + (weights.SAME_SENTENCE if near else 0.0)
        if best is None or worth > best[0]:
            best = worth, sides
    return best


def _fitting(one: Scorer, apart: frozenset[str], material: Material, *, unit: str) -> list[Candidate]:
    asked = replace(one, query=replace(one.query, unit=unit)) if unit else one
    ranked = [c for c in figure_candidates(asked, material) if c.score.fit >= weights.ANSWERABLE and _usable(c)]
    if one.query.period is None:
        ranked = [c for c in ranked if c.figure and not of_earlier_year(c.figure, c.hit.report.period)]
    ranked = [c for c in ranked if not unit or _measured(unit, c.figure.figure.unit if c.figure else "")]
    ranked = [c for c in ranked if ranked and c.score.rank >= ranked[0].score.rank - weights.SAME_READING]
    return [c for c in ranked if _named(one, apart, c) and not _of_other_total(one, c, material)][:_TRIED]


def _of_other_total(one: Scorer, candidate: Candidate, material: Material) -> bool:
    """Tell whether a figure is a part of what the question does not speak of: "bỏ học 18 em, trong đó nữ 11 em"."""
    part, view = candidate.figure, candidate.view
    if part is None or view.passage.kind is PassageKind.TABLE_ROW:
        return False
    before = [f for f in view.figures if f.sentence == part.sentence and f.at.end <= part.at.start and single(f)]
    text = fold(view.reading.text)
    totals = [f for f in before if _PARTS.search(text[f.at.end : part.at.start]) and f.figure.unit == part.figure.unit]
    return bool(totals) and sum(extra_words(one, view, totals[-1], material.rarity)) > _OTHER


def _measured(asked: str, own: str) -> bool:
    """Tell whether a unit is the one asked for; "hộ nghèo" are "hộ"."""
    return same_measure(asked, own) or set(asked.split()) < set(own.split())


def _usable(candidate: Candidate) -> bool:
    figure = candidate.figure
    if figure is None or not figure.figure.unit or not single(figure):
        return False
    role = figure.figure.role
    return role in (*LEVELS, FigureRole.TARGET) or (figure.figure.unit == PERCENT and role in _SHARES)


def _apart(scorers: Sequence[Scorer], at: int) -> frozenset[str]:
    others = {word for n, one in enumerate(scorers) if n != at for _, word, _ in one.terms}
    return frozenset(word for _, word, _ in scorers[at].terms if word not in others)


def _named(one: Scorer, apart: frozenset[str], candidate: Candidate) -> bool:
    return named(replace(one, terms=tuple(term for term in one.terms if term[1] in apart)), candidate)


def named(one: Scorer, candidate: Candidate) -> bool:
    """Tell whether a figure is named by the words of ``one``, itself or by its place; True for no words.

    What a figure with a brief name ("phạt") is of stands before it in its part of the sentence.
    """
    figure = candidate.figure
    total = sum(weight for _, _, weight in one.terms)
    if figure is None or not total:
        return figure is not None
    own = replace(one, terms=tuple((word, folded, weight / total) for word, folded, weight in one.terms))
    place = bag(figure.figure.place or "")
    zones = [(figure.own, 1.0), (figure.clause_bag, 1.0), (place, 1.0)]
    zones += [(figure.segment_bag, 1.0)] if len(figure.figure.indicator.split()) <= _BRIEF else []
    return own.coverage(zones) >= _NAMED


def _go_together(way: Sequence[Query], sides: Sequence[Operand]) -> bool:
    first = sides[0]
    if len({id(side.figure) for side in sides}) < len(sides):
        return False
    if len({side.at.hit.report.version_id for side in sides}) > 1:
        return False
    if len({_kind(side) for side in sides}) > 1 and not all(map(_of_kind, way, sides)):
        return False
    if len({query.period for query in way}) > 1:
        return True
    now = period_of(first.at)
    periods = [period_of(side.at) for side in sides]
    return all(now == one or (now is not None and one is not None and _at_once(now, one)) for one in periods)


def _at_once(one: Period, other: Period) -> bool:
    """Tell whether two periods are one, or one of them the day a state is told of at the end of the other."""
    if same(one, other):
        return True
    day, span = (one, other) if one.kind is PeriodKind.DATE else (other, one)
    ends = (
        day.kind is PeriodKind.DATE and span.kind is not PeriodKind.DATE and day.year == (span.last_year or span.year)
    )
    return ends and day.first_month == (span.last_month or 12)


def _of_kind(query: Query, side: Operand) -> bool:
    return (query.role is FigureRole.TARGET) == (side.figure.figure.role is FigureRole.TARGET)


def _kind(side: Operand) -> str:
    role = side.figure.figure.role
    return "level" if role in LEVELS else role.value


def beside(sides: Sequence[Operand]) -> bool:
    """Tell whether figures are told side by side: in one sentence, or in one column of a table."""
    return len({_where(side) for side in sides}) == 1


def _where(side: Operand) -> tuple[str, ...]:
    view, figure = side.at.view, side.figure
    version = side.at.hit.report.version_id
    if view.passage.kind is PassageKind.TABLE_ROW:
        column = figure.figure.indicator.rpartition(",")[2]
        return (version, str(view.passage.section), fold(column))
    return (version, view.passage.id, str(figure.sentence.start))
