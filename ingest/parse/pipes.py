"""Tables typed with upright bars: ``| a | b |`` rows, and one cell a line between lone bars."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ingest.domain import ParseIssue, Severity, Span, TableRow
from ingest.parse.blocks import Block, Grid
from ingest.parse.head_rows import count_header as count_header
from ingest.parse.head_rows import is_index_row
from ingest.parse.patterns import FURNITURE, is_layout
from ingest.parse.pipe_heads import spans_of

_SEPARATOR = re.compile(r"\s*\|?[\s:|-]*-[\s:|-]*\|?\s*")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_QUANTITY = re.compile(r"[\s*]*[-–+]?\s*\d[\d.,%\s]*[\s*]*")
_STARS = re.compile(r"\*+")
# Layout tables are small; anything larger holds data whatever its words.
_MAX_LAYOUT_CELLS = 10
_MIN_ROWS = 3
_MAX_COLUMNS = 30
# A cell that goes on for more lines than this was never closed.
_MAX_CELL_LINES = 40


def is_pipe(line: str) -> bool:
    """Tell whether ``line`` is a lone bar or a row of bars."""
    return line.strip() == "|" or is_row(line)


def is_row(line: str) -> bool:
    """Tell whether ``line`` is a whole table row ``| a | b |``."""
    stripped = line.strip()
    return stripped.startswith("|") and stripped.count("|") >= 2


def read_rows(text: str, lines: Sequence[Span], first_cell: int) -> list[Block | Grid]:
    """Return a Grid for rows ``| a | b |``, or one block per cell line of a header or signature table."""
    rows: list[TableRow] = []
    header_rows = 0
    for line in lines:
        if _SEPARATOR.fullmatch(line.of(text)):
            header_rows = header_rows or len(rows)
        else:
            rows.append(TableRow(_strip(text, line, " \t"), _cells(text, line)))
    if not rows:
        return []
    width = max(len(row.cells) for row in rows)
    if width <= 3 and len(rows) * width <= _MAX_LAYOUT_CELLS and is_layout(" ".join(r.span.of(text) for r in rows)):
        cells = [cell for row in rows for cell in row.cells if len(cell)]
        return [
            Block(part, cell=first_cell + number)
            for number, cell in enumerate(cells)
            for part in _split(text, cell)
            if not FURNITURE.fullmatch(part.of(text))
        ]
    padded = tuple(TableRow(r.span, r.cells + (Span(r.span.end, r.span.end),) * (width - len(r.cells))) for r in rows)
    return [Grid(Span(rows[0].span.start, rows[-1].span.end), padded, count_header(text, padded, header_rows))]


def read_lone(
    text: str, lines: Sequence[Span], at: int, first_cell: int
) -> tuple[int, list[Block | Grid], list[ParseIssue]]:
    """Read a table of lone bars from line ``at``; return (line after it, items, issues)."""
    end, gaps = _gaps(text, lines, at)
    filled = [gap for gap in gaps if gap]
    whole = Span(lines[at].start, lines[end - 1].end)
    if len(filled) <= _MAX_LAYOUT_CELLS and (is_layout(whole.of(text)) or len(filled) <= 1):
        blocks: list[Block | Grid] = [
            Block(part, cell=first_cell + number)
            for number, gap in enumerate(filled)
            for part in _cell_lines(text, gap)
        ]
        return end, blocks, []
    issue = ParseIssue(
        "table-uncertain",
        "Bảng bị tách mỗi ô một dòng; hàng và cột được dựng lại theo thứ tự, cần đối chiếu với bản gốc.",
        Severity.WARNING,
        whole,
    )
    grid = _rebuild(text, gaps)
    if grid is not None:
        return end, [grid], [issue]
    return end, [Block(span, piped=True) for span in _pieces(text, gaps)], [issue]


def _gaps(text: str, lines: Sequence[Span], at: int) -> tuple[int, list[tuple[Span, ...]]]:
    """Return (line after the run, printed lines between each two bars). A bar before a blank line ends the run."""
    gaps: list[tuple[Span, ...]] = []
    gap: list[Span] = []
    last_bar = at
    for number in range(at + 1, len(lines)):
        line = lines[number].of(text)
        if line.strip() == "|":
            gaps.append(tuple(gap))
            gap, last_bar = [], number
            following = lines[number + 1].of(text) if number + 1 < len(lines) else ""
            if not following.strip():
                break
        elif line.strip():
            gap.append(_strip(text, lines[number], " \t"))
            if len(gap) > _MAX_CELL_LINES:
                break
    if not gaps:
        # Never closed: what follows the bar is ordinary text.
        return at + 1, []
    return last_bar + 1, gaps


def _rebuild(text: str, gaps: Sequence[tuple[Span, ...]]) -> Grid | None:
    """Return the rows of a table whose body has the same number of cells in each row, None when none fits.

    A row of n cells takes n gaps and one empty gap up to the next row's first bar, so n shows as a period.
    """
    starts = [0] + [i + 1 for i, gap in enumerate(gaps[:60]) if not gap]
    for start in starts:
        for width in range(2, _MAX_COLUMNS):
            size = width + 1
            count, rest = divmod(len(gaps) - start + 1, size)
            if rest or count < _MIN_ROWS or any(gaps[start + width :: size]):
                continue
            rows = [gaps[start + k * size : start + k * size + width] for k in range(count)]
            labelled = sum(1 for row in rows if any(_is_label(text, gap) for gap in row[:2]))
            if labelled * 10 >= count * 9:
                return _grid(text, _head_rows(gaps[:start]), rows, width)
    return None


def _grid(
    text: str, head: Sequence[Sequence[tuple[Span, ...]]], rows: Sequence[Sequence[tuple[Span, ...]]], width: int
) -> Grid | None:
    placed = _place_heads(text, head, width)
    body = [row for row in (_row(text, r, width) for r in [*(placed or head), *rows]) if row is not None]
    if not body:
        return None
    known = sum(1 for r in head if _row(text, r, width) is not None)
    named = not any(_QUANTITY.fullmatch(cell.of(text)) for cell in body[0].cells[1:] if len(cell))
    count = count_header(text, body, known) if known or named else 0
    return Grid(Span(body[0].span.start, body[-1].span.end), tuple(body), count, aligned=placed is not None)


def _place_heads(
    text: str, head: Sequence[Sequence[tuple[Span, ...]]], width: int
) -> list[list[tuple[Span, ...]]] | None:
    """Return the head rows spread over ``width`` columns, None when it cannot be told what stands above what.

    One full row stands as it is. Of two rows, the last heads of the upper one hold the lower row's in equal shares when
    they differ in their numbers only ("Kế hoạch 2026", "Kế hoạch 2027").
    """
    if not head:
        return []
    printed = [list(row) for row in head if not is_index_row([_joined(text, gap) for gap in row])]
    if all(len(row) == width for row in printed) and len(printed) == 1:
        return [list(row) for row in head]
    if len(printed) != 2:
        return None
    upper, lower = printed
    names_of = [[_joined(text, gap) for gap in row] for row in printed]
    if (spans := spans_of(names_of[0], names_of[1], width)) is not None:
        return _spread(upper, lower, spans)
    holders = len(upper) + len(lower) - width
    if not 1 < holders <= len(upper) or len(lower) % holders:
        return None
    names = {re.sub(r"\d+", "", _joined(text, gap)) for gap in upper[-holders:]}
    if len(names) != 1:
        return None
    share, single = len(lower) // holders, len(upper) - holders
    first = upper[:single] + [gap for one in upper[-holders:] for gap in [one, *[()] * (share - 1)]]
    return [first, [*[()] * single, *lower], *[list(row) for row in head[2:]]]


def _spread(
    upper: Sequence[tuple[Span, ...]], lower: Sequence[tuple[Span, ...]], spans: Sequence[int]
) -> list[list[tuple[Span, ...]]]:
    """Return both head rows over all columns: a head stands over the first of its columns, the others are empty."""
    left = iter(lower)
    first: list[tuple[Span, ...]] = []
    second: list[tuple[Span, ...]] = []
    for head, columns in zip(upper, spans, strict=True):
        first += [head, *[()] * (columns - 1)]
        second += [next(left) for _ in range(columns)] if columns > 1 else [()]
    return [first, second]


def _joined(text: str, gap: Sequence[Span]) -> str:
    return " ".join(span.of(text).strip(" *") for span in gap)


def _head_rows(gaps: Sequence[tuple[Span, ...]]) -> list[list[tuple[Span, ...]]]:
    rows: list[list[tuple[Span, ...]]] = [[]]
    for gap in gaps:
        if gap:
            rows[-1].append(gap)
        else:
            rows.append([])
    return [row for row in rows if row]


def _row(text: str, gaps: Sequence[tuple[Span, ...]], width: int) -> TableRow | None:
    filled = [gap for gap in gaps if gap]
    if not filled:
        return None
    end = filled[-1][-1].end
    cells = [_strip(text, Span(g[0].start, g[-1].end), " \t\n*") if g else Span(end, end) for g in gaps[:width]]
    cells += [Span(end, end)] * (width - len(cells))
    return TableRow(Span(filled[0][0].start, end), tuple(cells))


def _is_label(text: str, gap: Sequence[Span]) -> bool:
    return any(ch.isalpha() for span in gap for ch in span.of(text))


def _pieces(text: str, gaps: Sequence[tuple[Span, ...]]) -> list[Span]:
    """Return row-like stretches: a stretch that begins with a quantity goes on with the row before."""
    pieces: list[Span] = []
    fresh = True
    for gap in gaps:
        if not gap:
            fresh = True
            continue
        span = Span(gap[0].start, gap[-1].end)
        if pieces and not (fresh and not _QUANTITY.fullmatch(span.of(text))):
            pieces[-1] = Span(pieces[-1].start, span.end)
        else:
            pieces.append(span)
        fresh = False
    return pieces


def _cell_lines(text: str, lines: Sequence[Span]) -> list[Span]:
    """Return the lines of a layout cell, those inside one pair of asterisks joined, rules left out."""
    found: list[Span] = []
    bold = italic = False
    for line in lines:
        if (bold or italic) and found:
            found[-1] = Span(found[-1].start, line.end)
        else:
            found.append(line)
        for run in _STARS.findall(line.of(text)):
            bold, italic = bold != (len(run) >= 2), italic != (len(run) % 2 == 1)
    return [span for span in found if not FURNITURE.fullmatch(span.of(text))]


def _cells(text: str, line: Span) -> tuple[Span, ...]:
    inner = _strip(text, line, " \t")
    start = inner.start + 1
    end = inner.end - 1 if text[inner.end - 1] == "|" and inner.end - 1 > inner.start else inner.end
    cells, at = [], start
    for offset in range(start, end + 1):
        if offset == end or (text[offset] == "|" and text[offset - 1] != "\\"):
            cells.append(_strip(text, Span(at, offset), " \t*"))
            at = offset + 1
    return tuple(cells)


def _split(text: str, cell: Span) -> Iterable[Span]:
    at = cell.start
    for match in _BREAK.finditer(text, cell.start, cell.end):
        yield _strip(text, Span(at, match.start()), " \t")
        at = match.end()
    yield _strip(text, Span(at, cell.end), " \t")


def _strip(text: str, span: Span, chars: str) -> Span:
    start, end = span.start, span.end
    while start < end and text[start] in chars:
        start += 1
    while end > start and text[end - 1] in chars:
        end -= 1
    return Span(start, end)
