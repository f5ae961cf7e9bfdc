"""Spaces left out while typing: "quý1", "18vụ", "tai nạngiao thông"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from ingest.vi.abbreviations import expansions
from ingest.vi.keystrokes import is_syllable
from ingest.vi.letters import pattern
from ingest.vi.normalise import fold, has_accents, unify
from ingest.vi.units import match_unit
from service.understand.lexicon import Forms, Lexicon

_DIGITS_THEN_WORD = re.compile(r"(?<![^\W_])(\d+(?:[.,/]\d+)*)([^\W\d_]{2,})(?![^\W_])")
_WORD_THEN_DIGITS = re.compile(r"(?<![^\W_])([^\W\d_]{2,})(\d+(?:[.,/]\d+)*)(?![^\W_])")
_QUARTER_THEN_YEAR = re.compile(r"(?<=qu[yýỳỵỷỹiíìị] )(iv|i{1,3})(?=n[ăa]m(?![^\W_]))", re.IGNORECASE)
_QUARTER = re.compile(r"(?<![^\W_])(qu[yýỳỵỷỹiíìị])(iv|i{1,3})(?![^\W_])", re.IGNORECASE)
# Folded words a number follows without being part of a name: "quy1", "thang3", "nam2024".
_NUMBERED = re.compile(r"(quy|qui|thang|nam|ngay|ky|so|tuan|dot|lop|cap)[\d.,/]+")
_CAPITALS_THEN_WORD = pattern(r"(?<![^\W_])([{UP}]{2,})([{LOW}]{2,})(?![^\W_])")  # "BHYTđược"
_LONGEST_SYLLABLE = 7  # nghiêng
_MOST_PARTS = 6
_SHORTEST_GLUED = 4


def spaced(text: str, lexicon: Lexicon) -> str:
    """Return ``text`` with blanks between numbers and the words glued to them; units such as m2 stay whole."""
    text = _QUARTER_THEN_YEAR.sub(r"\1 ", _QUARTER.sub(r"\1 \2", text))

    def after_digits(found: re.Match[str]) -> str:
        word = unify(found[2])
        known = word in lexicon.exact.counts or fold(word) in lexicon.folded.counts
        return f"{found[1]} {found[2]}" if known or match_unit(word, 0) else found[0]

    def before_digits(found: re.Match[str]) -> str:
        word = unify(found[1])
        unit = match_unit(found[0], 0)
        whole = unit is not None and unit[1] == len(found[0])
        accented = has_accents(word) and word in lexicon.exact.counts
        return f"{found[1]} {found[2]}" if not whole and (accented or takes_number(found[0])) else found[0]

    def after_capitals(found: re.Match[str]) -> str:
        known = unify(found[2]) in lexicon.exact.counts and expansions(found[1])
        return f"{found[1]} {found[2]}" if known else found[0]

    text = _CAPITALS_THEN_WORD.sub(after_capitals, text)
    return _WORD_THEN_DIGITS.sub(before_digits, _DIGITS_THEN_WORD.sub(after_digits, text))


def takes_number(word: str) -> bool:
    """Tell whether a word is one a number follows, with its number glued to it ("quy1", "tháng3", "nam2024")."""
    return _NUMBERED.fullmatch(fold(word)) is not None


@dataclass(frozen=True, slots=True)
class Segmenter:
    """Cuts a word that is none into the known syllables it was glued from."""

    lexicon: Lexicon
    accents: bool

    def parted(self, glued: str) -> tuple[str, ...] | None:
        """Return the syllables of ``glued`` (unified, not a known word), None when no cut is sure.

        Each pair of neighbours must be known to stand side by side, or the whole be two syllables with accents that
        can be cut in one place only.
        """
        if len(glued) < _SHORTEST_GLUED or is_syllable(glued):
            return None
        bare = not has_accents(glued)
        forms = self.lexicon.folded if bare or not self.accents else self.lexicon.exact
        form = fold(glued) if forms is self.lexicon.folded else glued
        cuts = [c for n in range(2, _MOST_PARTS + 1) for c in _cuts(form, n, forms, paired=True)]
        if cuts:
            best = min(cuts, key=lambda c: (len(c), -_frequency(c, forms)))
            return _letters_of(glued, best)
        two = _cuts(form, 2, forms, paired=False)
        return _letters_of(glued, two[0]) if len(two) == 1 and not bare else None


def _cuts(form: str, parts: int, forms: Forms, *, paired: bool) -> list[tuple[str, ...]]:
    """Return every way to cut ``form`` into ``parts`` known syllables of two letters or more."""
    if parts == 1:
        return [(form,)] if len(form) <= _LONGEST_SYLLABLE and form in forms.counts else []
    found: list[tuple[str, ...]] = []
    for at in range(2, min(_LONGEST_SYLLABLE, len(form) - 2 * (parts - 1)) + 1):
        head = unify(form[:at])  # the tone of "thuỷ" moves at the end of a word only
        if head in forms.counts and is_syllable(head):
            rest = _cuts(form[at:], parts - 1, forms, paired=paired)
            found += [(head, *tail) for tail in rest if not paired or (head, tail[0]) in forms.pairs]
    return found


def _frequency(cut: tuple[str, ...], forms: Forms) -> int:
    return min(forms.pairs[pair] for pair in pairwise(cut))


def _letters_of(glued: str, cut: tuple[str, ...]) -> tuple[str, ...]:
    """Return the typed letters cut as ``cut`` is: folding keeps the number of characters."""
    ends = [sum(len(part) for part in cut[: n + 1]) for n in range(len(cut))]
    return tuple(glued[end - len(part) : end] for part, end in zip(cut, ends, strict=True))
