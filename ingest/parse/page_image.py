"""Pages as images, for showing a quote where it is printed and for recognition."""

from __future__ import annotations

import io
import math
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2 as pdfium
from PIL import Image, ImageOps, UnidentifiedImageError

from ingest.errors import UnreadableReport
from ingest.parse.page_bundle import pages_in
from ingest.parse.pdf_file import damaged, open_pdf
from ingest.parse.sniff import open_package, read_part

# Pixels of one rendered page: A4 at 300 dpi has 8.7 million, A3 17.4 million.
MAX_PIXELS = 20_000_000
# Pixels of an image file that is opened at all (A3 at 600 dpi is 70 million).
MAX_FILE_PIXELS = 120_000_000
_IMAGE_FORMATS = ("PNG", "JPEG", "TIFF")
_POINTS_PER_INCH = 72


def render_page(data: bytes, number: int, *, dpi: int = 110) -> bytes:
    """Return page ``number`` (1-based) of a PDF or an image file as PNG bytes, at most MAX_PIXELS large.

    Raises UnreadableReport: no-such-page, damaged-file, encrypted-file, file-too-large, and what ``open_pdf`` raises.
    """
    image = _pdf_page(data, number, dpi) if b"%PDF" in data[:1024] else _image_page(data, number)
    stream = io.BytesIO()
    image.save(stream, "PNG")
    return stream.getvalue()


def images_of(data: bytes) -> Iterator[bytes]:
    """Yield the image files in ``data``: itself, or those bound into one (``page_bundle``). Raises UnreadableReport."""
    if not data.startswith(b"PK"):
        yield data
        return
    with open_package(data) as package:
        for name in pages_in(package):
            yield read_part(package, name) or b""


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
    left = number
    for file in images_of(data):
        with opened_image(file) as image:
            frames = frames_of(image)
            if 1 <= left <= frames:
                return _drawn(image, left)
            left -= frames
    raise _no_such_page(number)


@contextmanager
def opened_image(data: bytes) -> Iterator[Image.Image]:
    """Give the image file in ``data``, opened but not decoded. Raises UnreadableReport (damaged-file), then too."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            file = Image.open(io.BytesIO(data), formats=_IMAGE_FORMATS)
        yield file
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError, EOFError) as error:
        raise UnreadableReport("Tệp ảnh bị hỏng hoặc tải lên chưa hết.", code="damaged-file") from error


def frames_of(file: Image.Image) -> int:
    """Return how many pages an image file has. Only a TIFF has several: a PNG's are an animation, a JPEG's previews."""
    return getattr(file, "n_frames", 1) if file.format == "TIFF" else 1


def to_frame(file: Image.Image, number: int) -> None:
    """Turn to page ``number`` (0-based). Raises UnreadableReport (file-too-large) before anything is decoded."""
    file.seek(number)
    if file.width * file.height > MAX_FILE_PIXELS:
        raise UnreadableReport("Ảnh quá lớn (quá nhiều điểm ảnh) nên không mở được.", code="file-too-large")


def _drawn(file: Image.Image, number: int) -> Image.Image:
    to_frame(file, number - 1)
    shown = ImageOps.exif_transpose(file.copy()).convert("RGB")  # as it is read, and its words are placed
    shrink = math.sqrt(min(1.0, MAX_PIXELS / max(shown.width * shown.height, 1)))
    return shown if shrink == 1 else shown.resize((int(shown.width * shrink), int(shown.height * shrink)))


def _no_such_page(number: int) -> UnreadableReport:
    return UnreadableReport(f"Tệp không có trang {number}.", code="no-such-page")
