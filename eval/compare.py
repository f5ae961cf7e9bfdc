"""Whether a given answer says what an accepted one says: amounts by value and unit, words by folded containment."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from ingest.vi.normalise import fold, unify
from ingest.vi.numbers import Numeral, find_numbers
from ingest.vi.units import match_unit, to_base, unit_kind

# Words that may stand around an amount without making the answer a text.
_AROUND = frozenset(
    fold("tăng giảm đạt khoảng gần trên hơn dưới ước từ đến trở lên xuống bằng còn là và ít nhất tới đã vượt").split()
)
_UP = ("tăng", "cao hơn", "nhiều hơn", "vượt")
_DOWN = ("giảm", "thấp hơn", "ít hơn")
# A number after one of these names something (a month, a document) and counts nothing.
_NAMING = re.compile(
    r"(?:\b(?:tháng|quý|năm|ngày|số|thứ|lớp|mức|hạng|đợt|phụ lục|điều|khóa|giai đoạn)\s*|\b[ivx]+\s?/\s?)$"
)
_WORD = re.compile(r"\s?([^\W\d_]+)")
_TOKEN = re.compile(r"\d+(?:[.,/]\d+)*|\w+|%")
_DATE = re.compile(r"\b0?(\d{1,2})\s?(?:/|-|thang)\s?0?(\d{1,2})\s?(?:/|-|nam)\s?(\d{4})\b")
_SIGNED = re.compile(r"\s*([-+–−])\s?\d")
YES, NO = "co", "khong"


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount at ``text[start:end]`` in its unit without scale: "27,5 tỷ đồng" is 27500000000 "đồng"; no sign."""

    start: int
    end: int
    value: Decimal
    unit: str
    whole: Decimal | None = None
    high: Decimal | None = None


def says(given: str, accepted: str) -> bool:
    """Tell whether ``given`` says what ``accepted`` says; False for an empty given.

    Accepted amounts: each must be given with the same value, part/whole, range and direction (tăng, giảm) and an equal
    unit, and the first amount given must be one of them. Accepted words: every part (they are joined with ";") must
    stand in the given text as whole words, folded; or the given text, at least half as long, in a single part.
    """
    if not words(given):
        return False
    return _says_amounts(given, accepted) if is_amount(accepted) else _says_words(given, accepted)


def same_wording(given: str, accepted: str) -> bool:
    """Tell whether two short answers are written alike up to case, tone spelling, blanks and a final stop."""
    return _tidy(given) == _tidy(accepted)


def is_amount(text: str) -> bool:
    """Tell whether ``text`` is amounts and words around amounts only ("khoảng 91%", "tăng 05 vụ")."""
    found = amounts(text)
    rest = text
    for amount in reversed(found):
        rest = rest[: amount.start] + " " + rest[amount.end :]
    return bool(found) and all(word in _AROUND for word in words(rest))


def amounts(text: str) -> tuple[Amount, ...]:
    """Return the amounts of ``text`` in order; numbers of dates, months and documents are none."""
    low = unify(text)
    found: list[Amount] = []
    for numeral in find_numbers(text):
        if _NAMING.search(low[: numeral.start]) or re.match(r"/\w", low[numeral.end : numeral.end + 2]):
            continue
        amount = _amount(text, numeral)
        if found and _continues(text, found[-1], amount):
            first = found.pop()
            amount = Amount(first.start, amount.end, first.value + amount.value, first.unit)
        found.append(amount)
    return tuple(found)


def words(text: str) -> tuple[str, ...]:
    """Return the folded words and numbers of ``text``, dates in the one form d/m/yyyy."""
    dated = _DATE.sub(lambda match: f"{match[1]}/{match[2]}/{match[3]}", fold(text))
    return tuple(_TOKEN.findall(dated))


def _says_amounts(given: str, accepted: str) -> bool:
    wanted, offered = amounts(accepted), amounts(given)
    if not offered or not _directions(accepted) <= _directions(given):
        return False
    return any(_equal(offered[0], one) for one in wanted) and all(
        any(_equal(other, one) for other in offered) for one in wanted
    )


def _says_words(given: str, accepted: str) -> bool:
    said = words(given)
    parts = [words(part) for part in accepted.split(";")]
    if parts in ([(YES,)], [(NO,)]):
        return said[0] == parts[0][0]
    if all(_inside(part, said) for part in parts):
        return True
    return len(parts) == 1 and 2 * len(said) >= len(parts[0]) and _inside(said, parts[0])


def _inside(part: Iterable[str], whole: Iterable[str]) -> bool:
    return f" {' '.join(part)} " in f" {' '.join(whole)} "


def _amount(text: str, numeral: Numeral) -> Amount:
    unit, end = match_unit(text, numeral.end) or _noun(text, numeral.end)
    value, base = to_base(abs(numeral.value), unit)
    scaled = [to_base(part, unit)[0] if part is not None else None for part in (numeral.whole, numeral.high)]
    return Amount(numeral.start, end, value, base, *scaled)


def _noun(text: str, at: int) -> tuple[str, int]:
    """Take the word after the number for its unit where the table knows none ("37 em")."""
    match = _WORD.match(text, at)
    if match is None or fold(match[1]) in _AROUND:
        return "", at
    return unify(match[1]), match.end()


def _continues(text: str, first: Amount, second: Amount) -> bool:
    """Tell "41 tỷ" + "236 triệu đồng" from two amounts."""
    money = first.unit == second.unit and unit_kind(first.unit) == "money"
    return money and not text[first.end : second.start].strip() and second.value < first.value


def _equal(given: Amount, wanted: Amount) -> bool:
    return (
        given.value == wanted.value
        and wanted.whole in (None, given.whole)
        and given.high == wanted.high
        and _same_unit(given.unit, wanted.unit)
    )


def _same_unit(one: str, other: str) -> bool:
    """Equal, or both counts and one says the other more fully ("giấy", "giấy chứng nhận")."""
    if one == other:
        return True
    if not one or not other or {unit_kind(one), unit_kind(other)} != {"count"}:
        return False
    return f"{one} ".startswith(f"{other} ") or f"{other} ".startswith(f"{one} ")


def _directions(text: str) -> set[str]:
    low = unify(text)
    found = {name for name, signs in (("up", _UP), ("down", _DOWN)) if any(sign in low for sign in signs)}
    signs = [numeral.sign for numeral in find_numbers(text) if numeral.sign]
    # An answer may be the bare "-9,3%": in running text a dash there would be a bullet.
    if leading := _SIGNED.match(text):
        signs.append(leading[1])
    return found | {"up" if sign == "+" else "down" for sign in signs}


def _tidy(text: str) -> str:
    return " ".join(unify(text).split()).rstrip(".")
