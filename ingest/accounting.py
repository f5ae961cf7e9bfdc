"""Numbers of a report accounted for: how many there are, and why those that are no figures were left out. Pure.

The count is its own: it looks at digits alone, so that what the figure rules miss shows as unexplained.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from enum import StrEnum

from ingest.chunk import marks
from ingest.domain import Balance, ParagraphKind, Report, SectionKind, Span
from ingest.vi.normalise import fold, unify
from ingest.vi.not_figures import reasons
from ingest.vi.periods import find_periods


class Reason(StrEnum):
    """Why a number is no figure."""

    PERIOD = "period"
    DOCUMENT = "document"
    NAME = "name"
    NUMBERING = "numbering"
    MARK = "mark"
    SCALE = "scale"
    PAGE = "page"
    FRAME = "frame"
    UNEXPLAINED = "unexplained"


REASON_NAMES = {
    Reason.PERIOD: "ngày, tháng, năm, giờ",
    Reason.DOCUMENT: "số hiệu văn bản",
    Reason.NAME: "tên gọi (đường, khu, thửa, điện thoại)",
    Reason.NUMBERING: "số thứ tự, đánh số mục",
    Reason.MARK: "số chú thích, số cột",
    Reason.SCALE: "tỷ lệ, mẫu số",
    Reason.PAGE: "số trang",
    Reason.FRAME: "phần đầu và phần ký",
    Reason.UNEXPLAINED: "chưa rõ, cần xem lại",
}


class Quality(StrEnum):
    """How well a report was read."""

    FULL = "full"
    MOSTLY = "mostly"
    CHECK = "check"


QUALITY_NAMES = {
    Quality.FULL: "đọc đủ",
    Quality.MOSTLY: "đọc được phần lớn",
    Quality.CHECK: "cần đối chiếu",
}
# Shares from which on something missing makes a report one to be compared with its original; by judgement.
_MANY_EMPTY_PAGES = 0.25
_MANY_DOUBTFUL = 0.1
_MANY_LOOSE_NOTES = 0.2
_MANY_UNEXPLAINED = 0.1
_SOME_UNEXPLAINED = 0.03  # ranks, ages and classes are never all told apart
_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
# Reasons of ``not_figures`` under the fewer that staff are told.
_SHAPED = {
    "document": Reason.DOCUMENT,
    "scale": Reason.SCALE,
    "per": Reason.SCALE,
    "time": Reason.PERIOD,
    "date": Reason.PERIOD,
    "year": Reason.PERIOD,
    "mark": Reason.MARK,
    "numbering": Reason.NUMBERING,
}
_FIGURE = 1
_CODES = {reason: number for number, reason in enumerate(Reason, start=_FIGURE + 1)}
_INDEX_HEADS = frozenset(("stt", "tt", "so tt", "so thu tu"))


def account(report: Report, figures: Iterable[Span]) -> tuple[int, dict[str, int]]:
    """Return how many numbers the text holds and, by reason, how many of them stand in no figure.

    A number is a run of digits with the dots and commas inside it ("1.234,5" is one, "05/12" two). Reasons that do not
    occur are left out; without numbers (0, {}).
    """
    cover = bytearray(len(report.text))
    for span, reason in _claims(report):
        cover[span.start : span.end] = bytes((_CODES[reason],)) * len(span)
    for span in figures:
        cover[span.start : span.end] = bytes((_FIGURE,)) * len(span)
    names = {code: reason for reason, code in _CODES.items()}
    found: Counter[str] = Counter()
    numbers = 0
    for match in _NUMBER.finditer(report.text):
        numbers += 1
        inside = cover[match.start() : match.end()]
        if _FIGURE not in inside:
            glued = report.text[match.start() - 1 : match.start()].isalpha()  # "lô DV16", "vitamin B12"
            found[(names.get(inside[0]) or (Reason.NAME if glued else Reason.UNEXPLAINED)).value] += 1
    return numbers, dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))


def quality(balance: Balance) -> Quality:
    """Return how well a report was read, by its balance sheet alone."""
    unexplained = _share(balance.left_out.get(Reason.UNEXPLAINED, 0), balance.numbers)
    loose = balance.footnotes_found - balance.footnotes_bound
    if (
        balance.indexed < balance.passages
        or _share(balance.pages_empty, balance.pages) >= _MANY_EMPTY_PAGES
        or _share(balance.doubtful, balance.figures) >= _MANY_DOUBTFUL
        or _share(loose, balance.footnotes_found) >= _MANY_LOOSE_NOTES
        or unexplained >= _MANY_UNEXPLAINED
    ):
        return Quality.CHECK
    some = balance.pages_empty + balance.doubtful + loose + balance.warnings
    return Quality.MOSTLY if some or unexplained >= _SOME_UNEXPLAINED else Quality.FULL


def summary(balance: Balance) -> str:
    """Return the sheet in one line: "Đã đọc: 14 mục, 10/10 chú thích, 3 bảng, 512 số liệu"."""
    parts = [
        f"{balance.sections} mục",
        f"{balance.footnotes_bound}/{balance.footnotes_found} chú thích" if balance.footnotes_found else "",
        f"{balance.tables} bảng" if balance.tables else "",
        f"{balance.figures} số liệu",
    ]
    if balance.pages:
        scanned = f" ({balance.pages_recognised} trang quét)" if balance.pages_recognised else ""
        parts.insert(0, f"{balance.pages - balance.pages_empty}/{balance.pages} trang{scanned}")
    return "Đã đọc: " + ", ".join(part for part in parts if part)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _claims(report: Report) -> Iterator[tuple[Span, Reason]]:
    """Yield spans with their reason; a later one stands above an earlier one."""
    for span in _stretches(report):
        yield from _shaped(report.text, span)
    yield from _numbering(report)
    for mark in marks(report):
        yield mark, Reason.MARK
    for note in report.footnotes:
        if note.spans:  # its label stands on its line, before its words
            start = report.text.rfind("\n", 0, note.spans[0].start) + 1
            yield Span(start, note.spans[0].start), Reason.MARK
    for issue in report.issues:
        if issue.code == "page-number" and issue.span is not None:
            yield issue.span, Reason.PAGE
    for section in report.sections:
        if section.kind in (SectionKind.HEADER, SectionKind.SIGNATURE):
            yield section.span, Reason.FRAME


def _stretches(report: Report) -> Iterator[Span]:
    for section in report.sections:
        if section.heading is not None:
            yield section.heading
    for paragraph in report.paragraphs:
        yield from paragraph.spans
    for note in report.footnotes:
        yield from note.spans


def _shaped(text: str, span: Span) -> Iterator[tuple[Span, Reason]]:
    """Yield what is no figure by its looks; a line break inside a stretch reads as a blank."""
    piece = span.of(text).replace("\n", " ")
    periods = [found for found, _ in find_periods(piece)]
    for found, why in reasons(piece, unify(piece), periods=periods):
        yield _moved(found, span.start), _SHAPED.get(why, Reason.NAME)
    for found in periods:
        yield _moved(found, span.start), Reason.PERIOD


def _numbering(report: Report) -> Iterator[tuple[Span, Reason]]:
    for section in report.sections:
        if section.heading is not None and section.marker:
            yield Span(section.heading.start, section.heading.start + len(section.marker)), Reason.NUMBERING
    for paragraph in report.paragraphs:
        if paragraph.marker and paragraph.spans and paragraph.kind is not ParagraphKind.TABLE_ROW:
            start = report.text.rfind("\n", 0, paragraph.spans[0].start) + 1
            yield Span(start, paragraph.spans[0].start + len(paragraph.marker)), Reason.NUMBERING
    for table in report.tables:
        for column, head in enumerate(table.columns):
            if fold(head).strip(" .") in _INDEX_HEADS:
                yield from ((row.cells[column], Reason.NUMBERING) for row in table.rows if column < len(row.cells))


def _moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)
