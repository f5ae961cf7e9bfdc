"""Which columns a printed head stands over, where a table came cell by cell and the spans of its heads are lost."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.domain import PeriodKind
from ingest.vi.normalise import unify
from ingest.vi.periods import contains, find_periods

_LABEL = re.compile(
    r"(?:stt|tt|số tt|số thứ tự|nội dung|chỉ tiêu|(?:các |tên )?(?:chỉ tiêu|khoản thu|nhiệm vụ)(?: chi)?|danh mục"
    r"|đơn vị(?: tính)?|đvt)\W*"
)
# What is planned and what was done: the two sorts of a year's columns, neither of which names its year.
_ROLE = re.compile(
    r"(?:kế hoạch|dự toán|chỉ tiêu|kh|dt|ước thực hiện|ước|ưth|uth|thực hiện|th|đánh giá thực hiện)(?!\w)"
)
_DONE = re.compile(r"(?<!\w)(?:thực hiện|ước|ưth|uth|th)(?!\w)")
_MIN_HELD = 2  # a head over one column alone would stand in it
_CURRENT = frozenset(("", "năm", "hiện hành", "năm hiện hành"))


def spans_of(upper: Sequence[str], lower: Sequence[str], width: int) -> tuple[int, ...] | None:
    """Return over how many columns each head of ``upper`` stands, ``width`` together; None where it cannot be told.

    The heads that stand over several hold those of ``lower`` in order. It can be told where each head that names no
    label holds some, and those they hold differ in naming a year or not; where one head alone holds the plan and
    the result of a year: the only head that names nothing but a year, or the first of ascending years, since results
    come before what is planned; and where the only head that names several years holds years that all lie in them.
    """
    holders = len(upper) + len(lower) - width
    values = [at for at, head in enumerate(upper) if not _LABEL.fullmatch(unify(head))]
    if holders < 1 or not lower:
        return None
    if len(values) == holders:
        shares = _shares(lower, holders)
    else:
        holder = None
        if holders == 1:
            several = _of_several_years(upper, values, lower)
            holder = _of_a_year(upper, values, lower) if several is None else several
        values, shares = ([] if holder is None else [holder]), ([] if holder is None else [len(lower)])
    if not shares or min(shares) < _MIN_HELD:
        return None
    held = dict(zip(values, shares, strict=True))
    return tuple(held.get(at, 1) for at in range(len(upper)))


def _shares(lower: Sequence[str], holders: int) -> list[int]:
    """Return how many of ``lower`` each of one or two holders holds, [] where it cannot be told."""
    if holders == 1:
        return [len(lower)]
    dated = [bool(find_periods(head)) for head in lower]
    changes = [at for at in range(1, len(dated)) if dated[at] is not dated[at - 1]]
    return [changes[0], len(lower) - changes[0]] if holders == 2 and len(changes) == 1 else []


def _of_a_year(upper: Sequence[str], values: Sequence[int], lower: Sequence[str]) -> int | None:
    if not all(_ROLE.match(unify(head)) and not find_periods(head) for head in lower):
        return None
    years = {at: year for at in values if (year := _bare_year(upper[at])) is not None}
    if len(years) == 1:
        return next(iter(years))
    ascending = list(years.values()) == sorted(set(years.values()))
    done = any(_DONE.search(unify(head)) for head in lower)
    return next(iter(years)) if years and ascending and done else None


def _of_several_years(upper: Sequence[str], values: Sequence[int], lower: Sequence[str]) -> int | None:
    """Return the head "Giai đoạn 2031 - 2035" over "Năm 2031", "Năm 2032" ..., None where there is no such one."""
    held = [[period for _, period in find_periods(head)] for head in lower]
    if any(len(named) != 1 for named in held):
        return None
    spans = {
        at: period
        for at in values
        for _, period in find_periods(upper[at])
        if period.kind is PeriodKind.RANGE and period.first_month is None
    }
    over = [at for at, period in spans.items() if all(contains(period, named[0]) for named in held)]
    return over[0] if len(spans) == len(over) == 1 else None


def _bare_year(head: str) -> int | None:
    """Return the year that a head names and nothing else ("Năm hiện hành 2031"), or None."""
    named = find_periods(head)
    if len(named) != 1:
        return None
    span, period = named[0]
    return period.year if " ".join(unify(f"{head[: span.start]} {head[span.end :]}").split()) in _CURRENT else None
