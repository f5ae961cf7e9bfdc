"""Canonical text -> the words a lexical search compares, each with its place in the text.

A Vietnamese word is one to four syllables and blanks stand between all of them, so the unit here is the syllable;
pairs of neighbours (bigrams) stand for the two-syllable words most of the vocabulary is made of. Numbers stay whole
("2.315,450", "05/12", "30/4/2024"), so do abbreviations joined by an ampersand ("KH&ĐT"); punctuation is dropped.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from ingest.vi.normalise import fold, unify

# A number keeps its separators only between digits, so "1.4." is "1.4" and "24, 25" is two words.
# Letters may carry digits after them ("m2", "H5N1", "QL10"); digits never carry letters ("15kg" is "15", "kg").
# A raised number belongs to a measure of length only: elsewhere it is the mark of a footnote ("vùi lấp¹").
_WORD = re.compile(
    r"\d+(?:[.,/]\d+)*|[^\W\d_]+(?:&[^\W\d_]+)+|(?:[cdhkm]|da)?m[²³](?![^\W_])|(?![²³¹⁰⁴-⁹])[^\W\d_][^\W_¹²³⁰⁴-⁹]*"
)

# What may stand between two words of one phrase: blanks, joining signs, emphasis and quotation marks. Anything else
# (comma, full stop, bracket) ends the phrase: the words beside it are neighbours by accident.
_JOINT = re.compile(r"[\s/\-–—*\"'“”‘’]*")


class Word(NamedTuple):
    """A syllable, number or abbreviation: ``text`` is unified, ``[start, end)`` its 0-based place in the source."""

    text: str
    start: int
    end: int

    @property
    def folded(self) -> str:
        """The word without accents."""
        return fold(self.text)

    @property
    def is_number(self) -> bool:
        """Whether the word starts with a digit (then it holds digits and separators only)."""
        return self.text[0].isdigit()


def words(text: str) -> tuple[Word, ...]:
    """Return the words of canonical ``text`` in order; () where there is none."""
    return tuple(Word(found[0], *found.span()) for found in _WORD.finditer(unify(text)))


def bigrams(text: str, found: Sequence[Word]) -> tuple[tuple[Word, Word], ...]:
    """Return the neighbours among ``found = words(text)`` that no punctuation parts; () for fewer than two words."""
    return tuple(
        (left, right)
        for left, right in pairwise(found)
        if text[left.end : right.start] == " " or _JOINT.fullmatch(text, left.end, right.start)
    )
