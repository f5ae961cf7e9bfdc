"""The one home of Tesseract: an image in, words with places and confidence out.

Tesseract is a program of its own, called through pytesseract. One page is read on one core (``OMP_THREAD_LIMIT``):
with its own threads it takes several times as long.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from functools import cache

import pytesseract
from PIL import Image

from ingest.errors import UnreadableReport

LANGUAGE = "vie"
_PAPER = 200  # grey values from here on are no print
_LAYOUT = 3  # Tesseract finds columns and blocks by itself
NO_TESSERACT = (
    "Máy này chưa nhận dạng được chữ trong ảnh. Hãy cài hai gói tesseract-ocr và tesseract-ocr-vie "
    "(apt install tesseract-ocr tesseract-ocr-vie) rồi nạp lại."
)
os.environ.setdefault("OMP_THREAD_LIMIT", "1")


class TooSlow(Exception):
    """Recognition of one image took longer than it may."""


@dataclass(frozen=True, slots=True)
class RawWord:
    """A recognised word; box in pixels of the image; ``confidence`` 0..1; ``line`` tells words of one line."""

    text: str
    left: int
    top: int
    right: int
    bottom: int
    confidence: float
    line: tuple[int, int, int]


def recognised(
    image: Image.Image, *, seconds: float, layout: int = _LAYOUT, only: str = "", dpi: int = 200
) -> list[RawWord]:
    """Return the words Tesseract sees in ``image``, in its reading order; [] for a blank image.

    ``layout``: Tesseract's page segmentation mode. ``only``: the characters allowed, "" for all.
    Raises ``TooSlow`` after ``seconds``, UnreadableReport (ocr-unavailable) without Tesseract or its Vietnamese data.
    """
    image.format = "BMP"  # what it is handed over as: packing a page as PNG takes longer than anything else of ours
    if not _has_ink(image):
        return []
    config = f"--psm {layout} --dpi {dpi}" + (f" -c tessedit_char_whitelist={only}" if only else "")
    try:
        table = pytesseract.image_to_data(
            image, lang=LANGUAGE, config=config, output_type=pytesseract.Output.DICT, timeout=seconds
        )
    except pytesseract.TesseractNotFoundError as error:
        raise unavailable("chương trình Tesseract") from error
    except pytesseract.TesseractError as error:
        if LANGUAGE in str(error) and "load" in str(error).lower():
            raise unavailable("dữ liệu tiếng Việt của Tesseract") from error
        return []  # Tesseract gives up on images a few pixels large
    except RuntimeError as error:  # pytesseract's word for its time limit
        raise TooSlow from error
    words = []
    for at, text in enumerate(table["text"]):
        if not text.strip():
            continue
        left, top = table["left"][at], table["top"][at]
        box = (left, top, left + table["width"][at], top + table["height"][at])
        line = (table["block_num"][at], table["par_num"][at], table["line_num"][at])
        words.append(RawWord(text.strip(), *box, max(0.0, float(table["conf"][at]) / 100), line))
    return words


def _has_ink(image: Image.Image) -> bool:
    """Tell whether anything on the page is dark enough to be print: Tesseract takes its time over empty pages, too."""
    return image.convert("L").point(lambda grey: 255 * (grey < _PAPER)).getbbox() is not None


@cache
def version() -> str:
    """Return the version of Tesseract. Raises UnreadableReport (ocr-unavailable) where it cannot read Vietnamese."""
    if shutil.which(pytesseract.pytesseract.tesseract_cmd) is None:
        raise unavailable("chương trình Tesseract")
    try:
        languages = pytesseract.get_languages()
        number = str(pytesseract.get_tesseract_version())
    except (pytesseract.TesseractNotFoundError, SystemExit, OSError) as error:
        raise unavailable("chương trình Tesseract") from error
    if LANGUAGE not in languages:
        raise unavailable("dữ liệu tiếng Việt của Tesseract")
    return number


def unavailable(what: str) -> UnreadableReport:
    """Return the error for a machine that cannot recognise print, ``what`` being missing."""
    return UnreadableReport(f"Thiếu {what}. {NO_TESSERACT}", code="ocr-unavailable")
