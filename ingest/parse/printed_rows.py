"""Rows of ruled tables that a page end cuts in two, and numbers that a narrow cell breaks over two lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ingest.parse.patterns import is_capitals
from ingest.parse.printed import PrintedWord
from ingest.parse.printed_lines import Line, make_lines
from ingest.parse.printed_tables import RuledTable

_SAME = 6.0  # points: columns of two pages that differ no further are the same
_PADDING, _BLANK = 5.0, 0.2  # points of white at each side of a cell (0.19 cm in Word); a blank, in sizes of type
# What nobody writes, and what it is with its last digits: "12.680.0" / "00", "01/02/202" / "6".
_TORN = re.compile(r"\d{1,3}(?:\.\d{3})*\.\d{0,2}|\d{1,2}/\d{1,2}/\d{0,3}")
_WHOLE = re.compile(r"[-+]?\d{1,3}(?:\.\d{3})+(?:,\d+)?%?|\d{1,2}/\d{1,2}/\d{4}")
_STOPS = ".,;:)"

Row = Sequence[Sequence[PrintedWord]]


def same_columns(before: Sequence[float], after: Sequence[float]) -> bool:
    """Tell whether the columns of two pieces of a table stand at the same places."""
    return len(before) == len(after) and all(abs(a - b) < _SAME for a, b in zip(before, after, strict=True))


def joined(before: RuledTable, after: RuledTable, *, height: float) -> tuple[RuledTable, RuledTable]:
    """Return the two pieces of a table that a page end parts, a row that it cuts whole at the end of the first.

    ``height`` of the first page in points: what stands overleaf is put below its end and marked as ``overleaf``. As
    they are where no row is cut.
    """
    at = _repeated(before, after)
    if not same_columns(before.columns, after.columns) or not at < len(after.rows) or not at < len(before.rows):
        return before, after
    last, rest = before.rows[-1], after.rows[at]
    if not _is_rest(last, rest, before.columns):
        return before, after
    moved = (
        tuple(replace(word, top=word.top + height, bottom=word.bottom + height, overleaf=True) for word in cell)
        for cell in rest
    )
    whole = tuple((*cell, *more) for cell, more in zip(last, moved, strict=True))
    rows = after.rows[:at] + after.rows[at + 1 :]
    return replace(before, rows=(*before.rows[:-1], whole)), replace(after, rows=rows)


def _repeated(before: RuledTable, after: RuledTable) -> int:
    """Return with how many rows both pieces begin: the heads, printed again."""
    count = 0
    for first, second in zip(before.rows, after.rows, strict=False):
        if [[word.text for word in cell] for cell in first] != [[word.text for word in cell] for cell in second]:
            break
        count += 1
    return count


def _is_rest(last: Row, rest: Row, columns: Sequence[float]) -> bool:
    """Tell whether ``rest`` is what a page end left of the row ``last``.

    Words alone, in cells that have words in ``last``, some cell of which has nothing more to say; and none of their
    first words had room at the end of what stands before it.
    """
    filled = [number for number, cell in enumerate(rest) if cell]
    if not filled or len(filled) == sum(map(bool, last)):
        return False
    return all(last[at] and _runs_over(last[at], rest[at], columns[at + 1] - columns[at]) for at in filled)


def _runs_over(cell: Sequence[PrintedWord], rest: Sequence[PrintedWord], width: float) -> bool:
    end, first = make_lines(cell)[-1], make_lines(rest)[0].words[0]
    said, more = (" ".join(word.text for word in words) for words in (cell, rest))
    if first.bold != end.words[-1].bold or is_capitals(more) != is_capitals(said):
        return False
    needed = end.right - end.left + _BLANK * first.size + first.right - first.left
    return needed > width - 2 * _PADDING


def words_of(cell: Sequence[PrintedWord]) -> tuple[list[PrintedWord], frozenset[int]]:
    """Return the words of a cell in order, and which of them (numbers) go on with the number broken before them."""
    lines = make_lines(cell)
    words = [word for line in lines for word in line.words]
    starts = [sum(len(line.words) for line in lines[:at]) for at in range(1, len(lines))]
    return words, frozenset(
        at for at, (first, second) in zip(starts, _pairs(lines), strict=True) if _torn(first, second)
    )


def _pairs(lines: Sequence[Line]) -> list[tuple[PrintedWord, PrintedWord]]:
    return [(before.words[-1], after.words[0]) for before, after in pairwise(lines)]


def _torn(first: PrintedWord, second: PrintedWord) -> bool:
    if _TORN.fullmatch(first.text) is None or _WHOLE.fullmatch(first.text) is not None:
        return False
    return _WHOLE.fullmatch(first.text + second.text.rstrip(_STOPS)) is not None
