"""Opening PDF files: what may go wrong said in words, and how much is read at most."""

from __future__ import annotations

import pypdfium2 as pdfium

from ingest.errors import UnreadableReport

# A report of a year with its annexes has some hundred pages; an endless file has no end.
MAX_PAGES = 500
_PASSWORD = "password"


def open_pdf(data: bytes) -> pdfium.PdfDocument:
    """Return the document in ``data``; the caller closes it.

    Raises UnreadableReport: encrypted-file (a password is asked for), damaged-file, too-many-pages, no-text (no page).
    """
    try:
        document = pdfium.PdfDocument(data)
        count = len(document)
    except pdfium.PdfiumError as error:
        if _PASSWORD in str(error).lower():
            message = "Tệp PDF đặt mật khẩu nên không đọc được. Hãy bỏ mật khẩu (in lại thành PDF) rồi nạp lại."
            raise UnreadableReport(message, code="encrypted-file") from error
        raise damaged() from error
    if count > MAX_PAGES:
        document.close()
        message = (
            f"Tệp PDF có {count} trang, quá giới hạn {MAX_PAGES} trang. Hãy tách tệp thành nhiều phần rồi nạp lại."
        )
        raise UnreadableReport(message, code="too-many-pages")
    if not count:
        document.close()
        raise UnreadableReport("Tệp PDF không có trang nào.", code="no-text")
    return document


def damaged() -> UnreadableReport:
    """Return the error for a PDF whose bytes make no sense."""
    message = "Tệp PDF bị hỏng hoặc tải lên chưa hết. Hãy tải lại từ nguồn hoặc in lại thành PDF rồi nạp lần nữa."
    return UnreadableReport(message, code="damaged-file")
