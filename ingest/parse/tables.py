"""Grids -> tables: column texts from the head rows, caption and unit from the lines in, above or below the table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from ingest.domain import Span, Table, TableRow
from ingest.parse.blocks import Grid, Para
from ingest.parse.head_rows import count_titles, is_index_row
from ingest.parse.patterns import UNIT_LINE, is_capitals
from ingest.vi.indicators import measures
from ingest.vi.normalise import fold
from ingest.vi.periods import find_periods
from ingest.vi.reading import read

_CAPTION = re.compile(r"(?:bang|bieu|phu luc|phu bieu|mau bieu|bieu mau)\b")
_NUMBERED_CAPTION = re.compile(r"(?:bang|bieu)\s+(?:so\s+)?[\divx.]+\s*[.:\-–]?\s*\S")
# "Bảng 2. Kim ngạch xuất khẩu (Đơn vị tính: triệu USD)"
_UNIT_BEHIND = re.compile(rf"\s*(?=\(){UNIT_LINE.pattern}\.?$", re.IGNORECASE)
_REMARK = re.compile(r"\(.*\)")
# Lines above a table that may be its caption, unit or remark.
_MAX_LINES_ABOVE = 4
MAX_CAPTION_CHARS, _MAX_UNIT_CHARS = 250, 80
_MIN_SIDE_COLUMNS = 2
_MAX_SIDES = 4


@dataclass(slots=True)
class _Words:
    """What the lines around a table say."""

    caption: str = ""
    unit: str = ""

    def add(self, line: str, *, before: bool) -> None:
        """Take in a line that is the unit line, or part of the caption standing ``before`` the rest of it."""
        if not self.unit and len(line) <= _MAX_UNIT_CHARS and (match := UNIT_LINE.fullmatch(line.strip(" ."))):
            self.unit = match.group("unit").strip(" .:")
        else:
            if not self.unit and (match := _UNIT_BEHIND.search(line)):
                self.unit, line = match.group("unit").strip(" .:"), line[: match.start()].rstrip(" ,;-–")
            self.caption = (f"{line} {self.caption}" if before else f"{self.caption} {line}").strip()


def make_tables(
    text: str,
    grid: Grid,
    section: int,
    above: Sequence[Para],
    below: Sequence[Para | Grid] = (),
    drop: Sequence[Span] = (),
) -> list[Table]:
    """Return the table of ``grid`` in ``section``; several where it holds lists side by side under the same heads.

    ``above``: the paragraphs right before it, nearest last; ``below``: the items right behind it. ``drop``: footnote
    marks, left out of heads and captions. Rows that repeat the heads (where a page ended) are left out.
    """
    titles = count_titles(text, grid.rows) if grid.header_rows else 0
    words = _Words()
    for row in grid.rows[:titles]:
        words.add(_cell(text, row.cells[0], drop), before=False)
    _read_above(words, above)
    if not words.caption and (line := _caption_below(below)):
        words.caption = line
    head = grid.rows[titles : grid.header_rows]
    printed = {tuple(_cell(text, cell, drop) for cell in row.cells) for row in head}
    rows = [
        row
        for row in grid.rows[grid.header_rows :]
        if tuple(_cell(text, cell, drop) for cell in row.cells) not in printed
    ]
    if not grid.aligned:
        heads = dict.fromkeys(name for row in head for cell in row.cells if (name := _cell(text, cell, drop)))
        words.caption = f"{words.caption} ({'; '.join(name for name in heads if len(name) > 2)})".strip()
        head = ()
    head = tuple(row for row in head if not is_index_row([_cell(text, cell, drop) for cell in row.cells]))
    spread = head if grid.joined else tuple(_spread(text, head))
    columns = _columns(text, spread, drop) or ("",) * len(grid.rows[0].cells)
    return [
        Table(section, words.caption, words.unit, columns[a:b], tuple(_cut(rows, a, b)), tuple(_cut(spread, a, b)))
        for a, b in _sides(columns)
    ]


def _read_above(words: _Words, above: Sequence[Para]) -> None:
    """Take in the lines right above a table: unit line, caption lines, a remark in brackets between them."""
    inside = words.caption
    for para in reversed(above[-_MAX_LINES_ABOVE:]):
        line = para.reading.text
        if (not words.unit and _is_unit_line(line)) or (not inside and _is_caption(para, line)):
            words.add(line, before=True)
        elif not _REMARK.fullmatch(line) or words.caption:
            break


def _caption_below(below: Sequence[Para | Grid]) -> str:
    """Return the numbered caption right below a table that has none above, "" where another table follows it."""
    line = below[0].reading.text if below and isinstance(below[0], Para) else ""
    between = takewhile(lambda one: isinstance(one, Grid) or _is_unit_line(one.reading.text), below[1:])
    held = any(isinstance(one, Grid) for one in between)
    return line if len(line) <= MAX_CAPTION_CHARS and is_numbered_caption(line) and not held else ""


def is_numbered_caption(line: str) -> bool:
    """Tell whether a line begins as the caption of a numbered table does ("Bảng 2. ...", "Biểu số 3: ...")."""
    return _NUMBERED_CAPTION.match(fold(line)) is not None


def _is_unit_line(line: str) -> bool:
    return len(line) <= _MAX_UNIT_CHARS and UNIT_LINE.fullmatch(line.strip(" .")) is not None


def _is_caption(para: Para, line: str) -> bool:
    if len(line) > MAX_CAPTION_CHARS:
        return False
    bold = para.block.bold and para.block.lead >= para.block.span.end - 1
    return is_capitals(line) or bold or _CAPTION.match(fold(line)) is not None or _names_measure(line)


def _names_measure(line: str) -> bool:
    """Tell whether a line says what is measured and is no sentence: "Số bác sĩ trên một vạn dân theo khu vực"."""
    dated = [span for span, _ in find_periods(line)]
    numbers = (at for at, ch in enumerate(line) if ch.isdigit())
    told = any(all(not span.start <= at < span.end for span in dated) for at in numbers)
    return measures(line) and not told and line[-1] not in ".;,"


def _spread(text: str, head: Sequence[TableRow]) -> Iterator[TableRow]:
    """Yield head rows whose joined cells are lost: a head typed once stands over its neighbours without own text."""
    for number, row in enumerate(head):
        cells = list(row.cells)
        below = head[number + 1 :]
        for column in range(1, len(cells)):
            open_below = any(len(lower.cells[column]) for lower in below)
            if open_below and not _cell(text, cells[column]) and _cell(text, cells[column - 1]):
                cells[column] = cells[column - 1]
        yield TableRow(row.span, tuple(cells))


def _columns(text: str, head: Sequence[TableRow], drop: Sequence[Span]) -> tuple[str, ...]:
    if not head:
        return ()
    levels = ([_cell(text, row.cells[column], drop) for row in head] for column in range(len(head[0].cells)))
    return tuple(" / ".join(dict.fromkeys(name for name in names if name)) for names in levels)


def _sides(columns: Sequence[str]) -> list[tuple[int, int]]:
    """Return [start, end) of each list of a table whose heads repeat ("STT | Xã | Số | STT | Xã | Số"), else all."""
    width = len(columns)
    names = [fold(name) for name in columns]
    for sides in range(2, _MAX_SIDES + 1):
        size = width // sides
        if width % sides or size < _MIN_SIDE_COLUMNS or not all(names[:size]) or len(set(names[:size])) < size:
            continue
        if names == names[:size] * sides:
            return [(at, at + size) for at in range(0, width, size)]
    return [(0, width)]


def _cut(rows: Sequence[TableRow], start: int, end: int) -> Iterator[TableRow]:
    """Yield the rows of columns ``[start, end)``; a row that holds nothing there is left out."""
    for row in rows:
        cells = row.cells[start:end]
        if len(cells) == len(row.cells):
            yield row
        elif own := [cell for cell in cells if len(cell) and row.span.covers(cell)]:
            yield TableRow(Span(own[0].start, own[-1].end), cells)


def _cell(text: str, cell: Span, drop: Sequence[Span] = ()) -> str:
    return read(text, (cell,), drop=[span for span in drop if cell.covers(span)] if drop else ()).text
