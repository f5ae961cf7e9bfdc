"""Quantities: a numeral with what it counts ("05/12 công trình", "14 tỷ 350 triệu đồng")."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from ingest.vi.numbers import Numeral, find_numbers
from ingest.vi.units import is_unit, match_unit, scale_at, scale_factor, split_scale
from ingest.vi.word_tables import entries

_REST = re.compile(r"\s(\d{1,3})(?=\s(?:triệu|nghìn|ngàn)(?!\w))")
_NOUN = re.compile(r"\s([^\W\d_]+)")
# A word that says who of the people just counted: "28 người (22 chết, 6 mất tích)".
_STATES = ("chết", "mất tích", "bị thương", "tử vong", "nam", "nữ", "khỏi bệnh")
_NO_COUNT = frozenset(("năm", "tháng", "quý", "giờ", "phút"))  # durations
_ADULT_YEARS = 18
_SAYS_A_VALUE = re.compile(r"(?:\b(?:là|đạt|được|còn|bằng|lên|xuống|tăng|giảm|số|chiếm|có)|:)\s*$")

_LISTED_BEFORE = re.compile(r"[^\W\d_]:\s$")
_LISTED_AFTER = re.compile(r"\s*(?:[,;)•]|\.(?!\d)|$)")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity at ``text[start:end]``; ``unit_start`` is where its unit begins (== ``end`` for none).

    ``unit`` is canonical; ``value`` is in that unit, ``whole`` and ``high`` as in ``Numeral``.
    """

    start: int
    end: int
    unit_start: int
    value: Decimal
    unit: str
    whole: Decimal | None = None
    high: Decimal | None = None
    sign: str = ""


def find_quantities(text: str, low: str, mask: bytearray) -> list[Quantity]:
    """Return the quantities of ``text`` in order; ``low`` is ``unify(text)``, ``mask`` says which digits are none."""
    found: list[Quantity] = []
    for numeral in find_numbers(text):
        if any(mask[numeral.start : numeral.end]) or (found and numeral.start < found[-1].end):
            continue
        quantity = _quantity(text, low, numeral, found[-1] if found else None)
        if quantity is not None and quantity.unit not in _NO_COUNT and not _is_age(quantity):
            found.append(quantity)
    return found


def _quantity(text: str, low: str, numeral: Numeral, before: Quantity | None) -> Quantity | None:
    compound = _compound(text, low, numeral)
    if compound is not None:
        return compound
    unit = match_unit(text, numeral.end)
    if unit is None:
        unit = _state(low, numeral, before) or _counted_noun(text, low, numeral.end)
    elif numeral.dotted and text[numeral.end : unit[1]].strip() == "":
        return None
    if unit is None:
        if numeral.dotted or not _stands_alone(text, low, numeral):
            return None
        unit = ("", numeral.end)
    name, end = unit
    blank = 1 if text[numeral.end : numeral.end + 1].isspace() and end > numeral.end else 0
    return Quantity(
        numeral.start, end, numeral.end + blank, numeral.value, name, numeral.whole, numeral.high, numeral.sign
    )


def _is_age(quantity: Quantity) -> bool:
    """Tell whether it only says who is meant ("trẻ dưới 5 tuổi"), unlike a life expectancy."""
    return quantity.unit == "tuổi" and quantity.value <= _ADULT_YEARS


def _compound(text: str, low: str, numeral: Numeral) -> Quantity | None:
    """Read "14 tỷ 350 triệu đồng" as 14.350 tỷ đồng."""
    scale = scale_at(text, numeral.end)
    if scale is None or numeral.whole is not None or numeral.high is not None:
        return None
    rest = _REST.match(low, scale[1])
    unit = match_unit(text, rest.end()) if rest else None
    if rest is None or unit is None:
        return None
    smaller, base = split_scale(unit[0])
    part = Decimal(rest[1]) * scale_factor(smaller) / scale_factor(scale[0])
    if part >= 1:
        return None
    return Quantity(
        numeral.start, unit[1], numeral.end + 1, numeral.value + part, f"{scale[0]} {base}", sign=numeral.sign
    )


def _state(low: str, numeral: Numeral, before: Quantity | None) -> tuple[str, int] | None:
    after = low[numeral.end + 1 : numeral.end + 12]
    if not any(re.match(rf"{state}(?!\w)", after) for state in _STATES):
        return None
    return (before.unit if before is not None and before.unit else "người"), numeral.end


def _counted_noun(text: str, low: str, at: int) -> tuple[str, int] | None:
    """Take the next lower-case word as the unit of an unknown noun, with its scale if there is one."""
    scale = scale_at(text, at)
    start = scale[1] if scale else at
    match = _NOUN.match(low, start)
    if match is None or text[match.start(1)].isupper() or match[1] in _stops() or is_unit(match[1]):
        return None
    return (f"{scale[0]} {match[1]}" if scale else match[1]), match.end()


def _stands_alone(text: str, low: str, numeral: Numeral) -> bool:
    """A numeral without a unit counts only where it is written like a quantity and said to be a value.

    A plain integer does in a list of names and numbers: "Bò: 700, Lợn: 350".
    """
    if _LISTED_BEFORE.search(text, max(0, numeral.start - 3), numeral.start) and _LISTED_AFTER.match(text, numeral.end):
        return True
    written = text[numeral.start : numeral.end]
    glued = text[numeral.end : numeral.end + 1].isalpha()
    shaped = "," in written or "." in written
    return shaped and not glued and _SAYS_A_VALUE.search(low, max(0, numeral.start - 12), numeral.start) is not None


@cache
def _stops() -> frozenset[str]:
    return frozenset(word for line in entries("ingest.vi", "noun_stops.txt") for word in line.split())
