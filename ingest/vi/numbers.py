"""Vietnamese numerals: dot for thousands, comma for decimals ("2.315,450"), part/whole, ranges, number words.

Offsets are 0-based, half-open, in characters of the text given.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from ingest.vi.normalise import fold, unify

# "41,256" is a decimal with three places, never thousands: the comma has one meaning in Vietnamese.
_GROUPED = r"[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?"
_PLAIN = r"[0-9]+(?:,[0-9]+)?"
_DOTTED = r"[0-9]+\.[0-9]+"  # a spreadsheet export's decimals ("1642.09"), or half of a date
_ONE = rf"(?:{_GROUPED}|{_PLAIN}|{_DOTTED})(?![0-9]|[.,][0-9])"
_NUMERAL = re.compile(
    rf"(?<!\w)(?<![0-9][.,/])(?P<first>{_ONE})(?:(?P<join>\s?/\s?|\s?[-–—]\s?)(?P<second>{_ONE}))?(?!/[0-9])"
)
_WHOLE_CELL = re.compile(rf"\s*(?P<sign>[-–−+])?\s?(?P<number>{_ONE})\s*")
_SIGNS = "-–−"


@dataclass(frozen=True, slots=True)
class Numeral:
    """A numeral at ``text[start:end]``.

    ``whole``: second number of part/whole ("05/12"); ``high``: upper end of a range ("7,5-8"); ``value`` is then the
    first. ``sign``: "+" or "-" where one is written; ``value`` carries it. ``dotted``: decimals written with a dot.
    """

    start: int
    end: int
    value: Decimal
    whole: Decimal | None = None
    high: Decimal | None = None
    sign: str = ""
    dotted: bool = False


def parse_number(text: str, *, dot_decimals: bool = False) -> Decimal | None:
    """Return the value of a text that is one number and nothing else, or None.

    Digits with an optional sign, or number words up to the thousands of millions ("mười hai", "ba tram linh nam").
    ``dot_decimals``: read "1.642" as one and a bit (spreadsheet exports). "1642.09" is read that way in any case.
    """
    match = _WHOLE_CELL.fullmatch(text)
    if match is None:
        return _parse_words(text)
    value = _value(match["number"], dot_decimals=dot_decimals)
    return -value if (match["sign"] or "") in _SIGNS and match["sign"] else value


def find_numbers(text: str) -> list[Numeral]:
    """Return the digit numerals of ``text`` in order, without overlap; [] for none.

    A numeral glued to letters before it (KT4, Km9) is a name and left out; letters after it (60m) are a unit.
    """
    found: list[Numeral] = []
    position = 0
    while match := _NUMERAL.search(text, position):
        numeral = _numeral(text, match)
        found.append(numeral)
        position = numeral.end
    return found


def format_number(value: Decimal) -> str:
    """Return ``value`` in Vietnamese style, all decimals kept: Decimal("2315.450") gives "2.315,450".

    Raises ValueError for an infinity or a NaN.
    """
    if not value.is_finite():
        raise ValueError(f"not a number: {value}")
    whole, _, decimals = format(abs(value), "f").partition(".")
    grouped = f"{int(whole):,}".replace(",", ".")
    sign = "-" if value < 0 else ""
    return f"{sign}{grouped},{decimals}" if decimals else f"{sign}{grouped}"


def is_dotted(text: str) -> bool:
    """Tell whether a numeral can only be one with a decimal dot ("1642.09", "389.4")."""
    return re.fullmatch(_DOTTED, text) is not None and re.fullmatch(_GROUPED, text) is None


def _numeral(text: str, match: re.Match[str]) -> Numeral:
    first, second, join = match["first"], match["second"], (match["join"] or "").strip()
    value = _value(first)
    sign = _sign(text, match.start())
    start = match.start() - len(sign)
    if sign and sign in _SIGNS:
        sign, value = "-", -value
    whole = high = None
    end = match.end("first")
    if second is not None and join == "/":
        whole, end = _value(second), match.end("second")
    elif second is not None and _value(second) > value and is_dotted(first) == is_dotted(second):
        high, end = _value(second), match.end("second")
    return Numeral(start, end, value, whole, high, sign, is_dotted(first))


def _sign(text: str, at: int) -> str:
    """A sign is one only after a bracket, a colon or a word: "(-3,1%)"; else it is a bullet or a dash."""
    if at == 0 or text[at - 1] not in "+-–−":
        return ""
    before = text[: at - 1][-2:]
    opened = before.endswith(("(", ":", ": ")) or (before.endswith(" ") and before[:1].isalpha())
    return text[at - 1] if opened else ""


def _value(number: str, *, dot_decimals: bool = False) -> Decimal:
    if is_dotted(number) or (dot_decimals and "," not in number and number.count(".") == 1):
        return Decimal(number)
    return Decimal(number.replace(".", "").replace(",", "."))


_DIGIT_WORDS = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]
_SYNONYMS = {"mốt": "một", "tư": "bốn", "lăm": "năm", "nhăm": "năm", "bẩy": "bảy", "ngàn": "nghìn", "tỉ": "tỷ"}
_SCALES = {"nghìn": 1_000, "triệu": 1_000_000, "tỷ": 1_000_000_000}
_SILENT = {"linh", "lẻ"}


def _parse_words(text: str) -> Decimal | None:
    words = unify(text).split()
    if not words:
        return None
    if all(word == fold(word) for word in words):
        words = _restore(words)
    words = [_SYNONYMS.get(word, word) for word in words]
    if words[0] in _SCALES or words[-1] in _SILENT:
        return None
    total = group = 0
    for word in words:
        if word in _SCALES:
            # "ba nghìn tỷ": a larger scale takes in what stands before it.
            whole, rest = divmod(total, _SCALES[word] * 1_000)
            total, group = whole * _SCALES[word] * 1_000 + (rest + group) * _SCALES[word], 0
            continue
        grown = _grow(group, word)
        if grown is None:
            return None
        group = grown
    return Decimal(total + group)


def _grow(group: int, word: str) -> int | None:
    """Add one word to a group under a thousand; None when it cannot follow."""
    if word in _DIGIT_WORDS:
        return group + _DIGIT_WORDS.index(word) if group % 10 == 0 else None
    if word == "mười":
        return group + 10 if group % 100 == 0 else None
    if word == "mươi":
        return group + group % 10 * 9 if 0 < group % 100 < 10 else None
    if word == "trăm":
        return group * 100 if group < 10 else None
    return group if word in _SILENT else None


def _restore(words: list[str]) -> list[str]:
    """Give words typed without accents their accents; "muoi" is the tens after a digit, else ten."""
    known = {fold(word): word for word in (*_SILENT, *_SCALES, *_SYNONYMS, *_DIGIT_WORDS, "trăm")}
    restored: list[str] = []
    for word in words:
        tens = "mươi" if restored and restored[-1] in _DIGIT_WORDS else "mười"
        restored.append(tens if word == "muoi" else known.get(word, word))
    return restored
