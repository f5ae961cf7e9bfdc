"""A true sentence said in other words and still true: what a guard must let through."""

from __future__ import annotations

import re
from collections.abc import Callable

from ingest.vi.normalise import unify
from ingest.vi.numbers import find_numbers, format_number
from ingest.vi.quantities import find_quantities
from ingest.vi.units import split_scale

Reword = Callable[[str, str], str | None]
_SMALLER = {"tỷ": ("triệu", 1000), "nghìn tỷ": ("tỷ", 1000), "triệu": ("nghìn", 1000)}
_ZERO = re.compile(r"(?<![\d.,/-])0(?=[1-9](?:\s[^\W\d]))")
_CLAUSE_END = re.compile(r"[,;](?=\s)|\.(?=\s|$)")
_WORDS = {"xảy ra": "ghi nhận", "so với cùng kỳ": "so cùng kỳ", "trên địa bàn": "tại địa bàn", "tổng số": "số"}
_MIN_CLAUSE_CHARS = 12


def smaller_scale(text: str, _figure: str) -> str | None:
    """Return ``text`` with money in the next smaller scale: "1,5 tỷ đồng" becomes "1.500 triệu đồng"."""
    changed = text
    for one in reversed(find_quantities(text, unify(text), bytearray(len(text)))):
        scale, base = split_scale(one.unit)
        if scale not in _SMALLER or base.split("/")[0] != "đồng" or one.whole is not None or one.high is not None:
            continue
        name, factor = _SMALLER[scale]
        written = format_number((one.value * factor).normalize() + 0)
        changed = f"{changed[: one.start]}{written} {name} {base}{changed[one.end :]}"
    return changed if changed != text else None


def without_zero(text: str, _figure: str) -> str | None:
    """Return ``text`` with "02 vụ" as "2 vụ"."""
    changed = _ZERO.sub("", text)
    return changed if changed != text else None


def clause_only(text: str, figure: str) -> str | None:
    """Return the clause of ``text`` in which ``figure`` stands; None where that is all of it or it stands in none."""
    at = text.find(figure) if figure else -1
    if at < 0:
        return None
    ends = [match.start() for match in _CLAUSE_END.finditer(text)]
    start = max((end + 1 for end in ends if end < at), default=0)
    end = min((end for end in ends if end >= at + len(figure)), default=len(text))
    clause = text[start:end].strip()
    whole = len(clause) >= len(text.rstrip(" .")) or len(clause) < _MIN_CLAUSE_CHARS
    return None if whole or clause.count("(") != clause.count(")") else clause[:1].upper() + clause[1:]


def other_words(text: str, _figure: str) -> str | None:
    """Return ``text`` after "Theo báo cáo," and with a word or two of reports replaced by one like it."""
    changed = text
    for word, other in _WORDS.items():
        changed = re.sub(rf"(?<!\w){word}(?!\w)", other, changed, count=1)
    # A name keeps its capital.
    lowered = changed if changed[1:2].isupper() or " " not in changed else changed[:1].lower() + changed[1:]
    return f"Theo báo cáo, {lowered}"


def with_a_zero(text: str, _figure: str) -> str | None:
    """Return ``text`` with counts under ten written with a zero: "5 vụ" as "05 vụ"."""
    changed = text
    for one in reversed(find_numbers(text)):
        written = text[one.start : one.end]
        if len(written) == 1 and written != "0" and re.match(r"\s[^\W\d]", text[one.end : one.end + 2]):
            changed = f"{changed[: one.start]}0{changed[one.start :]}"
    return changed if changed != text else None


WAYS: dict[str, Reword] = {
    "smaller scale": smaller_scale,
    "zero dropped": without_zero,
    "zero added": with_a_zero,
    "clause only": clause_only,
    "other words": other_words,
}
