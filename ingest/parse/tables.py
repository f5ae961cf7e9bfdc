"""Grids -> tables: column texts from the head rows, caption and unit from the lines above."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.domain import Span, Table, TableRow
from ingest.parse.blocks import Grid, Para
from ingest.parse.patterns import UNIT_LINE, is_capitals
from ingest.parse.pipes import is_index_row
from ingest.vi.normalise import fold
from ingest.vi.reading import read

_CAPTION = re.compile(r"(?:bang|bieu|phu luc|phu bieu|mau bieu|bieu mau)\b")
_REMARK = re.compile(r"\(.*\)")
# Lines above a table that may be its caption, unit or remark.
_MAX_LINES_ABOVE = 4
MAX_CAPTION_CHARS = 250


def make_table(text: str, grid: Grid, section: int, above: Sequence[Para]) -> Table:
    """Return the table of ``grid`` in ``section``; ``above`` are the paragraphs right before it, nearest last."""
    head = grid.rows[: grid.header_rows]
    columns = _columns(text, head) if grid.aligned else ()
    width = len(grid.rows[0].cells)
    unit, caption = "", ""
    for para in reversed(above[-_MAX_LINES_ABOVE:]):
        line = para.reading.text
        if not unit and len(line) <= 80 and (match := UNIT_LINE.fullmatch(line.strip(" ."))):
            unit = match.group("unit").strip(" .:")
        elif _is_caption(para, line):
            caption = f"{line} {caption}".strip()
        elif not _REMARK.fullmatch(line) or caption:
            break
    if not grid.aligned:
        heads = dict.fromkeys(name for row in head for cell in row.cells if (name := _cell(text, cell)))
        caption = f"{caption} ({'; '.join(name for name in heads if len(name) > 2)})".strip()
    return Table(section, caption, unit, columns or ("",) * width, grid.rows[grid.header_rows :])


def _is_caption(para: Para, line: str) -> bool:
    if len(line) > MAX_CAPTION_CHARS:
        return False
    bold = para.block.bold and para.block.lead >= para.block.span.end - 1
    return is_capitals(line) or bold or _CAPTION.match(fold(line)) is not None


def _columns(text: str, head: Sequence[TableRow]) -> tuple[str, ...]:
    rows = [[_cell(text, cell) for cell in row.cells] for row in head]
    rows = [row for row in rows if not is_index_row(row)]
    if not rows:
        return ()
    for number, row in enumerate(rows[:-1]):
        below = rows[number + 1 :]
        for column in range(1, len(row)):
            # A head over several columns is typed once: its neighbours without own text belong to it.
            if not row[column] and row[column - 1] and any(lower[column] for lower in below):
                row[column] = row[column - 1]
    columns = []
    for column in range(len(rows[0])):
        texts = list(dict.fromkeys(row[column] for row in rows if row[column]))
        columns.append(" / ".join(texts))
    return tuple(columns)


def _cell(text: str, cell: Span) -> str:
    return read(text, (cell,)).text
