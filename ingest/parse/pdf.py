"""PDF files with a text layer -> Source."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from functools import partial
from typing import Protocol

import pypdfium2 as pdfium
from PIL import Image

from ingest.domain import ParseIssue, Severity
from ingest.errors import UnreadableReport
from ingest.parse.assemble import assemble
from ingest.parse.blocks import Source
from ingest.parse.page_image import page_bitmap
from ingest.parse.pdf_file import open_pdf
from ingest.parse.pdf_glyphs import Glyph, Glyphs, read_glyphs
from ingest.parse.pdf_words import make_words
from ingest.parse.printed import PrintedPage
from ingest.parse.scan_parallel import in_order
from ingest.parse.scan_sheet import with_scan_sheet

_MIN_CHARS = 12  # a page with fewer characters of text is an image of a page (or an empty one)
_SCAN_DPI = 200  # at which pages without text are drawn to be recognised
_MOST_SENSELESS = 0.4  # share of private-use and replacement characters that makes a text layer useless


_Read = tuple[PrintedPage, list[ParseIssue]]  # a page, and what of it was not read
_Task = Callable[[], _Read]


class Recogniser(Protocol):
    """Reads the image of a page; ``width`` and ``height`` in points."""

    def __call__(self, image: Image.Image, *, number: int, width: float, height: float) -> PrintedPage:
        """Return page ``number`` as printed. Raises UnreadableReport where recognition is not installed."""
        ...


def read_pdf(data: bytes, *, recognise: Recogniser | None = None) -> Source:
    """Return the blocks of a PDF file; pages without a text layer are read by ``recognise``, else told as not read.

    Raises UnreadableReport: damaged-file, encrypted-file, too-many-pages, no-text, ocr-unavailable (only images).
    """
    pages: list[PrintedPage] = []
    issues: list[ParseIssue] = []
    with closing(open_pdf(data)) as document:
        for page, told in in_order(_page(document, number, recognise) for number in range(1, len(document) + 1)):
            pages.append(page)
            issues += told
    if all(not page.words for page in pages):
        # The recogniser's own words, where it is the recogniser that is missing.
        unread = next((issue.message for issue in issues if issue.code == "page-without-text"), None)
        if recognise is not None and unread is not None:
            raise UnreadableReport(unread, code="ocr-unavailable")
        raise UnreadableReport("Tệp PDF chỉ có ảnh quét, không có chữ để đọc.", code="no-text")
    source = assemble(pages, format="pdf")
    return with_scan_sheet(replace(source, issues=(*source.issues, *issues)), pages)


def _page(document: pdfium.PdfDocument, number: int, recognise: Recogniser | None) -> _Task:
    """Return what gives the page as printed and what of it was not read; a page without text is empty.

    PDFium is for one thread at a time: it is done with when this returns, and recognition of an image is what is left.
    """
    try:
        page = document[number - 1]
    except pdfium.PdfiumError:
        return lambda: (PrintedPage(number, 0.0, 0.0, ()), [_damaged_page(number)])
    try:
        found = read_glyphs(page)
        width, height = found.placing.shown
        if not _is_text(found.chars, alone=not _shows_image(page)):
            empty = PrintedPage(number, width, height, ())
            if recognise is None:
                return lambda: (empty, [_unread(number)])
            return partial(_recognised, page_bitmap(page, dpi=_SCAN_DPI), empty, recognise)
        read = PrintedPage(number, width, height, make_words(found.chars), found.rules)
        return lambda: (read, list(_left_out(number, found)))
    finally:
        page.close()


def _recognised(image: Image.Image, empty: PrintedPage, recognise: Recogniser) -> _Read:
    """Return an image page as recognised; the ``empty`` one and why it is so where it cannot be."""
    try:
        return recognise(image, number=empty.number, width=empty.width, height=empty.height), []
    except UnreadableReport as error:  # no recogniser here: the other pages are read all the same
        return empty, [ParseIssue("page-without-text", f"Trang {empty.number}: {error.message}", Severity.WARNING)]


def _is_text(glyphs: Sequence[Glyph], *, alone: bool) -> bool:
    """Tell whether the characters of a page are a text a person could read, and not signs without a meaning.

    ``alone``: no image stands on the page, so that a few characters (or none) are all there is.
    """
    seen = [glyph.char for glyph in glyphs if not glyph.char.isspace()]
    senseless = sum(unicodedata.category(char) in ("Co", "Cn", "Cs") or char == "\ufffd" for char in seen)
    return (alone or len(seen) >= _MIN_CHARS) and senseless <= _MOST_SENSELESS * len(seen)


def _shows_image(page: pdfium.PdfPage) -> bool:
    return next(page.get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_IMAGE], max_depth=3), None) is not None


def _unread(number: int) -> ParseIssue:
    message = f"Trang {number} là ảnh quét hoặc không có lớp chữ đọc được; chữ trên trang này chưa được đọc."
    return ParseIssue("page-without-text", message, Severity.WARNING)


def _damaged_page(number: int) -> ParseIssue:
    return ParseIssue("page-damaged", f"Trang {number} bị hỏng trong tệp nên không đọc được.", Severity.WARNING)


def _left_out(number: int, found: Glyphs) -> Iterator[ParseIssue]:
    if found.turned:
        message = (
            f"Trang {number} có {found.turned} chữ viết nghiêng hoặc dọc (hình mờ, ghi chú bên lề), không được đọc."
        )
        yield ParseIssue("turned-text", message, Severity.INFO)
    if found.hidden:
        message = f"Trang {number} có {found.hidden} chữ trắng trên nền trắng; phần chữ ẩn không được nạp."
        yield ParseIssue("hidden-text", message, Severity.WARNING)
    if found.cut:
        message = f"Trang {number} có quá nhiều ký tự so với một trang in; phần vượt giới hạn không được đọc."
        yield ParseIssue("page-cut", message, Severity.WARNING)
