"""Places named with their type: "xã X", "thị trấn Y", "TP. Z"."""

from __future__ import annotations

import re
from dataclasses import dataclass

# From the smallest to the largest; the first of a chain "thôn A, xã B" names the place most closely.
_LEVELS = {
    "thôn": 0, "bản": 0, "ấp": 0, "làng": 0, "buôn": 0, "tổ dân phố": 0, "xóm": 0,
    "xã": 1, "phường": 1, "thị trấn": 1,
    "huyện": 2, "quận": 2, "thị xã": 2, "thành phố": 2, "tp": 2, "tx": 2, "tt": 1,
    "tỉnh": 3,
}  # fmt: skip
_WRITTEN_OUT = {"tp": "thành phố", "tx": "thị xã", "tt": "thị trấn"}
_TYPE = re.compile(r"(?<!\w)(" + "|".join(sorted(_LEVELS, key=len, reverse=True)) + r")(?!\w)\.?\s")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Place:
    """A place at ``text[start:end]``; ``name`` has its type in lower case; ``level``: 0 thôn to 3 tỉnh."""

    start: int
    end: int
    name: str
    level: int


def find_places(text: str, low: str) -> list[Place]:
    """Return the places of ``text`` in order; ``low`` is ``unify(text)``. A type without a proper name is none."""
    found: list[Place] = []
    for match in _TYPE.finditer(low):
        if text[match.start(1) : match.end(1)].isupper() and match[1] not in _WRITTEN_OUT:
            continue  # a heading in capitals: where its name ends cannot be seen
        end = _name_end(text, match.end())
        if end == match.end():
            continue
        kind = _WRITTEN_OUT.get(match[1], match[1])
        found.append(Place(match.start(), end, f"{kind} {text[match.end() : end]}", _LEVELS[match[1]]))
    return found


def bare_name(text: str) -> str | None:
    """Return a proper name that stands alone ("Minh Tân" before a colon), or None. Two to four words, all capital."""
    words = text.split()
    if not 2 <= len(words) <= 4:
        return None
    return text if all(_is_name(word) for word in words) else None


def _name_end(text: str, at: int) -> int:
    end = position = at
    while match := _WORD.match(text, position):
        if not _is_name(match[0]):
            break
        end = match.end()
        position = end + 1
        if text[end:position] != " ":
            break
    return end


def _is_name(word: str) -> bool:
    return word[:1].isupper() and (word[1:].islower() or (len(word) == 1) or not word.isupper())
