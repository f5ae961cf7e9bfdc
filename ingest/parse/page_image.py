"""Pages as images, for showing a quote where it is printed and for recognition."""

from __future__ import annotations

import io
import math
import warnings

import pypdfium2 as pdfium
from PIL import Image, UnidentifiedImageError

from ingest.errors import UnreadableReport
from ingest.parse.pdf_file import damaged, open_pdf

# Pixels of one rendered page: A4 at 300 dpi has 8.7 million, A3 17.4 million.
MAX_PIXELS = 20_000_000
# Pixels of an image file that is opened at all (A3 at 600 dpi is 70 million).
MAX_FILE_PIXELS = 120_000_000
_POINTS_PER_INCH = 72


def render_page(data: bytes, number: int, *, dpi: int = 110) -> bytes:
    """Return page ``number`` (1-based) of a PDF or an image file as PNG bytes, at most MAX_PIXELS large.

    Raises UnreadableReport: no-such-page, damaged-file, encrypted-file, file-too-large, and what ``open_pdf`` raises.
    """
    image = _pdf_page(data, number, dpi) if b"%PDF" in data[:1024] else _image_page(data, number)
    stream = io.BytesIO()
    image.save(stream, "PNG")
    return stream.getvalue()


def page_bitmap(page: pdfium.PdfPage, *, dpi: int) -> Image.Image:
    """Return an opened PDF page as an RGB image, its resolution lowered where the page is huge."""
    width, height = page.get_size()
    scale = dpi / _POINTS_PER_INCH
    scale = min(scale, math.sqrt(MAX_PIXELS / max(width * height, 1.0)))
    image: Image.Image = page.render(scale=scale).to_pil()
    return image.convert("RGB")


def _pdf_page(data: bytes, number: int, dpi: int) -> Image.Image:
    document = open_pdf(data)
    try:
        if not 1 <= number <= len(document):
            raise _no_such_page(number)
        return page_bitmap(document[number - 1], dpi=dpi)
    except pdfium.PdfiumError as error:
        raise damaged() from error
    finally:
        document.close()


def _image_page(data: bytes, number: int) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(data))
        if image.width * image.height > MAX_FILE_PIXELS:
            raise UnreadableReport("Ảnh quá lớn (quá nhiều điểm ảnh) nên không mở được.", code="file-too-large")
        if not 1 <= number <= getattr(image, "n_frames", 1):
            raise _no_such_page(number)
        image.seek(number - 1)
        shrink = math.sqrt(min(1.0, MAX_PIXELS / max(image.width * image.height, 1)))
        shown = image.convert("RGB")
        return shown if shrink == 1 else shown.resize((int(shown.width * shrink), int(shown.height * shrink)))
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError, EOFError) as error:
        raise UnreadableReport("Tệp ảnh bị hỏng hoặc tải lên chưa hết.", code="damaged-file") from error


def _no_such_page(number: int) -> UnreadableReport:
    return UnreadableReport(f"Tệp không có trang {number}.", code="no-such-page")
