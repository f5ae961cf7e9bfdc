"""The written forms of periods, as patterns over folded text. ``ingest.vi.periods`` is the face."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from ingest.domain import Period, PeriodKind
from ingest.vi.normalise import fold

Builder = Callable[[re.Match[str]], Period | None]

_YEAR = r"(?:19[3-9][0-9]|20[0-9][0-9])(?![0-9]|[.,][0-9])"
_TAIL = rf"(?:(?:\s*/\s*|,?\s*nam\s+|\s+)(?P<year>{_YEAR}))?"
_DASH = r"\s*(?:-|–|—|den(?:\s+het)?)\s*"
_WORDS = ["mot", "hai", "ba", "bon", "nam", "sau", "bay", "tam", "chin", "muoi"]
_WORD = "muoi mot|muoi hai|" + "|".join(_WORDS)
_NUMBER_END = r"(?![0-9]|[.,][0-9]|\s*%)"
_MONTH = rf"(?:(?:1[0-2]|0?[1-9]){_NUMBER_END}|(?:{_WORD}|tu)(?!\w))"
_COUNT = rf"(?:1[0-2]|0?[1-9]|{_WORD})"
_ONE = ("mot", "1", "01")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
# "trong vòng 3 tháng", "thời hạn 6 tháng": a duration, not a period of a year, unless "đầu năm" or a year follows.
_BEFORE_DURATION = (
    r"(?:vòng|hạn|thiểu|nhất|trên|hơn|dưới|sau|mỗi|từ|phạt|định kỳ|qua|kéo dài|ngoài|trước|thêm|chậm|quá)\s+$"
)


# What a day without its year stands behind: the word itself, or a time of day that is no other word without accents.
_BEFORE_DAY = "ngay|le|het|tinh den|hom|rang sang|trua|chieu|dem"


@cache
def rules() -> tuple[tuple[re.Pattern[str], Builder], ...]:
    """Return (pattern, builder) pairs, the ones that win first. Group "all" is the period, "head" its key word.

    A builder gets a match over folded text and returns None where the numbers make no period.
    """
    date = r"(?P<d{0}>[0-9]{{1,2}})(?P<s{0}>[/.-])(?P<m{0}>[0-9]{{1,2}})(?:(?P=s{0})(?P<y{0}>[12][0-9]{{3}}))"
    one, two = date.format(1), date.format(2)
    edge, end = r"(?<![\w/.,-])", r"(?![\w]|[/.,-][0-9])"
    long_date = r"(?P<d>[0-9]{1,2})\s+thang\s+(?P<m>[0-9]{1,2})"
    listed: tuple[tuple[str, Builder], ...] = (
        (rf"(?:tu\s+)?(?:ngay\s+)?{one}?{_DASH}(?:ngay\s+)?{two}{end}", _window),
        (rf"(?:ngay\s+)?{long_date}\s+nam\s+(?P<y>{_YEAR})", _date),
        (rf"ngay\s+{long_date}(?![0-9])", _date),
        (rf"(?:ngay\s+)?{date.format('')}{end}", _date),
        (rf"(?P<prefix>{_BEFORE_DAY})\s+(?P<d>[0-9]{{1,2}})(?P<s>[/-])(?P<m>[0-9]{{1,2}})" + end, _date),
        (rf"(?:(?:giai doan|nhiem ky|nam hoc|thoi ky|nien khoa)\s+)?(?:tu\s+)?(?:nam\s+)?(?P<y1>{_YEAR})"
         rf"\s*(?:-|–|—|den\s+nam)\s*(?P<y2>{_YEAR})(?![\w]|[/.-][0-9])", _years),
        (rf"(?:tu\s+)?(?P<head>thang)\s+(?P<m1>{_MONTH})(?:(?:\s*/\s*|\s+nam\s+)(?P<y1>{_YEAR}))?"
         rf"{_DASH}(?:thang\s+)?(?P<m2>{_MONTH}){_TAIL}", _months),
        (rf"(?P<count>{_COUNT})\s+(?P<head>thang)(?!\w|\s+(?:tuoi|tu(?!\w)))"
         rf"(?:\s+(?P<side>dau|cuoi)(?:\s+nam)?)?{_TAIL}", _cumulative),
        (rf"nua\s+(?P<side>dau|cuoi)\s+nam(?:\s+(?P<year>{_YEAR}))?", _half),
        (rf"(?:nhung|cac)\s+thang\s+(?P<side>dau)\s+nam\s+(?P<year>{_YEAR})", _half),
        (rf"(?P<head>giua\s+nam)\s+(?P<year>{_YEAR})(?!\s*(?:va|voi|-|–)\s*(?:nam\s+)?{_YEAR})", _middle),
        (rf"(?:tu\s+)?(?<!phan )(?P<head>dau\s+nam)\s+(?P<year>{_YEAR})", _start),
        (rf"(?:(?:tinh\s+)?den\s+)?(?P<head>(?:cuoi|het)\s+nam)\s+(?P<year>{_YEAR})", _year),
        (rf"(?:luy\s+ke|cong\s+don|tu\s+dau\s+nam)\s+(?:(?:cho|tinh|uoc)\s+)?(?:den|toi)\s+(?:(?:het|cuoi)\s+)?"
         rf"(?P<head>thang)\s+(?P<month>{_MONTH}){_TAIL}", _up_to_month),
        (rf"(?:tinh\s+)?(?:den|toi)\s+(?:het|cuoi)\s+(?P<head>thang)\s+(?P<month>{_MONTH}){_TAIL}", _up_to_month),
        (rf"(?:tinh\s+)?(?:den|toi)\s+(?:het|cuoi)\s+(?P<head>qu[yi])\s*(?P<quarter>iv|i{{1,3}}|0?[1-4])"
         rf"(?![\w]|[.,/][0-9]{{1,3}}(?![0-9])){_TAIL}", _up_to_quarter),
        (rf"(?P<head>thang)\s+(?P<month>{_MONTH}){_TAIL}", _month),
        (rf"t(?P<month>1[0-2]|0?[1-9])/(?P<year>{_YEAR})", _month),
        (rf"(?P<head>qu[yi])\s*(?P<quarter>iv|i{{1,3}}|0?[1-4])(?![\w]|[.,/][0-9]{{1,3}}(?![0-9])){_TAIL}", _quarter),
        (rf"q(?P<quarter>[1-4]){_TAIL}(?!\w)", _quarter),
        (rf"(?:ca\s+)?(?P<head>nam)\s+(?P<year>{_YEAR})", _year),
        (rf"(?<![/.,-])(?P<year>{_YEAR})(?![\w]|[/.,-][0-9])", bare_year),
    )  # fmt: skip
    return tuple((re.compile(rf"{edge}(?P<all>{pattern})(?![a-z0-9])"), build) for pattern, build in listed)


def month(year: int | None, number: int) -> Period:
    """Return a month, 1-based."""
    return Period(PeriodKind.MONTH, year, number, number)


def quarter(year: int | None, number: int) -> Period:
    """Return a quarter, 1-based."""
    return Period(PeriodKind.QUARTER, year, number * 3 - 2, number * 3)


def cumulative(year: int | None, months: int | None) -> Period:
    """Return the first ``months`` months of a year; None for an unsaid number."""
    return Period(PeriodKind.CUMULATIVE, year, 1, months)


def is_duration(match: re.Match[str], text: str, *, accented: bool) -> bool:
    """Tell whether "N tháng" only says how long ("sau 3 tháng"). ``text``: unified if ``accented``, else folded.

    "Một tháng" without a year is always that ("1,4 triệu đồng một tháng"): the month itself is "tháng một".
    """
    if "count" not in match.re.groupindex or match["side"] or match["year"]:
        return False
    if match["count"] in _ONE:
        return True
    start = match.start("all")
    return _before_duration(accented=accented).search(text, max(0, start - 12), start) is not None


def bare_year(match: re.Match[str]) -> Period | None:
    """Build a year written without "năm"; the caller checks that no unit follows."""
    return Period(PeriodKind.YEAR, int(match["year"]))


@cache
def _before_duration(*, accented: bool) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){_BEFORE_DURATION if accented else fold(_BEFORE_DURATION)}")


def _window(match: re.Match[str]) -> Period | None:
    first = int(match["m1"]) if match["m1"] else None
    last, end = int(match["m2"]), int(match["y2"])
    year = int(match["y1"]) if match["y1"] else end
    if first is None or not (1 <= first <= 12 and 1 <= last <= 12) or (year, first) > (end, last):
        return None
    return Period(PeriodKind.RANGE, year, first, last, end)


def _date(match: re.Match[str]) -> Period | None:
    groups = match.groupdict()
    day, number, year = int(groups["d"]), int(groups["m"]), groups.get("y")
    if not (1 <= day <= 31 and 1 <= number <= 12):
        return None
    return Period(PeriodKind.DATE, int(year) if year else None, number, number, day=day)


def _years(match: re.Match[str]) -> Period | None:
    first, last = int(match["y1"]), int(match["y2"])
    return Period(PeriodKind.RANGE, first, last_year=last) if first < last else None


def _months(match: re.Match[str]) -> Period | None:
    first, last, year = _number(match["m1"]), _number(match["m2"]), _year_of(match)
    start = int(match["y1"]) if match["y1"] else year
    if start == year and first >= last:
        return None
    return (
        cumulative(year, last) if first == 1 and start == year else Period(PeriodKind.RANGE, start, first, last, year)
    )


def _cumulative(match: re.Match[str]) -> Period | None:
    count, year = _number(match["count"]), _year_of(match)
    if match["side"] == "cuoi":
        return Period(PeriodKind.RANGE, year, 13 - count, 12, year)
    return cumulative(year, count)


def _half(match: re.Match[str]) -> Period | None:
    year = _year_of(match)
    if match["all"].startswith("nua"):
        return cumulative(year, 6) if match["side"] == "dau" else Period(PeriodKind.RANGE, year, 7, 12, year)
    return cumulative(year, None)


def _middle(match: re.Match[str]) -> Period | None:
    return cumulative(_year_of(match), 6)


def _start(match: re.Match[str]) -> Period | None:
    return cumulative(_year_of(match), None)


def _month(match: re.Match[str]) -> Period | None:
    return month(_year_of(match), _number(match["month"]))


def _up_to_month(match: re.Match[str]) -> Period | None:
    return cumulative(_year_of(match), _number(match["month"]))


def _up_to_quarter(match: re.Match[str]) -> Period | None:
    reached = _quarter(match)
    return cumulative(reached.year, reached.last_month) if reached is not None else None


def _quarter(match: re.Match[str]) -> Period | None:
    name = match["quarter"]
    return quarter(_year_of(match), _ROMAN[name] if name in _ROMAN else int(name))


def _year(match: re.Match[str]) -> Period | None:
    return Period(PeriodKind.YEAR, int(match["year"]))


def _year_of(match: re.Match[str]) -> int | None:
    return int(match["year"]) if match["year"] else None


def _number(text: str) -> int:
    if text.isdigit():
        return int(text)
    words = {**{word: at for at, word in enumerate(_WORDS, 1)}, "tu": 4, "muoi mot": 11, "muoi hai": 12}
    return words[" ".join(text.split())]
