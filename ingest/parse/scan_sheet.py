"""What a scanned report is told by on the balance sheet: pages recognised, how surely, how many numbers are unclear."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.domain import ParseIssue, Severity
from ingest.parse.blocks import Source
from ingest.parse.printed import PrintedPage

# Mean confidence of a clean scan is above 0.93; below this limit a person should look at the original.
_CLEAR = 0.85


def with_scan_sheet(source: Source, pages: Sequence[PrintedPage]) -> Source:
    """Return ``source`` with the stamps of its scanned ``pages`` and the issues of their recognition.

    Nothing changes where no page is scanned.
    """
    scanned = [page for page in pages if page.scanned]
    if not scanned:
        return source
    sure = [word.confidence for page in scanned for word in page.words if word.confidence is not None]
    mean = sum(sure) / len(sure) if sure else 0.0
    read = sum(bool(page.words) for page in scanned)
    message = (
        f"Nhận dạng chữ từ ảnh quét: {read}/{len(scanned)} trang có chữ, độ tin cậy trung bình "
        f"{mean * 100:.0f}%, {len(source.doubtful)} số chưa rõ. Hãy đối chiếu số liệu quan trọng với bản gốc."
    )
    told = ParseIssue("scanned", message, Severity.INFO if mean >= _CLEAR else Severity.WARNING)
    issues = [issue for page in scanned for issue in page.issues]
    stamps = tuple(stamp for page in scanned for stamp in page.stamps)
    return replace(source, issues=(*source.issues, told, *issues), stamps=(*source.stamps, *stamps))
