"""Ruled lines of a scanned page, and the cells they make."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ingest.parse.scan_ink import Grey

_DARK = 150
_LEVEL_INCHES = 0.6  # a dash is shorter, the rule of a table is not
_UPRIGHT_INCHES = 0.22  # letters are lower, rows of a table are not
_FULL = 0.92  # of a line's pixels that are dark
_THICK_INCHES = 0.05  # thicker is a bar or a picture
_TOUCH_INCHES = 0.06  # ends of rules that meet


@dataclass(frozen=True, slots=True)
class PixelRule:
    """A straight line, its box in pixels, half-open; ``level`` or upright."""

    left: int
    top: int
    right: int
    bottom: int
    level: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """The inside of a ruled cell, in pixels, half-open."""

    left: int
    top: int
    right: int
    bottom: int


def find_rules(page: Grey, dpi: float) -> list[PixelRule]:
    """Return the level, then the upright rules of ``page``."""
    dark = page < _DARK
    level = [PixelRule(a, top, b, bottom, level=True) for top, bottom, a, b in _lines(dark, dpi, _LEVEL_INCHES)]
    upright = [PixelRule(top, a, bottom, b, level=False) for top, bottom, a, b in _lines(dark.T, dpi, _UPRIGHT_INCHES)]
    # The stroke of a letter meets no rule; that of a table does.
    near = max(2, int(dpi * _TOUCH_INCHES))
    return level + [rule for rule in upright if any(_meet(rule, other, near) for other in level)]


def without_rules(page: Grey, rules: Sequence[PixelRule]) -> Grey:
    """Return ``page`` with its rules painted white."""
    out = page.copy()
    for rule in rules:
        out[max(0, rule.top - 1) : rule.bottom + 1, max(0, rule.left - 1) : rule.right + 1] = 255
    return out


def find_cells(rules: Sequence[PixelRule], dpi: float) -> list[list[Cell]]:
    """Return the cells of each ruled table, in reading order; a table has level and upright rules that meet."""
    near = max(2, int(dpi * _TOUCH_INCHES))
    tables = []
    for group in _groups(rules, near):
        level = sorted({(rule.top + rule.bottom) // 2 for rule in group if rule.level})
        cells = [
            cell
            for top, bottom in pairwise(level)
            if bottom - top > dpi * 0.08
            for cell in _row_cells(group, top, bottom, near)
        ]
        if len(cells) >= 4:
            tables.append(cells)
    return tables


def _row_cells(group: Sequence[PixelRule], top: int, bottom: int, near: int) -> Iterator[Cell]:
    middle = (top + bottom) // 2
    edges = sorted(rule.left for rule in group if not rule.level and rule.top <= middle <= rule.bottom)
    columns = [edge for at, edge in enumerate(edges) if at == 0 or edge - edges[at - 1] > near]
    for left, right in pairwise(columns):
        # Cells that reach over several rows are cut by no rule within their own columns.
        if _ruled(group, left, right, top, near):
            end = bottom if _ruled(group, left, right, bottom, near) else _next_rule(group, left, right, bottom, near)
            yield Cell(left + 2, top + 2, right - 1, end - 1)


def _ruled(group: Sequence[PixelRule], left: int, right: int, row: int, near: int) -> bool:
    middle = (left + right) // 2
    return any(r.level and abs((r.top + r.bottom) // 2 - row) <= near and r.left <= middle <= r.right for r in group)


def _next_rule(group: Sequence[PixelRule], left: int, right: int, row: int, near: int) -> int:
    rows = sorted((rule.top + rule.bottom) // 2 for rule in group if rule.level)
    return next((below for below in rows if below > row and _ruled(group, left, right, below, near)), rows[-1])


def _groups(rules: Sequence[PixelRule], near: int) -> list[list[PixelRule]]:
    """Return rules that hang together, where some are level and some upright."""
    groups: list[list[PixelRule]] = []
    for rule in rules:
        touched = [group for group in groups if any(_meet(rule, other, near) for other in group)]
        merged = [rule, *(one for group in touched for one in group)]
        groups = [group for group in groups if group not in touched] + [merged]
    return [g for g in groups if sum(r.level for r in g) >= 2 and sum(not r.level for r in g) >= 2]


def _meet(one: PixelRule, other: PixelRule, near: int) -> bool:
    across = one.left - near <= other.right and other.left - near <= one.right
    return across and one.top - near <= other.bottom and other.top - near <= one.bottom


def _lines(dark: NDArray[np.bool_], dpi: float, inches: float) -> list[tuple[int, int, int, int]]:
    """Return (first row, end row, left, right) of long dark level stretches."""
    length = max(8, int(dpi * inches))
    rows, columns = dark.shape
    if columns <= length or rows < 3:
        return []
    # A line a little off level still fills its stretch of two rows together.
    thick = dark.copy()
    thick[1:] |= dark[:-1]
    sums = np.cumsum(thick, axis=1, dtype=np.int32)
    full = (sums[:, length:] - sums[:, :-length]) >= length * _FULL
    open_lines: list[list[int]] = []
    closed: list[list[int]] = []
    for row in np.flatnonzero(full.any(axis=1)):
        for left, right in _runs(full[row]):
            start, end = left + 1, right + length
            same = next((x for x in open_lines if row - x[1] <= 1 and start < x[3] and x[2] < end), None)
            if same is None:
                open_lines.append([int(row), int(row) + 1, start, end])
            else:
                same[1], same[2], same[3] = int(row) + 1, min(same[2], start), max(same[3], end)
        closed += [x for x in open_lines if row - x[1] > 1]
        open_lines = [x for x in open_lines if row - x[1] <= 1]
    thickest = max(4, int(dpi * _THICK_INCHES))
    return [(x[0], x[1], x[2], x[3]) for x in closed + open_lines if x[1] - x[0] <= thickest]


def _runs(flags: NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate(([0], flags.view(np.int8), [0]))))
    for at in range(0, len(edges), 2):
        yield int(edges[at]), int(edges[at + 1])
