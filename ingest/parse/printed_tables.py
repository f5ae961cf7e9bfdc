"""Ruled tables of a printed page: cells from the rules drawn round them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.parse.printed import PrintedPage, PrintedWord, Rule

_NEAR = 3.0  # points: rules this close are one, and this far they still touch
MAX_COLUMNS, MAX_ROWS = 60, 400
# A page with more is a drawing or a map: its rules are held against each other, each with each.
MAX_RULES = 4_000


@dataclass(frozen=True, slots=True)
class RuledTable:
    """A table: ``rows[i][j]`` holds the words of the cell that begins there, () where a joined cell covers it.

    ``head``: rows covered by the cells of the first row; ``columns``: the upright rules' places, one more than cells.
    """

    left: float
    top: float
    right: float
    bottom: float
    rows: tuple[tuple[tuple[PrintedWord, ...], ...], ...]
    head: int
    columns: tuple[float, ...]

    def holds(self, word: PrintedWord | Rule) -> bool:
        """Tell whether the middle of ``word`` lies in the table."""
        x, y = (word.left + word.right) / 2, (word.top + word.bottom) / 2
        return self.left - _NEAR <= x <= self.right + _NEAR and self.top - _NEAR <= y <= self.bottom + _NEAR


def find_tables(page: PrintedPage) -> list[RuledTable]:
    """Return the tables of ``page`` from top to bottom: rules that touch, with two columns and two cells at least."""
    rules = page.rules if len(page.rules) <= MAX_RULES else ()
    found = [table for group in _touching(rules) if (table := _table(page, group)) is not None]
    return sorted(found, key=lambda t: t.top)


def _touching(rules: Sequence[Rule]) -> list[list[Rule]]:
    groups: list[list[Rule]] = []
    for rule in rules:
        joined = [group for group in groups if any(_touch(rule, other) for other in group)]
        groups = [group for group in groups if group not in joined]
        groups.append([rule, *(other for group in joined for other in group)])
    return groups


def _touch(a: Rule, b: Rule) -> bool:
    return (
        a.left <= b.right + _NEAR
        and b.left <= a.right + _NEAR
        and a.top <= b.bottom + _NEAR
        and b.top <= a.bottom + _NEAR
    )


def _table(page: PrintedPage, rules: Sequence[Rule]) -> RuledTable | None:
    level = [r for r in rules if r.right - r.left >= r.bottom - r.top]
    upright = [r for r in rules if r.right - r.left < r.bottom - r.top]
    xs = _places((r.left + r.right) / 2 for r in upright)
    ys = _places((r.top + r.bottom) / 2 for r in level)
    if not 3 <= len(xs) <= MAX_COLUMNS or not 2 <= len(ys) <= MAX_ROWS:
        return None
    owner = _joined(xs, ys, level, upright)
    cells: dict[tuple[int, int], list[PrintedWord]] = {}
    for word in page.words:
        row, column = _at((word.top + word.bottom) / 2, ys), _at((word.left + word.right) / 2, xs)
        if row is not None and column is not None:
            cells.setdefault(owner[row, column], []).append(word)
    rows = [tuple(tuple(cells.get((i, j), ())) for j in range(len(xs) - 1)) for i in range(len(ys) - 1)]
    covered = max((i + 1 for (i, _), (top, _) in owner.items() if top == 0), default=1)
    filled = tuple(row for row in rows if any(row))
    if not filled:
        return None
    head = sum(1 for row in rows[:covered] if any(row)) if covered < len(rows) else 1
    return RuledTable(xs[0], ys[0], xs[-1], ys[-1], filled, head, tuple(xs))


def _places(values: Iterable[float]) -> list[float]:
    """Return the places of ``values``, those close together as one, in order."""
    places: list[list[float]] = []
    for value in sorted(values):
        if places and value - places[-1][-1] <= _NEAR:
            places[-1].append(value)
        else:
            places.append([value])
    return [sum(group) / len(group) for group in places]


def _at(value: float, places: Sequence[float]) -> int | None:
    return next((n for n, (low, high) in enumerate(pairwise(places)) if low <= value < high), None)


def _joined(
    xs: Sequence[float], ys: Sequence[float], level: Sequence[Rule], upright: Sequence[Rule]
) -> dict[tuple[int, int], tuple[int, int]]:
    """Return for each place of the grid the first place of the cell it belongs to: no rule between, one cell."""
    owner = {(i, j): (i, j) for i in range(len(ys) - 1) for j in range(len(xs) - 1)}

    def root(place: tuple[int, int]) -> tuple[int, int]:
        while owner[place] != place:
            place = owner[place]
        return place

    def join(a: tuple[int, int], b: tuple[int, int]) -> None:
        first, second = sorted((root(a), root(b)))
        owner[second] = first

    for i, (above, below) in enumerate(pairwise(ys)):
        for j, (start, end) in enumerate(pairwise(xs)):
            if j and not _drawn(upright, xs[j], (above + below) / 2, upright=True):
                join((i, j - 1), (i, j))
            if i and not _drawn(level, ys[i], (start + end) / 2, upright=False):
                join((i - 1, j), (i, j))
    return {place: root(place) for place in owner}


def _drawn(rules: Sequence[Rule], place: float, across: float, *, upright: bool) -> bool:
    """Tell whether a rule at ``place`` passes ``across``."""
    for rule in rules:
        at = (rule.left + rule.right) / 2 if upright else (rule.top + rule.bottom) / 2
        low, high = (rule.top, rule.bottom) if upright else (rule.left, rule.right)
        if abs(at - place) <= _NEAR and low - _NEAR <= across <= high + _NEAR:
            return True
    return False
