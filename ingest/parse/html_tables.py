"""The rows of an HTML table on its grid: what ``rowspan`` and ``colspan`` cover is opened up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ingest.parse.word_package import Element
from ingest.parse.word_tables import MAX_COLUMNS


@dataclass(frozen=True, slots=True)
class PageCell:
    """A cell over ``columns`` of them; ``merge``: "restart", "continue" (then without element) or ""."""

    element: Element | None
    columns: int = 1
    merge: str = ""


@dataclass(frozen=True, slots=True)
class PageRow:
    """One row; ``head``: it holds column heads only."""

    cells: tuple[PageCell, ...]
    head: bool


def read_rows(table: Element) -> list[PageRow]:
    """Return the rows of ``table`` (not those of tables inside it), () cells left out."""
    rows: list[PageRow] = []
    open_: dict[int, tuple[int, int]] = {}  # column: (rows still to come, columns) of a cell from above
    for row in _rows(table):
        cells: list[PageCell] = []
        column, below = 0, {}
        found = [cell for cell in row if cell.tag in ("td", "th")]
        for cell in [*found, None]:
            while column in open_:
                left, columns = open_[column]
                cells.append(PageCell(None, columns, "continue"))
                if left > 1:
                    below[column] = (left - 1, columns)
                column += columns
            if cell is None or column >= MAX_COLUMNS:
                break
            columns, height = _span(cell, "colspan"), _span(cell, "rowspan")
            cells.append(PageCell(cell, columns, "restart" if height > 1 else ""))
            if height > 1:
                below[column] = (height - 1, columns)
            column += columns
        open_ = below
        parent = row.getparent()
        in_head = parent is not None and parent.tag == "thead"
        if cells:
            rows.append(PageRow(tuple(cells), in_head or (bool(found) and all(cell.tag == "th" for cell in found))))
    return rows


def _rows(table: Element) -> Iterator[Element]:
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from child.iterchildren("tr")


def _span(cell: Element, name: str) -> int:
    told = str(cell.get(name, "1")).strip()
    return max(1, min(int(told), MAX_COLUMNS)) if told.isdigit() and len(told) < 6 else 1
