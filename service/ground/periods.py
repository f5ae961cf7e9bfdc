"""Periods of a claim against periods of its quotes: what is told of, and what it is compared with, must both agree."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ingest.domain import Period, PeriodKind, Span
from ingest.vi.periods import Vague, find_periods, find_vague, is_base, resolve, same

_YEARS = re.compile(r"(?<![\d/.,-])((?:19|20)\d\d)\s?[-–]\s?((?:19|20)\d\d)(?![\d/.,-])")


def foreign_periods(
    claim: str, quotes: Sequence[str], *, around: Iterable[str] = (), allowed: Sequence[Period], strict: bool = True
) -> list[str]:
    """Return the periods of ``claim``, as written, that it may not name; [] when it may name all.

    A period must stand in a quote, in a heading (``around``) or among ``allowed`` (the reports' own). ``strict``: one
    that a quote names only as a base of comparison ("so với cùng kỳ năm 2022") may only be that in the claim, a base
    must be one in the quotes, and the reports' own period may not take the place of one the quotes tell of.
    """
    told, bases = _told_and_bases(quotes)
    above, above_bases = _told_and_bases(around)
    # "so với cùng kỳ" says no year: it means the year before.
    if any(vague is Vague.SAME_PERIOD for quote in quotes for _, vague in find_vague(quote)):
        bases += [resolve(Vague.SAME_PERIOD, period) for period in allowed]
    own_year = next((p.year for p in allowed if p.year is not None), None)
    named = [(span, period, is_base(claim, span.start)) for span, period in find_periods(claim)]
    bad: list[str] = []
    for span, period, base in named:
        pool = [*told, *bases, *above, *above_bases, *allowed]
        if strict:
            pool = [*told, *above, *allowed, *(above_bases if base else ())]
            pool = [*bases, *above_bases] if base and bases else pool
        if not _among(period, pool, own_year):
            bad.append(span.of(claim))
    bad += [m[0] for m in _YEARS.finditer(claim) if m[1] >= m[2] and not any(m[0] in quote for quote in quotes)]
    if bad or not strict:
        return bad
    return [span.of(claim) for span in _replaced([(span, p) for span, p, base in named if not base], told, own_year)]


def _told_and_bases(quotes: Iterable[str]) -> tuple[list[Period], list[Period]]:
    told: list[Period] = []
    bases: list[Period] = []
    for quote in quotes:
        for span, period in find_periods(quote):
            (bases if is_base(quote, span.start) else told).append(period)
    return told, bases


def _replaced(named: Sequence[tuple[Span, Period]], told: Sequence[Period], own_year: int | None) -> list[Span]:
    """Return the claim's periods where none is told of in the quotes and the quotes tell of other years."""
    plain = [p for p in told if p.year is not None and p.kind not in (PeriodKind.DATE, PeriodKind.RANGE)]
    if not plain or any(_among(p, told, own_year) for _, p in named):
        return []
    return [span for span, p in named if p.year is not None and all(p.year != other.year for other in plain)]


def _among(period: Period, pool: Sequence[Period], own_year: int | None) -> bool:
    """Tell whether a period is one of ``pool``; a year alone may also be the year of one of them."""
    # A quote that says only "quý I" means the report's own year.
    if any(same(period, other, default_year=own_year) for other in pool):
        return True
    return _only_year(period) and any(period.year in (other.year, other.last_year) for other in pool)


def _only_year(period: Period) -> bool:
    whole = period.first_month in (None, 1) and period.last_month in (None, 12) and period.day is None
    return whole and period.last_year in (None, period.year)
