"""Two figures told together, in one sentence or one row of a table, of which a question names each by its own words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.domain import FigureRole, PassageKind, PeriodKind
from ingest.vi.normalise import fold
from ingest.vi.periods import same
from service.answer import weights
from service.answer.candidates import Candidate, Material
from service.answer.compute.operands import LEVELS, Operand, of_earlier_year, single
from service.answer.features import extra_words
from service.answer.measures import implied_words
from service.answer.query_words import Scorer, scorer
from service.answer.scoring import Score, eligible, may_hold
from service.answer.tokens import Bag, Rarity
from service.answer.views import FigureView, PassageView
from service.domain import Hit, Query

# Tells whether two figures may stand in a sum, the first of them and the second.
Fits = Callable[[FigureView, FigureView, PassageView], bool]
Zones = list[tuple[Bag, float]]

_NAMED = 0.7  # share of a side's words that have to stand with its figure
_OWN = 0.3  # share of them that the figure itself or its clause has to say
TOLD = 0.75  # share of the whole question that the two figures and what is around them have to say
_AS_WELL = 0.05  # two couples this close are both meant, or neither
_PART, _SENTENCE = 0.8, 0.6  # what a word counts for where the figure's part of the sentence, or the sentence, has it
_BESIDE = 0.3  # no other figure stands between the two
_AHEAD = 0.2  # both are aims, and none was asked for
_MORE = 0.5  # times the share of a figure's name that the question does not speak of
_BEFORE = re.compile(r"(?<!so voi )(?<!so )(?<!\w)(?:cung ky|nam truoc|nam ngoai|cknt)(?!\w)")
_ROLES = (*LEVELS, FigureRole.TARGET)


@dataclass(frozen=True, slots=True)
class Couple:
    """Two operands of one place in a report; ``worth``: how well the question's words name them."""

    one: Operand
    other: Operand
    worth: float


@dataclass(frozen=True, slots=True)
class _Sought:
    """What is looked for: the whole question, the words of its two sides, and words that may name the second."""

    whole: Scorer
    first: Scorer
    second: Scorer
    hint: Scorer
    fits: Fits
    near: float | None
    rarity: Rarity


def couple(
    query: Query,
    sides: tuple[Sequence[str], Sequence[str]],
    material: Material,
    *,
    fits: Fits,
    hint: Sequence[str] = (),
    near: float | None = None,
) -> tuple[Operand, Operand] | None:
    """Return the two figures of one sentence or row that ``sides``, terms of the question, name.

    A side without terms leaves its figure to ``fits`` and to the words of the whole question; of several second figures
    told alike the foremost is taken. ``hint``: terms that may name the second figure, but need not. ``near``: one with
    no figure between is taken first, and this share of the question, not ``TOLD``, has to be said of the two. The first
    figure is of the period and place asked for. None when nothing fits, and when two couples of other values fit alike.
    """
    whole = scorer(query, material.rarity)
    first, second, third = (scorer(replace(query, terms=tuple(side)), material.rarity) for side in (*sides, hint))
    sought = _Sought(whole, first, second, third, fits=fits, near=near, rarity=material.rarity)
    if not sought.whole.terms:
        return None
    found = sorted(_found(sought, material), key=lambda c: -c.worth)
    if not found:
        return None
    best = found[0]
    values = {best.one.value, best.other.value}
    rivals = [c for c in found if c.worth > best.worth - _AS_WELL and {c.one.value, c.other.value} != values]
    return None if rivals else (best.one, best.other)


def standing_at(hit: Hit, view: PassageView, figure: FigureView) -> Candidate:
    """Return a figure as a candidate of its passage, chosen by other means than its rank."""
    return Candidate(Score(weights.ANSWERABLE, 0.0), hit, view, figure, figure.segment)


def counts_more(figure: FigureView, known: frozenset[str]) -> bool:
    """Tell whether what is counted behind a number has words that are not ``known``: "20 ha ngô" counts maize."""
    unit = set(fold(figure.figure.unit).split())
    counted = {word for word in figure.counted.folded if not word[0].isdigit()}
    return not counted <= unit | known


def _found(sought: _Sought, material: Material) -> Iterator[Couple]:
    for hit, view in zip(material.hits, material.views, strict=True):
        if not may_hold(sought.whole, view):
            continue
        for figure in eligible(sought.whole, hit, view):
            if not _usable(figure) or _of_before(figure, hit, sought.whole):
                continue
            if sought.whole.query.period is None and of_other_time(figure, hit, view):
                continue
            named = _named(sought.first, view, figure)
            best = _best(sought, hit, view, figure) if named >= _NAMED else None
            if best is not None:
                yield replace(best, worth=best.worth + named - _more(sought, view, figure))


def _best(sought: _Sought, hit: Hit, view: PassageView, one: FigureView) -> Couple | None:
    """Return ``one`` with the best figure of its sentence or row, the foremost of those named alike."""
    best: Couple | None = None
    for other in view.figures:
        if other is one or not _usable(other) or not _together(view, one, other) or not sought.fits(one, other, view):
            continue
        if _of_before(other, hit, sought.whole):
            continue
        named, told = _named(sought.second, view, other), _told(sought.whole, view, one, other)
        if named < _NAMED or told < (sought.near or TOLD):
            continue
        worth = named + told - _more(sought, view, other)
        worth += sought.hint.coverage(_own(other)) if sought.hint.terms else 0.0
        worth += sought.whole.coverage([*_own(one), *_own(other)])
        worth += _BESIDE if sought.near is not None and _adjacent(view, one, other) else 0.0
        worth -= _AHEAD if one.figure.role is other.figure.role is FigureRole.TARGET else 0.0
        if best is None or worth > best.worth + _AS_WELL:
            first, second = (Operand(standing_at(hit, view, figure), figure) for figure in (one, other))
            best = Couple(first, second, worth)
    return best


def _usable(figure: FigureView) -> bool:
    return figure.figure.role in _ROLES and bool(figure.figure.unit) and single(figure)


def _of_before(figure: FigureView, hit: Hit, whole: Scorer) -> bool:
    """Tell whether a figure is told of an earlier time ("cùng kỳ đạt 29%") that the question does not speak of."""
    if whole.query.period is None and of_earlier_year(figure, hit.report.period):
        return True
    return _BEFORE.search(figure.clause_folded) is not None and not _BEFORE.search(fold(whole.query.text))


def of_other_time(figure: FigureView, hit: Hit, view: PassageView) -> bool:
    """Tell whether a figure is of a month, quarter or year, and beside it stands the same of the report's own time.

    Beside "Lũy kế 9 tháng" neither "Tháng 9" nor "Ước cả năm" is what has come of a plan.
    """
    now, own = hit.report.period, figure.figure.period
    if now is None or own is None or figure.figure.role not in LEVELS:
        return False
    if own.kind not in (PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.YEAR) or same(own, now):
        return False

    def of_now(one: FigureView) -> bool:
        alike = one.figure.role in LEVELS and one.figure.unit == figure.figure.unit and _together(view, figure, one)
        return alike and one.figure.period is not None and same(one.figure.period, now)

    return any(of_now(one) for one in view.figures)


def _together(view: PassageView, one: FigureView, other: FigureView) -> bool:
    return view.passage.kind is PassageKind.TABLE_ROW or one.sentence == other.sentence


def _adjacent(view: PassageView, one: FigureView, other: FigureView) -> bool:
    start, end = sorted((one.at.start, other.at.start))
    return not any(start < figure.at.start < end for figure in view.figures)


def _named(own: Scorer, view: PassageView, figure: FigureView) -> float:
    """Return the share of a side's words that name its figure; 0 where nearly all stand only around it."""
    if not own.terms:
        return 1.0
    if own.coverage(_own(figure)) < _OWN:
        return 0.0
    return own.coverage([*_own(figure), *_around(view, figure)])


def _more(sought: _Sought, view: PassageView, figure: FigureView) -> float:
    return _MORE * sum(extra_words(sought.whole, view, figure, sought.rarity))


def _told(whole: Scorer, view: PassageView, one: FigureView, other: FigureView) -> float:
    """Return the share of the question that two figures and what is around them say."""
    implied = implied_words(whole.query.text, one.figure.unit) | implied_words(whole.query.text, other.figure.unit)
    zones = [*_own(one), *_own(other), *_around(view, one), *_around(view, other)]
    return whole.coverage(zones, implied=implied)


def _own(figure: FigureView) -> Zones:
    return [(figure.own, 1.0), (figure.clause_bag, 1.0)]


def _around(view: PassageView, figure: FigureView) -> Zones:
    heading = (view.heading, weights.ZONE_HEADING)
    if view.passage.kind is PassageKind.TABLE_ROW:
        return [(view.whole, _PART), heading]
    return [(figure.segment_bag, _PART), (figure.sentence_bag, _SENTENCE), heading]
