"""Which cell of a table answers: the row by its name, the column by what it measures, each on its own.

A cell whose row and column are both the only ones meant answers, however many words lead to it. Where that cell is
empty the reports do not say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.domain import PassageKind
from ingest.vi.normalise import fold, unify
from ingest.vi.periods import same
from service.answer import weights
from service.answer.candidates import Candidate, Choice, Material
from service.answer.cell_columns import column_meant, figures_like
from service.answer.cell_words import CellWords, cell_words, spelled
from service.answer.grids import Grid, GridRow
from service.answer.measures import said_by_unit
from service.answer.names import asks_rank
from service.answer.query_words import Scorer
from service.answer.scoring import Score, title_bag
from service.answer.tokens import Bag, bag, key
from service.domain import Hit, Query, ReportRef, Want
from service.understand.places import same_place

_WHOLE = re.compile(r"(?<!\w)(?:tổng|cộng|toàn|tính chung|tất cả|cả thảy|cả)(?!\w)")
_WHOLE_FOLDED = re.compile(r"(?<!\w)(?:tong|toan|tinh chung|tat ca|ca thay|tong cong)(?!\w)")
# What is worked out of cells: a cell answers it only where these words lead to that cell.
_WORKED = re.compile(
    r"(?<!\w)(?:thiếu|chưa|thêm|hơn|giảm|tăng|chênh|mỗi|gấp|bình quân|trung bình|thứ mấy|còn phải|nữa|hụt)(?!\w)"
)
_WORKED_FOLDED = re.compile(
    r"(?<!\w)(?:thieu|chua|them|giam|tang|chenh|gap|binh quan|trung binh|thu may|con phai|nua|hut)(?!\w)"
)
# What a question says of any cell: that something is so, and of which role or time it is, which the column has shown.
_ANY_CELL_WORDS = (
    "đạt được có còn bị thực hiện hiện nay tất cả bao nhiêu mấy phần trăm số mức kết quả tính đến với giờ rồi đã năm"
    " cùng kỳ kế hoạch mỗi mới hàng từ vẫn vào ra lên xuống khoảng ngoái trước tức bằng"
)
_ANY_CELL = frozenset(map(key, _ANY_CELL_WORDS.split()))
_ANY_CELL_FOLDED = frozenset(map(fold, _ANY_CELL))
_NAMED, _MOSTLY, _PARTLY = 0.99, 0.6, 0.3  # how much of a row's name is said
# How much of the question may be said neither by the cell nor by what leads to it, by how fully the row is named.
_LEFT, _LEFT_MOSTLY, _LEFT_PARTLY = 0.34, 0.15, 0.12
_OF_ALL = 0.9  # how fully "tổng cộng" names the row that adds up
_LEADING = 0.5  # what a word counts that only the paragraph above the table says
_SAME_ROW = 0.002
_SAME_CELL = 0.05


@dataclass(frozen=True, slots=True)
class ChosenCell:
    """A cell, empty where its row has no figure in ``column``; ``sure`` (0..2): how well row and question agree."""

    report: ReportRef
    row: GridRow
    column: int
    sure: float


def by_cell(one: Scorer, material: Material, choice: Choice | None) -> Choice | None:
    """Return the cell that is meant where nothing or another cell was chosen, None where it is empty; else ``choice``.

    What running text says goes before a cell.
    """
    query = one.query
    if query.want not in (Want.FIGURE, Want.TEXT) or query.extreme is not None or asks_rank(query):
        return choice
    if choice is not None and choice.best.view.passage.kind is not PassageKind.TABLE_ROW:
        return choice
    cell = chosen_cell(one, material)
    if cell is None:
        return choice
    figure = cell.row.figures.get(cell.column)
    if figure is None or (choice is not None and choice.best.figure == figure):
        return choice if figure is not None else None
    view = cell.row.view
    hit = next((h for h in material.hits if h.passage.id == view.passage.id), None)
    hit = hit or Hit(len(material.hits) + 1, 0.0, cell.report, view.passage)
    return Choice(Candidate(Score(1.0, 0.0), hit, view, figure, figure.segment), (), older=False)


def chosen_cell(one: Scorer, material: Material) -> ChosenCell | None:
    """Return the one cell whose row and column a question means; None where there is none, or several are alike."""
    words = cell_words(one, material.rarity)
    found = [cell for report, grid in material.tables() for cell in _of_grid(words, report, grid)]
    found.sort(key=lambda cell: -cell.sure)
    near = [cell for cell in found if cell.sure > found[0].sure - _SAME_CELL]
    return found[0] if len({_value(cell) for cell in near}) == 1 else None


def _value(cell: ChosenCell) -> object:
    view = cell.row.figures.get(cell.column)
    return (view.figure.value, view.figure.unit) if view is not None else None


def _of_grid(words: CellWords, report: ReportRef, grid: Grid) -> Iterator[ChosenCell]:
    """Yield the cell of a table that is meant, if one is."""
    rows = _rows(words, report, grid)
    if len(rows) != 1:
        return
    row, named = rows[0]
    column = column_meant(words, report, grid, row)
    if column is None or _works_out(words.one.query, grid, row, column):
        return
    most = _LEFT if named >= _NAMED else _LEFT_MOSTLY if named >= _MOSTLY and not row.sums_up else _LEFT_PARTLY
    left = _left(words, report, grid, row, column)
    if left <= most:
        yield ChosenCell(report, row, column, named + 1 - left)


def _rows(words: CellWords, report: ReportRef, grid: Grid) -> list[tuple[GridRow, float]]:
    """Return the rows that a question may mean alike, each with the share of its name that is said; [] for none."""
    query = words.one.query
    place = query.place if query.place is not None and not same_place(report.area, query.place) else None
    leading = (grid.lead, *grid.path, *grid.heads)
    beside = place is not None and not any(fold(place) in fold(part) for part in leading)
    scored: list[tuple[float, GridRow, float]] = []
    for row in grid.rows:
        if place is not None and beside and not (_at(row, place) or fold(place) in fold(" ".join(row.cells))):
            continue
        said, worth = _row_said(words, row, place)
        if said >= _PARTLY:
            scored.append((2 * worth + said, row, said))
    best = max((score for score, _, _ in scored), default=0.0)
    return [(row, said) for score, row, said in scored if score > best - _SAME_ROW]


def _row_said(words: CellWords, row: GridRow, place: str | None) -> tuple[float, float]:
    """Return what share of a row's name a question says, and what share of the question that is."""
    query = words.one.query
    if row.sums_up:
        asks_whole = (_WHOLE if query.accents else _WHOLE_FOLDED).search(unify(query.text))
        return (_OF_ALL, 0.0) if asks_whole else (0.0, 0.0)
    if (place is not None and _at(row, place)) or _of_asked_time(query, row):
        return 1.0, 0.0
    unit = next((view.figure.unit for view in row.figures.values() if "%" not in view.figure.unit), "")
    worths = zip(words.one.terms, _worths(words, bag(row.label)), strict=True)
    return words.share_of(row.label, spent=said_by_unit(unit)), sum(weight * worth for (_, _, weight), worth in worths)


def _worths(words: CellWords, zone: Bag) -> tuple[float, ...]:
    """Return how well a zone has each word of the question: another accent names another row."""
    slip = weights.ACCENT_SLIP if words.one.query.accents else 0.0
    return tuple(worth if worth > slip else 0.0 for worth in words.one.worths(zone))


def _at(row: GridRow, place: str) -> bool:
    """Tell whether a row is of a place, as its name says."""
    own = next((view.figure.place for view in row.figures.values() if view.figure.place), "")
    return fold(row.label) == fold(place) or (
        bool(row.label) and fold(row.label) in fold(own or "") and same_place(own, place)
    )


def _of_asked_time(query: Query, row: GridRow) -> bool:
    """Tell whether a row is of the time asked for and its name no more than that: "9" under "Tháng"."""
    first = next(iter(row.figures.values()), None)
    own = first.figure.period if first is not None else None
    if query.period is None or own is None or re.search(r"[^\W\d_]{6,}", row.label):
        return False
    return any(ch.isdigit() for ch in row.label) and same(query.period, own, default_year=own.year)


def _works_out(query: Query, grid: Grid, row: GridRow, column: int) -> bool:
    told = unify(" ".join((row.label, grid.heads[column], grid.lead)))
    asked = (_WORKED if query.accents else _WORKED_FOLDED).findall(unify(query.text))
    return any(word not in (told if query.accents else fold(told)) for word in asked)


def _left(words: CellWords, report: ReportRef, grid: Grid, row: GridRow, column: int) -> float:
    """Return the share (0..1) of the question's weight that neither the cell nor what leads to it says."""
    names = (spelled(head) for n, head in enumerate(grid.heads) if n not in grid.values)
    views = row.figures.values()
    zones = (
        bag(row.label, spelled(grid.heads[column]), *names),
        bag(*(view.figure.indicator for view in views), *(view.figure.place or "" for view in views)),
        bag(grid.caption, *grid.path),
        title_bag(report),
    )
    unit = figures_like(grid, row, column)[0].unit
    plain = _ANY_CELL if words.one.query.accents else _ANY_CELL_FOLDED
    spent = said_by_unit(unit) | {fold(key(word)) for word in unit.split()}
    leading = 1.0 if row.sums_up else _LEADING  # a sum is of all that the paragraph tells of
    near = [leading * worth for worth in _worths(words, grid.about)]
    said = [max(worths) for worths in zip(near, *(_worths(words, zone) for zone in zones), strict=True)]
    told = zip(words.one.terms, said, strict=True)
    left = ((w, weight * (1 - worth)) for (w, folded, weight), worth in told if folded not in spent)
    total: float = sum(part for word, part in left if word not in plain)
    return total
