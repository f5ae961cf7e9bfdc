"""Answers out of the rows of one table: which is first, which meet a condition, which there are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from ingest.domain import FigureRole
from ingest.vi.units import to_base
from service.answer.candidates import Candidate, Material, sentence_candidates
from service.answer.grid_fit import Fitting, column_of, fitting
from service.answer.grids import GridRow
from service.answer.item_measures import aimed, size
from service.answer.items import Group, Item
from service.answer.listed import enumerations
from service.answer.phrases import short_figure
from service.answer.query_words import Scorer, scorer
from service.answer.scoring import Score
from service.answer.shortest import SHORT_MAX_CHARS
from service.domain import Claim, Draft, Evidence, FigureClaim, Hit, Query, Want
from service.understand.places import same_place
from service.understand.rows_asked import Condition, RowsAsked, rows_asked

_FIRST = 0.75  # share of the question that a table has to say to be what its first or last is looked for in
_LISTED = 0.8  # the same for a list of all its rows
_RATIOS = (FigureRole.CHANGE, FigureRole.YOY_RATIO)
_SHOWN = 60
_COUNTED = re.compile(r"(?:mấy|bao nhiêu|may|bao nhieu)\s+(\w+)", re.IGNORECASE)
_WHOLE = Decimal(100)
_INDEX = 50  # above this a comparison with the year before is of the whole ("104,8%"), not the change alone


def first_row(query: Query, material: Material) -> Group | None:
    """Return the figures of the table column whose first or last is asked for; None where no one column is meant."""
    asked = rows_asked(query.text)
    one = scorer(aimed(replace(query, want=Want.FIGURE)), material.rarity)
    kinds = asked.kinds if asked is not None else ()
    for fit in fitting(one, material, kinds, used=frozenset()):
        if fit.said < _FIRST:
            break
        column = column_of(one, fit)
        items = _items(query, fit, column) if column is not None else []
        if len(items) > 1:
            return Group(tuple(items), fit.said)
    return None


def picked_rows(query: Query, material: Material) -> Draft | None:
    """Return the rows that meet a condition, or all there are, each cited; None where the question picks no rows."""
    asked = rows_asked(query.text)
    return _picked(query, material, asked) if asked is not None and (asked.condition or not asked.counted) else None


def counted_rows(query: Query, material: Material) -> Draft | None:
    """Return the rows that have in a column what the question names, and how many they are; None for another question.

    What reports count themselves goes before.
    """
    asked = rows_asked(query.text)
    return _picked(query, material, asked) if asked is not None and asked.counted and not asked.condition else None


def _picked(query: Query, material: Material, asked: RowsAsked) -> Draft | None:
    if query.extreme is not None or query.others or query.beside:
        return None
    one = scorer(query, material.rarity)
    for fit in fitting(one, material, asked.kinds, used=asked.used):
        if fit.said < _LISTED:
            break
        if asked.condition is not None:
            column = _bound_column(one, fit, asked.condition)
            if column is not None:
                met = [row for row in fit.rows if column in row.figures and _meets(row, column, asked.condition)]
                return _draft(fit, met, column, unit=_noun(query) if asked.counted else None) if met else None
        elif fit.filtered or (asked.several and not asked.counted and not _told_in_words(one, material, fit.said)):
            return _draft(fit, fit.rows, None, unit=_noun(query) if asked.counted else None)
    return None


def _told_in_words(one: Scorer, material: Material, said: float) -> bool:
    """Tell whether a sentence that enumerates says as much of the question as a table does."""
    near = (c for c in sentence_candidates(one, material) if c.score.fit >= said)
    return any(enumerations(c.view.reading.text[c.stretch.start : c.stretch.end]) for c in near)


def _items(query: Query, fit: Fitting, column: int) -> list[Item]:
    """Return the figures of a column as things that can be set against each other."""
    found: list[Item] = []
    for row in fit.rows:
        figure = row.figures.get(column)
        if figure is not None:
            hit = Hit(1, 0.0, fit.report, row.view.passage)
            candidate = Candidate(Score(fit.said, fit.said), hit, row.view, figure, figure.segment)
            place = figure.figure.place or ""
            name = place if same_place(place, row.label) else row.label
            found.append(Item(name, candidate, size(query, candidate)))
    return found


def _bound_column(one: Scorer, fit: Fitting, condition: Condition) -> int | None:
    """Return the column whose figures a condition bounds, None where none or several could be meant."""
    if condition.measure == "plan":
        told = column_of(one, fit, roles=(FigureRole.PLAN_RATIO, FigureRole.PROGRESS))
        planned = any(f.figure.role is FigureRole.TARGET for row in fit.rows for f in row.figures.values())
        return told if told is not None or not planned else column_of(one, fit, unit="%")
    if condition.measure in ("rise", "fall", "change"):
        return column_of(one, fit, unit=condition.unit, roles=_RATIOS)
    return column_of(one, fit, unit=condition.unit)


def _meets(row: GridRow, column: int, condition: Condition) -> bool:
    figure = row.figures[column].figure
    value = to_base(figure.value, figure.unit)[0] if figure.unit else figure.value
    limit = to_base(condition.limit, condition.unit)[0] if condition.unit else condition.limit
    if condition.measure in ("rise", "fall", "change"):
        value -= _WHOLE if figure.role is FigureRole.YOY_RATIO and value > _INDEX else 0
        value = -value if condition.measure == "fall" else value
    return replace(condition, limit=limit).holds(value)


def _noun(query: Query) -> str:
    """Return what a question counts: the word behind "bao nhiêu"."""
    asked = _COUNTED.search(query.text)
    return query.unit if query.unit not in ("", "%") else asked[1].lower() if asked else ""


def _draft(fit: Fitting, rows: Sequence[GridRow], column: int | None, *, unit: str | None = None) -> Draft:
    """Return the rows as a list, its short answer their names, or how many ``unit`` they are where that was asked."""
    claims: list[Claim] = []
    evidence: list[Evidence] = []
    figures: list[FigureClaim] = []
    shorts: list[str] = []
    for row in rows[:_SHOWN]:
        base = len(evidence)
        evidence += [Evidence(fit.report, row.view.passage, span) for span in row.view.passage.spans]
        told = row.label
        if column is not None:
            figure = row.figures[column].figure
            told = f"{row.label}: {short_figure(figure)}"
            figures.append(FigureClaim(figure, base))
        claims.append(Claim(f"\n{told}" if claims else told, tuple(range(base, len(evidence)))))
        shorts.append(row.label)
    short = "; ".join(shorts) if unit is None else f"{len(claims)} {unit}".strip()
    return Draft(
        claims=tuple(claims),
        evidence=tuple(evidence),
        short_answer=short if len(short) <= SHORT_MAX_CHARS else None,
        figures=tuple(figures),
        counts=unit is not None,
        together=True,  # a list with a row left out would be another answer
    )
