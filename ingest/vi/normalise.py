"""Canonical form, folding and tone spelling.

Three forms of a text, from strict to lax:

- ``canonical``: what is stored. NFC, otherwise as the author wrote it; damage of the encoding repaired.
- ``unify``: what is compared and embedded. Lower case, one tone spelling (``hoà`` -> ``hòa``), ``Ð`` -> ``đ``,
  full-width forms to ASCII, odd blanks to blanks. Keeps the number of characters.
- ``fold``: ``unify`` without accents. Keeps the number of characters, so offsets hold in all three.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from ingest.vi.characters import plain_characters, with_capitals_closed, with_marks_joined, with_own_letters

_MAX_PASSES = 8  # one repair may make way for another; two passes are usual
_ODD_BLANK = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")

# What ``str.lower`` treats otherwise than ``_lower`` does: letters of its own rule, and a sigma by what follows it.
_OWN_RULE = re.compile("[\u00d0\u0130\u03a3\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\uff01-\uff5e]")
_SHORT = 200  # characters of a text worth keeping

# Old-style tone placement on oa, oe, uy: the mark moves from the second vowel to the first
# in open syllables ("hoà" -> "hòa"). In closed syllables ("toán") both styles agree.
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_OPEN_PAIR = re.compile(r"(?<!q)(o[àáãảạ]|o[èéẽẻẹ]|u[ỳýỹỷỵ])(?![a-zà-ỹđ])")


def canonical(text: str) -> str:
    """Return ``text`` as it is stored: Unicode NFC and ``\\n`` line ends, otherwise as the author wrote it. Idempotent.

    What goes through a keyboard, a font or a converter and comes out as another character counts as repair of the
    encoding, not of the wording: blanks of all widths become blanks, invisible characters go, ``Ð`` and ``ð`` become
    ``Đ`` and ``đ``, full-width and joined letters plain ones, loose accents join their letter, a look-alike from
    another script inside a Vietnamese word becomes its letter, spaced-out capitals close up. A word that was typed
    wrong stays wrong. Spans count characters of what this returns. Old encodings: ``legacy`` and ``recognise``.
    """
    for _ in range(_MAX_PASSES):
        before, text = text, _repaired(text)
        if text == before:
            break
    return text


def _repaired(text: str) -> str:
    plain = plain_characters(text)
    if plain.isascii():
        return plain
    composed = with_marks_joined(unicodedata.normalize("NFC", plain))
    return unicodedata.normalize("NFC", with_capitals_closed(with_own_letters(composed)))


def unify(text: str) -> str:
    """Return canonical ``text`` for comparing: lower case, one tone spelling. Same length as ``text``."""
    return _unified_before(text) if len(text) <= _SHORT else _unified(text)


def fold(text: str) -> str:
    """Return ``unify(text)`` without accents and with ``đ`` as ``d``. Same length as ``text``."""
    return _folded_before(text) if len(text) <= _SHORT else _unified(text).translate(_BARE)


def _unified(text: str) -> str:
    low = text.translate(_LOWER) if _OWN_RULE.search(text) else text.lower()
    return low if low.isascii() else _OPEN_PAIR.sub(lambda m: _move_tone(m.group(0)), low)


# Words, clauses and headings are compared again and again.
@lru_cache(maxsize=8192)
def _unified_before(text: str) -> str:
    return _unified(text)


@lru_cache(maxsize=8192)
def _folded_before(text: str) -> str:
    return _unified(text).translate(_BARE)


def has_accents(text: str) -> bool:
    """Tell whether any letter of ``text`` carries a Vietnamese accent (``đ`` counts)."""
    return unify(text) != fold(text)


def _lower(ch: str) -> str:
    if ch in "ÐđĐ":
        return "đ"
    if _ODD_BLANK.match(ch):
        return " "
    narrow = unicodedata.normalize("NFKC", ch) if "\uff01" <= ch <= "\uff5e" else ch
    low = narrow.lower()
    return low if len(low) == 1 else ch


def _bare(ch: str) -> str:
    if ch == "đ":
        return "d"
    base = unicodedata.normalize("NFD", ch)[0]
    return base if base.isascii() else ch


class _Letters(dict[int, str]):
    """A translation table that works each character out once: texts are folded far too often to do it again."""

    def __init__(self, rule: Callable[[str], str]) -> None:
        super().__init__()
        self._rule = rule

    def __missing__(self, code: int) -> str:
        self[code] = self._rule(chr(code))
        return self[code]


_LOWER = _Letters(_lower)
_BARE = _Letters(_bare)


def _move_tone(pair: str) -> str:
    first, second = pair[0], unicodedata.normalize("NFD", pair[1])
    tone = next(c for c in second if c in _TONES)
    return unicodedata.normalize("NFC", first + tone) + unicodedata.normalize("NFC", second.replace(tone, ""))
