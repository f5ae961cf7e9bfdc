"""The two figures of one place in a report that a difference is made of, chosen as a pair.

Every two figures of one unit in a sentence, in two that follow each other or in a table row are looked at: how much of
the question their names and what stands around them say, how much they are named that the question does not speak of,
and whether the one stands to the other as the question says: a plan, an earlier time, a whole and its part, another
thing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from ingest.domain import FigureRole, PassageKind, PeriodKind
from ingest.vi.normalise import fold
from ingest.vi.periods import same
from ingest.vi.units import same_count, unit_kind
from service.answer.compute.couples import of_other_time, standing_at
from service.answer.compute.operands import Operand, of_earlier_year
from service.answer.compute.relation import Against, Relation
from service.answer.compute.sought import HEADING, Sought, extra, measured, speaks_of, usable
from service.answer.compute.told_how import Told, counted_of, is_earlier, parted, told
from service.answer.measures import implied_words
from service.answer.query_words import Scorer
from service.answer.scoring import eligible
from service.answer.tokens import keys
from service.answer.views import FigureView, PassageView
from service.domain import Hit

# What a word of the question counts for that stands in the figures' part of the sentence, in the sentence, the passage.
_SEGMENT, _SENTENCE, _PASSAGE = 0.8, 0.7, 0.3
_SIDE, _OTHER_SIDE = 0.3, 0.6  # share of a side's words that name its figure: of the one side, of the other
_GIVER = 0.9  # share of who set the plan asked for that is told of the plan
_DENIED = 0.5  # share of what "chưa" denies that names the part, where the whole stands in another part of the sentence
# Weights of a pair, found by hand on the opened sets; the share of the question told weighs 1.
_OWN, _MINE, _OF_SIDE, _OF_PART, _MORE, _APART, _RANK = 0.5, 0.3, 0.5, 0.5, 0.5, 0.05, 0.1
_MOST_APART = 3
_SAME_SEGMENT, _NEXT_SENTENCE, _RELATED, _ALIKE, _CALLED = 0.1, -0.25, 0.3, 0.2, 0.1
_ONE_FIGURE = {Against.WHOLE: 0.3, Against.PLAN: 0.0}  # "16/24 xã" is part and whole


@dataclass(frozen=True, slots=True)
class Pair:
    """Two figures of a passage: ``one`` what is now, done or named first, ``other`` what it is set against.

    ``worth`` orders pairs; ``told``: share of the question that the two and what is around them say, ``named``: that
    they say themselves.
    """

    hit: Hit
    view: PassageView
    one: FigureView
    other: FigureView
    worth: float
    told: float
    named: float

    @property
    def operands(self) -> tuple[Operand, Operand]:
        """The two as operands of a sum; of "16/24" the two numbers."""
        one, other = (Operand(standing_at(self.hit, self.view, f), f) for f in (self.one, self.other))
        return one, replace(other, whole=self.one is self.other)


def pairs(one: Sought) -> list[Pair]:
    """Return all pairs that can be what is asked for, best first."""
    found: list[Pair] = []
    for hit, view in zip(one.material.hits, one.material.views, strict=True):
        if speaks_of(one.whole, view) and (view.passage.kind is not PassageKind.TABLE_ROW or _of_row(one.whole, view)):
            found += _pairs(one, hit, view)
    return sorted(found, key=lambda pair: -pair.worth)


def _pairs(one: Sought, hit: Hit, view: PassageView) -> Iterator[Pair]:
    fitting = set(map(id, eligible(one.whole, hit, view)))
    figures = sorted((f for f in view.figures if usable(f)), key=lambda f: f.at.start)
    units = {id(f): measured(one.asked, f) for f in figures}

    @cache
    def at(n: int) -> Told:
        return told(view, figures[n], figures)

    @cache
    def more(n: int) -> float:
        return extra(one.whole, view, figures[n], one.material)

    for i, a in enumerate(figures):
        unit = units[id(a)]
        for j, b in enumerate(figures) if unit is not None else ():
            if id(a) not in fitting and not (one.first.terms and id(b) in fitting):
                continue
            if not _couple(view, a, b):
                continue
            stands = _stands(one.asked, hit, view, at(i), at(j), [at(n) for n in _between(figures, i, j)])
            named = _worth(one, hit, view, at(i), at(j)) if stands is not None else None
            if stands is None or named is None or unit is None:
                continue
            apart = sum(same_count(figures[n].figure.unit, a.figure.unit) for n in _between(figures, i, j))
            worth, said, own = named
            worth += stands + unit - _APART * min(apart, _MOST_APART) - _MORE * (more(i) + (more(j) if i != j else 0.0))
            yield Pair(hit, view, a, b, worth, said, own)


def _couple(view: PassageView, a: FigureView, b: FigureView) -> bool:
    """Tell whether two figures are told together and count alike; one with two numbers is a couple by itself."""
    if a is b:
        return a.figure.whole is not None
    if b.figure.whole is not None:
        return False
    counts = unit_kind(a.figure.unit) == unit_kind(b.figure.unit) == "count"
    if not same_count(a.figure.unit, b.figure.unit) and not (counts and counted_of(view, a, b)):
        return False
    row = view.passage.kind is PassageKind.TABLE_ROW
    return row or abs(_sentence(view, a) - _sentence(view, b)) <= 1


def _between(figures: Sequence[FigureView], i: int, j: int) -> range:
    return range(min(i, j) + 1, max(i, j))


def _sentence(view: PassageView, figure: FigureView) -> int:
    return next((n for n, s in enumerate(view.sentences) if s.at.start == figure.sentence.start), 0)


def _of_row(whole: Scorer, view: PassageView) -> bool:
    """Tell whether a question speaks of what a row is called; the row that adds up need not be named."""
    label = next((cell for cell in view.passage.text.split("|") if any(ch.isalpha() for ch in cell)), "")
    words = [fold(word) for word in keys(label)]
    return words[:1] in (["tong"], ["cong"]) or 2 * sum(word in whole.spoken for word in words) > len(words)


def _worth(one: Sought, hit: Hit, view: PassageView, a: Told, b: Told) -> tuple[float, float, float] | None:
    """Return what a pair is worth by its words, and the shares of the question told and named; None where it is not
    what the question names."""
    against, side, part = one.asked.against, 0.0, 0.0
    if one.first.terms and one.second.terms:
        sides = _named(one.first, one.second, a, b), _named(one.second, one.first, b, a)
        side = min(sides)
        if side < _SIDE or max(sides) < _OTHER_SIDE:
            return None
    if one.giver.terms and one.giver.coverage([*b.own, (b.figure.segment_bag, 1.0)]) < _GIVER:
        return None
    if one.denied.terms:
        part = one.denied.coverage(a.own)
    if against is Against.WHOLE and a.figure.segment != b.figure.segment and part < _DENIED:
        return None
    own = one.whole.coverage([*a.own, *b.own])
    said = _said(one.whole, view, a, b)
    mine = one.whole.coverage(a.own) if against is not Against.OTHER else 0.0
    worth = said + _OWN * own + _OF_SIDE * side + _OF_PART * part + _MINE * mine + _RANK / hit.rank
    return worth, said, own


def _said(whole: Scorer, view: PassageView, a: Told, b: Told) -> float:
    zones = [*a.own, *b.own, (view.heading, HEADING), (view.whole, _PASSAGE)]
    implied: frozenset[str] = frozenset()
    for figure in (a.figure, b.figure):
        zones += [(figure.segment_bag, _SEGMENT), (figure.sentence_bag, _SENTENCE)]
        implied |= implied_words(whole.query.text, figure.figure.unit)
    return whole.coverage(zones, implied=implied)


def _named(mine: Scorer, theirs: Scorer, figure: Told, other: Told) -> float:
    """Return the share of a side's words that name its figure; 0 where they name the other one better."""
    own = mine.coverage(figure.own)
    return own if own >= mine.coverage(other.own) else 0.0


def _stands(asked: Relation, hit: Hit, view: PassageView, a: Told, b: Told, between: Sequence[Told]) -> float | None:
    """Return how well ``b`` is to ``a`` what the question says; None where it cannot be."""
    one, other = a.figure, b.figure
    if a.by or b.by:
        return None
    if one is other:
        return None if a.undone else _ONE_FIGURE.get(asked.against)
    if of_earlier_year(one, hit.report.period) or (asked.plain.period is None and of_other_time(one, hit, view)):
        return None
    changes = FigureRole.CHANGE in (one.figure.role, other.figure.role)
    if changes and not (asked.against is Against.PLAN and a.moves and b.moves):
        return None
    if b.slashed and (one.at.start > other.at.start or between):
        return None  # the whole of the figure right before it
    worth = 0.0 if one.sentence == other.sentence else _NEXT_SENTENCE
    worth += _SAME_SEGMENT if one.segment == other.segment else 0.0
    match asked.against:
        case Against.PLAN | Against.TIME:
            found = _set_against(asked, view, a, b, between)
        case Against.WHOLE:
            found = _whole(asked, view, a, b)
        case Against.OTHER:
            found = _ALIKE if a.aim == b.aim and is_earlier(a, b) == is_earlier(b, a) else 0.0
        case Against.OPEN:
            found = None
    return worth + found if found is not None else None


def _set_against(asked: Relation, view: PassageView, a: Told, b: Told, between: Sequence[Told]) -> float | None:
    """Return how well ``b`` is the plan of ``a``, or ``a`` at an earlier time."""
    if a.aim or is_earlier(a, b) or _of_another(view, a, b, between):
        return None
    if asked.against is Against.PLAN:
        linked = b.of and a.figure.at.start < b.figure.at.start
        if a.undone or not (b.aim or linked):
            return None
        return None if _of_less_time(a.figure, b.figure) else _RELATED
    return _RELATED if is_earlier(b, a) and _of_year(asked, b) else None


def _of_less_time(done: FigureView, plan: FigureView) -> bool:
    """Tell whether a figure is of a month or quarter and the plan of another time: what is left of a year's plan is
    not told by them."""
    own, aim = done.figure.period, plan.figure.period
    short = own is not None and own.kind in (PeriodKind.MONTH, PeriodKind.QUARTER)
    return short and own is not None and (aim is None or not same(own, aim))


def _of_year(asked: Relation, base: Told) -> bool:
    """Tell whether a figure is of the year the question names for the base; True where it names none."""
    own = base.figure.figure.period
    if asked.year is None or (own is not None and asked.year in (own.year, own.last_year)):
        return True
    return str(asked.year) in f"{base.lead} {base.behind}"


def _of_another(view: PassageView, a: Told, b: Told, between: Sequence[Told]) -> bool:
    """Tell whether ``b`` is set against something else than ``a``: a total before it, an amount between them."""
    one, other = a.figure, b.figure
    if one.at.start > other.at.start:
        return one.bracketed != other.bracketed or parted(view, other, one)
    if one.bracketed and not other.bracketed:
        return True
    nearer = [
        t.figure
        for t in between
        if same_count(t.figure.figure.unit, other.figure.unit)
        and t.figure.bracketed is one.bracketed
        and not t.aim
        and not is_earlier(t, a)
    ]
    return bool(nearer) and not parted(view, one, nearer[0])


def _whole(asked: Relation, view: PassageView, a: Told, b: Told) -> float | None:
    """Return how well ``b`` is the whole that ``a`` is the done part of."""
    one, other = a.figure, b.figure
    if a.undone or a.aim or is_earlier(a, b) or is_earlier(b, a):
        return None
    if one.figure.value > other.figure.value or one.bracketed != other.bracketed:
        return None
    behind = one.at.start > other.at.start
    called = b.aim or b.total or (b.of and not behind)
    if not called and (not behind or (one.segment != other.segment and not asked.denied)):
        return None
    if asked.must and behind and parted(view, other, one):
        return None
    return (_CALLED if called else 0.0) + (_CALLED if a.done else 0.0)
