"""Word tables as rows of cells on the table's grid, joined cells opened up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.domain import Span, TableRow
from ingest.parse.head_rows import count_header, count_titles
from ingest.parse.patterns import OFFICE, SIGNING, is_capitals, is_layout
from ingest.parse.word_package import Element, W, is_on, value
from ingest.parse.word_runs import is_prompt

_QUANTITY = re.compile(r"[-–+]?\s*\d[\d.,%\s]*")
# More columns than this come from a broken file.
MAX_COLUMNS = 100
_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV", "start", "end")
_MAX_LAYOUT_ROWS = 6
_MAX_LAYOUT_COLUMNS = 3
_WRAPPERS = frozenset(f"{W}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml"))


@dataclass(frozen=True, slots=True)
class Cell:
    """One place of the grid; ``element`` None where a joined cell covers it.

    ``merge``: "restart", "continue" (joined to the cell above) or ""; ``beside``: covered by the cell to its left.
    """

    element: Element | None
    merge: str = ""
    beside: bool = False


def read_cells(table: Element) -> list[list[Cell]]:
    """Return the rows of ``table`` as they are when all tracked changes are accepted."""
    rows = []
    for row in _children(table, "tr"):
        properties = row.find(f"{W}trPr")
        if properties is not None and properties.find(f"{W}del") is not None:
            continue
        cells = [Cell(None)] * _count(properties, "gridBefore", 0)
        for cell in _children(row, "tc"):
            settings = cell.find(f"{W}tcPr")
            if settings is not None and settings.find(f"{W}cellDel") is not None:
                continue
            kind = _merge(settings)
            first = Cell(None if kind == "continue" else cell, kind)
            cells += [first, *[replace(first, element=None, beside=True)] * (_count(settings, "gridSpan", 1) - 1)]
        if cells:
            rows.append(cells[:MAX_COLUMNS])
    return rows


def is_layout_table(table: Element, rows: Sequence[Sequence[Cell]]) -> bool:
    """Tell whether ``table`` only places text beside text, as header and signature tables do."""
    printed = [[cell.element for cell in row if cell.element is not None] for row in rows]
    width = max(len(row) for row in printed)
    if width <= 1 and len(rows) == 1:
        return True
    if len(rows) == 1 and all(next(cell.iter(f"{W}tbl"), None) is not None for cell in printed[0]):
        return True  # tables side by side in a frame
    if width > _MAX_LAYOUT_COLUMNS or len(rows) > _MAX_LAYOUT_ROWS:
        return False
    words = "".join(str(t.text or "") + " " for t in table.iter(f"{W}t"))
    if is_layout(words):
        return True
    return is_borderless(table) and (width <= 2 or any(_signs(p) for p in table.iter(f"{W}p")))


def is_borderless(table: Element) -> bool:
    """Tell whether ``table`` shows no rules and holds words only, as header and signature tables do."""
    texts = ["".join(str(t.text or "") for t in cell.iter(f"{W}t")) for cell in table.iter(f"{W}tc")]
    if any(_QUANTITY.fullmatch(text) for text in texts) or next(table.iter(f"{W}tblHeader"), None) is not None:
        return False
    properties = table.find(f"{W}tblPr")
    borders = properties.find(f"{W}tblBorders") if properties is not None else None
    if borders is None:
        return not (value(properties, "tblStyle") or "").lower().startswith(("tablegrid", "libang"))
    shown = [value(borders, side) for side in _SIDES]
    return all(kind in (None, "", "nil", "none") for kind in shown)


def header_rows(table: Element, rows: Sequence[Sequence[Cell]], text: str, written: Sequence[TableRow]) -> int:
    """Return how many of ``rows`` are column heads: those marked so, else the first and what its joined cells cover."""
    marked = 0
    for row in _children(table, "tr"):
        if not is_on(row.find(f"{W}trPr"), "tblHeader"):
            break
        marked += 1
    known, first = min(marked, len(rows) - 1), count_titles(text, written)
    if not known and len(rows) > first + 1 and any(cell.merge == "restart" for cell in rows[first]):
        known = first + 1
        while known < len(rows) - 1 and any(cell.merge == "continue" for cell in rows[known]):
            known += 1
    return count_header(text, written, known)


def joined(rows: Sequence[Sequence[Cell]], written: Sequence[TableRow], heads: int) -> tuple[TableRow, ...]:
    """Return the rows with joined cells opened up: each row of a joined cell has the span of its text.

    In the first ``heads`` rows also each column of it; below, a label over several columns stands in its first.
    """
    done: list[TableRow] = []
    for number, (row, cells) in enumerate(zip(written, rows, strict=True)):
        spans: list[Span] = list(row.cells)
        for column, cell in enumerate(cells[: len(spans)]):
            if cell.beside and number < heads and column:
                spans[column] = spans[column - 1]
            elif cell.merge == "continue" and not cell.beside and done and column < len(done[-1].cells):
                spans[column] = done[-1].cells[column]
        done.append(replace(row, cells=tuple(spans)))
    return tuple(done)


def _signs(paragraph: Element) -> bool:
    text = "".join(str(t.text or "") for t in paragraph.iter(f"{W}t")).strip()
    return is_capitals(text) and bool(OFFICE.match(text) or SIGNING.match(text))


def _count(properties: Element | None, name: str, usual: int) -> int:
    told = value(properties, name) or ""
    return max(usual, min(int(told), MAX_COLUMNS)) if told.isdigit() else usual


def _merge(settings: Element | None) -> str:
    told = value(settings, "vMerge")
    if told is None and settings is not None and (tracked := settings.find(f"{W}cellMerge")) is not None:
        told = {"rest": "restart", "cont": "continue"}.get(str(tracked.get(f"{W}vMerge", "")))
    return "" if told is None else told or "continue"


def _children(parent: Element, name: str) -> Iterator[Element]:
    for child in parent:
        if child.tag == f"{W}{name}":
            yield child
        elif child.tag in _WRAPPERS and not (child.tag == f"{W}sdt" and is_prompt(child)):
            yield from _children(child, name)
