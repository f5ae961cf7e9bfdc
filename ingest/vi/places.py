"""Places named with their type: "xã X", "thị trấn Y", "TP. Z", and lists: "04 xã A, B, C và D"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.vi.letters import pattern

# From the smallest to the largest; the first of a chain "thôn A, xã B" names the place most closely.
LEVELS = {
    "thôn": 0, "bản": 0, "ấp": 0, "làng": 0, "buôn": 0, "tổ dân phố": 0, "khu phố": 0, "xóm": 0,
    "xã": 1, "phường": 1, "thị trấn": 1,
    "huyện": 2, "quận": 2, "thị xã": 2, "thành phố": 2, "tp": 2, "tx": 2, "tt": 1,
    "tỉnh": 3,
}  # fmt: skip
_WRITTEN_OUT = {"tp": "thành phố", "tx": "thị xã", "tt": "thị trấn"}
_TYPES = "|".join(sorted(LEVELS, key=len, reverse=True))
# "hợp tác xã X", "văn bản X" name no places.
_TYPE = re.compile(rf"(?<!\w)(?<!hợp tác )(?<!văn )(?<!phiên )({_TYPES})(?!\w)\.?\s")
_HEAD = re.compile(rf"(?:{_TYPES})\.?\s+", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
# A capital followed by small letters ("Hòa", "A-La"), or a capital alone ("Y", "Ô").
_NAME = pattern(r"[{UP}][{LOW}]*(?:['’-][{UP}{LOW}][{LOW}]*)*")
_NEXT = re.compile(r",\s|\s(?:và|hoặc)\s")
_SEVERAL = re.compile(r"(?<!\w)(?:\d+|các|những|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)\s$")
_NAME_DONE = re.compile(r"\s?(?:[,.;:)]|$)|\s(?:và|hoặc)\s")
_MAX_WORDS = 4
# "Tình hình từng khu phố", "theo xã": what the bare names of a list are.
_LISTED = re.compile(rf"(?<!\w)(?:từng|theo|theo từng|các|mỗi)\s(?P<type>{_TYPES})(?!\w)(?!\s[^\W\d]+\s(?:có|đạt|đã))")
# "tỉnh Quý III đạt": the period a clause goes on with.
_PERIOD = re.compile(r"(?:quý|tháng|năm)\s(?:[ivx]+|\d+)(?!\w)")
_ROUTE = pattern(r"\s[-–]\s[{UP}]")


@dataclass(frozen=True, slots=True)
class Place:
    """A place at ``text[start:end]``; ``name`` has its type in lower case; ``level``: 0 thôn to 3 tỉnh.

    For a further name of a list ("xã A và B") ``text[start:end]`` is the bare name.
    """

    start: int
    end: int
    name: str
    level: int


def find_places(text: str, low: str) -> list[Place]:
    """Return the places of ``text`` in order; ``low`` is ``unify(text)``. A type without a proper name is none.

    Words in capitals name none: in a heading it cannot be seen where a name ends. The names of a list have the type
    of its first one.
    """
    found: list[Place] = []
    for match in _TYPE.finditer(low):
        written = match[1]
        if text[match.start(1) : match.end(1)].isupper() and written not in _WRITTEN_OUT:
            continue
        if found and match.start() < found[-1].end:
            continue  # "xã Bản Mới" is no "bản Mới"
        kind = _WRITTEN_OUT.get(written, written)
        several = _SEVERAL.search(low, max(0, match.start() - 8), match.start()) is not None
        start, at = match.start(), match.end()
        if _PERIOD.match(low, at):
            continue
        if written == "tt" and text.count(" ", at, _name_end(text, at)) == 0:
            continue  # "TT Y tế", "TT Huyện ủy": a centre or a committee
        if text[start].isupper() and _ROUTE.match(text, _name_end(text, at)):
            continue  # "Đường Bản Mới - Suối Lớn" names a road
        while (end := _name_end(text, at)) > at:
            found.append(Place(start, end, f"{kind} {text[at:end]}", LEVELS[written]))
            following = _NEXT.match(text, end)
            if following is None or not _goes_on(text, low, following.end(), several=several):
                break
            start = at = following.end()
    return found


def bare_name(text: str) -> str | None:
    """Return a proper name that stands alone ("Minh Tân" before a colon), or None. Two to four words, all capital."""
    words = text.split()
    if not 2 <= len(words) <= _MAX_WORDS:
        return None
    return text if all(_is_name(word) for word in words) else None


def listed_type(low: str) -> str:
    """Return the type that the bare names of a list have by its heading ("tình hình từng xã": "xã"), "" for none.

    ``low`` is unified text; the last such word counts.
    """
    said = [match["type"] for match in _LISTED.finditer(low)]
    return _WRITTEN_OUT.get(said[-1], said[-1]) if said else ""


def without_type(name: str) -> str:
    """Return a place name without its type: "xã Minh Tân" gives "Minh Tân"; unchanged when it has none."""
    return _HEAD.sub("", name, count=1) if _HEAD.match(name) else name


def type_of(name: str) -> str:
    """Return the type a place name starts with, in lower case and written out ("TP. X" gives "thành phố"), or ""."""
    head = _HEAD.match(name)
    written = head[0].strip(" .").lower() if head else ""
    return _WRITTEN_OUT.get(written, written)


def _goes_on(text: str, low: str, at: int, *, several: bool) -> bool:
    """Tell whether a list of places goes on at ``text[at:]``.

    After "xã A" alone the next name must be one of two words that ends where it ends: not "xã A, Hội Nông dân".
    """
    end = _name_end(text, at)
    if end == at or _TYPE.match(low, at):
        return False
    return several or (" " in text[at:end] and _NAME_DONE.match(text, end) is not None)


def _name_end(text: str, at: int) -> int:
    end = position = at
    for _ in range(_MAX_WORDS):
        match = _WORD.match(text, position)
        if match is None or not _is_name(match[0]):
            break
        end = match.end()
        position = end + 1
        if text[end:position] != " ":
            break
    return end


def _is_name(word: str) -> bool:
    return _NAME.fullmatch(word) is not None
