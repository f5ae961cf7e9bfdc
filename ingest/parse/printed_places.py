"""Where words of a printed page stand on the page as it lies in the file, which a scan may have sideways.

Everything else works on the page turned the right way up; a picture of the page shows it as it lies.
"""

from __future__ import annotations

from ingest.domain import PlacedWord, Span
from ingest.parse.printed import PrintedPage, PrintedWord


def placed(page: PrintedPage, word: PrintedWord, span: Span) -> PlacedWord:
    """Return the word with its box as shares of the page as it lies, 0..1 from the top left."""
    left, right = _share(word.left, page.width), _share(word.right, page.width)
    top, bottom = _share(word.top, page.height), _share(word.bottom, page.height)
    for _ in range(page.quarter % 4):  # each quarter turn to the left, taken back
        left, top, right, bottom = 1.0 - bottom, left, 1.0 - top, right
    return PlacedWord(span, left, top, right, bottom, word.confidence)


def size_as_it_lies(page: PrintedPage) -> tuple[float, float]:
    """Return width and height in points of the page as it lies."""
    return (page.height, page.width) if page.quarter % 2 else (page.width, page.height)


def _share(value: float, of: float) -> float:
    return min(1.0, max(0.0, value / of)) if of else 0.0
