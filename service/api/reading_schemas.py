"""The JSON of how a report was read: balance sheet, issues with their place, what the machine made of the text."""

from __future__ import annotations

from dataclasses import asdict
from typing import Literal

from pydantic import BaseModel

from ingest.accounting import QUALITY_NAMES, REASON_NAMES, Reason, quality, summary
from ingest.catalogue.records import StoredVersion
from ingest.domain import Footnote, ParseIssue, Report, Span, Table
from ingest.locating import Box, page_at, section_at

Place = tuple[int, int]  # [start, end) in characters of the text


class BalanceOut(BaseModel):
    """What the file holds against what was indexed; see ``ingest.domain.Balance`` for each count."""

    sections: int
    footnotes_found: int
    footnotes_bound: int
    tables: int
    figures: int
    passages: int
    indexed: int
    rows: int = 0
    numbers: int = 0
    in_figures: int = 0
    left_out: dict[str, int] = {}
    doubtful: int = 0
    pages: int = 0
    pages_recognised: int = 0
    pages_empty: int = 0
    images_skipped: int = 0
    hidden: int = 0
    issues: dict[str, int] = {}
    warnings: int = 0


class IssueOut(BaseModel):
    """Something odd met while reading; ``count``: of how many things it speaks."""

    code: str
    message: str
    severity: str
    count: int = 1


class PlacedIssueOut(IssueOut):
    """An issue with its place; ``start``, ``end`` and ``page`` are null where it concerns the whole file."""

    start: int | None
    end: int | None
    page: int | None
    section_path: list[str]


class LeftOutOut(BaseModel):
    """Numbers of the text that are no figures, for one reason; ``label`` is Vietnamese."""

    reason: str
    label: str
    count: int


class ReadingOut(BaseModel):
    """How well a version was read. ``summary`` and ``quality_label`` are Vietnamese, for staff."""

    version_id: str
    format: str
    quality: Literal["full", "mostly", "check"]
    quality_label: str
    summary: str
    balance: BalanceOut
    left_out: list[LeftOutOut]
    issues: list[PlacedIssueOut]


class ParsedSectionOut(BaseModel):
    """A section; ``heading`` null for the root (id 0)."""

    id: int
    parent: int | None
    level: int
    kind: str
    marker: str
    title: str
    heading: Place | None
    start: int
    end: int


class ParsedParagraphOut(BaseModel):
    """A paragraph of a section, in one piece or more; ``depth`` 0 = no bullet."""

    section: int
    kind: str
    spans: list[Place]
    depth: int


class ParsedNoteOut(BaseModel):
    """A footnote; ``mark`` is null where no mark was found."""

    label: str
    mark: Place | None
    spans: list[Place]
    section: int


class ParsedTableOut(BaseModel):
    """A table; every row has one place for each cell (empty cell: start == end)."""

    section: int
    caption: str
    unit: str
    columns: list[str]
    rows: list[list[Place]]


class ParsedPageOut(BaseModel):
    """A page of a file that has them."""

    number: int
    start: int
    end: int
    width: float
    height: float
    scanned: bool


class ParsedOut(BaseModel):
    """What the machine made of the text; all places count in it. ``doubtful``: pieces read with little confidence."""

    version_id: str
    format: str
    sections: list[ParsedSectionOut]
    paragraphs: list[ParsedParagraphOut]
    footnotes: list[ParsedNoteOut]
    tables: list[ParsedTableOut]
    pages: list[ParsedPageOut]
    doubtful: list[Place]


class BoxOut(BaseModel):
    """A stretch of one printed line; edges are fractions of the page from the top left."""

    page: int
    left: float
    top: float
    right: float
    bottom: float


class BoxesOut(BaseModel):
    """Where characters stand on the pages; no boxes for a format without pages."""

    version_id: str
    boxes: list[BoxOut]


def reading_out(stored: StoredVersion) -> ReadingOut:
    """Return how well a version was read."""
    sheet = stored.info.counts
    how = quality(sheet)
    return ReadingOut(
        version_id=stored.info.version_id,
        format=stored.report.format,
        quality=how.value,
        quality_label=QUALITY_NAMES[how],
        summary=summary(sheet),
        balance=BalanceOut.model_validate(asdict(sheet)),
        left_out=[
            LeftOutOut(reason=code, label=REASON_NAMES[Reason(code)], count=count)
            for code, count in sheet.left_out.items()
        ],
        issues=[_issue(stored.report, issue) for issue in stored.report.issues],
    )


def parsed_out(stored: StoredVersion) -> ParsedOut:
    """Return what the machine made of a version's text."""
    report = stored.report
    return ParsedOut(
        version_id=stored.info.version_id,
        format=report.format,
        sections=[
            ParsedSectionOut(
                id=one.id,
                parent=one.parent,
                level=one.level,
                kind=one.kind.value,
                marker=one.marker,
                title=one.title,
                heading=_place(one.heading) if one.heading else None,
                start=one.span.start,
                end=one.span.end,
            )
            for one in report.sections
        ],
        paragraphs=[
            ParsedParagraphOut(
                section=one.section, kind=one.kind.value, spans=[_place(span) for span in one.spans], depth=one.depth
            )
            for one in report.paragraphs
        ],
        footnotes=[_note(note) for note in report.footnotes],
        tables=[_table(table) for table in report.tables],
        pages=[
            ParsedPageOut(
                number=one.number,
                start=one.span.start,
                end=one.span.end,
                width=one.width,
                height=one.height,
                scanned=one.scanned,
            )
            for one in report.pages
        ],
        doubtful=[_place(span) for span in report.doubtful],
    )


def box_out(box: Box) -> BoxOut:
    """Return the JSON form of a box."""
    return BoxOut.model_validate(asdict(box))


def _issue(report: Report, issue: ParseIssue) -> PlacedIssueOut:
    span = issue.span
    page = page_at(report, span.start) if span else None
    return PlacedIssueOut(
        code=issue.code,
        message=issue.message,
        severity=issue.severity.value,
        count=issue.count,
        start=span.start if span else None,
        end=span.end if span else None,
        page=page.number if page else None,
        section_path=list(section_at(report, span.start)) if span else [],
    )


def _note(note: Footnote) -> ParsedNoteOut:
    return ParsedNoteOut(
        label=note.label,
        mark=_place(note.mark) if note.mark else None,
        spans=[_place(span) for span in note.spans],
        section=note.section,
    )


def _table(table: Table) -> ParsedTableOut:
    return ParsedTableOut(
        section=table.section,
        caption=table.caption,
        unit=table.unit,
        columns=list(table.columns),
        rows=[[_place(cell) for cell in row.cells] for row in table.rows],
    )


def _place(span: Span) -> Place:
    return span.start, span.end
