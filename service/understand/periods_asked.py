"""The periods a question asks about: said in full, or told by what the report is of; a feast day is none."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.domain import Period, PeriodKind, Span
from ingest.vi.normalise import fold, unify
from ingest.vi.periods import Vague, find_periods, find_vague, is_base
from service.understand.several import without_comparing

_FROM = re.compile(r"(?<!\w)tu (?:giua |dau |cuoi |ngay )?$")
_TO = re.compile(r"\s*(?:den|toi|-|–)\s+(?:giua |dau |cuoi |het )?")
_LEADS_TO_PERIOD = re.compile(r"(?<!\w)(?:rieng|trong|tinh den|den|toi|cho toi|cho den|tu|truoc|sau|sang)\s+$")
# "Tháng 9 và lũy kế 9 tháng" asks for both.
_JOINED = re.compile(r"\s*(?:,|va|cung|,? ?va (?:ca|lan))\s*(?:luy ke|tinh chung|ca|cong don)?\s*")
_ASKS = re.compile(r"\s+nao(?!\w)")
_DURING = (Vague.TO_DATE, Vague.THIS_MONTH, Vague.THIS_QUARTER)
# A day that names a feast or an event ("dịp lễ 30/4", "nhân ngày 27/7") is what is spoken of, not the period asked for.
_FEAST = re.compile(
    r"(?<!\w)(?:dip|le|nghi|ky nghi|ky niem|mung|chao mung|tet doc lap|quoc khanh|giai phong)"
    r"(?: (?:le|tet|nghi|ngay|doc lap|quoc khanh|giai phong|mien nam|thuong binh|liet si|quoc te|lao dong))*\s*$"
)
# "Từ 01/7/2025 đến nay", "từ 1/7 tới giờ": so far, whatever day the report counts from.
_SINCE = re.compile(
    r"(?<!\w)(?:(?:ke )?tu )?(?:ngay )?\d{1,2}/\d{1,2}(?:/\d{4})? (?:cho )?(?:den|toi)(?: thoi diem)?"
    r" (?:nay|gio|hien nay|bay gio)(?!\w)"
)


def times_asked(text: str) -> tuple[tuple[Period, ...], Vague | None, tuple[Span, ...]]:
    """Return the periods asked for, the one told by what the report is of if none is, and every mention of a time."""
    since = _SINCE.search(fold(text))
    if since is not None:
        return (), Vague.TO_DATE, (Span(*since.span()),)
    periods, spans = _periods(text)
    if spans:
        return periods, None, spans
    during, spans = _during(text)
    return (), during, spans


def _periods(text: str) -> tuple[tuple[Period, ...], tuple[Span, ...]]:
    """Return the periods asked for, without repeats, and every period mention; a base of comparison is not asked for.

    Of periods of different sorts only the first is asked for: "tháng 3 năm 2023 theo báo cáo quý I" asks for a month.
    """
    found = find_periods(text, asked=True)
    # "ngày tháng năm nào" asks for a date: "tháng năm" is no May there.
    found = [(span, period) for span, period in found if not _ASKS.match(fold(text[span.end :]))]
    found = [(span, period) for span, period in found if not _is_feast(text, span, period)]
    window = _window(text, found)
    if window is not None:
        return (window,), tuple(span for span, _ in found)
    said = without_comparing(text)
    asked = [period for span, period in found if not is_base(said, span.start)]
    joined = len(asked) == 2 == len(found) and _JOINED.fullmatch(fold(text[found[0][0].end : found[1][0].start]))
    alike = [period for period in asked if joined or period.kind is asked[0].kind]
    return tuple(dict.fromkeys(alike)), tuple(span for span, _ in found)


def _is_feast(text: str, span: Span, period: Period) -> bool:
    """Tell whether a day without a year names a feast; the word for it may be part of its mention ("lễ 30/4")."""
    if period.kind is not PeriodKind.DATE or period.year is not None:
        return False
    digits = next((at for at in range(span.start, span.end) if text[at].isdigit()), span.end)
    lead = unify(text[:digits]).rstrip()
    return _FEAST.search(fold(lead)) is not None or lead.endswith(("nhân ngày", "nhân dịp"))


def _during(text: str) -> tuple[Vague | None, tuple[Span, ...]]:
    """Return the one period a question names by what the report is of ("lũy kế", "trong tháng"), and where it does.

    None for none, and where several are named.
    """
    found = [(span, vague) for span, vague in find_vague(text) if vague in _DURING and not is_base(text, span.start)]
    if len({vague for _, vague in found}) != 1:
        return None, ()
    return found[0][1], tuple(span for span, _ in found)


def _window(text: str, found: Sequence[tuple[Span, Period]]) -> Period | None:
    """Return the window "từ (giữa) tháng 12/2022 đến (giữa) tháng 3/2023" asks for; None for no such words."""
    if len(found) != 2:
        return None
    (first, since), (second, until) = found
    months = since.kind is until.kind is PeriodKind.MONTH and since.year is not None and until.year is not None
    if (
        not months
        or not _FROM.search(fold(text[: first.start]))
        or not _TO.fullmatch(fold(text[first.end : second.start]))
    ):
        return None
    last_year = until.year if until.year != since.year else None
    return Period(PeriodKind.RANGE, since.year, since.first_month, until.last_month, last_year)


def with_lead(text: str, span: Span) -> Span:
    """Stretch a period over the word that leads to it ("tính đến ngày 15/3"): it is no content word."""
    before = _LEADS_TO_PERIOD.search(fold(text[: span.start]))
    return Span(before.start(), span.end) if before else span
