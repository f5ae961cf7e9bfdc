"""Periods in text: months, quarters, cumulative months, years, ranges, dates; and the vague ones.

Works on folded text, so "quy 1 nam 2024" is read as "quý I năm 2024" is; in a text with accents a bare "quy" or
"nam" is another word and left alone. Offsets are 0-based, half-open, in characters of the text given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import StrEnum
from functools import cache

from ingest.domain import Period, PeriodKind, Span
from ingest.vi.normalise import fold, unify
from ingest.vi.period_rules import bare_year, cumulative, is_duration, month, quarter, rules
from ingest.vi.units import match_unit

_ROMAN = ("I", "II", "III", "IV")
# The key word of a form, as it is written with accents: "quỹ 1" and "thắng 3" are no periods.
_HEADS = {
    "thang": "tháng", "quy": "quý", "qui": "quí", "nam": "năm", "giua nam": "giữa năm", "dau nam": "đầu năm",
    "cuoi nam": "cuối năm", "het nam": "hết năm",
}  # fmt: skip


class Vague(StrEnum):
    """A period named only by its relation to the period spoken of."""

    SAME_PERIOD = "same_period"  # cùng kỳ (năm trước), CKNT
    TO_DATE = "to_date"  # lũy kế, từ đầu năm
    THIS_MONTH = "this_month"
    THIS_QUARTER = "this_quarter"
    THIS_YEAR = "this_year"  # cả năm
    LAST_MONTH = "last_month"
    LAST_YEAR = "last_year"


# What may follow makes another period of a vague one ("cả năm 2024", "trong tháng 9"), unless it is a quantity:
# "cả năm 9.836 tấn", "từ đầu năm 312 lượt".
_A_YEAR = r"(?! (?:19|20)\d\d(?!\d|[.,]\d))"
_A_MONTH = r"(?! (?:0?[1-9]|1[0-2])(?!\d|[.,]\d))"
# Written with accents; a text typed without any is matched against the folded pattern.
_VAGUE = (
    (r"cùng k[ỳì](?: năm (?:trước|ngoái))?|cknt|cùng thời điểm năm (?:trước|ngoái)", Vague.SAME_PERIOD),
    (
        rf"(?:l\wy kế|cộng dồn)(?: từ đầu năm{_A_YEAR}(?: đến nay)?)?"
        rf"|từ đầu năm{_A_YEAR}(?: (?:đến|tới) (?:nay|giờ))?"
        rf"|(?:những|các) tháng đầu năm{_A_YEAR}",
        Vague.TO_DATE,
    ),
    (rf"(?:trong|của) tháng{_A_MONTH}(?! trước| nay năm)|tháng này", Vague.THIS_MONTH),
    (r"(?:trong|của|cả) quý(?! [\di])|quý này", Vague.THIS_QUARTER),
    (rf"cả năm{_A_YEAR}|năm nay|(?:đến (?:hết|cuối)|hết) năm{_A_YEAR}(?! học)", Vague.THIS_YEAR),
    (r"tháng trước", Vague.LAST_MONTH),
    (r"năm trước|năm ngoái", Vague.LAST_YEAR),
)


# What leads to a year in a question, whatever follows it.
_ASKED_YEAR = re.compile(
    r"(?:^|(?<!\w)(?:den|toi|vao|tu|truoc|sau|het|cuoi|dau|hoi|sang|chi tieu|muc tieu|ke hoach) )$"
)
# "Đến 31/12", "trước 15/10" in a question; in a report "đến 10/12 xã" may count.
_ASKED_DAY = re.compile(
    r"(?<![\w/.,-])(?:den|toi|truoc|sau|hom|vao|tu|sang)\s+(?P<day>(?P<d>[0-9]{1,2})(?P<s>[/-])(?P<m>[0-9]{1,2}))(?![\w%]|[/.,-][0-9])"
)
_BASE_WINDOW = 40
_DIGIT = re.compile(r"\d")
_BASE = (
    r"(?:so với|so cùng k[ỳì]|cùng k[ỳì]|cùng thời điểm|(?:cao|thấp|nhiều|ít|lớn|có) hơn{0})(?:\s[^\W\d]+){{0,4}}\s*$"
)


def find_periods(text: str, *, asked: bool = False) -> list[tuple[Span, Period]]:
    """Return the periods named in ``text`` in order, without overlap; [] for none.

    ``asked``: ``text`` is a question, which states no aims, so "đến 2030 khách du lịch" names a year there.

    A period whose year is not written has ``year`` None. "những tháng đầu năm 2024" has ``last_month`` None.
    """
    folded, unified = fold(text), unify(text)
    if not _DIGIT.search(folded) and "thang" not in folded and "qu" not in folded and "nam" not in folded:
        return []
    taken: list[tuple[Span, Period]] = []
    accented = folded != unified
    for pattern, build in rules():
        for match in pattern.finditer(folded):
            span = Span(*match.span("all"))
            if any(span.start < other.end and other.start < span.end for other, _ in taken):
                continue
            if (accented and not _genuine(match, unified)) or is_duration(
                match, unified if accented else folded, accented=accented
            ):
                continue
            period = build(match)
            if period is not None and (
                build is not bare_year
                or not match_unit(text, span.end)
                or (asked and _ASKED_YEAR.search(folded[: span.start]))
            ):
                taken.append((span, period))
    if asked:
        taken += _asked_days(text, folded, taken)
    return sorted(taken, key=lambda found: found[0])


def _asked_days(text: str, folded: str, taken: Sequence[tuple[Span, Period]]) -> Iterator[tuple[Span, Period]]:
    """Yield the days a question names by day and month alone, after a word that leads to a time."""
    for match in _ASKED_DAY.finditer(folded):
        span, day, number = Span(*match.span("day")), int(match["d"]), int(match["m"])
        free = not any(span.start < other.end and other.start < span.end for other, _ in taken)
        if free and 1 <= day <= 31 and 1 <= number <= 12 and not match_unit(text, span.end):
            yield span, Period(PeriodKind.DATE, None, number, number, day=day)


def find_vague(text: str) -> list[tuple[Span, Vague]]:
    """Return the vague periods of ``text`` in order ("cùng kỳ", "lũy kế", "trong tháng"); [] for none."""
    unified, folded = unify(text), fold(text)
    accented = unified != folded
    found = [
        (Span(*match.span()), vague)
        for pattern, vague in _vague_patterns(accented=accented)
        for match in pattern.finditer(unified if accented else folded)
    ]
    kept: list[tuple[Span, Vague]] = []
    for span, vague in sorted(found, key=lambda one: (one[0].start, -one[0].end)):
        if not kept or span.start >= kept[-1][0].end:
            kept.append((span, vague))
    return kept


def is_base(text: str, at: int) -> bool:
    """Tell whether a period at ``text[at:]`` is only what something is compared with ("so với cùng kỳ năm 2023").

    In a text without accents a bare "so" may be "số": only "so voi" and "so cung ky" count there.
    """
    window = text[max(0, at - _BASE_WINDOW) : at]
    accented = unify(text) != fold(text)
    return _base_pattern(accented=accented).search(unify(window) if accented else fold(window)) is not None


def resolve(period: Period | Vague, default: Period) -> Period:
    """Return ``period`` made whole with the period spoken of: its year, or what a vague word means there."""
    if isinstance(period, Vague):
        return _resolve_vague(period, default)
    year = single_year(default) if period.year is None else period.year
    last = period.last_month
    if period.kind is PeriodKind.CUMULATIVE and last is None:
        last = default.last_month
    return replace(period, year=year, last_month=last)


def period_label(period: Period) -> str:
    """Return the period in Vietnamese: "quý I/2024", "3 tháng đầu năm 2024", "giai đoạn 2021-2025"."""
    year = "" if period.year is None else str(period.year)
    tail = f"/{year}" if year else ""
    first, last = period.first_month, period.last_month
    match period.kind:
        case PeriodKind.MONTH:
            return f"tháng {first}{tail}" if first else f"trong tháng{tail}"
        case PeriodKind.QUARTER:
            return f"quý {_ROMAN[(first - 1) // 3]}{tail}" if first else "trong quý"
        case PeriodKind.CUMULATIVE:
            return f"{last} tháng đầu năm {year}".rstrip() if last else f"những tháng đầu năm {year}".rstrip()
        case PeriodKind.YEAR:
            return f"năm {year}" if year else "cả năm"
        case PeriodKind.DATE:
            return f"ngày {period.day}/{first}{tail}"
        case PeriodKind.RANGE:
            return _range_label(period)


def contains(outer: Period, inner: Period, *, default_year: int | None = None) -> bool:
    """Tell whether ``inner`` lies inside ``outer`` (equal counts). An unknown year matches only an unknown year."""
    first, second = _days(outer, default_year), _days(inner, default_year)
    return first[0] <= second[0] and second[1] <= first[1] and first[2] == second[2]


def same(first: Period, second: Period, *, default_year: int | None = None) -> bool:
    """Tell whether two periods cover the same days: quý I and 3 tháng do. ``default_year`` fills a missing year."""
    return _days(first, default_year) == _days(second, default_year)


def single_year(period: Period) -> int | None:
    """Return the year a period stands for: none for several years, the last for a window across New Year."""
    if period.kind is not PeriodKind.RANGE or period.last_year in (None, period.year):
        return period.year
    return period.last_year if period.first_month is not None else None


@cache
def _vague_patterns(*, accented: bool) -> tuple[tuple[re.Pattern[str], Vague], ...]:
    return tuple(
        (re.compile(rf"(?<!\w)(?:{pattern if accented else fold(pattern)})(?!\w)"), vague) for pattern, vague in _VAGUE
    )


@cache
def _base_pattern(*, accented: bool) -> re.Pattern[str]:
    return re.compile(r"(?<!\w)" + (_BASE.format("|so") if accented else fold(_BASE.format(""))))


def _genuine(match: re.Match[str], unified: str) -> bool:
    """In a text with accents the key word must carry its own."""
    if "head" not in match.re.groupindex or match["head"] is None:
        return True
    start, end = match.span("head")
    return " ".join(unified[start:end].split()) == _HEADS[" ".join(match["head"].split())]


def _range_label(period: Period) -> str:
    if period.first_month is None:
        return f"giai đoạn {period.year}-{period.last_year}"
    first, last, year, end = period.first_month, period.last_month, period.year, period.last_year
    tail = "" if end is None else f"/{end}"
    head = "" if year in (None, end) else f"/{year}"
    return f"từ tháng {first}{head} đến tháng {last}{tail}"


def _days(period: Period, default_year: int | None) -> tuple[int, int, bool]:
    """First and last day on a scale of 31-day months, and whether the year is known."""
    year = default_year if period.year is None else period.year
    known = year is not None
    start = year or 0
    end = period.last_year if period.last_year is not None else start
    first, last = period.first_month or 1, period.last_month or period.first_month or 12
    if period.kind is PeriodKind.CUMULATIVE and period.last_month is None:
        last = 12  # "những tháng đầu năm": how many is not said
    if period.kind is PeriodKind.DATE and period.day is not None:
        day = (start * 12 + first) * 31 + period.day
        return day, day, known
    return (start * 12 + first) * 31 + 1, (end * 12 + last) * 31 + 31, known


def _resolve_vague(vague: Vague, default: Period) -> Period:
    last = default.last_month or 12
    match vague:
        case Vague.SAME_PERIOD:
            end = None if default.last_year is None else default.last_year - 1
            return replace(default, year=None if default.year is None else default.year - 1, last_year=end)
        case Vague.TO_DATE:
            whole = default.kind is PeriodKind.RANGE or default.last_month is None
            return default if whole else cumulative(default.year, last)
        case Vague.THIS_MONTH:
            return default if default.last_month is None else month(default.year, last)
        case Vague.THIS_QUARTER:
            return default if default.last_month is None else quarter(default.year, (last - 1) // 3 + 1)
        case Vague.LAST_MONTH:
            before = default.year - 1 if default.year is not None and last == 1 else default.year
            return month(before, (last - 2) % 12 + 1)
        case Vague.LAST_YEAR:
            return Period(PeriodKind.YEAR, None if default.year is None else default.year - 1)
        case Vague.THIS_YEAR:
            return default if single_year(default) is None else Period(PeriodKind.YEAR, single_year(default))
