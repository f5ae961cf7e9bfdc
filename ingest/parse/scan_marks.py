"""Raised marks of a scanned line, found in the image itself: recognition takes "ha¹" for "ha!" and "m³" for "mỶ".

Heights are measured in x-heights (of the letter x of the line): they are the same for every size of type.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ingest.parse.scan_ink import Grey
from ingest.parse.tesseract import RawWord

DARK = 140
# x-height and height of capitals as parts of the size of type, in the serif faces of offices.
X_HEIGHT, _CAPITAL = 0.45, 0.66
_SMALL = "aceımnorsuvxzươ"  # letters with nothing above the height of an x
_NONE_ABOVE = 0.055  # of the ink of a line's darkest row
_MIN_X_PIXELS = 7  # below this raised digits are a blot
# Where a raised digit stands above the baseline, in x-heights (Word: 58-66% of the size, raised by a third).
_LOWEST, _HIGHEST = 0.38, 1.12
_MIN_HEIGHT, _MAX_HEIGHT = 0.55, 1.25
_MIN_WIDTH, _MAX_WIDTH = 0.16, 0.95
_BROADEST = 0.8  # of its height: no digit is broader, an asterisk is nearly as broad as high
_TALLEST = 1.55  # x-heights: what ends higher up is no part of the line
_PALE = 195  # the thin strokes of small digits are no darker
_UPPER = 1.15  # above so many x-heights a raised digit stands apart from letters that reach below it
_ABOVE, _BELOW = 2.05, 0.35  # the strip of a line that is looked at
_GLUED = 0.3  # gap to what follows in the same word
_SAME_MARK = 0.6  # gap between two digits of one mark: a 1 stands far from its neighbour
_LOW = 0.75  # punctuation reaches no higher


@dataclass(frozen=True, slots=True)
class Line:
    """A recognised line: its words and, in pixels, the row its letters stand on, its x-height and its size of type."""

    words: tuple[RawWord, ...]
    baseline: int
    x_height: float
    size: float


@dataclass(frozen=True, slots=True)
class Box:
    """A piece of a page in pixels, half-open."""

    left: int
    top: int
    right: int
    bottom: int


def around(boxes: Sequence[Box]) -> Box:
    """Return the box of all ``boxes`` (at least one)."""
    return Box(
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )


def measured(page: Grey, words: Sequence[RawWord]) -> Line:
    """Return the words of one line with its measures, taken from where its rows are darkest."""
    left, right = max(0, min(w.left for w in words)), max(w.right for w in words)
    # Words that swallowed a stroke of a stamp or a rule are higher than the line; they do not measure it.
    usual = sorted(w.bottom - w.top for w in words)[(len(words) - 1) // 2]
    even = [w for w in words if w.bottom - w.top <= 1.5 * usual]
    top, bottom = max(0, min(w.top for w in even)), max(w.bottom for w in even)
    profile = (page[top:bottom, left:right] < DARK).sum(axis=1)
    letters = "".join(word.text for word in words)
    high = sum(ch.isupper() or ch.isdigit() for ch in letters) > 0.6 * sum(ch.isalnum() for ch in letters)
    if not profile.size or not profile.max():
        height = float(max(bottom - top, 1))
        return Line(tuple(words), bottom, height * 0.5, height)
    # Rows grow dark at once where the letters begin (x, or capitals) and light again below the baseline.
    jump = np.diff(np.convolve(profile, (0.25, 0.5, 0.25), mode="same"), prepend=0.0, append=0.0)
    middle = len(profile) // 2
    foot = middle + int(np.argmin(jump[middle:]))
    head = int(np.argmax(jump[: max(foot - 3, 1)]))
    tall = float(max(foot - head, 1))
    size = tall / (_CAPITAL if high or _has_no_more_above(profile, head, tall, letters) else X_HEIGHT)
    return Line(tuple(words), top + foot, size * X_HEIGHT, size)


def _has_no_more_above(profile: NDArray[np.int_], head: int, tall: float, letters: str) -> bool:
    """Tell whether what begins at row ``head`` are the tall letters of a line: hardly any ink stands above them.

    Above small letters stand the strokes of b, d, h, l and the accents of half of all words.
    """
    if not any(ch.isalnum() and ch not in _SMALL for ch in letters):
        return False
    rows = profile[max(0, head - int(0.45 * tall)) : max(1, head - int(0.15 * tall))]
    return float(rows.mean() if rows.size and head > 1 else 0.0) < _NONE_ABOVE * float(profile.max())


def raised_marks(page: Grey, line: Line) -> list[list[Box]]:
    """Return what may be raised marks of ``line``, each as its digits' boxes; [] where print is too small."""
    x_height = line.x_height
    if x_height < _MIN_X_PIXELS:
        return []
    top = max(0, int(line.baseline - _ABOVE * x_height))
    bottom = min(page.shape[0], int(line.baseline + _BELOW * x_height))
    left = max(0, min(w.left for w in line.words) - int(x_height * 1.2))
    right = min(page.shape[1], max(w.right for w in line.words) + int(x_height * 1.2))
    ink = _own_ink(page[top:bottom, left:right] < _PALE, line.baseline - _TALLEST * x_height - top)
    upper = max(0, int(line.baseline - _UPPER * x_height) - top)
    glyphs = []
    for start, end in column_runs(ink):
        cut = _overhang(ink[:, start:end], upper)
        whole = _glyph(ink, start, end, left, top)
        part = _above_letters(ink, start + cut, end, left, top) if cut else whole
        if cut and not _is_raised(whole, line) and _is_raised(part, line):
            glyphs += [_glyph(ink, start, start + cut, left, top), part]
        else:
            glyphs.append(whole)
    found: list[list[Box]] = []
    for at, glyph in enumerate(glyphs):
        if not _is_raised(glyph, line) or not _ends_word(glyphs, at, line):
            continue
        if found and glyph.left - found[-1][-1].right <= _SAME_MARK * x_height:
            found[-1].append(glyph)
        else:
            found.append([glyph])
    return found


def _is_raised(glyph: Box, line: Line) -> bool:
    x_height = line.x_height
    height, width = glyph.bottom - glyph.top, glyph.right - glyph.left
    return (
        line.baseline - glyph.bottom >= _LOWEST * x_height
        and line.baseline - glyph.top >= _HIGHEST * x_height
        and _MIN_HEIGHT * x_height <= height <= _MAX_HEIGHT * x_height
        and _MIN_WIDTH * x_height <= width <= _MAX_WIDTH * x_height
        and width <= height * _BROADEST
    )


def _ends_word(glyphs: Sequence[Box], at: int, line: Line) -> bool:
    """Tell whether only raised digits and punctuation follow glyph ``at`` in its word."""
    for here, after in zip(glyphs[at:], glyphs[at + 1 :], strict=False):
        if after.left - here.right > _GLUED * line.x_height:
            return True
        if _is_punctuation(after, line):
            return True
        if not _is_raised(after, line):
            return False
    return True


def _is_punctuation(glyph: Box, line: Line) -> bool:
    """Tell whether ``glyph`` stands low (comma, full stop) or is a thin stroke from top to bottom (bracket, slash)."""
    low = line.baseline - glyph.top <= _LOW * line.x_height
    thin = glyph.right - glyph.left <= 0.6 * line.x_height
    colon = glyph.right - glyph.left <= 0.4 * line.x_height and line.baseline - glyph.top <= 1.1 * line.x_height
    return low or colon or (thin and glyph.bottom - line.baseline >= 0.15 * line.x_height)


def _own_ink(ink: NDArray[np.bool_], highest: float) -> NDArray[np.bool_]:
    """Return ``ink`` without what hangs into it from the line before: it ends above row ``highest``, white below."""
    own = ink.copy()
    for start, end in column_runs(ink):
        rows = np.flatnonzero(ink[:, start:end].any(axis=1))
        breaks = np.flatnonzero(np.diff(rows) > 1)
        if rows[0] == 0 and breaks.size and rows[breaks[0]] < highest:
            own[: rows[breaks[0]] + 1, start:end] = False
    return own


def _overhang(ink: NDArray[np.bool_], upper: int) -> int:
    """Return the column where the last piece of ``ink`` above row ``upper`` begins, 0 where there is no second."""
    pieces = column_runs(ink[:upper])
    return pieces[-1][0] if len(pieces) > 1 and pieces[-1][1] >= ink.shape[1] - 1 else 0


def _above_letters(ink: NDArray[np.bool_], start: int, end: int, left: int, top: int) -> Box:
    """Return the box of the ink of these columns down to the first white row."""
    rows = np.flatnonzero(ink[:, start:end].any(axis=1))
    breaks = np.flatnonzero(np.diff(rows) > 1)
    last = rows[breaks[0]] if breaks.size else rows[-1]
    return Box(left + start, top + int(rows[0]), left + end, top + int(last) + 1)


def _glyph(ink: NDArray[np.bool_], start: int, end: int, left: int, top: int) -> Box:
    rows = np.flatnonzero(ink[:, start:end].any(axis=1))
    return Box(left + start, top + int(rows[0]), left + end, top + int(rows[-1]) + 1)


def column_runs(ink: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Return the columns (half-open) of each glyph in ``ink``: what no white column parts."""
    flags = np.asarray(ink.any(axis=0))
    edges = np.flatnonzero(np.diff(np.concatenate(([0], flags.view(np.int8), [0]))))
    return [(int(edges[at]), int(edges[at + 1])) for at in range(0, len(edges), 2)]
