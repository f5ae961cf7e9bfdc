"""Numbering and bullets at the beginning of a paragraph: what is typed, not yet whether it is a heading."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.domain import SectionKind
from ingest.vi.letters import pattern

_UPPER_AFTER = r"(?=[“\"'(]?[{UP}0-9])"
_PART = re.compile(
    r"(?P<m>(?:Phần|PHẦN)\s+(?:(?:thứ|THỨ)\s+(?P<word>\w+)|(?P<no>[IVX]{1,5}|\d{1,2})))\s*(?:[.:\-–]\s*|\s+|$)"
)
_CHAPTER = re.compile(r"(?P<m>(?:Chương|CHƯƠNG)\s+(?P<no>[IVX]{1,6}|\d{1,2}))\s*(?:[.:\-–]\s*|\s+|$)")
_GROUP = re.compile(r"(?P<m>(?:Mục|MỤC)\s+(?P<no>[IVX]{1,5}|\d{1,2}))\s*[.:\-–]\s*")
_ARTICLE = re.compile(r"(?P<m>Điều\s+(?P<no>\d{1,3})[a-zđ]?\s*[.:])\s*")
_ROMAN = pattern(rf"(?P<m>(?P<no>[IVXL]{{1,7}})\s*[.)/\-–]+)\s*{_UPPER_AFTER}")
_UPPER = pattern(rf"(?P<m>(?P<no>[A-ZĐ])(?P<sub>\d?)\s*[.)/\-–]+)\s*{_UPPER_AFTER}")
_DOTTED = pattern(r"(?P<m>(?P<no>\d{1,2}(?:\.\d{1,2}){1,3})(?:\s*[.)/:\-–])?)(?:\s+|(?=[{UP}]))(?=\S)")
_ARABIC = pattern(r"(?P<m>(?P<no>\d{1,2})\s*[./\-–])(?:\s+|(?=[{UP}]))(?=\S)")
_BARE_ARABIC = pattern(r"(?P<m>(?P<no>[1-9]\d?))\s+(?=[A-ZĐ][{LOW}])")
_LETTER = re.compile(r"(?P<m>(?P<no>[a-zđ])\s*[).])\s*(?=\S)")
_BULLET = pattern(
    r"(?P<m>[-–—]+(?=\s|[{UP}{LOW}“\"(])|[+](?=\s|[{UP}{LOW}])|[•●▪◦∙·■□➢*]|o(?=\s[{UP}\d])|"
    r"\(?[1-9]\d?\)|\([ivx]{1,4}\)|\([a-zđ]\))\s*"
)
_DEEP_BULLETS = frozenset("+o◦")
# Thứ tự: Vietnamese enumeration puts đ after d and has no f, j, w, z; some writers use the Latin order.
_LETTERS = "abcdđeghiklmnopqrstuvxy"
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_WORDS = {"nhất": 1, "hai": 2, "nhì": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8}
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50}

# Families from the outside in; a smaller rank holds the larger ones.
RANKS = {
    "annex": 5,
    "part": 10,
    "chapter": 12,
    "group": 14,
    "upper": 20,
    "roman": 30,
    "article": 35,
    "arabic1": 40,
    "arabic2": 42,
    "arabic3": 44,
    "arabic4": 46,
    "letter": 60,
}
KINDS = {
    "annex": SectionKind.ANNEX,
    "part": SectionKind.PART,
    "chapter": SectionKind.PART,
    "group": SectionKind.PART,
    "upper": SectionKind.UPPER,
    "roman": SectionKind.ROMAN,
    "article": SectionKind.ARTICLE,
    "arabic1": SectionKind.ARABIC,
    "arabic2": SectionKind.ARABIC,
    "arabic3": SectionKind.ARABIC,
    "arabic4": SectionKind.ARABIC,
    "letter": SectionKind.LETTER,
}


@dataclass(frozen=True, slots=True)
class Marker:
    """A numbering or bullet sign: ``family`` ("roman", "arabic2", "letter", "bullet" ...), ``order`` its number.

    ``end``: index in the text after the sign and its blanks. ``weak``: a bare number ("3 Xã ..."), numbering only
    where it goes on from its neighbour. ``depth``: bullet depth, 1 or 2. ``other``: the same sign read another way.
    """

    family: str
    sign: str
    order: tuple[int, ...]
    end: int
    weak: bool = False
    depth: int = 1
    other: Marker | None = None


def read_marker(text: str) -> Marker | None:
    """Return the numbering or bullet that ``text`` (visible, blanks single) opens with, None when there is none."""
    for family, form in (("part", _PART), ("chapter", _CHAPTER), ("group", _GROUP), ("article", _ARTICLE)):
        if match := form.match(text):
            number = _number(match)
            if number:
                return Marker(family, match.group("m"), (number,), match.end())
    return _read_lettered(text) or _read_numbered(text) or _read_bullet(text)


def follows(marker: Marker, order: tuple[int, ...]) -> bool:
    """Tell whether ``marker`` is the next number after ``order`` of the same family."""
    if marker.family == "letter":
        return _letter_follows(order[0], marker.order[0])
    if marker.family == "upper":
        (letter, sub), (last, last_sub) = marker.order, order
        return (letter == last + 1 and sub <= 1) or (letter == last and sub == last_sub + 1)
    return marker.order[:-1] == order[:-1] and marker.order[-1] == order[-1] + 1


def is_first(marker: Marker) -> bool:
    """Tell whether ``marker`` begins a numbering: 1, I, A, a), 2.1."""
    if marker.family == "upper":
        return marker.order[0] == 1
    if marker.family == "letter":
        return marker.order[0] == ord("a")
    return marker.order[-1] == 1


def distance(marker: Marker, order: tuple[int, ...]) -> int:
    """Return how far ``marker`` lies after ``order`` (0 = the same number again, negative = before)."""
    if marker.family == "letter":
        return _LATIN.find(_plain(marker.order[0])) - _LATIN.find(_plain(order[0]))
    if marker.order[:-1] != order[:-1] and marker.family != "upper":
        return -1
    return marker.order[0] - order[0] if marker.family == "upper" else marker.order[-1] - order[-1]


def _read_lettered(text: str) -> Marker | None:
    roman = _ROMAN.match(text)
    upper = _UPPER.match(text)
    as_upper = None
    if upper and upper.group("no") not in "Đ":
        order = (ord(upper.group("no")) - ord("A") + 1, int(upper.group("sub") or 0))
        as_upper = Marker("upper", upper.group("m"), order, upper.end())
    # A single L is the letter; I, V and X are numbers unless the letters go on there (H, I).
    if roman and roman.group("no") != "L" and (value := _roman(roman.group("no"))):
        return Marker("roman", roman.group("m"), (value,), roman.end(), other=as_upper)
    return as_upper


def _read_numbered(text: str) -> Marker | None:
    if match := _DOTTED.match(text):
        order = tuple(int(part) for part in match.group("no").split("."))
        bare = not match.group("m").endswith((".", ")", "/", ":", "-", "–"))
        if 0 not in order and (text[match.end()].isupper() or (not bare and not text[match.end()].isdigit())):
            return Marker(f"arabic{len(order)}", match.group("m"), order, match.end())
        return None
    for form, weak in ((_ARABIC, False), (_BARE_ARABIC, True)):
        match = form.match(text)
        if match and int(match.group("no")) and not (weak and len(text) > 80):
            return Marker("arabic1", match.group("m"), (int(match.group("no")),), match.end(), weak=weak)
    if match := _LETTER.match(text):
        return Marker("letter", match.group("m"), (ord(match.group("no")),), match.end())
    return None


def _read_bullet(text: str) -> Marker | None:
    match = _BULLET.match(text)
    if match is None or match.end() >= len(text):
        return None
    sign = match.group("m")
    return Marker("bullet", sign, (0,), match.end(), depth=2 if sign in _DEEP_BULLETS else 1)


def _number(match: re.Match[str]) -> int:
    word = match.groupdict().get("word")
    if word:
        return _WORDS.get(word.lower(), 0)
    number = match.group("no")
    return int(number) if number.isdigit() else _roman(number)


def _roman(text: str) -> int:
    """Return the value of a well-formed Roman number below 50, 0 for any other letters."""
    value = 0
    for sign, after in zip(text, [*text[1:], ""], strict=True):
        number = _ROMAN_VALUES.get(sign, 0)
        value += -number if number < _ROMAN_VALUES.get(after, 0) else number
    return value if 0 < value < 50 and _to_roman(value) == text else 0


def _to_roman(value: int) -> str:
    parts = []
    for number, sign in ((40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        count, value = divmod(value, number)
        parts.append(sign * count)
    return "".join(parts)


def _letter_follows(last: int, now: int) -> bool:
    a, b = chr(last), chr(now)
    for letters in (_LETTERS, _LATIN):
        if a in letters and b in letters and letters.index(b) == letters.index(a) + 1:
            return True
    return False


def _plain(code: int) -> str:
    letter = chr(code)
    return "d" if letter == "đ" else letter
