"""The JSON of reports and jobs."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import BaseModel

from ingest.accounting import quality
from ingest.catalogue.records import Job, StoredVersion, VersionInfo
from ingest.domain import Figure, Section
from ingest.vi.periods import period_label
from service.api.reading_schemas import BalanceOut, IssueOut
from service.rebuilds import RESULT_KEY as REBUILT_KEY
from service.worker import RESULT_KEY


class ReportOut(BaseModel):
    """A report's visible version. Counts are of the version; ``issued_on`` is an ISO date or "".

    ``scanned``: pages of it were read by recognition. ``quality``: how well it was read (see ``ReadingOut``).
    """

    id: str
    version_id: str
    name: str
    title: str
    issuer: str
    number: str
    area: str
    period: str
    issued_on: str
    signer: str
    media_type: str
    size: int
    created_at: datetime
    sections: int
    footnotes: int
    tables: int
    figures: int
    passages: int
    pages: int
    scanned: bool
    quality: Literal["full", "mostly", "check"]
    warnings: int


class ReportsOut(BaseModel):
    """A page of reports, oldest first; ``next`` is the cursor of the next page or null."""

    reports: list[ReportOut]
    next: str | None


class TextOut(BaseModel):
    """The canonical text that citations count in."""

    version_id: str
    text: str


class SectionOut(BaseModel):
    """A section; ``span`` [start, end) in characters of the text, children in document order."""

    id: int
    kind: str
    marker: str
    title: str
    start: int
    end: int
    children: list[SectionOut]


class TreeOut(BaseModel):
    """The section tree without its root."""

    version_id: str
    sections: list[SectionOut]


class ReportFigureOut(BaseModel):
    """A figure of a report; ``value`` and ``whole`` are decimal strings, ``start``/``end`` its place in the text.

    ``base``: what it is compared with, as written. ``doubtful``: read with little confidence.
    """

    text: str
    value: str
    unit: str
    role: str
    indicator: str
    period: str
    place: str
    base: str
    whole: str | None
    doubtful: bool
    start: int
    end: int


class FiguresOut(BaseModel):
    """A page of figures in passage order; ``next`` is the cursor of the next page or null."""

    version_id: str
    figures: list[ReportFigureOut]
    next: str | None


class IngestOut(BaseModel):
    """What became of the file."""

    status: Literal["complete", "partial", "unchanged", "failed"]
    report_id: str | None
    version_id: str | None
    balance: BalanceOut | None
    issues: list[IssueOut]
    error_code: str
    error_message: str


class RebuildOut(BaseModel):
    """What a rebuild put into the new index."""

    reports: int
    passages: int
    fingerprint: str


class JobOut(BaseModel):
    """A job; ``result`` (of an upload) and ``rebuilt`` (of a rebuild) are null until it has ended."""

    id: str
    kind: str
    status: Literal["queued", "running", "done", "failed"]
    name: str
    created_at: datetime
    stage: str
    done: int
    total: int
    result: IngestOut | None
    rebuilt: RebuildOut | None = None
    error_code: str
    error_message: str


def report_out(info: VersionInfo) -> ReportOut:
    """Return the JSON form of a version without its text."""
    meta, counts = info.meta, info.counts
    return ReportOut(
        id=info.report_id,
        version_id=info.version_id,
        name=info.name,
        title=meta.title,
        issuer=meta.issuer,
        number=meta.number,
        area=meta.area,
        period=period_label(meta.period) if meta.period else "",
        issued_on=meta.issued_on.isoformat() if meta.issued_on else "",
        signer=meta.signer,
        media_type=info.media_type,
        size=info.size,
        created_at=info.created_at,
        sections=counts.sections,
        footnotes=counts.footnotes_found,
        tables=counts.tables,
        figures=counts.figures,
        passages=counts.passages,
        pages=counts.pages,
        scanned=counts.pages_recognised > 0,
        quality=quality(counts).value,
        warnings=counts.warnings,
    )


def tree_out(stored: StoredVersion) -> TreeOut:
    """Return the sections under the root as a tree."""
    made = {section.id: _section(section) for section in stored.report.sections}
    top: list[SectionOut] = []
    for section in stored.report.sections:
        if section.parent is None:
            continue
        siblings = made[section.parent].children if section.parent != 0 else top
        siblings.append(made[section.id])
    return TreeOut(version_id=stored.info.version_id, sections=top)


def figure_out(figure: Figure) -> ReportFigureOut:
    """Return the JSON form of a report's figure."""
    return ReportFigureOut(
        text=figure.text,
        value=format(figure.value, "f"),
        unit=figure.unit,
        role=str(figure.role),
        indicator=figure.indicator,
        period=period_label(figure.period) if figure.period else "",
        place=figure.place or "",
        base=figure.base,
        whole=None if figure.whole is None else format(figure.whole, "f"),
        doubtful=figure.doubtful,
        start=figure.span.start,
        end=figure.span.end,
    )


def job_out(job: Job) -> JobOut:
    """Return the JSON form of a job (its result is one JSON text, see ``service.worker``)."""
    stored, rebuilt = job.result.get(RESULT_KEY), job.result.get(REBUILT_KEY)
    return JobOut(
        id=job.id,
        kind=job.kind,
        status=job.status.value,
        name=job.payload.get("name", ""),
        created_at=job.created_at,
        stage=job.stage,
        done=job.done,
        total=job.total,
        result=None if stored is None else IngestOut.model_validate_json(stored),
        rebuilt=None if rebuilt is None else RebuildOut.model_validate_json(rebuilt),
        error_code=job.error_code,
        error_message=job.error_message,
    )


def _section(section: Section) -> SectionOut:
    return SectionOut(
        id=section.id,
        kind=str(section.kind),
        marker=section.marker,
        title=section.title,
        start=section.span.start,
        end=section.span.end,
        children=[],
    )


class VersionOut(BaseModel):
    """One version of a report: when it began to answer and when another took over (null: it still answers)."""

    version_id: str
    status: str
    name: str
    sha256: str
    published_at: datetime | None
    superseded_at: datetime | None


class VersionsOut(BaseModel):
    """The versions of a report, oldest first."""

    report_id: str
    versions: list[VersionOut]


def version_out(info: VersionInfo) -> VersionOut:
    """Return a version as the API gives it."""
    return VersionOut(
        version_id=info.version_id,
        status=info.status.value,
        name=info.name,
        sha256=info.sha256,
        published_at=info.published_at,
        superseded_at=info.superseded_at,
    )


class JobsOut(BaseModel):
    """Jobs, newest first."""

    jobs: list[JobOut]
