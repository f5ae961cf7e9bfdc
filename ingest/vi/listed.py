"""Numbers listed without a unit, which has been said once before them: "1.350 học sinh (tiểu học 720, THCS 630)"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from ingest.vi.numbers import Numeral, find_numbers
from ingest.vi.quantities import Quantity
from ingest.vi.units import match_unit, split_scale, unit_kind

# Nothing counted follows the number.
_BARE = re.compile(r"\s*(?:[,;)•]|\.(?!\d)|\svà\s|$)")
_NAME = r"(?:[^\d;:().•]{2,60})\s"
_NEXT = re.compile(rf"\s*(?:[,;]|và\s)\s*{_NAME}")
_IN_BRACKETS = re.compile(rf"[^\d;:().,]{{0,60}}\((?:trong đó|gồm|riêng)?:?\s*{_NAME}")
_OF_WHICH = re.compile(rf"[^\d;().]{{0,60}}[,:;]?\s*(?:trong đó|gồm|bao gồm)\s*:?\s*{_NAME}")
_FREE = re.compile(r"[^\d;:().]{2,90}\s")
_STARTS = re.compile(r"[,;:(•]|(?<!\d)\.\s|^")
# Whom and what lists count: the word before the number names the thing itself and is no label ("lớp 5", "tổ 3").
_COUNTED = frozenset((
    "hộ", "hộ nghèo", "hộ cận nghèo", "người", "khẩu", "nhân khẩu", "học sinh", "giáo viên", "trẻ", "lao động", "vụ",
    "ca", "hồ sơ", "đơn", "nhà", "đảng viên", "hội viên", "đoàn viên", "doanh nghiệp", "hợp tác xã",
))  # fmt: skip
_MAX_WORDS = 6
_MIN_PARTS = 2
_MIN_ADDENDS = 3

Item = Quantity | Numeral


def with_listed(text: str, low: str, mask: bytearray, found: Sequence[Quantity]) -> list[Quantity]:
    """Return ``found`` with the bare numbers whose unit can be told, in order.

    They are the parts of the quantity before them: in brackets or behind "trong đó" they do not exceed it, elsewhere
    they add up to it; or the thing counted stands before the number ("hộ nghèo 61"). Others are left alone.
    ``low`` is ``unify(text)``, ``mask`` says which digits belong to no figure.
    """
    items: list[Item] = sorted([*found, *_bare(text, mask, found)], key=_start)
    told = list(found)
    for at, run in _runs(text, items):
        total = items[at - 1] if at else None
        unit = _unit_of(low, items[:at], total, run)
        told += [_quantity(one, unit) for one in run if unit]
        if not unit and len(items) > len(run):
            told += [_quantity(one, name) for one in run if (name := _counted(low, one))]
    return sorted(told, key=_start)


def _start(item: Item) -> int:
    return item.start


def _bare(text: str, mask: bytearray, found: Sequence[Quantity]) -> Iterator[Numeral]:
    for numeral in find_numbers(text):
        taken = any(mask[numeral.start : numeral.end]) or numeral.whole is not None or numeral.high is not None
        if taken or numeral.sign or numeral.dotted or not _BARE.match(text, numeral.end):
            continue
        if not any(quantity.start < numeral.end and numeral.start < quantity.end for quantity in found):
            yield numeral


def _runs(text: str, items: Sequence[Item]) -> list[tuple[int, list[Numeral]]]:
    """Return the stretches of bare numbers with only names between them, each with the place of its first."""
    runs: list[tuple[int, list[Numeral]]] = []
    for at, item in enumerate(items):
        if not isinstance(item, Numeral):
            continue
        last = runs[-1][1] if runs else []
        if last and items[at - 1] is last[-1] and _NEXT.fullmatch(text, last[-1].end, item.start):
            last.append(item)
        else:
            runs.append((at, [item]))
    return runs


def _unit_of(low: str, before: Sequence[Item], total: Item | None, run: Sequence[Numeral]) -> str:
    """Return the unit of a run of bare numbers, "" where it cannot be told."""
    added = sum((one.value for one in run), Decimal(0))
    if isinstance(total, Quantity) and _may_be_total(total) and len(run) >= _MIN_PARTS:
        ends = (total.end, run[0].start)
        if (_IN_BRACKETS.fullmatch(low, *ends) or _OF_WHICH.fullmatch(low, *ends)) and added <= total.value:
            return total.unit
        if _FREE.fullmatch(low, *ends) and added == total.value:
            return total.unit
    if len(run) < _MIN_ADDENDS:
        return ""
    totals = {one.unit for one in before if isinstance(one, Quantity) and _may_be_total(one) and one.value == added}
    return totals.pop() if len(totals) == 1 else ""


def _may_be_total(quantity: Quantity) -> bool:
    counts = unit_kind(quantity.unit) in ("count", "measure", "money") and quantity.unit != ""
    return counts and quantity.whole is None and quantity.high is None


def _counted(low: str, numeral: Numeral) -> str:
    """Return what a number counts by the words before it ("hộ nghèo 61"), "" where they name something else."""
    starts = [match.end() for match in _STARTS.finditer(low, 0, numeral.start)]
    words = low[starts[-1] if starts else 0 : numeral.start].strip()
    named = match_unit(words, 0)
    if named is None or named[0] not in _COUNTED or numeral.value != numeral.value.to_integral_value():
        return ""
    return named[0] if len(words.split()) <= _MAX_WORDS and not split_scale(named[0])[0] else ""


def _quantity(numeral: Numeral, unit: str) -> Quantity:
    return Quantity(numeral.start, numeral.end, numeral.end, numeral.value, unit)
