"""Comparing words of a question with words of a report."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from ingest.vi.abbreviations import expansions
from ingest.vi.normalise import fold, has_accents
from ingest.vi.words import words

# i and y after a single consonant are two spellings of one sound: kỹ/kĩ, tỷ/tỉ, lý/lí (QĐ 240/QĐ-1984 allows i).
_Y_TO_I = str.maketrans("yỳýỷỹỵ", "iìíỉĩị")
MIN_ABBREVIATION_CHARS = 3
_NO_SYLLABLE = re.compile(r"[fjwz]", re.IGNORECASE)
_LEADING_ZERO = re.compile(r"(?<![\d.,])0+(?=\d)")
_FINAL_Y = re.compile(r"^(?:[hklmstv]|qu)[yỳýỷỹỵ]$")


@dataclass(frozen=True, slots=True, eq=False)
class Bag:
    """The words of a stretch of text, with and without accents.

    A bag is equal to itself only: bags are shared, and what a question has in one is kept under it.
    """

    exact: frozenset[str]
    folded: frozenset[str]
    pairs: tuple[tuple[str, str], ...]  # each word with its folded form, numbers left out


def keys(text: str) -> tuple[str, ...]:
    """Return the comparable words of canonical ``text`` in order (unified, i/y levelled)."""
    return tuple(key(word.text) for word in words(text))


@lru_cache(maxsize=4096)
def senses(word: str) -> tuple[tuple[str, ...], ...]:
    """Return the comparable words of each sense of an abbreviation in a question; () for an ordinary word."""
    if len(word) < MIN_ABBREVIATION_CHARS and not _NO_SYLLABLE.search(word):
        return ()
    return tuple(keys(sense) for sense in expansions(word))


@lru_cache(maxsize=8192)
def _written_out(word: str) -> tuple[str, ...]:
    """Return the words an abbreviation of a report may stand for, all senses; () for an ordinary word.

    Two-letter abbreviations are left as they are: without their capitals they cannot be told from syllables, but for
    those with a letter that no syllable has ("TW").
    """
    if (len(word) < MIN_ABBREVIATION_CHARS and not _NO_SYLLABLE.search(word)) or has_accents(word.replace("đ", "d")):
        return ()
    return tuple(k for sense in expansions(word) for k in keys(sense))


def located(text: str) -> tuple[tuple[int, str], ...]:
    """Return the comparable words of ``text`` in order, each with its offset."""
    return tuple((word.start, key(word.text)) for word in words(text))


def key(word: str) -> str:
    """Return a unified word in its comparable spelling; "02" counts as many as "2", "02/9" is the day "2/9"."""
    if word[0].isdigit() and "0" in word:
        return _LEADING_ZERO.sub("", word)
    return word.translate(_Y_TO_I) if _FINAL_Y.match(word) else word


def bag(*texts: str) -> Bag:
    """Return the words of ``texts`` together; empty texts give an empty bag."""
    spoken = {k for text in texts for k in keys(text)}
    written_out = {k for word in spoken for k in _written_out(word)}
    exact = frozenset(spoken | written_out)
    both = {k: fold(k) for k in sorted(exact)}
    return Bag(exact, frozenset(both.values()), tuple((k, f) for k, f in both.items() if not k[0].isdigit()))


@dataclass(frozen=True, slots=True)
class Rarity:
    """Inverse document frequencies over passages (Robertson and Spärck Jones 1976, with +1 inside the log)."""

    passages: int
    exact: Mapping[str, int]
    folded: Mapping[str, int]
    _known: dict[tuple[str, bool], float] = field(default_factory=dict, compare=False, repr=False)

    def of(self, term: str, *, accents: bool) -> float:
        """Return the weight of a term, > 0; a word no passage has weighs most."""
        known = self._known.get((term, accents))
        if known is None:
            df = (self.exact if accents else self.folded).get(term, 0)
            known = self._known[(term, accents)] = math.log(1 + (self.passages - df + 0.5) / (df + 0.5))
        return known


def rarity(bags: Iterable[Bag]) -> Rarity:
    """Count in how many of ``bags`` each word stands; no bags: every word weighs the same."""
    exact: Counter[str] = Counter()
    folded: Counter[str] = Counter()
    total = 0
    for one in bags:
        exact.update(one.exact)
        folded.update(one.folded)
        total += 1
    return Rarity(total, exact, folded)
