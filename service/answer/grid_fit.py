"""How well a table is what a question speaks of, and which of its columns measures what is asked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.domain import Figure, FigureRole, PeriodKind
from ingest.vi.normalise import fold
from ingest.vi.periods import contains, find_periods, same
from ingest.vi.units import same_measure, unit_kind
from service.answer.candidates import Material
from service.answer.denials import other_column
from service.answer.grids import Grid, GridRow
from service.answer.item_measures import asks_aim, asks_share
from service.answer.item_names import ANY_PLACE
from service.answer.measures import measure_words, other_measure
from service.answer.query_words import Scorer
from service.answer.scope import period_fits
from service.answer.tokens import bag, key
from service.domain import Query, ReportRef
from service.understand.places import same_place

_PLACES = re.compile(
    r"(?<!\w)(?:xa|phuong|thi tran|huyen|tinh|don vi|dia phuong|dia ban|co quan|chu dau tu|thon|khu pho)(?!\w)"
)
_WORD = re.compile(r"[^\W_]+")
_NAMES_END = re.compile(r"[;,]\s")
# Words that ask for a measure or say no more than that something is so.
_SHAPE = frozenset(
    [
        "dat",
        "duoc",
        "co",
        "bi",
        "gay",
        "ra",
        "la",
        "o",
        "tai",
        "trong",
        "so",
        "ty",
        "ti",
        "le",
        "muc",
        "thuc",
        "hien",
        "ket",
        "qua",
        "hien",
        "nay",
        "lam",
    ]
)
# What is to be done has many names: one asks for "nhiệm vụ", the head says "Nội dung".
_TASKS = frozenset(("nhiem vu", "noi dung", "cong viec", "viec", "hang muc", "danh muc", "hoat dong"))
_FILLED = 0.6  # share of the rows that a column must have figures for to measure them
_KIND_WORDS = 2
_SAME_COLUMN = 0.02  # columns whose heads say about as much of the question cannot be told apart
_OTHER_MEASURE = 0.2  # a rate where an amount is asked for, and the other way round
_OF_REPORT = 0.5  # a column of the report's own period goes before others where no period is asked


@dataclass(frozen=True, slots=True)
class Fitting:
    """A table with its report, the rows a question leaves of it, and how much of the question they and it say."""

    report: ReportRef
    grid: Grid
    rows: tuple[GridRow, ...]
    said: float
    filtered: bool = False  # the question names what the rows have in common


def fitting(one: Scorer, material: Material, kinds: Sequence[str], *, used: frozenset[str]) -> list[Fitting]:
    """Return the tables whose rows are of one of ``kinds`` (() for any) and that say what a question speaks of.

    Best first; ``used``: folded words of the question that say a condition.
    """
    found: list[Fitting] = []
    for report, grid in material.tables():
        if not grid.leaves or not _of_period(one.query, report, grid) or (kinds and not _of_kind(kinds, grid)):
            continue
        rows, words = _filtered(one, grid)
        if not rows or not _at_place(one.query, report, grid, rows):
            continue
        said = _said(one, grid, used | words)
        found.append(Fitting(report, grid, rows, said, filtered=len(rows) < len(grid.leaves)))
    return sorted(found, key=lambda f: -f.said)


def column_of(one: Scorer, fit: Fitting, *, unit: str = "", roles: Sequence[FigureRole] = ()) -> int | None:
    """Return the column that measures what is asked, None where none or several do.

    ``unit``: that of the limit a question names; ``roles``: what the figures must be.
    """
    scored = [
        (_column_fit(one, fit, column), column)
        for column in sorted(fit.grid.values)
        if _measures(one.query, fit, column, unit=unit, roles=roles)
    ]
    if not scored:
        return None
    best = max(scored)[0]
    near = [column for score, column in scored if score > best - _SAME_COLUMN]
    return near[0] if len(near) == 1 else None


def figures_in(fit: Fitting, column: int) -> list[Figure]:
    """Return the figures of a column in the rows left, in order."""
    return [row.figures[column].figure for row in fit.rows if column in row.figures]


def _measures(query: Query, fit: Fitting, column: int, *, unit: str, roles: Sequence[FigureRole]) -> bool:
    figures = figures_in(fit, column)
    if len(figures) < max(2, _FILLED * len(fit.rows)):
        return False
    first = figures[0]
    if not fit.grid.level and any(not _counts_alike(first, other) for other in figures[1:]):
        return False
    holder = next(row for row in fit.rows if column in row.figures)
    if other_column(query, holder.figures[column], holder.view):
        return False
    if roles and first.role not in roles:
        return False
    if unit:
        return same_measure(unit, first.unit) or (unit_kind(unit) == unit_kind(first.unit) == "count")
    if roles:
        return True
    if query.unit and (query.unit == "%") is not ("%" in first.unit):
        return False
    if first.role is FigureRole.TARGET and not asks_aim(fold(query.text)):
        return False
    return not other_measure(query.text, first.unit)


def _counts_alike(first: Figure, second: Figure) -> bool:
    return first.unit == second.unit or same_measure(first.unit, second.unit)


def _column_fit(one: Scorer, fit: Fitting, column: int) -> float:
    head = one.coverage(((bag(fit.grid.heads[column]), 1.0),))
    first = figures_in(fit, column)[0]
    period = first.period
    if asks_share(fold(one.query.text)) is not ("%" in first.unit):
        head -= _OTHER_MEASURE
    own = fit.report.period
    if one.query.period is not None:
        return head + (1.0 if period_fits(one.query.period, period, own) else -1.0)
    # Without a period asked for, that of the report is meant.
    return head + (_OF_REPORT if period is None or own is None or same(period, own, default_year=own.year) else 0.0)


def _said(one: Scorer, grid: Grid, used: frozenset[str]) -> float:
    """Return the share (0..1) of the question's weight that a table says, words of a condition left out."""
    spent = used | _SHAPE | measure_words(one.query.text)
    told = zip(one.terms, one.worths(grid.about), one.worths(grid.whole), strict=True)
    left = [(weight, max(worths)) for (_, folded, weight), *worths in told if folded not in spent]
    total = sum(weight for weight, _ in left)
    return sum(weight * worth for weight, worth in left) / total if total else 1.0


def _of_kind(kinds: Sequence[str], grid: Grid) -> bool:
    """Tell whether the head over the labels, or the labels themselves, begin with the noun asked for."""
    head = f" {_spoken(grid.heads[grid.label])} " if grid.label < len(grid.heads) else " "
    labels = [f"{_spoken(row.label)} " for row in grid.leaves]
    for kind in kinds:
        words = kind.split()
        if any(kind.startswith(noun) for noun in map(fold, ANY_PLACE)) and _PLACES.search(head):
            return True
        for count in (_KIND_WORDS, 1):
            noun = " ".join(words[:count])
            if f" {noun} " in head or 2 * sum(label.startswith(f"{noun} ") for label in labels) > len(labels):
                return True
            if noun in _TASKS and any(f" {task} " in head for task in _TASKS):
                return True
            if count == _KIND_WORDS and len(words) >= count and f" {noun} " in f" {_spoken(grid.lead)} ":
                return True
    return False


def _filtered(one: Scorer, grid: Grid) -> tuple[tuple[GridRow, ...], frozenset[str]]:
    """Return the rows that a question leaves, and its words that say which: those of a group it names, or those that
    have in a column of words what it names ("do Ban B làm chủ đầu tư"); all rows where it names nothing.

    In several columns that have it, the one whose head the question says counts.
    """
    asked = f" {_spoken(one.query.text)} "
    groups = {group for row in grid.leaves for group in row.groups if f" {_spoken(group)} " in asked}
    rows = tuple(row for row in grid.leaves if not groups or groups & {*row.groups})
    words = frozenset(key(word) for group in groups for word in _spoken(group).split())
    named: dict[str, list[int]] = {}
    for column in sorted(grid.values):
        for cell in {cell for row in rows for cell in _words_of(row, column) if f" {cell} " in asked}:
            named.setdefault(cell, []).append(column)
    if not named:
        return rows, words
    longest = max(named, key=len)
    column = max(named[longest], key=lambda n: (one.coverage(((bag(grid.heads[n]), 1.0),)), -n))
    return tuple(row for row in rows if longest in _words_of(row, column)), words | frozenset(map(key, longest.split()))


def _words_of(row: GridRow, column: int) -> Iterator[str]:
    """Yield the words of a cell that is no figure, folded, of one that names several each; nothing for one syllable."""
    if column < len(row.cells) and column not in row.figures:
        for part in {row.cells[column], *_NAMES_END.split(row.cells[column])}:
            words = _spoken(part)
            if " " in words and not words[0].isdigit():
                yield words


def _spoken(text: str) -> str:
    return " ".join(_WORD.findall(fold(text)))


def _of_period(query: Query, report: ReportRef, grid: Grid) -> bool:
    """Tell whether a table may be of the asked period: its report's, or one that its lead, headings or heads name."""
    asked = query.period
    if asked is None or period_fits(asked, None, report.period):
        return True
    year = report.period.year if report.period else None
    named = [p for part in (grid.lead, *grid.path, *grid.heads) for _, p in find_periods(part)]
    whole = asked.kind in (PeriodKind.YEAR, PeriodKind.QUARTER, PeriodKind.MONTH)
    return any(same(asked, p, default_year=year) or (whole and contains(asked, p, default_year=year)) for p in named)


def _at_place(query: Query, report: ReportRef, grid: Grid, rows: Sequence[GridRow]) -> bool:
    if query.place is None or same_place(report.area, query.place) or len(rows) < len(grid.leaves):
        return True
    place = fold(query.place)
    return any(place in fold(part) for part in (grid.lead, *grid.path))
