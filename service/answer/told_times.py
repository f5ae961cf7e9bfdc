"""The times a stretch of a report speaks of, without those it only compares with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ingest.domain import Period, PeriodKind, Span
from ingest.vi.normalise import unify
from ingest.vi.periods import find_periods, find_vague, is_base

_YEARS_AND_DATES = (PeriodKind.YEAR, PeriodKind.DATE, PeriodKind.RANGE)
_PLANNED = ("kế hoạch", "dự toán", "chỉ tiêu")  # "kế hoạch năm 2024" names a base as well


def told_times(text: str) -> Iterator[Period]:
    """Yield the times ``text`` speaks of in order, bases of comparison and plans left out."""
    for span, period in find_periods(text):
        if not _only_compares(text, span):
            yield period


def _only_compares(text: str, span: Span) -> bool:
    """Tell whether a time is the base of a comparison or a plan's."""
    return is_base(text, span.start) or unify(text[: span.start]).rstrip().endswith((*_PLANNED, "%"))


def latest_time(text: str) -> Period | None:
    """Return the last time ``text`` speaks of; None for none, or where "lũy kế", "cùng kỳ" come after it."""
    told = None
    for span, period in find_periods(text):
        if not _only_compares(text, span):
            told = (span, period)
    vague = max((span.start for span, _ in find_vague(text)), default=-1)
    return told[1] if told is not None and told[0].start > vague else None


def years_and_dates(told: Iterable[Period]) -> Iterator[Period]:
    """Yield the years, dates and windows among ``told``."""
    return (period for period in told if period.kind in _YEARS_AND_DATES)
