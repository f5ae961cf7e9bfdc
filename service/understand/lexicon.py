"""The words a typed question may be corrected towards: those of the visible reports and of our own word tables."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from ingest.vi.normalise import fold, unify
from ingest.vi.word_tables import entries, rows
from ingest.vi.words import words

_HERE = "service.understand"
_TABLES = ("stopwords.txt", "quantity.txt", "compounds.txt", "asking.txt")
_LETTERS = re.compile(r"[^\W\d_]+")
NUMBER = "#"  # stands for any number among neighbours
ROMAN = frozenset({"i", "ii", "iii", "iv", "v", "vi"})
_OWN_WEIGHT = 8  # reports say little in the words of questions
_SPEECH_WEIGHT = 4
_SHORTEST_INDEXED = 2  # a syllable of one letter is one slip away from most others


@dataclass(frozen=True, slots=True)
class Forms:
    """Syllables in one writing (with accents, or folded): how often each and each pair of neighbours stands."""

    counts: Mapping[str, int]
    pairs: Mapping[tuple[str, str], int]
    near: Mapping[str, tuple[str, ...]]  # syllable less one letter -> the syllables it came from

    def slips(self, word: str) -> frozenset[str]:
        """Return the known syllables one letter away from ``word``: another, missing, added or two swapped."""
        found = {form for cut in (word, *_cuts(word)) for form in self.near.get(cut, ())}
        return frozenset(form for form in found if form != word and _one_slip(word, form))


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The syllables of the reports and of our tables. ``by_fold``: folded form -> forms with accents."""

    exact: Forms
    folded: Forms
    by_fold: Mapping[str, tuple[str, ...]]
    own: frozenset[str]  # the words of our tables, with accents and without: never slips
    words: int  # how many words there are in all

    def forms(self, *, accents: bool) -> Forms:
        """Return the syllables as a question with or without accents is compared with them."""
        return self.exact if accents else self.folded


def lexicon(texts: Iterable[str]) -> Lexicon:
    """Return the lexicon of ``texts``, each the unified words of a report between blanks; none: our tables alone."""
    counts: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for text in (
        *texts,
        *_everyday_phrases(),
        *_speech(),
        *(phrase for phrase in _own_phrases() for _ in range(_OWN_WEIGHT)),
    ):
        spoken = [NUMBER if word[0].isdigit() else word for word in text.split()]
        counts.update(spoken)
        pairs.update(pairwise(spoken))
    counts.update(_own_words())
    own = frozenset(word for phrase in _own_phrases() for word in phrase.split()) | _own_words() | ROMAN
    by_fold: defaultdict[str, list[str]] = defaultdict(list)
    folded: Counter[str] = Counter()
    folded_pairs: Counter[tuple[str, str]] = Counter()
    for word, count in counts.items():
        by_fold[fold(word)].append(word)
        folded[fold(word)] += count
    for (left, right), count in pairs.items():
        folded_pairs[fold(left), fold(right)] += count
    return Lexicon(
        Forms(counts, pairs, _index(counts)),
        Forms(folded, folded_pairs, _index(folded)),
        {bare: tuple(sorted(forms)) for bare, forms in by_fold.items()},
        own | frozenset(fold(word) for word in own),
        sum(counts.values()),
    )


@lru_cache(maxsize=1)
def real_syllables() -> frozenset[str]:
    """Return the unified syllables ordinary Vietnamese uses, whether or not a report has them."""
    return frozenset(word for line in entries(_HERE, "syllables.txt") for word in line.split())


@lru_cache(maxsize=1)
def bare_syllables() -> frozenset[str]:
    """Return ``real_syllables`` without accents."""
    return frozenset(fold(word) for word in real_syllables())


@lru_cache(maxsize=1)
def _own_phrases() -> tuple[str, ...]:
    """Return the phrases of our tables, unified words between blanks."""
    return _spoken(line.removeprefix("=") for name in _TABLES for line in entries(_HERE, name))


@lru_cache(maxsize=1)
def _everyday_phrases() -> tuple[str, ...]:
    """Return the everyday wordings and the terms they stand for."""
    parts = (part for line in entries(_HERE, "everyday.tsv") for part in re.split(r"[\t|]", line) if part not in "=>")
    return _spoken(part.removeprefix("~") for part in parts)


@lru_cache(maxsize=1)
def _speech() -> tuple[str, ...]:
    """Return the phrases questions are put in, each as often as a common one stands in reports."""
    return _spoken(entries(_HERE, "speech.txt")) * _SPEECH_WEIGHT


def _spoken(phrases: Iterable[str]) -> tuple[str, ...]:
    return tuple(" ".join(word.text for word in words(phrase)) for phrase in phrases)


@lru_cache(maxsize=1)
def _own_words() -> frozenset[str]:
    """Return the words of the patterns questions are recognised by."""
    patterns = [row[2] for row in rows(_HERE, "wordings.tsv")]
    return frozenset(word for pattern in patterns for word in _LETTERS.findall(unify(pattern)))


def _index(counts: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Index syllables by themselves and by each form with one letter cut (Garbe 2012, "SymSpell")."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for word in counts:
        if len(word) >= _SHORTEST_INDEXED:
            for cut in {word, *_cuts(word)}:
                found[cut].append(word)
    return {cut: tuple(forms) for cut, forms in found.items()}


def _cuts(word: str) -> list[str]:
    return [word[:at] + word[at + 1 :] for at in range(len(word))] if len(word) > 1 else []


def one_letter_changed(typed: str, meant: str) -> bool:
    """Tell whether one letter stands for another."""
    return len(typed) == len(meant) and sum(a != b for a, b in zip(typed, meant, strict=True)) == 1


def _one_slip(typed: str, meant: str) -> bool:
    """Tell whether one letter changed, missing, added or swapped with its neighbour parts two words."""
    at = 0
    while at < min(len(typed), len(meant)) and typed[at] == meant[at]:
        at += 1
    a, b = typed[at:], meant[at:]
    swapped = len(a) == len(b) > 1 and a[:2] == b[1::-1] and a[2:] == b[2:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or swapped
