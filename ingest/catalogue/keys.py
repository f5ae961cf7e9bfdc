"""What a report is found by: its identity, its folded names, its months. Pure."""

from __future__ import annotations

import re

from ingest.domain import PeriodKind, ReportMeta
from ingest.vi.normalise import canonical, fold

_NOT_WORD = re.compile(r"[\W_]+")


def identity(meta: ReportMeta) -> str:
    """Return what two versions of one report share: folded issuer, number and date; "" if one is missing.

    The Decree on records work (30/2020/NĐ-CP) gives each document of an agency its own number in the year's
    register, so the three together name one document. A title or a period would not: they repeat every quarter.
    """
    issuer, number = padded(meta.issuer).strip(), fold(canonical(meta.number))
    number = re.sub(r"\s+", "", number).lstrip("0")
    if not issuer or not number or meta.issued_on is None:
        return ""
    return f"{issuer}|{number}|{meta.issued_on.isoformat()}"


def padded(name: str) -> str:
    """Return the folded words of ``name`` with a blank before, between and after ("" for no words)."""
    words = _NOT_WORD.sub(" ", fold(canonical(name))).strip()
    return f" {words} " if words else ""


def years(meta: ReportMeta) -> tuple[int | None, int | None]:
    """Return first and last year (inclusive) the report covers; its date's year when no period is known."""
    period = meta.period
    if period is not None and period.year is not None:
        return period.year, period.last_year or period.year
    return (meta.issued_on.year, meta.issued_on.year) if meta.issued_on else (None, None)


def months(meta: ReportMeta) -> tuple[int | None, int | None]:
    """Return first and last month (1-based, inclusive); (None, None) when it covers whole years or none is known."""
    period = meta.period
    if period is None or period.kind is PeriodKind.DATE:
        return None, None
    return period.first_month, period.last_month
