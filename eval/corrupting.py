"""A true sentence made false in one way: numbers, units, directions, periods and places, drawn from a seed.

Every function returns None where its way does not apply. A ``Basis`` tells what the sentence rests on: a false number
must not stand there by chance.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ingest.domain import PeriodKind, Span
from ingest.vi.normalise import unify
from ingest.vi.numbers import Numeral, find_numbers, parse_number
from ingest.vi.periods import find_periods
from ingest.vi.units import match_unit, same_unit, split_scale


@dataclass(frozen=True, slots=True)
class Basis:
    """The quotes a sentence rests on, and the years its report is about (said of those it may be true)."""

    quotes: tuple[str, ...]
    years: frozenset[int] = frozenset()


Corrupt = Callable[[str, Basis, random.Random], str | None]
_OTHER_UNITS = ("người", "vụ", "ha", "con", "tấn", "%", "hộ", "km")
_OTHER_SCALE = {"tỷ": "triệu", "triệu": "tỷ", "nghìn tỷ": "tỷ", "nghìn": "triệu"}
_TURNED = {"tăng": "giảm", "giảm": "tăng", "cao hơn": "thấp hơn", "thấp hơn": "cao hơn", "vượt": "hụt"}
# A direction said of a number: nothing between but words ("tăng mạnh 11 vụ"), or a number right before it.
_DIRECTION = re.compile(r"(?<!\w)(tăng|giảm|cao hơn|thấp hơn|vượt)(?=(?:\s[^\W\d]+){0,2}\s[0-9])", re.IGNORECASE)
_ROMAN = ("I", "II", "III", "IV")
_YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?![\d.,])")
_MONTH = re.compile(r"((?:tháng|Tháng)\s)(0?[1-9]|1[0-2])(?!\d)")
_QUARTER = re.compile(r"((?:quý|Quý)\s)(IV|I{1,3}|[1-4])(?!\w)")
_TRIES = 12


def other_digit(text: str, basis: Basis, draw: random.Random) -> str | None:
    """Return ``text`` with one digit of one number changed."""

    def change(written: str) -> str:
        at = draw.choice([i for i, ch in enumerate(written) if ch.isdigit()])
        return written[:at] + draw.choice([d for d in "123456789" if d != written[at]]) + written[at + 1 :]

    return _number_changed(text, basis, draw, change)


def swapped_digits(text: str, basis: Basis, draw: random.Random) -> str | None:
    """Return ``text`` with two unlike digits side by side of one number swapped."""

    def change(written: str) -> str | None:
        places = [m.start() for m in re.finditer(r"(?=(\d)(?!\1)\d)", written)]
        if not places:
            return None
        at = draw.choice(places)
        return written[:at] + written[at + 1] + written[at] + written[at + 2 :]

    return _number_changed(text, basis, draw, change)


def moved_comma(text: str, basis: Basis, draw: random.Random) -> str | None:
    """Return ``text`` with the decimal comma of one number moved, made a dot for thousands, or put in."""

    def change(written: str) -> str | None:
        whole, comma, decimals = written.partition(",")
        if comma and len(decimals) == 3 and "." not in whole and draw.random() < 0.5:
            return f"{whole}.{decimals}"
        if comma:
            return f"{whole}{decimals[0]},{decimals[1:]}".rstrip(",")
        return f"{written[:-1]},{written[-1]}" if len(written) > 1 and "." not in written else None

    return _number_changed(text, basis, draw, change)


def other_part(text: str, basis: Basis, draw: random.Random) -> str | None:
    """Return ``text`` with the part or the whole of a "10/13" changed."""
    found = [n for n in _countable(text) if n.whole is not None]
    if not found:
        return None
    written = text[(number := draw.choice(found)).start : number.end]
    part, slash, whole = written.partition("/")
    if draw.random() < 0.5:
        whole = _more(whole, draw)
    else:
        part = _more(part, draw)
    return text[: number.start] + part + slash + whole + text[number.end :]


def other_unit(text: str, basis: Basis, draw: random.Random) -> str | None:
    """Return ``text`` with the unit of one number changed: another scale of money, or another thing counted."""
    found = [(n, unit) for n in _countable(text) if (unit := match_unit(text, n.end)) is not None]
    if not found:
        return None
    number, (name, end) = draw.choice(found)
    scale, base = split_scale(name)
    if scale in _OTHER_SCALE:
        other = f"{_OTHER_SCALE[scale]} {base}"
    else:
        # A unit another number of the quotes has as well is the hard case.
        known = [u for u in _OTHER_UNITS if not same_unit(u, name)]
        other = draw.choice(known)
    glue = "" if other == "%" else " "
    return text[: number.end] + glue + other + text[end:]


def turned(text: str, basis: Basis, draw: random.Random) -> str | None:
    """Return ``text`` with one direction turned round: a rise of a number told as a fall, or the other way."""
    found = list(_DIRECTION.finditer(text))
    if not found:
        return None
    match = draw.choice(found)
    other = _TURNED[match[1].lower()]
    return text[: match.start()] + (other.capitalize() if match[1][0].isupper() else other) + text[match.end() :]


def other_year(text: str, basis: Basis, draw: random.Random) -> str | None:
    """Return ``text`` with one year changed, or said of a year that is neither in the text nor in the quotes."""
    found = [m for m in _YEAR.finditer(text) if any(s.start <= m.start() < s.end for s, _ in find_periods(text))]
    taken = {int(year[0]) for part in (text, *basis.quotes) for year in _YEAR.finditer(part)}
    if found:
        match = draw.choice(found)
        year = int(match[0]) + draw.choice([-3, -2, -1, 1, 2, 3])
        return text[: match.start()] + str(year) + text[match.end() :]
    year = draw.choice([y for y in range(2008, 2031) if y not in taken | basis.years])
    return f"Năm {year}, {text[:1].lower()}{text[1:]}"


def other_quarter(text: str, basis: Basis, draw: random.Random) -> str | None:
    """Return ``text`` with one quarter changed."""
    found = list(_QUARTER.finditer(text))
    if not found:
        return None
    match = draw.choice(found)
    own = _ROMAN.index(match[2]) if match[2] in _ROMAN else int(match[2]) - 1
    other = _ROMAN[(own + draw.randint(1, 3)) % 4]
    return text[: match.start(2)] + other + text[match.end(2) :]


def other_month(text: str, basis: Basis, draw: random.Random) -> str | None:
    """Return ``text`` with one month ("tháng 3") changed."""
    spans = [s for s, p in find_periods(text) if p.kind is PeriodKind.MONTH]
    found = [m for m in _MONTH.finditer(text) if any(s.start <= m.start() < s.end for s in spans)]
    if not found:
        return None
    match = draw.choice(found)
    other = (int(match[2]) - 1 + draw.randint(1, 11)) % 12 + 1
    return text[: match.start(2)] + str(other) + text[match.end(2) :]


def number_of_another(text: str, basis: Basis, draw: random.Random, *, alike: bool) -> str | None:
    """Return ``text`` with one number replaced by another of the same quotes, its unit kept.

    ``alike``: one of the same unit (the hardest fault there is); else of another unit: "18 vụ" becomes "22 vụ" where
    22 people are told of.
    """
    own = [(n, _unit_at(text, n)) for n in _countable(text)]
    others = [(quote[n.start : n.end], n, _unit_at(quote, n)) for quote in basis.quotes for n in _countable(quote)]
    pairs = [
        (number, written)
        for number, unit in own
        for written, other, its in others
        if other.value != number.value
        and number.whole is None
        and other.whole is None
        and unit
        and bool(its)
        and same_unit(unit, its) is alike
        and not _said_of(other.value, unit, basis.quotes, alike=alike)
    ]
    if not pairs:
        return None
    number, written = draw.choice(pairs)
    return text[: number.start] + written + text[number.end :]


def _said_of(value: Decimal, unit: str, quotes: Sequence[str], *, alike: bool) -> bool:
    """Tell whether a number stands with this unit in the quotes too ("22 vụ" beside "22 người"): then it is alike."""
    if alike:
        return False
    return any(
        n.value == value and same_unit(_unit_at(quote, n) or unit, unit) for quote in quotes for n in _countable(quote)
    )


def _more(written: str, draw: random.Random) -> str:
    return str(int(re.sub(r"\D", "", written)) + draw.randint(1, 9))


def _number_changed(text: str, basis: Basis, draw: random.Random, change: Callable[[str], str | None]) -> str | None:
    found = _countable(text)
    known = {part for quote in basis.quotes for n in find_numbers(quote) for part in (n.value, n.whole, n.high)}
    for _ in range(_TRIES if found else 0):
        number = draw.choice(found)
        pieces = list(re.finditer(r"\d[\d.,]*", text[number.start : number.end]))
        piece = draw.choice(pieces)
        start, end = number.start + piece.start(), number.start + piece.end()
        written = change(text[start:end])
        value = parse_number(written) if written else None
        if written and value is not None and value not in known and value != parse_number(text[start:end]):
            return text[:start] + written + text[end:]
    return None


def _countable(text: str) -> list[Numeral]:
    """Return the numbers of ``text`` but those of periods."""
    periods: list[Span] = [span for span, _ in find_periods(text)]
    return [n for n in find_numbers(text) if not any(s.start <= n.start < s.end for s in periods)]


def _unit_at(text: str, number: Numeral) -> str:
    unit = match_unit(text, number.end)
    return unify(unit[0]) if unit else ""


WAYS: dict[str, Corrupt] = {
    "digit": other_digit,
    "digits swapped": swapped_digits,
    "comma": moved_comma,
    "part or whole": other_part,
    "unit": other_unit,
    "direction": turned,
    "year": other_year,
    "quarter": other_quarter,
    "month": other_month,
    "number of another, other unit": lambda text, basis, draw: number_of_another(text, basis, draw, alike=False),
    "number of another, same unit": lambda text, basis, draw: number_of_another(text, basis, draw, alike=True),
}
