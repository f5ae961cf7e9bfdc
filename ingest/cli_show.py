"""What the commands print: JSON for programs, a table on a terminal, tab-separated lines in a pipe."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
from rich.progress import Progress as Bar
from rich.table import Table
from rich.text import Text

from ingest.accounting import QUALITY_NAMES, quality
from ingest.catalogue.records import VersionInfo
from ingest.check import CheckReport
from ingest.domain import IngestResult, IngestStatus, Severity
from ingest.indexing import Progress
from ingest.results import REPLACED, RemoveResult
from ingest.vi.periods import period_label

Row = dict[str, Any]
_STAGES = {
    "read": "đọc",
    "embed": "lập chỉ mục",
    "publish": "đưa vào sử dụng",
    "rebuild": "dựng lại chỉ mục",
    "reread": "đọc lại",
}
_OUTCOMES = {
    "read": "đã đọc",
    "partial": "đã đọc, có cảnh báo",
    "replaced": "đã thay phiên bản",
    "unchanged": "không đổi",
    "failed": "lỗi",
}


def outcome(result: IngestResult) -> str:
    """Return what became of a file: read, partial, replaced, unchanged or failed."""
    if result.status in (IngestStatus.FAILED, IngestStatus.UNCHANGED):
        return result.status.value
    if result.status is IngestStatus.PARTIAL:
        return "partial"
    return "replaced" if any(issue.code == REPLACED for issue in result.issues) else "read"


def outcome_label(result: IngestResult) -> str:
    """Return what became of a file, in Vietnamese."""
    return _OUTCOMES[outcome(result)]


def show_results(results: Sequence[IngestResult], *, as_json: bool) -> None:
    """Print one row for each file taken in."""
    if as_json:
        _print_json([result_row(result) for result in results])
        return
    rows = [
        (
            result.name,
            outcome_label(result),
            result.report_id or "",
            str(result.balance.passages) if result.balance else "",
            str(result.balance.figures) if result.balance else "",
            QUALITY_NAMES[quality(result.balance)] if result.balance else "",
            _remark(result),
        )
        for result in results
    ]
    show_rows(("Tệp", "Kết quả", "Báo cáo", "Đoạn", "Số liệu", "Đọc", "Ghi chú"), rows)


def show_reports(infos: Sequence[VersionInfo], *, as_json: bool) -> None:
    """Print one row for each visible report."""
    if as_json:
        _print_json([_info_row(info) for info in infos])
        return
    rows = [
        (
            info.report_id,
            f"{info.name} (bản quét)" if info.counts.pages_recognised else info.name,
            info.meta.issuer,
            period_label(info.meta.period) if info.meta.period else "",
            info.meta.number,
            _local(info.created_at).strftime("%d/%m/%Y %H:%M"),
            str(info.counts.passages),
            str(info.counts.figures),
        )
        for info in infos
    ]
    show_rows(("Báo cáo", "Tệp", "Cơ quan", "Kỳ", "Số hiệu", "Ngày nạp", "Đoạn", "Số liệu"), rows)


def show_versions(infos: Sequence[VersionInfo], *, as_json: bool) -> None:
    """Print one row for each version of a report, oldest first: when it began to answer, when another took over."""
    if as_json:
        times = [(info.published_at, info.superseded_at) for info in infos]
        ends = [{"published_at": _iso(a), "superseded_at": _iso(b)} for a, b in times]
        _print_json([{**_info_row(info), **end} for info, end in zip(infos, ends, strict=True)])
        return
    rows = [(v.version_id, v.name, _when(v.published_at), _when(v.superseded_at) or "đang dùng") for v in infos]
    show_rows(("Phiên bản", "Tệp", "Từ", "Đến"), rows)


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _when(moment: datetime | None) -> str:
    return _local(moment).strftime("%d/%m/%Y %H:%M") if moment else ""


def show_removed(results: Sequence[RemoveResult], *, as_json: bool) -> None:
    """Print what was removed, one row for each report."""
    if as_json:
        _print_json([asdict(result) for result in results])
        return
    for result in results:
        left = "; còn sót lại, hãy chạy: hoibaocao ingest check --repair" if result.leftovers else ""
        print(f"Đã xóa {result.report_id} ({result.name}, {result.versions} phiên bản){left}")


def show_check(report: CheckReport, *, as_json: bool) -> None:
    """Print what a check found."""
    if as_json:
        problems = [{**asdict(p), "kind": p.kind.value} for p in report.problems]
        counts = {"reports": report.reports, "passages": report.passages, "originals": report.originals}
        _print_json({"sound": report.sound, **counts, "problems": problems})
        return
    for problem in report.problems:
        print(f"{'đã sửa' if problem.repaired else 'CẦN SỬA'}\t{problem.kind.value}\t{problem.message}")
    verdict = "Không còn sai lệch nào." if report.sound else "Còn sai lệch."
    print(f"{report.reports} báo cáo, {report.passages} đoạn, {report.originals} tệp gốc. {verdict}")


def show_json(value: Row) -> None:
    """Print one JSON object."""
    _print_json(value)


def say(message: str) -> None:
    """Tell the person at the terminal, on standard error."""
    print(message, file=sys.stderr)


@contextmanager
def progress_bar(label: str = "") -> Iterator[Progress]:
    """Give a function that draws progress on standard error, on a terminal only."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn())
    with Bar(*columns, console=console, disable=not console.is_terminal, transient=True) as bar:
        task = bar.add_task(label, total=None)

        def tell(stage: str, done: int, total: int) -> None:
            described = ": ".join(part for part in (label, _STAGES.get(stage, stage)) if part)
            bar.update(task, description=described, completed=done, total=total)

        yield tell


def _remark(result: IngestResult) -> str:
    if result.status is IngestStatus.FAILED:
        return result.error_message
    return "; ".join(issue.message for issue in result.issues if issue.severity is Severity.WARNING)


def result_row(result: IngestResult) -> Row:
    """Return what became of a file as a JSON object."""
    error = {"code": result.error_code, "message": result.error_message} if result.error_code else None
    return {
        "name": result.name,
        "outcome": outcome(result),
        "status": result.status.value,
        "report_id": result.report_id,
        "version_id": result.version_id,
        "balance": asdict(result.balance) if result.balance else None,
        "quality": quality(result.balance).value if result.balance else None,
        "issues": [{"code": i.code, "severity": i.severity.value, "message": i.message} for i in result.issues],
        "error": error,
    }


def _info_row(info: VersionInfo) -> Row:
    meta = info.meta
    return {
        "report_id": info.report_id,
        "version_id": info.version_id,
        "name": info.name,
        "title": meta.title,
        "issuer": meta.issuer,
        "area": meta.area,
        "number": meta.number,
        "issued_on": meta.issued_on.isoformat() if meta.issued_on else None,
        "period": period_label(meta.period) if meta.period else None,
        "sha256": info.sha256,
        "media_type": info.media_type,
        "size": info.size,
        "created_at": info.created_at.isoformat(),
        "counts": asdict(info.counts),
    }


def show_rows(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table on a terminal, tab-separated lines without heads in a pipe."""
    if not sys.stdout.isatty():
        for row in rows:
            print("\t".join(" ".join(cell.split()) for cell in row))
        return
    table = Table(*heads)
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))  # Text: a file name is never read as markup
    Console().print(table)


def _print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))


def _local(moment: datetime) -> datetime:
    return moment.astimezone()
