"""``hoibaocao ingest balance``: what of a report's file was read, and what to look at. Translation only."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import asdict
from typing import Annotated, Any

import typer

from ingest import cli_show as show
from ingest.accounting import QUALITY_NAMES, REASON_NAMES, Reason, quality, summary
from ingest.catalogue.records import StoredVersion, VersionInfo
from ingest.catalogue.store import Catalogue
from ingest.domain import Balance, ParseIssue, Report, Severity
from ingest.locating import page_at, section_at

_QUOTE_CHARS = 60


def add_balance(
    app: typer.Typer,
    catalogue: Callable[[], AbstractContextManager[Catalogue]],
    *,
    find: Callable[[Catalogue, str], VersionInfo],
    exits: Callable[[], AbstractContextManager[None]],
) -> None:
    """Put the command into ``app``. ``find`` looks a report up by its id, ``exits`` turns errors into exit codes."""

    @app.command("balance")
    def balance(
        report: Annotated[str, typer.Argument(metavar="BÁO_CÁO", help="Mã báo cáo, hoặc phần đầu của mã.")],
        as_json: Annotated[bool, typer.Option("--json", help="In kết quả dạng JSON.")] = False,
    ) -> None:
        """Cho biết đã đọc được gì trong tệp của một báo cáo, điểm nào cần xem lại."""
        with exits(), catalogue() as opened:
            stored = opened.load(find(opened, report).version_id)
        if as_json:
            show.show_json(_json(stored))
            return
        info, sheet = stored.info, stored.info.counts
        print(f"{info.name} ({info.report_id})")
        print(f"{summary(sheet)}. {QUALITY_NAMES[quality(sheet)].capitalize()}.")
        show.show_rows(("Trong tệp", "Đã vào kho"), _lines(sheet))
        if stored.report.issues:
            print("Điểm cần biết:")
            show.show_rows(("Mức", "Chỗ", "Nội dung"), [_issue_row(stored.report, i) for i in stored.report.issues])


def _lines(sheet: Balance) -> list[tuple[str, str]]:
    rows = [
        ("Mục", str(sheet.sections)),
        ("Chú thích", f"{sheet.footnotes_bound}/{sheet.footnotes_found} gắn được vào câu"),
        ("Bảng", f"{sheet.tables} bảng, {sheet.rows} hàng"),
        ("Con số trong văn bản", str(sheet.numbers)),
        ("  thuộc số liệu", f"{sheet.in_figures} (thành {sheet.figures} số liệu)"),
    ]
    rows += [(f"  {REASON_NAMES[Reason(code)]}", str(count)) for code, count in sheet.left_out.items()]
    if sheet.doubtful:
        rows.append(("Số liệu đọc chưa chắc", str(sheet.doubtful)))
    if sheet.pages:
        read = f"{sheet.pages - sheet.pages_empty}/{sheet.pages}"
        rows.append(("Trang", f"{read} có chữ, {sheet.pages_recognised} nhận dạng từ ảnh"))
    if sheet.images_skipped:
        rows.append(("Hình ảnh không đọc chữ", str(sheet.images_skipped)))
    if sheet.hidden:
        rows.append(("Ký tự ẩn, đã bỏ", str(sheet.hidden)))
    return [*rows, ("Đoạn lập chỉ mục", f"{sheet.indexed}/{sheet.passages}")]


def _issue_row(report: Report, issue: ParseIssue) -> tuple[str, str, str]:
    level = "cần xem" if issue.severity is Severity.WARNING else "ghi nhận"
    return level, _place(report, issue), f"{issue.message}{_quote(report, issue)}"


def _place(report: Report, issue: ParseIssue) -> str:
    if issue.span is None:
        return "cả tệp"
    page = page_at(report, issue.span.start)
    path = section_at(report, issue.span.start)
    return ", ".join(part for part in (f"trang {page.number}" if page else "", path[-1] if path else "") if part)


def _quote(report: Report, issue: ParseIssue) -> str:
    words = " ".join(issue.span.of(report.text).split()) if issue.span else ""
    return f" “{words[:_QUOTE_CHARS]}{'…' if len(words) > _QUOTE_CHARS else ''}”" if words else ""


def _json(stored: StoredVersion) -> dict[str, Any]:
    report, sheet = stored.report, stored.info.counts
    issues = [
        {
            "code": one.code,
            "severity": one.severity.value,
            "message": one.message,
            "count": one.count,
            "start": one.span.start if one.span else None,
            "end": one.span.end if one.span else None,
            "page": page.number if one.span and (page := page_at(report, one.span.start)) else None,
            "section_path": list(section_at(report, one.span.start)) if one.span else [],
        }
        for one in report.issues
    ]
    return {
        "report_id": stored.info.report_id,
        "version_id": stored.info.version_id,
        "format": report.format,
        "quality": quality(sheet).value,
        "balance": asdict(sheet),
        "issues": issues,
    }
