"""The words of a question with their weights, and how much of them a piece of text has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from ingest.domain import FigureRole
from ingest.vi.normalise import fold
from ingest.vi.periods import find_periods
from ingest.vi.units import match_unit
from ingest.vi.word_tables import rows
from service.answer import weights
from service.answer.kept import Kept
from service.answer.seasons import seasons_of
from service.answer.tokens import Bag, Rarity, key, keys, senses
from service.domain import Query
from service.understand.wants import role_words


@dataclass(frozen=True, slots=True)
class Scorer:
    """The question's words with their weights, ready to be looked up in bags."""

    query: Query
    terms: tuple[tuple[str, str, float], ...]  # comparable word, folded, weight; weights sum to 1
    asked: frozenset[str]  # folded words of the question, unit included
    stated: str = ""  # the folded question without times if it has digits
    spoken: frozenset[str] = frozenset()  # all its folded words
    neighbours: tuple[tuple[str, str], ...] = ()  # folded neighbours among its content words
    pairs: tuple[str, ...] = ()  # the same, joined by a blank
    seasons: frozenset[str] = frozenset()  # crop seasons it names
    faint: frozenset[str] = frozenset()  # comparable words that say little of its subject
    also: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)  # word -> other wordings, as words
    reworded: frozenset[str] = frozenset()  # words with other wordings or senses
    units: tuple[str, ...] = ()  # what the counted noun is called in those ("nhà nghèo": "hộ nghèo")
    role_words: frozenset[str] = frozenset()  # folded words that name a share asked for ("tỷ trọng")
    turning: Mapping[str, frozenset[str]] = field(default_factory=dict)  # folded word -> the words before it
    kept: Kept = field(init=False, compare=False, repr=False)  # made anew for other words or another question

    def __post_init__(self) -> None:
        """Begin with nothing looked up."""
        words = frozenset(folded for _, folded, _ in self.terms)
        object.__setattr__(self, "kept", Kept(words, (0.0,) * len(self.terms)))

    def coverage(self, zones: Sequence[tuple[Bag, float]], *, implied: frozenset[str] = frozenset()) -> float:
        """Return the share (0..1) of the question's weight found in ``zones``, best zone first for each word.

        ``implied``: folded words that count as found where they are not written.
        """
        found = [(self.worths(zone), worth) for zone, worth in zones]
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
        found = sum(any(self.worths(zone)[i] > 0 for zone in zones) for i in heaviest)
        return 2 * found > len(heaviest)

    def worths(self, zone: Bag) -> tuple[float, ...]:
        """Return for each word how well ``zone`` has it: 1, ACCENT_SLIP or 0. Bags are shared, so this is kept."""
        known = self.kept.worths.get(zone)
        if known is None:
            known = self.kept.worths[zone] = self._looked_up(zone)
        return known

    def _looked_up(self, zone: Bag) -> tuple[float, ...]:
        # Most bags have few of the words: one that has no other wording is missed by a look at the letters.
        if not self.reworded and self.kept.words.isdisjoint(zone.folded):
            return self.kept.nothing
        return tuple(
            self._worth(term, folded, zone) if folded in zone.folded or term in self.reworded else 0.0
            for term, folded, _ in self.terms
        )

    def _worth(self, term: str, folded: str, zone: Bag) -> float:
        if (term in zone.exact) if self.query.accents else (folded in zone.folded):
            return 1.0
        written_out = senses(term)
        if written_out and any(zone.exact.issuperset(sense) for sense in written_out):
            return 1.0
        if any(zone.exact.issuperset(sense) for sense in self.also.get(term, ())):
            return weights.OTHER_WORDS
        return weights.ACCENT_SLIP if self.query.accents and folded in zone.folded else 0.0


def scorer(query: Query, rarity: Rarity, *, common: bool = True) -> Scorer:
    """Weigh the question's words; a question without content words gives a scorer that covers nothing.

    ``common``: whether words common in any question keep a part of their weight only. A sentence has to have them.
    """
    words = list(dict.fromkeys(key(t) for t in query.terms))
    faint = frozenset(key(word) for word in query.faint | query.around)
    raw = [
        rarity.of(w if query.accents else fold(w), accents=query.accents)
        * (weights.FAINT if w in faint else common_share(w, accents=query.accents) if common else 1.0)
        for w in words
    ]
    total = sum(raw) or 1.0
    terms = tuple((w, fold(w), r / total) for w, r in zip(words, raw, strict=True))
    asked = frozenset(folded for _, folded, _ in terms) | {fold(key(w)) for w in query.unit.split()}
    also = _other_wordings(query)
    asked |= {fold(word) for senses_of in also.values() for sense in senses_of for word in sense}
    stated = _without_times(query.text) if any(ch.isdigit() for ch in query.text) else ""
    spoken = [fold(k) for k in keys(query.text)]
    content = frozenset(folded for _, folded, _ in terms)
    beside = tuple((a, b) for a, b in pairwise(spoken) if a in content and b in content)
    pairs = tuple(f"{a} {b}" for a, b in beside)
    return Scorer(
        query=query,
        terms=terms,
        asked=asked,
        stated=stated,
        spoken=frozenset(spoken),
        neighbours=beside,
        pairs=pairs,
        seasons=seasons_of(query.text),
        faint=faint,
        also=also,
        reworded=frozenset(word for word in words if word in also or senses(word)),
        units=_other_units(query),
        role_words=role_words(query.role, accents=False) if query.role is FigureRole.SHARE else frozenset(),
        turning=_before(spoken),
    )


def _without_times(text: str) -> str:
    """Return a folded question without the times it names."""
    told = fold(text)
    for span, _ in reversed(find_periods(text, asked=True)):
        told = f"{told[: span.start]} {told[span.end :]}"
    return told


def _before(spoken: Sequence[str]) -> dict[str, frozenset[str]]:
    """Return for each word those that stand right before it; the first word has none."""
    found: dict[str, set[str]] = {word: set() for word in spoken}
    for first, second in pairwise(spoken):
        found[second].add(first)
    return {word: frozenset(before) for word, before in found.items()}


def common_share(word: str, *, accents: bool) -> float:
    """Return what a question word keeps of its weight (0.1..1): one common in any question says little in this one."""
    return _common().get(word if accents else f"~{fold(word)}", 1.0)


@lru_cache(maxsize=1)
def _common() -> Mapping[str, float]:
    return {word: float(share) for word, share in rows("service.answer", "frequent.tsv")}


def _other_units(query: Query) -> tuple[str, ...]:
    """Return the units that are other wordings of the counted noun; () for none."""
    counted = set(query.unit.split())
    said = [term for phrase in query.also if counted & set(phrase.words) for term in phrase.terms]
    found = ((term, match_unit(term, 0)) for term in said)
    return tuple(dict.fromkeys(unit[0] for term, unit in found if unit is not None and unit[1] == len(term)))


def _other_wordings(query: Query) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Return for each content word of a phrase the comparable words of the other wordings of that phrase."""
    found: dict[str, tuple[tuple[str, ...], ...]] = {}
    for phrase in query.also:
        said = tuple(keys(term) for term in phrase.terms)
        for word in set(phrase.words).intersection(query.terms):
            found[key(word)] = found.get(key(word), ()) + said
    return found
