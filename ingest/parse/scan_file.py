"""Image files (.png, .jpg, .tif with one or more pages), and several bound into one, -> Source."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import numpy as np
from PIL import Image, ImageOps

from ingest.errors import UnreadableReport
from ingest.parse.assemble import assemble
from ingest.parse.blocks import Source
from ingest.parse.ocr import recognise_page
from ingest.parse.page_bundle import MAX_PAGES
from ingest.parse.page_image import frames_of, images_of, opened_image, to_frame
from ingest.parse.scan_parallel import in_order
from ingest.parse.scan_sheet import with_scan_sheet

_POINTS, _A4_SHORT, _A4_LONG = 72.0, 595.0, 842.0
_BELIEVED_DPI = (60.0, 1300.0)


def read_image(data: bytes) -> Source:
    """Return the blocks of an image file, each of its frames a page, or of several images bound into one file.

    Raises UnreadableReport: damaged-file, file-too-large (pixels or pages), ocr-unavailable.
    """
    tasks = (
        partial(recognise_page, image, number=number, width=width, height=height)
        for number, (image, width, height) in enumerate(_sheets(data), start=1)
    )
    pages = list(in_order(tasks))
    return with_scan_sheet(assemble(pages, format="image"), pages)


def _sheets(data: bytes) -> Iterator[tuple[Image.Image, float, float]]:
    """Yield each page as an upright grey or RGB image with its width and height in points."""
    frames = (frame for image in images_of(data) for frame in _frames(image))
    for number, frame in enumerate(frames, start=1):
        if number > MAX_PAGES:
            raise _too_many_pages()
        yield frame


def _frames(data: bytes) -> Iterator[tuple[Image.Image, float, float]]:
    """Yield each frame of one image file as ``_sheets`` does."""
    with opened_image(data) as file:
        count = frames_of(file)
        if count > MAX_PAGES:
            raise _too_many_pages()
        for number in range(count):
            to_frame(file, number)
            yield _placed(file)


def _too_many_pages() -> UnreadableReport:
    return UnreadableReport(f"Tệp ảnh có hơn {MAX_PAGES} trang. Hãy tách nhỏ rồi nạp lại.", code="file-too-large")


def _placed(file: Image.Image) -> tuple[Image.Image, float, float]:
    dpi = float(file.info.get("dpi", (0, 0))[0] or 0)
    image = _plain(ImageOps.exif_transpose(file.copy()))
    if not _BELIEVED_DPI[0] < dpi < _BELIEVED_DPI[1]:
        # No resolution told: the page is taken for an A4 sheet.
        long, short = max(image.size), min(image.size)
        dpi = max(long / _A4_LONG, short / _A4_SHORT) * _POINTS
    return image, image.width / dpi * _POINTS, image.height / dpi * _POINTS


def _plain(image: Image.Image) -> Image.Image:
    """Return the image as 8-bit grey or RGB; what is transparent becomes paper."""
    if image.mode.startswith("I") or image.mode == "F":
        values = np.asarray(image, dtype=np.float32)
        return Image.fromarray((values * (255.0 / max(float(values.max()), 1.0))).clip(0, 255).astype(np.uint8))
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        whole = image.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", whole.size, "white"), whole).convert("RGB")
    return image.convert("L") if image.mode in ("1", "L") else image.convert("RGB")
