"""Canonical form, folding and tone spelling.

Three forms of a text, from strict to lax:

- ``canonical``: what is stored. NFC, otherwise as the author wrote it, one newline style.
- ``unify``: what is compared and embedded. Lower case, one tone spelling (``hoà`` -> ``hòa``), ``Ð`` -> ``đ``,
  full-width forms to ASCII, odd blanks to blanks. Keeps the number of characters.
- ``fold``: ``unify`` without accents. Keeps the number of characters, so offsets hold in all three.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

# Zero-width characters and variation selectors carry no sense and hide instructions (OWASP LLM01).
_INVISIBLE = re.compile("[\u200b-\u200d\u2060\ufeff\u00ad\ufe00-\ufe0f\U000e0000-\U000e007f]")
_ODD_BLANK = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")

# What ``str.lower`` treats otherwise than ``_lower`` does: letters of its own rule, and a sigma by what follows it.
_OWN_RULE = re.compile("[\u00d0\u0130\u03a3\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\uff01-\uff5e]")
_SHORT = 200  # characters of a text worth keeping

# Old-style tone placement on oa, oe, uy: the mark moves from the second vowel to the first
# in open syllables ("hoà" -> "hòa"). In closed syllables ("toán") both styles agree.
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_OPEN_PAIR = re.compile(r"(?<!q)(o[àáãảạ]|o[èéẽẻẹ]|u[ỳýỹỷỵ])(?![a-zà-ỹđ])")


def canonical(text: str) -> str:
    """Return ``text`` as it is stored: NFC, ``\\n`` line ends, no invisible characters. Idempotent."""
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", composed))


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
