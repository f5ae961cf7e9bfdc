"""Pieces of a page read a second time, enlarged and one below the other in a single image: one call for all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from PIL import Image

from ingest.parse.scan_ink import Grey
from ingest.parse.scan_marks import Box
from ingest.parse.tesseract import RawWord, recognised

_ROW, _MARGIN = 46, 30  # pixels: height of what is read, white around it
_ONE_BLOCK = 6  # Tesseract's page segmentation mode for an even block of lines
# Height and gap, in pixels, of the ways in which a lone digit is shown.
_WAYS = ((46, 8), (36, 12))
# Among digits only the 1 is thinner than this part of its height; Tesseract takes it for a stroke.
_THIN, _THIN_SURE, _THIN_UNSEEN = 0.52, 0.85, 0.3
_TIMES = 3  # a lone digit is no line: it is set several times, and the readings vote
_MOST_ROWS = 250  # in one image: Tesseract takes none higher than 32,767 pixels
_DIGITS = "0123456789"


def read_digits(page: Grey, boxes: Sequence[Box], *, seconds: float) -> list[tuple[str, float]]:
    """Return (digit, confidence 0..1) for each box that holds one glyph, ("", 0.0) where no digit is agreed on.

    Raises ``TooSlow``.
    """
    tiles = [np.hstack([_enlarged(page, box, row, gap)] * _TIMES) for row, gap in _WAYS for box in boxes]
    rows = _read_rows(tiles, only=_DIGITS, seconds=seconds)
    found = []
    for number, box in enumerate(boxes):
        words = [word for way in range(len(_WAYS)) for word in rows[way * len(boxes) + number]]
        votes = Counter(ch for word in words for ch in word.text)
        digit, count = votes.most_common(1)[0] if votes else ("", 0)
        thin = (box.right - box.left) < _THIN * (box.bottom - box.top)
        if thin and (digit == "1" or count < _TIMES):
            found.append(("1", _THIN_SURE if digit == "1" else _THIN_UNSEEN))
        elif count < 2 or 2 * count <= votes.total():
            found.append(("", 0.0))
        else:
            found.append((digit, count / max(votes.total(), _TIMES)))
    return found


def read_words(page: Grey, boxes: Sequence[Box], *, only: str = "", seconds: float) -> list[tuple[str, float]]:
    """Return (text, lowest confidence 0..1) for each box, ("", 0.0) where nothing is read. Raises ``TooSlow``."""
    found = []
    for words in _read_rows([_enlarged(page, box, _ROW, _MARGIN // 2) for box in boxes], only=only, seconds=seconds):
        sure = min((word.confidence for word in words), default=0.0)
        found.append(("".join(word.text for word in words), sure))
    return found


def _enlarged(page: Grey, box: Box, row: int, gap: int) -> Grey:
    crop = page[max(0, box.top) : box.bottom, max(0, box.left) : box.right]
    if not crop.size:
        return np.full((row, row), 255, np.uint8)
    width = max(1, round(crop.shape[1] * row / crop.shape[0]))
    image = Image.fromarray(np.ascontiguousarray(crop)).resize((width, row), Image.Resampling.BICUBIC)
    return np.pad(np.asarray(image), ((0, 0), (gap, gap)), constant_values=255)


def _read_rows(tiles: Sequence[Grey], *, only: str, seconds: float) -> list[list[RawWord]]:
    rows: list[list[RawWord]] = [[] for _ in tiles]
    pitch = _ROW + 2 * _MARGIN
    for first in range(0, len(tiles), _MOST_ROWS):
        some = tiles[first : first + _MOST_ROWS]
        sheet = np.full((len(some) * pitch, max(tile.shape[1] for tile in some) + 2 * _MARGIN), 255, np.uint8)
        for number, tile in enumerate(some):
            top = number * pitch + _MARGIN
            sheet[top : top + tile.shape[0], _MARGIN : _MARGIN + tile.shape[1]] = tile
        for word in recognised(Image.fromarray(sheet), seconds=seconds, layout=_ONE_BLOCK, only=only):
            rows[first + min(len(some) - 1, (word.top + word.bottom) // 2 // pitch)].append(word)
    return rows
