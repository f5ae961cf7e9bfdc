"""PDF files with a text layer -> Source. The one home of PDFium's documents, with ``pdf_glyphs`` and ``page_image``."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pypdfium2 as pdfium

from ingest.domain import ParseIssue, Severity
from ingest.errors import UnreadableReport
from ingest.parse.assemble import assemble
from ingest.parse.blocks import Source
from ingest.parse.pdf_glyphs import read_glyphs
from ingest.parse.pdf_words import make_words
from ingest.parse.printed import PrintedPage

MAX_PAGES = 1_000
_MIN_CHARS = 12  # a page with fewer characters of text is an image of a page (or an empty one)


def read_pdf(data: bytes) -> Source:
    """Return the blocks of a PDF file.

    Raises UnreadableReport: damaged-file, encrypted-file, too-many-pages, no-text (only images).
    """
    with open_pdf(data) as document:
        pages = []
        issues = []
        for number in range(1, len(document) + 1):
            page, turned, empty = _page(document, number)
            pages.append(page)
            if empty:
                issues.append(_unread(number))
            if turned:
                issues.append(_turned(number, turned))
    if pages and all(not page.words for page in pages):
        raise UnreadableReport("Tệp PDF chỉ có ảnh quét, không có chữ để đọc.", code="no-text")
    source = assemble(pages, format="pdf")
    return replace(source, issues=(*source.issues, *issues))


@contextmanager
def open_pdf(data: bytes) -> Iterator[pdfium.PdfDocument]:
    """Give the document in ``data`` and close it. Raises as ``read_pdf``."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            message = "Tệp PDF đặt mật khẩu nên không đọc được. Hãy bỏ mật khẩu rồi nạp lại."
            raise UnreadableReport(message, code="encrypted-file") from error
        message = "Tệp PDF bị hỏng hoặc tải lên chưa hết. Hãy xuất lại tệp PDF rồi nạp lần nữa."
        raise UnreadableReport(message, code="damaged-file") from error
    try:
        if len(document) > MAX_PAGES:
            message = f"Tệp PDF có {len(document)} trang, vượt giới hạn {MAX_PAGES} trang."
            raise UnreadableReport(message, code="too-many-pages")
        yield document
    finally:
        document.close()


def _page(document: pdfium.PdfDocument, number: int) -> tuple[PrintedPage, int, bool]:
    """Return (page, characters left out because they lean, whether it shows something and has no text)."""
    try:
        page = document[number - 1]
    except pdfium.PdfiumError:
        return PrintedPage(number, 0.0, 0.0, ()), 0, True
    try:
        found = read_glyphs(page)
        width, height = found.placing.shown
        empty = sum(not glyph.char.isspace() for glyph in found.chars) < _MIN_CHARS and _shows_image(page)
        words = () if empty else make_words(found.chars)
        return PrintedPage(number, width, height, words, found.rules), found.turned, empty
    finally:
        page.close()


def _shows_image(page: pdfium.PdfPage) -> bool:
    return next(page.get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_IMAGE], max_depth=3), None) is not None


def _unread(number: int) -> ParseIssue:
    message = f"Trang {number} là ảnh quét, chưa đọc được chữ trên trang này."
    return ParseIssue("page-without-text", message, Severity.WARNING)


def _turned(number: int, count: int) -> ParseIssue:
    message = f"Trang {number} có {count} chữ viết nghiêng hoặc dọc (hình mờ, ghi chú bên lề), không được đọc."
    return ParseIssue("turned-text", message, Severity.INFO)
