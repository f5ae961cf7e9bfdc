"""Comparing words of a question with words of a report."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ingest.vi.normalise import fold
from ingest.vi.words import words

# i and y after a single consonant are two spellings of one sound: kỹ/kĩ, tỷ/tỉ, lý/lí (QĐ 240/QĐ-1984 allows i).
_Y_TO_I = str.maketrans("yỳýỷỹỵ", "iìíỉĩị")
_FINAL_Y = re.compile(r"^(?:[hklmstv]|qu)[yỳýỷỹỵ]$")


@dataclass(frozen=True, slots=True)
class Bag:
    """The words of a stretch of text, with and without accents."""

    exact: frozenset[str]
    folded: frozenset[str]


def keys(text: str) -> tuple[str, ...]:
    """Return the comparable words of canonical ``text`` in order (unified, i/y levelled)."""
    return tuple(key(word.text) for word in words(text))


def key(word: str) -> str:
    """Return a unified word in its comparable spelling."""
    return word.translate(_Y_TO_I) if _FINAL_Y.match(word) else word


def bag(*texts: str) -> Bag:
    """Return the words of ``texts`` together; empty texts give an empty bag."""
    exact = frozenset(k for text in texts for k in keys(text))
    return Bag(exact, frozenset(fold(k) for k in exact))


@dataclass(frozen=True, slots=True)
class Rarity:
    """Inverse document frequencies over passages (Robertson and Spärck Jones 1976, with +1 inside the log)."""

    passages: int
    exact: Mapping[str, int]
    folded: Mapping[str, int]

    def of(self, term: str, *, accents: bool) -> float:
        """Return the weight of a term, > 0; a word no passage has weighs most."""
        df = (self.exact if accents else self.folded).get(term, 0)
        return math.log(1 + (self.passages - df + 0.5) / (df + 0.5))


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
