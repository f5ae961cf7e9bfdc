"""Which period a whole report is about: by its title, else by its headings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date

from ingest.domain import PLAN_TYPES, Period, PeriodKind, Section, SectionKind, Span
from ingest.vi.normalise import fold
from ingest.vi.periods import find_periods

_YEAR = re.compile(r"\bnăm\s+((?:19|20)\d\d)\b")
# What follows "nhiệm vụ", "phương hướng" is the time to come.
_OUTLOOK = re.compile(r"(?:(?<!thuc hien )nhiem vu|phuong huong|giai phap|ke hoach).{0,60}?(?:thang|quy|nam)")
_FIXED = (SectionKind.ROOT, SectionKind.HEADER, SectionKind.SIGNATURE)


def period_of_title(
    text: str, title: str, at: Span | None, issued_on: date | None
) -> tuple[Period | None, Span | None]:
    """Return the longest period of the title's first part and where it stands; (None, None) for none.

    ``at``: where ``title`` stands in ``text``. Its year is filled in from the title, the date of issue or the text.
    """
    if not title or at is None:
        return None, None
    found = [(span, period) for span, period in find_periods(title) if period.kind is not PeriodKind.DATE]
    outlook = _OUTLOOK.search(fold(title))
    past = [one for one in found if outlook is None or one[0].start < outlook.start()] or found
    if not past:
        return None, None
    span, period = max(past, key=lambda one: (_months(one[1]), -one[0].start))
    if period.year is None and period.kind is not PeriodKind.RANGE:
        years = [p.year for _, p in found if p.year] or ([issued_on.year] if issued_on else [])
        if not years:
            named = Counter(int(y) for y in _YEAR.findall(text)).most_common(1)
            years = [named[0][0]] if named else []
        period = Period(period.kind, years[0] if years else None, period.first_month, period.last_month)
    begin = text.find(span.of(title), at.start, at.end)
    return period, (Span(begin, begin + len(span)) if begin >= 0 else None)


def period_of_headings(
    text: str, sections: Sequence[Section], issued_on: date | None, doc_type: str
) -> tuple[Period | None, Span | None]:
    """Return the period that most headings of the highest level naming any are about, the earliest of equals.

    Headings of the time to come count only where there are no others, and only in plans (by ``doc_type``, or where no
    kind is written on the document) may they be of years after the one of issue. (None, None) for none.
    """
    for level in sorted({section.level for section in sections}):
        found: list[tuple[Period, Span, bool]] = []
        for section in sections:
            if section.level != level or section.kind in _FIXED or section.heading is None:
                continue
            ahead = _OUTLOOK.search(fold(section.title)) is not None
            for span, period in find_periods(section.title):
                begin = text.find(span.of(section.title), section.heading.start, section.heading.end)
                whole = period.year is not None and period.kind is not PeriodKind.DATE
                whole = whole and (doc_type in PLAN_TYPES or not _beyond(period, issued_on, doc_type))
                if whole and begin >= 0:
                    found.append((period, Span(begin, begin + len(span)), ahead))
        found = [one for one in found if not one[2]] or found
        if found:
            period = Counter(period for period, _, _ in found).most_common(1)[0][0]
            return period, next(span for named, span, _ in found if named == period)
    return None, None


def _beyond(period: Period, issued_on: date | None, doc_type: str) -> bool:
    """Tell whether a heading's period is of tasks: it begins after the year of issue, or spans years in a report."""
    later = issued_on is not None and period.year is not None and period.year > issued_on.year
    return later or (bool(doc_type) and period.kind is PeriodKind.RANGE and period.first_month is None)


def _months(period: Period) -> int:
    if period.kind is PeriodKind.RANGE and period.first_month is None:
        return 12 * max(1, (period.last_year or 0) - (period.year or 0) + 1)
    if period.kind is PeriodKind.YEAR:
        return 12
    if period.first_month is None or period.last_month is None:
        return 0
    years = (period.last_year or period.year or 0) - (period.year or 0)
    return 12 * years + period.last_month - period.first_month + 1
