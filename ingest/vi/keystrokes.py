"""Telex and VNI keystrokes left in a typed word -> the syllable they were meant to make.

Telex marks with letters (``aa`` â, ``dd`` đ, ``ow`` ơ; ``s f r x j`` the five tones), VNI with digits (``a6`` â,
``d9`` đ, ``o7`` ơ, ``a8`` ă; ``1``-``5`` the tones). Either mark may stand anywhere behind the letter it belongs to.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from ingest.vi.normalise import unify

_TELEX_TONES = {"f": "\u0300", "s": "\u0301", "x": "\u0303", "r": "\u0309", "j": "\u0323"}
_VNI_TONES = {"2": "\u0300", "1": "\u0301", "4": "\u0303", "3": "\u0309", "5": "\u0323"}
_VNI_MARKS = {"6": "aâeêoô", "8": "aă", "9": "dđ"}
_TONES = frozenset(_TELEX_TONES.values())
_VOWELS = "aăâeêioôơuưy"
_MARKED = "ăâêôơư"
_ONSET = re.compile(r"(?:qu|gi)(?=[aăâeêioôơuưy])|[^aăâeêioôơuưy]*")
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|gh|gi|kh|ch|ph|th|tr|qu|[bcdđghklmnprstvx])?[aăâeêioôơuưy]{1,3}(?:ch|ng|nh|c|m|n|p|t)?"
)
# Takes the letters so far (changed in place) and a key; returns the tone it sets, "" for a mark, None for a letter.
_Press = Callable[[list[str], str], str | None]


def from_telex(word: str) -> str | None:
    """Return the unified syllable Telex makes of ``word`` ("nanj" -> "nạn"); None when it has no key or makes none."""
    return _typed(unify(word), _telex)


def from_vni(word: str) -> str | None:
    """Return the unified syllable VNI makes of ``word`` ("na5n" -> "nạn"); None when it has no key or makes none."""
    return _typed(unify(word), _vni)


def is_syllable(word: str) -> bool:
    """Tell whether ``word`` (unified, with accents or without) has the shape of one Vietnamese syllable."""
    bare = unicodedata.normalize("NFC", "".join(c for c in unicodedata.normalize("NFD", word) if c not in _TONES))
    return _SYLLABLE.fullmatch(bare) is not None


def _typed(word: str, press: _Press) -> str | None:
    letters: list[str] = []
    tone, pressed = "", False
    for key in word:
        done = press(letters, key)
        if done is None:
            letters.append(key)
        else:
            pressed = True
            tone = done or tone
    made = "".join(letters)
    return _with_tone(made, tone) if pressed and _SYLLABLE.fullmatch(made) else None


def _telex(letters: list[str], key: str) -> str | None:
    if key in _TELEX_TONES:
        return _TELEX_TONES[key] if any(c in _VOWELS for c in letters) else None
    if key == "d" and letters[:1] == ["d"]:
        letters[0] = "đ"
        return ""
    if key in "aeo" and key in letters:
        letters[letters.index(key)] = {"a": "â", "e": "ê", "o": "ô"}[key]
        return ""
    return _horn(letters, carriers="aou") if key == "w" else None


def _horn(letters: list[str], *, carriers: str) -> str | None:
    """Mark the last of ``carriers`` among the letters, uo as a whole: ươ; None when there is none of them."""
    for at in range(len(letters) - 1, -1, -1):
        if letters[at] in carriers or letters[at] == "ơ":
            if letters[at] in "oơ" and letters[at - 1 : at] == ["u"]:
                letters[at - 1] = "ư"
            letters[at] = {"a": "ă", "o": "ơ", "u": "ư", "ơ": "ơ"}[letters[at]]
            return ""
    return None


def _vni(letters: list[str], key: str) -> str | None:
    if key in _VNI_TONES:
        return _VNI_TONES[key] if any(c in _VOWELS for c in letters) else None
    if key == "7":
        return _horn(letters, carriers="ou")
    marks = _VNI_MARKS.get(key, "")
    for at in range(len(letters) - 1, -1, -1):
        if letters[at] in marks[::2]:
            letters[at] = marks[marks.index(letters[at]) + 1]
            return ""
    return None


def _with_tone(bare: str, tone: str) -> str:
    """Put the combining ``tone`` on the vowel that carries it: a marked one, else by the coda (new spelling undone)."""
    onset = _ONSET.match(bare)
    start = onset.end() if onset else 0
    at = [i for i in range(start, len(bare)) if bare[i] in _VOWELS]
    marked = [i for i in at if bare[i] in _MARKED]
    if not tone or not at:
        return unify(bare)
    closed = at[-1] < len(bare) - 1
    place = marked[-1] if marked else at[-1] if closed or len(at) == 1 else at[-2]
    return unify(unicodedata.normalize("NFC", bare[: place + 1] + tone + bare[place + 1 :]))
