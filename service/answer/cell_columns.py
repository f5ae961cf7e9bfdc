"""Which column of a row measures what is asked: by its head, its role, its period and its unit."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ingest.domain import Figure, FigureRole
from ingest.vi.normalise import fold
from ingest.vi.periods import same
from ingest.vi.units import same_unit, unit_kind
from service.answer.cell_words import CellWords, spelled
from service.answer.denials import other_column
from service.answer.grids import Grid, GridRow
from service.answer.item_measures import asks_aim, asks_share
from service.answer.measures import other_measure
from service.answer.query_words import common_share
from service.answer.scope import figure_period_fits, period_fits
from service.answer.tokens import keys
from service.domain import Query, ReportRef

_ALSO: Mapping[FigureRole, tuple[FigureRole, ...]] = {
    FigureRole.PROGRESS: (FigureRole.PLAN_RATIO, FigureRole.LEVEL),
    FigureRole.PLAN_RATIO: (FigureRole.PROGRESS,),
    FigureRole.YOY_RATIO: (FigureRole.CHANGE,),
    FigureRole.CHANGE: (FigureRole.YOY_RATIO,),
}
_PLAIN_HEAD = frozenset("so ty le ti nam tong cong do trong cac cua va dvt tinh don vi".split())  # noqa: SIM905
_ESTIMATED = re.compile(r"(?<!\w)(?:uoc|du kien|uoc tinh|ca nam)(?!\w)")
_YEAR_BEFORE = re.compile(r"(?<!\w)(?<!so )(?<!so voi )(?:cung ky|nam (?:truoc|ngoai))(?!\w)")
# What a column's sense counts beside the words of its head, of which one that no other head has counts 1.
_ROLE, _ROLE_NEAR, _LEVEL, _LEVEL_RATE = 1.5, 0.75, 1.0, 0.3
_UNIT, _OWN_PERIOD, _FULL_HEAD, _TOTAL, _OPENS, _ESTIMATE = 0.8, 0.5, 0.5, 0.05, 0.5, 1.0
_ALIKE = 0.02  # columns whose scores differ less cannot be told apart


def column_meant(words: CellWords, report: ReportRef, grid: Grid, row: GridRow) -> int | None:
    """Return the column that measures what is asked; None where none or several do, or a sum's is not named at all."""
    scored: list[tuple[float, int]] = []
    for column in sorted(grid.values):
        if _may_measure(words.one.query, report, grid, row, column):
            said = _said(words, grid, row, column)
            if said or not row.sums_up:
                scored.append((said + _sense(words, report, grid, row, column), column))
    best = max(scored, default=(0.0, 0))[0]
    near = [column for score, column in scored if score > best - _ALIKE]
    return near[0] if len(near) == 1 else None


def figures_like(grid: Grid, row: GridRow, column: int) -> list[Figure]:
    """Return the figure of a cell, of an empty one those of its column; [] for a column without figures."""
    if column in row.figures:
        return [row.figures[column].figure]
    return [other.figures[column].figure for other in grid.rows if column in other.figures]


def _may_measure(query: Query, report: ReportRef, grid: Grid, row: GridRow, column: int) -> bool:
    figures = figures_like(grid, row, column)
    if not figures:
        return False
    unit = _unit_in(grid, row, column)
    if query.unit and unit_kind(unit) != unit_kind(query.unit) and (unit or query.unit == "%"):
        return False
    if query.role is None and query.period is None and _YEAR_BEFORE.search(fold(query.text)):
        own, year = figures[0].period, report.period.year if report.period else None
        if own is None or own.year is None or year is None or own.year >= year:
            return False
    if column not in row.figures:
        return period_fits(query.period, figures[0].period, report.period)
    view = row.figures[column]
    if not figure_period_fits(query.period, view, report.period) or other_column(query, view, row.view):
        return False
    return bool(query.unit) or query.role is not None or not other_measure(query.text, unit)


def _said(words: CellWords, grid: Grid, row: GridRow, column: int) -> float:
    """Return how much of what tells a column from the others the question says; 0 for nothing."""
    heads = [frozenset(keys(spelled(head))) for n, head in enumerate(grid.heads) if n in grid.values]
    label = frozenset(keys(row.label))
    own = keys(spelled(grid.heads[column]))
    said = total = 0.0
    for at, word in enumerate(own):
        if word in label and not words.beside(own, at):
            continue
        if word not in own[:at] and fold(word) not in _PLAIN_HEAD:
            holding = sum(word in head for head in heads)
            weight = (1 - (holding - 1) / len(heads)) * common_share(word, accents=True)
            total += weight
            said += weight * words.worth(own, at)
    opening = next((term for term, _, _ in words.one.terms), "")
    opens = opening in own and opening not in label  # a question begins with what is measured
    return said + (_FULL_HEAD * said / total if total else 0.0) + _OPENS * opens


def _sense(words: CellWords, report: ReportRef, grid: Grid, row: GridRow, column: int) -> float:
    """Return what a column's role, unit and period count for the question."""
    query, text = words.one.query, fold(words.one.query.text)
    first, head = figures_like(grid, row, column)[0], fold(grid.heads[column])
    score = _role(query, text, first, rate="%" in _unit_in(grid, row, column))
    if query.unit not in ("", "%") and (same_unit(query.unit, first.unit) or fold(query.unit) in head):
        score += _UNIT
    own = report.period
    if query.period is None and (first.period is None or own is None or same(first.period, own, default_year=own.year)):
        score += _OWN_PERIOD
    if first.hedge == "ước" and _ESTIMATED.search(text):
        score += _ESTIMATE
    return score + _TOTAL * ("tong so" in head)


def _role(query: Query, text: str, figure: Figure, *, rate: bool) -> float:
    role = figure.role
    if query.role is not None:
        return _ROLE if role is query.role else _ROLE_NEAR if role in _ALSO.get(query.role, ()) else 0.0
    if role is FigureRole.LEVEL:
        if query.unit == "%":
            return _LEVEL_RATE
        return 0.0 if rate and not asks_share(text) else _LEVEL
    return _LEVEL if role is FigureRole.TARGET and asks_aim(text) and query.unit != "%" else 0.0


def _unit_in(grid: Grid, row: GridRow, column: int) -> str:
    """Return the unit of a cell; of an empty one that of its column or of like figures of its row, "" for none."""
    if column in row.figures:
        return row.figures[column].figure.unit
    inside = figures_like(grid, row, column)
    units = {figure.unit for figure in inside}
    if len(units) > 1:
        units = {view.figure.unit for view in row.figures.values() if view.figure.role is inside[0].role}
    return units.pop() if len(units) == 1 else ""
