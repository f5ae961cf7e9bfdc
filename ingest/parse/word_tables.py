"""Word tables as rows of cells on the table's grid, joined cells opened up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.domain import TableRow
from ingest.parse.pipes import count_header
from ingest.parse.word_package import Element, W, is_on, value

_QUANTITY = re.compile(r"[-–+]?\s*\d[\d.,%\s]*")
# More columns than this come from a broken file.
MAX_COLUMNS = 100
_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV", "start", "end")


@dataclass(frozen=True, slots=True)
class Cell:
    """One place of the grid; ``element`` None where a joined cell covers it. ``merge``: "restart", "continue" or ""."""

    element: Element | None
    merge: str = ""


def read_cells(table: Element) -> list[list[Cell]]:
    """Return the rows of ``table``; a cell over several columns stands in the first, the others are empty."""
    rows = []
    for row in _children(table, "tr"):
        properties = row.find(f"{W}trPr")
        if properties is not None and properties.find(f"{W}del") is not None:
            continue
        before = value(properties, "gridBefore") or "0"
        cells = [Cell(None)] * (min(int(before), MAX_COLUMNS) if before.isdigit() else 0)
        for cell in _children(row, "tc"):
            settings = cell.find(f"{W}tcPr")
            span = value(settings, "gridSpan") or "1"
            merge = value(settings, "vMerge")
            kind = "" if merge is None else merge or "continue"
            cells.append(Cell(None if kind == "continue" else cell, kind))
            cells += [Cell(None)] * (min(int(span), MAX_COLUMNS) - 1 if span.isdigit() else 0)
        if cells:
            rows.append(cells[:MAX_COLUMNS])
    return rows


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
    known = min(marked, len(rows) - 1)
    if not known and len(rows) > 1 and any(cell.merge == "restart" for cell in rows[0]):
        known = 1
        while known < len(rows) - 1 and any(cell.merge == "continue" for cell in rows[known]):
            known += 1
    return count_header(text, written, known)


def _children(parent: Element, name: str) -> Iterator[Element]:
    for child in parent:
        if child.tag == f"{W}{name}":
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml"):
            yield from _children(child, name)
