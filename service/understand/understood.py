"""How a question was read, told to the reader."""

from __future__ import annotations

from ingest.vi.periods import period_label, resolve
from service.domain import Query, ReportRef


def understood(query: Query, found: ReportRef | None = None) -> str:
    """Return how the question was read, in Vietnamese: the question with the period and place it was answered for.

    ``found`` is the report that answered: it tells the year and place a question left open.
    """
    period, place = query.period, query.place
    if found is not None and found.period is not None:
        period = found.period if period is None else resolve(period, found.period)
    if found is not None:
        place = place or found.area
    parts = (f"kỳ: {period_label(period)}" if period else "", f"địa bàn: {place}" if place else "")
    scope = "; ".join(part for part in parts if part)
    return f"{query.text} ({scope})" if scope else query.text
