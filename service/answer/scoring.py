"""How well a figure or a sentence answers a question: shares of the question's weight, less deductions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ingest.domain import FigureRole
from ingest.vi.normalise import fold
from ingest.vi.periods import same
from ingest.vi.units import same_unit, unit_kind
from service.answer import weights
from service.answer.measures import implied_words, measure_words, other_measure
from service.answer.scope import figure_period_fits, place_fits, scope_deduction
from service.answer.seasons import seasons_of
from service.answer.tokens import Bag, Rarity, key, keys, senses
from service.answer.views import FigureView, PassageView, SentenceView
from service.domain import Hit, Query


@dataclass(frozen=True, slots=True)
class Scorer:
    """The question's words with their weights, ready to be looked up in bags."""

    query: Query
    terms: tuple[tuple[str, str, float], ...]  # comparable word, folded, weight; weights sum to 1
    asked: frozenset[str]  # folded words of the question, unit included
    stated: str = ""  # the folded question if it has digits
    pairs: tuple[str, ...] = ()  # folded neighbours among its content words
    seasons: frozenset[str] = frozenset()  # crop seasons it names
    also: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)  # word -> other wordings, as words
    reworded: frozenset[str] = frozenset()  # words with other wordings or senses
    _kept: dict[int, tuple[float, ...]] = field(default_factory=dict, compare=False, repr=False)

    def coverage(self, zones: Sequence[tuple[Bag, float]], *, implied: frozenset[str] = frozenset()) -> float:
        """Return the share (0..1) of the question's weight found in ``zones``, best zone first for each word.

        ``implied``: folded words that count as found where they are not written.
        """
        found = [(self._worths(zone), worth) for zone, worth in zones]
        covered = 0.0
        for i, (_, folded, weight) in enumerate(self.terms):
            best = max(worths[i] * worth for worths, worth in found)
            if best < weights.ZONE_IMPLIED and folded in implied:
                best = weights.ZONE_IMPLIED
            covered += weight * best
        return covered

    def has_heaviest(self, *zones: Bag) -> bool:
        """Tell whether ``zones`` have the question's most telling word (most of them where several weigh alike).

        In a long question no single word tells that much: then True.
        """
        most = max((weight for _, _, weight in self.terms), default=0.0)
        if most <= weights.TELLING:
            return True
        heaviest = [i for i, (_, _, weight) in enumerate(self.terms) if weight >= most]
        found = sum(any(self._worths(zone)[i] > 0 for zone in zones) for i in heaviest)
        return 2 * found > len(heaviest)

    def _worths(self, zone: Bag) -> tuple[float, ...]:
        """Return for each word how well ``zone`` has it: 1, ACCENT_SLIP or 0. Bags are shared, so this is kept."""
        known = self._kept.get(id(zone))
        if known is None:
            # Most bags have few of the words: one that has no other wording is missed by a look at the letters.
            known = self._kept[id(zone)] = tuple(
                self._worth(term, folded, zone) if folded in zone.folded or term in self.reworded else 0.0
                for term, folded, _ in self.terms
            )
        return known

    def _worth(self, term: str, folded: str, zone: Bag) -> float:
        if (term in zone.exact) if self.query.accents else (folded in zone.folded):
            return 1.0
        written_out = senses(term)
        if written_out and any(zone.exact.issuperset(sense) for sense in written_out):
            return 1.0
        if any(zone.exact.issuperset(sense) for sense in self.also.get(term, ())):
            return weights.OTHER_WORDS
        return weights.ACCENT_SLIP if self.query.accents and folded in zone.folded else 0.0


def scorer(query: Query, rarity: Rarity) -> Scorer:
    """Weigh the question's words; a question without content words gives a scorer that covers nothing."""
    words = list(dict.fromkeys(key(t) for t in query.terms))
    raw = [rarity.of(w if query.accents else fold(w), accents=query.accents) for w in words]
    total = sum(raw) or 1.0
    terms = tuple((w, fold(w), r / total) for w, r in zip(words, raw, strict=True))
    also = _other_wordings(query)
    asked = frozenset(folded for _, folded, _ in terms) | {fold(key(w)) for w in query.unit.split()}
    asked |= {fold(word) for senses_of in also.values() for sense in senses_of for word in sense}
    stated = fold(query.text) if any(ch.isdigit() for ch in query.text) else ""
    spoken = [fold(k) for k in keys(query.text)]
    content = frozenset(folded for _, folded, _ in terms)
    pairs = tuple(f"{a} {b}" for a, b in pairwise(spoken) if a in content and b in content)
    reworded = frozenset(word for word in words if word in also or senses(word))
    return Scorer(query, terms, asked, stated, pairs, seasons_of(query.text), also, reworded)


def _other_wordings(query: Query) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Return for each content word of a phrase the comparable words of the other wordings of that phrase."""
    found: dict[str, tuple[tuple[str, ...], ...]] = {}
    for phrase in query.also:
        said = tuple(keys(term) for term in phrase.terms)
        for word in set(phrase.words).intersection(query.terms):
            found[key(word)] = found.get(key(word), ()) + said
    return found


@dataclass(frozen=True, slots=True)
class Score:
    """``fit``: how much of the question is met (0..1, decides whether to answer); ``rank``: orders what fits."""

    fit: float
    rank: float


def may_hold(one: Scorer, passage: PassageView) -> bool:
    """Tell whether any figure of ``passage`` can reach ``weights.NEAREST``: a cheap bound from the passage's words."""
    zones = ((passage.whole, 1.0), (passage.heading, 1.0))
    return one.coverage(zones, implied=measure_words(one.query.text)) >= weights.NEAREST


def score_figure(one: Scorer, hit: Hit, passage: PassageView, figure: FigureView, *, rarity: Rarity) -> Score | None:
    """Return how well a figure answers; None when it is of another period or place, or too far off to be named."""
    query = one.query
    if not figure_period_fits(query.period, figure, hit.report.period) or _echoed(one, figure):
        return None
    if one.seasons and figure.seasons and one.seasons.isdisjoint(figure.seasons):
        return None
    if not place_fits(query, hit, passage, figure) or _other_fate(one, figure):
        return None
    covered = one.coverage(
        (
            (figure.own, weights.ZONE_OWN),
            (figure.clause_bag, weights.ZONE_CLAUSE),
            (figure.segment_bag, weights.ZONE_SEGMENT),
            (passage.heading, weights.ZONE_HEADING),
            (figure.sentence_bag, weights.ZONE_SENTENCE),
            (passage.whole, weights.ZONE_PASSAGE),
        ),
        implied=implied_words(query.text, figure.figure.unit),
    )
    fit = covered - _unit_deduction(query, figure) - _role_deduction(query, figure)
    if fit < weights.NEAREST:
        return None
    extra = weights.EXTRA_WORDS * _extra(one, figure, rarity)
    if "khác" in figure.own.exact and "khac" not in one.asked:
        extra += weights.REST
    return Score(fit, fit - extra - scope_deduction(query, hit, figure) + weights.RANK_BONUS / hit.rank)


def score_sentence(one: Scorer, hit: Hit, passage: PassageView, sentence: SentenceView) -> Score:
    """Return how much of the question a sentence with its headings covers."""
    zones = ((sentence.bag, 1.0), (passage.heading, weights.ZONE_HEADING), (passage.whole, weights.ZONE_PASSAGE))
    fit = one.coverage(zones)
    text = f" {' '.join(fold(k) for k in keys(passage.reading.text[sentence.at.start : sentence.at.end]))} "
    pairs = sum(f" {pair} " in text for pair in one.pairs) / len(one.pairs) if one.pairs else 0.0
    return Score(fit, fit + weights.PAIR_BONUS * pairs + weights.RANK_BONUS / hit.rank)


def _other_fate(one: Scorer, figure: FigureView) -> bool:
    """Tell whether the figure counts people of another fate than the one asked for (chết, bị thương, mất tích)."""
    own = {fate for fate, words in _FATES.items() if any(w <= figure.own.folded for w in words)}
    asked = {fate for fate, words in _FATES.items() if any(w <= one.asked for w in words)}
    return bool(own and asked) and own.isdisjoint(asked)


def _echoed(one: Scorer, figure: FigureView) -> bool:
    """Tell whether the question itself states the figure: it asks for another one."""
    return bool(one.stated) and fold(figure.figure.text) in one.stated


def _unit_deduction(query: Query, figure: FigureView) -> float:
    if not query.unit:
        plain = query.role is None and other_measure(query.text, figure.figure.unit)
        return weights.OTHER_MEASURE if plain else 0.0
    asked, own = query.unit, figure.figure.unit
    if asked == "%":
        return 0.0 if "%" in own else weights.OTHER_UNIT
    if same_unit(asked, own) or unit_kind(asked) == unit_kind(own) == "money":
        return 0.0
    named = figure.counted.folded  # not the indicator: that may be carried over from a figure of another unit
    if unit_kind(asked) == "count" and unit_kind(own) == "count" and all(fold(key(w)) in named for w in asked.split()):
        return 0.0
    return weights.OTHER_UNIT


# What became of people, by folded words that stand together.
_FATES = {
    "dead": ({"chet"}, {"tu", "vong"}, {"thiet", "mang"}),
    "hurt": ({"thuong"},),
    "missing": ({"mat", "tich"},),
}
_LEVELS = (FigureRole.LEVEL, FigureRole.PROGRESS)
_ROLE_ALSO: dict[FigureRole, tuple[FigureRole, ...]] = {
    FigureRole.CHANGE: (FigureRole.CHANGE, FigureRole.YOY_RATIO),
    FigureRole.YOY_RATIO: (FigureRole.YOY_RATIO, FigureRole.CHANGE),
    FigureRole.PLAN_RATIO: (FigureRole.PLAN_RATIO, FigureRole.PROGRESS),
    FigureRole.SHARE: (FigureRole.SHARE,),
    FigureRole.TARGET: (FigureRole.TARGET,),
    FigureRole.PROGRESS: (FigureRole.PROGRESS, FigureRole.PLAN_RATIO),
}


def _role_deduction(query: Query, figure: FigureView) -> float:
    role = figure.figure.role
    if query.role is None:
        if role in _LEVELS:
            return 0.0
        if role is FigureRole.TARGET and _of_asked_period(query, figure):
            return weights.OTHER_ROLE / 4  # of a year to come the reports have nothing but aims
        # A percentage asked for without saying of what may be any ratio; a plain "bao nhiêu" is not.
        return weights.OTHER_ROLE / 4 if query.unit == "%" else weights.OTHER_ROLE
    allowed = _ROLE_ALSO.get(query.role, (query.role,))
    if role == allowed[0] or (query.role is FigureRole.PROGRESS and figure.figure.whole is not None):
        return 0.0
    return weights.OTHER_ROLE / 4 if role in allowed else weights.OTHER_ROLE


def _of_asked_period(query: Query, figure: FigureView) -> bool:
    asked, own = query.period, figure.figure.period
    return asked is not None and asked.year is not None and own is not None and same(asked, own)


def _extra(one: Scorer, figure: FigureView, rarity: Rarity) -> float:
    """Return the share of the indicator's weight that the question does not mention (0..1)."""
    accents = one.query.accents
    total = extra = 0.0
    for word, folded in figure.own.pairs:
        weight = rarity.of(word if accents else folded, accents=accents)
        total += weight
        if folded not in one.asked:
            extra += weight
    return extra / total if total else 0.0
