"""Made reports in a file, a line each: every measured process reads as many passages of it as it is to have."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import astuple
from datetime import UTC, datetime
from pathlib import Path

from eval.scale.made import Asked, MadeReport, up_to
from ingest.catalogue.records import VersionInfo, VersionStatus
from ingest.domain import Balance, Passage, PassageKind, Period, PeriodKind, ReportMeta

_MADE_AT = datetime(2026, 1, 1, tzinfo=UTC)


def write(path: Path, reports: Iterable[MadeReport]) -> int:
    """Write ``reports`` and return how many passages they have. Raises ``OSError``."""
    written = 0
    with path.open("w", encoding="utf-8") as file:
        for report in reports:
            line = {
                "version": report.version_id,
                "report": report.report_id,
                "place": report.place,
                "year": report.year,
                "quarter": report.quarter,
                "passages": [(p.id, p.kind.value, p.text, p.context) for p in report.passages],
                "asked": [astuple(one) for one in report.asked],
            }
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
            written += len(report.passages)
    return written


def read(path: Path, size: int) -> Iterator[MadeReport]:
    """Yield the reports of a file until they have ``size`` passages (see ``up_to``). Raises ``OSError``."""
    with path.open(encoding="utf-8") as file:
        yield from up_to(map(_report, file), size)


def info_of(report: MadeReport) -> VersionInfo:
    """Return what the catalogue would say of the version: what the index keeps beside its points."""
    period = Period(PeriodKind.QUARTER, report.year, 3 * report.quarter - 2, 3 * report.quarter)
    return VersionInfo(
        report_id=report.report_id,
        version_id=report.version_id,
        status=VersionStatus.VISIBLE,
        name="",
        sha256="",
        media_type="text/plain",
        size=0,
        meta=ReportMeta(issuer=f"UBND {report.place}", area=report.place, period=period),
        created_at=_MADE_AT,
        counts=Balance(0, 0, 0, 0, 0, 0, 0),
        reading_version="",
        fingerprint="",
    )


def _report(line: str) -> MadeReport:
    body = json.loads(line)
    return MadeReport(
        version_id=body["version"],
        report_id=body["report"],
        place=body["place"],
        year=body["year"],
        quarter=body["quarter"],
        passages=tuple(
            Passage(name, ordinal, PassageKind(kind), 0, (), (), text, context)
            for ordinal, (name, kind, text, context) in enumerate(body["passages"])
        ),
        asked=tuple(Asked(*one) for one in body["asked"]),
    )
