"""Times that are no periods of a report: hours of the day, days of the week, days that come again."""

from __future__ import annotations

import re

from ingest.vi.normalise import fold, unify
from service.answer.events import beside_event
from service.answer.near import nearest
from service.answer.views import Stretch
from service.domain import Query

# A date that comes again: "trước ngày 25 hằng tháng", "ngày 20 tháng cuối quý".
_EVERY = re.compile(
    r"ngày \d{1,2}(?:/\d{1,2})? (?:(?:hàng|hằng|mỗi) (?:tháng|quý|năm)"
    r"|(?:của )?tháng (?:đầu|cuối)(?: của)?(?: mỗi)? quý)(?!\w)"
)
_EVERY_ASKED = re.compile(r"(?<!\w)(?:hang|moi) (thang|quy|nam)(?!\w)")
_HOUR_ASKED = re.compile(r"(?<!\w)(?:may|luc) gio(?!\w)|(?<!\w)gio nao(?!\w)|khung gio")
_ONE_HOUR = r"(?:[01]?\d|2[0-4])(?:\s?giờ(?! làm| học| công)(?:\s?[0-5]\d)?(?:\s?phút)?|[hg](?:[0-5]\d)?(?!\w))"
_HOUR = re.compile(rf"(?<![\w.,/])(?:từ {_ONE_HOUR}\s?(?:đến|-|–)\s?)?{_ONE_HOUR}")
# Days of the lunar calendar and first days of a month: "từ mùng 9 đến mùng 11 tháng Ba âm lịch", "rằm tháng Giêng".
_MONTH = r"tháng (?:giêng|chạp|hai|ba|tư|năm|sáu|bảy|tám|chín|mười(?: một| hai)?|\d{1,2})"
_LUNAR_DAY = rf"(?:(?:ngày )?(?:mùng|mồng) (?:\d{{1,2}}|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)|rằm)(?: {_MONTH})?"
_LUNAR = re.compile(rf"(?<!\w)(?:(?:từ )?{_LUNAR_DAY}\s?(?:đến|-|–)\s?)?{_LUNAR_DAY}(?: âm lịch)?(?!\w)")
_DAY_ASKED = re.compile(r"(?<!\w)(?:ngay(?: thang nam)?|hom|bua) (?:nao|may|bao nhieu)(?!\w)")
_WEEKDAY_ASKED = re.compile(
    r"(?<!\w)(?:(?:ngay|hom|bua) nao trong tuan|(?:vao|ngay|hom) thu may|thu may (?:hang|trong|moi|cua) tuan)(?!\w)"
)
_DAY_OF_WEEK = r"(?:thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật)"
_WEEKDAYS = re.compile(
    rf"(?<!\w)(?:(?:sáng|chiều|tối) )?{_DAY_OF_WEEK}(?:(?:, |,| và | đến | - )(?:ngày )?{_DAY_OF_WEEK})*(?!\w)"
    r"(?: (?:hàng|hằng|mỗi) tuần)?"
)
# "xong trước mùa mưa", "trước khi khai giảng": a deadline without a date.
_SEASON_DUE = re.compile(
    r"(?<!\w)trước (?:khi )?(?:mùa (?:mưa bão|mưa lũ|mưa|bão|khô|lũ|lễ hội|vụ)|tết(?: [^\W\d]+ [^\W\d]+)?"
    r"|(?:khai giảng|năm học)(?: mới)?|vụ (?:đông xuân|hè thu|thu đông|xuân|mùa|đông))(?!\w)"
)


def season_due(text: str) -> str | None:
    """Return the deadline of ``text`` told by a season or a feast ("trước mùa mưa"), as written; None for none."""
    found = _SEASON_DUE.search(unify(text))
    return text[found.start() : found.end()] if found else None


def asks_day(query: Query) -> bool:
    """Tell whether a day is asked for ("ngày nào", "hôm nào"); "ngày hội ... tháng nào" asks for none."""
    return _DAY_ASKED.search(fold(query.text)) is not None


def lunar(text: str) -> list[Stretch]:
    """Return the days of ``text`` by the lunar calendar in order ("mùng 2 tháng Hai âm lịch"); [] for none."""
    return [Stretch(m.start(), m.end()) for m in _LUNAR.finditer(unify(text))]


def again(text: str) -> bool:
    """Tell whether ``text`` names a day that comes every month, quarter or year, or one of the lunar calendar."""
    low = unify(text)
    return (
        _EVERY.search(low) is not None
        or any(m[0].endswith("tuần") for m in _WEEKDAYS.finditer(low))
        or bool(lunar(text))
    )


def asks_again(query: Query) -> bool:
    """Tell whether a question asks for a day of every month, quarter or year ("hằng tháng ... ngày nào")."""
    return _EVERY_ASKED.search(fold(query.text)) is not None


def day_again(query: Query, text: str) -> str | None:
    """Return the day that comes again in ``text`` and is asked for; None for none.

    Every month, quarter or year ("ngày 25 hằng tháng"), or by the lunar calendar.
    """
    found = [Stretch(m.start(), m.end()) for m in _EVERY.finditer(unify(text))]
    sort = _EVERY_ASKED.search(fold(query.text))
    if sort is not None:
        found = [s for s in found if fold(text[s.start : s.end]).endswith(sort[1])]
    weekly = [Stretch(m.start(), m.end()) for m in _WEEKDAYS.finditer(unify(text)) if m[0].endswith("tuần")]
    found = sorted([*found, *(weekly if sort is None else ())], key=lambda piece: piece.start)
    return _nearest(query, text, found or lunar(text))


def asks_clock(query: Query) -> bool:
    """Tell whether an hour or a day of the week is asked for ("mấy giờ", "ngày nào trong tuần")."""
    asked = fold(query.text)
    return _HOUR_ASKED.search(asked) is not None or _WEEKDAY_ASKED.search(asked) is not None


def clock_in(query: Query, text: str) -> str | None:
    """Return the hour or the days of the week of ``text`` nearest the words asked about; None for none."""
    sort = _HOUR if _HOUR_ASKED.search(fold(query.text)) else _WEEKDAYS
    found = [Stretch(m.start(), m.end()) for m in sort.finditer(unify(text))]
    starts = [0, *(one.end for one in found)]
    beside = beside_event(query, [text[at : one.start] for at, one in zip(starts, found, strict=False)])
    return _nearest(query, text, [found[n] for n in beside] or found)


def _nearest(query: Query, text: str, found: list[Stretch]) -> str | None:
    if not found:
        return None
    best = found[nearest(query, text, found)]
    return text[best.start : best.end]
