"""What is said of a file after its way in or out: results, balance sheet, names fit to be shown. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PureWindowsPath

from ingest.accounting import account
from ingest.catalogue.records import NewVersion, VersionInfo
from ingest.domain import Balance, Figure, IngestResult, IngestStatus, ParseIssue, Passage, Report, Severity
from ingest.errors import IngestError
from ingest.vi.normalise import canonical

# Code of the (harmless) issue that says a result took over from an older version.
REPLACED = "new-version"
MAX_NAME_CHARS = 200  # of a file's own name, kept to be shown
_MEDIA_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "doc": "application/msword",
    "odt": "application/vnd.oasis.opendocument.text",
    "pdf": "application/pdf",
    "rtf": "application/rtf",
    "html": "text/html",
    "markdown": "text/markdown",
    "md": "text/markdown",
    "text": "text/plain",
    "txt": "text/plain",
}


@dataclass(frozen=True, slots=True)
class RemoveResult:
    """What ``remove`` took away. ``leftovers``: points or files that could not be removed now; ``check`` repairs."""

    report_id: str
    name: str
    title: str
    versions: int
    leftovers: bool = False


def failed(error: IngestError, *, name: str) -> IngestResult:
    """Return the result of a file that could not be added."""
    return IngestResult(name=name, status=IngestStatus.FAILED, error_code=error.code, error_message=error.message)


def shown_name(name: str) -> str:
    """Return the last part of a file name as people may see it: one line, at most ``MAX_NAME_CHARS``."""
    last = PureWindowsPath(canonical(name)).name  # both kinds of slash
    clean = "".join(ch if ch.isprintable() else " " for ch in last).strip()
    if len(clean) > MAX_NAME_CHARS:
        clean = "…" + clean[-(MAX_NAME_CHARS - 1) :]  # the end carries the kind of file
    return clean or "báo cáo"


def balance_sheet(report: Report, passages: tuple[Passage, ...], figures: Mapping[str, tuple[Figure, ...]]) -> Balance:
    """Return what the file holds against what is about to be indexed; a figure in two passages counts once."""
    spans = {figure.span: figure.doubtful for found in figures.values() for figure in found}
    numbers, left_out = account(report, spans)
    issues: Counter[str] = Counter()
    for issue in report.issues:
        issues[issue.code] += issue.count
    return Balance(
        sections=len(report.sections),
        footnotes_found=len(report.footnotes),
        footnotes_bound=sum(note.mark is not None for note in report.footnotes),
        tables=len(report.tables),
        figures=len(spans),
        passages=len(passages),
        indexed=len(passages),  # proven by index_version before the version is published
        rows=sum(len(table.rows) for table in report.tables),
        numbers=numbers,
        in_figures=numbers - sum(left_out.values()),
        left_out=left_out,
        doubtful=sum(spans.values()),
        pages=len(report.pages),
        pages_recognised=sum(page.scanned for page in report.pages),
        pages_empty=sum(not page.span.of(report.text).strip() for page in report.pages),
        images_skipped=issues["image-skipped"] + issues["large-image-skipped"],
        hidden=issues["hidden-text"],
        issues=dict(issues),
        warnings=sum(issue.severity is Severity.WARNING for issue in report.issues),
    )


def added(new: NewVersion, info: VersionInfo, *, was_replaced: bool, clean: bool) -> IngestResult:
    """Return the result of a version just published; partial when any issue is a warning.

    ``was_replaced``: an older version stepped back (said by an issue with code ``REPLACED``). ``clean``: its points
    are gone.
    """
    issues = new.report.issues
    if was_replaced:
        issues += (ParseIssue(REPLACED, "Thay cho phiên bản trước của cùng báo cáo."),)
    if not clean:
        left = "Chưa xóa được phiên bản cũ khỏi chỉ mục; hãy chạy: hoibaocao ingest check --repair"
        issues += (ParseIssue("old-points-left", left, Severity.WARNING),)
    worst = any(issue.severity is Severity.WARNING for issue in issues)
    return IngestResult(
        name=info.name,
        status=IngestStatus.PARTIAL if worst else IngestStatus.COMPLETE,
        report_id=info.report_id,
        version_id=info.version_id,
        balance=new.balance,
        issues=issues,
    )


def unchanged(known: VersionInfo, *, name: str, wanted: str | None) -> IngestResult:
    """Return the result of bytes that are there already; ``wanted``: the report they were to replace."""
    issues: tuple[ParseIssue, ...] = ()
    if wanted is not None and wanted != known.report_id:
        message = f"Tệp này đã có trong báo cáo khác ({known.report_id}), nên không thay báo cáo {wanted}."
        issues = (ParseIssue("known-elsewhere", message, Severity.WARNING),)
    return IngestResult(
        name=name,
        status=IngestStatus.UNCHANGED,
        report_id=known.report_id,
        version_id=known.version_id,
        balance=known.counts,
        issues=issues,
    )


def media_type(format_: str) -> str:
    """Return the media type of a ``Report.format``; application/octet-stream for one not known."""
    return _MEDIA_TYPES.get(format_, "application/octet-stream")
