"""Figures read with little confidence: an answer that uses one says so, and how to check it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import replace

from ingest.domain import PassageKind, Span
from service.domain import Draft, Evidence, Notice

UNCLEAR = "unclear-figure"
SCAN = Notice(UNCLEAR, "Số này đọc từ bản quét không rõ (độ tin cậy thấp); hãy đối chiếu với trang gốc.")
TABLE = Notice(
    UNCLEAR, "Số này lấy từ bảng được dựng lại theo thứ tự, có thể lệch hàng hoặc cột; hãy đối chiếu với bản gốc."
)
TEXT = Notice("unclear-text", "Đoạn trích có chỗ đọc không rõ; hãy đối chiếu với bản gốc.")


def with_doubts(draft: Draft, doubtful: Callable[[str], Sequence[Span]]) -> Draft:
    """Return ``draft`` with a warning for each kind of doubt about what it says; unchanged where there is none.

    Its figures say themselves whether they are doubtful, operands of arithmetic too. Without figures the quotes are
    asked: ``doubtful`` gives the pieces of a version that were read with little confidence, in order.
    """
    if draft.figures:
        unsure = [draft.evidence[claim.evidence] for claim in draft.figures if claim.figure.doubtful]
        found = dict.fromkeys(_notice(evidence) for evidence in unsure)
    else:
        cited = {number for claim in draft.claims for number in claim.evidence}
        touched = any(_touches(draft.evidence[n].span, doubtful(draft.evidence[n].report.version_id)) for n in cited)
        found = {TEXT: None} if touched else {}
    return replace(draft, warnings=(*draft.warnings, *found)) if found else draft


def _notice(evidence: Evidence) -> Notice:
    if evidence.passage.kind is PassageKind.TABLE_ROW and not evidence.report.scanned:
        return TABLE
    return SCAN if evidence.report.scanned else TEXT


def _touches(span: Span, pieces: Sequence[Span]) -> bool:
    last = bisect_left(pieces, Span(span.end, span.end))
    return last > 0 and pieces[last - 1].end > span.start
