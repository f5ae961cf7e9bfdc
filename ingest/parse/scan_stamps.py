"""Secrecy stamps of scanned pages: lines of coloured ink, lines that stand alone near the top, and ink nobody read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np
from PIL import Image

from ingest.parse.scan_ink import Grey
from ingest.parse.scan_marks import DARK
from ingest.parse.scan_rules import find_rules, without_rules
from ingest.parse.scan_turn import skew_of, turned
from ingest.parse.tesseract import RawWord, recognised
from ingest.vi.normalise import fold

_SECONDS = 30.0
_SPARSE = 11  # Tesseract's page segmentation mode for text anywhere
_TOP = 0.45  # of the page: where a secrecy stamp stands
_MARGIN = 40
# In inches: the cells that ink is looked for in, and what a framed stamp measures.
_CELL, _STAMP_HIGH, _STAMP_WIDE = 0.04, (0.2, 1.2), (0.35, 3.5)
_INKED = 0.1  # share of dark pixels: a speck has less, a stroke more
_REACH = range(-2, 3)
_MOST_UNREAD = 4  # pieces of a page: each is read by itself
# What a stamp says, however badly its accents were printed and read.
_EDGES, _TWICE = " .*|[]()-_:", re.compile(r"([^\W\d_])\1+")
_SECRETS = {"mat": "MẬT", "toi mat": "TỐI MẬT", "tuyet mat": "TUYỆT MẬT"}


def stamps_of(words: Sequence[RawWord], page: Grey, coloured: Grey | None, dpi: float) -> tuple[str, ...]:
    """Return the lines of stamps on an upright page: what is read in its coloured ink, and secrecy marks in black.

    ``words``: those of the black ink of ``page``. Raises ``TooSlow``.
    """
    until = page.shape[0] * _TOP
    lines = [*_alone(words, until), *(line for ink in _unread(page, words, until, dpi) for line in _lines_in(ink, dpi))]
    found = [secret for line in lines if (secret := _SECRETS.get(_said(line)))]
    if coloured is not None:
        found += [_spelled(line) for line in _lines_in(coloured, dpi)]
    return tuple(dict.fromkeys(found))


def _unread(page: Grey, words: Sequence[RawWord], until: float, dpi: float) -> Iterator[Grey]:
    """Yield the pieces of ``page`` above ``until`` that have the size of a stamp and hold no word: recognition takes a
    word in a frame that lies a little askew for a picture."""
    top = page[: round(until)].copy()
    for word in words:
        if any(ch.isalnum() for ch in word.text):
            top[max(0, word.top - 2) : word.bottom + 2, max(0, word.left - 2) : word.right + 2] = 255
    side = max(1, round(_CELL * dpi))
    high, wide = top.shape[0] // side, top.shape[1] // side
    shares = (top[: high * side, : wide * side] < DARK).reshape(high, side, wide, side).mean(axis=(1, 3))
    left = {(int(row), int(column)) for row, column in np.argwhere(shares > _INKED)}
    found = []
    while left:
        rows, columns = zip(*_piece(left), strict=True)
        height, width = (max(rows) - min(rows) + 1) * _CELL, (max(columns) - min(columns) + 1) * _CELL
        if _STAMP_HIGH[0] <= height <= _STAMP_HIGH[1] and _STAMP_WIDE[0] <= width <= _STAMP_WIDE[1]:
            down, right = (max(rows) + 2) * side, (max(columns) + 2) * side
            found.append(top[max(0, min(rows) - 1) * side : down, max(0, min(columns) - 1) * side : right])
    yield from found[:_MOST_UNREAD]


def _piece(left: set[tuple[int, int]]) -> list[tuple[int, int]]:
    """Take one cell out of ``left`` with all that hang together with it, gaps of one cell bridged; return them."""
    waiting = [left.pop()]
    piece = []
    while waiting:
        row, column = waiting.pop()
        piece.append((row, column))
        near = {(row + down, column + right) for down in _REACH for right in _REACH} & left
        left -= near
        waiting += near
    return piece


def _lines_in(coloured: Grey, dpi: float) -> list[str]:
    """Return the lines of a piece of ink, made level by itself. Raises ``TooSlow``."""
    rows, columns = np.flatnonzero((coloured < 200).any(axis=1)), np.flatnonzero((coloured < 200).any(axis=0))
    if not rows.size:
        return []
    crop = coloured[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    crop = np.pad(crop, _MARGIN, constant_values=255)
    level = turned(crop, skew_of(crop))
    clean = without_rules(level, find_rules(level, dpi))
    words = recognised(Image.fromarray(clean), seconds=_SECONDS, layout=_SPARSE, dpi=round(dpi))
    return list(_alone(words, float(clean.shape[0])))


def _alone(words: Sequence[RawWord], until: float) -> Iterator[str]:
    """Yield the words of lines that begin above ``until``, cut where gaps are wider than the words are high."""
    before: RawWord | None = None
    run: list[str] = []
    for word in words:
        if word.top > until:
            continue
        joined = before is not None and before.line == word.line
        if before is None or not joined or word.left - before.right > (word.bottom - word.top) * 1.2:
            if run:
                yield " ".join(run)
            run = []
        run.append(word.text)
        before = word
    if run:
        yield " ".join(run)


def _spelled(line: str) -> str:
    return _SECRETS.get(_said(line), line.strip(_EDGES))


def _said(line: str) -> str:
    """Return a line without accents and edges; of letters read twice ("MẠẬT") one is left."""
    return _TWICE.sub(r"\1", " ".join(fold(line.strip(_EDGES)).split()))
