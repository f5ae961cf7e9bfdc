"""How many rows at the top of a table are its title and its column heads."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.domain import TableRow

_INDEX_CELL = re.compile(r"\(?\s*(?:\d{1,2}|[A-Za-z])\s*(?:=.{0,20})?\)?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_AMOUNT = re.compile(r"\d[.,]\d|\d\s*%")


def count_header(text: str, rows: Sequence[TableRow], known: int) -> int:
    """Return how many leading rows are titles and column heads.

    Heads are those ``known`` to be, else one row, further rows of words without a label of their own (or with the one
    above once more), and an index row (1) (2) (3). A table of one row has none.
    """
    count = max(known, min(count_titles(text, rows) + 1, len(rows) - 1))
    while 0 < count < len(rows) - 1 and _is_lower_head(_added(text, rows[count - 1], rows[count])):
        count += 1
    if count < len(rows) and is_index_row([cell.of(text) for cell in rows[count].cells]):
        count += 1
    return count


def count_titles(text: str, rows: Sequence[TableRow]) -> int:
    """Return how many leading rows hold one line over all columns: the table's title, its unit line."""
    count = 0
    for row in rows[:-2]:
        cells = [cell for cell in dict.fromkeys(row.cells) if cell.of(text).strip(" *")]
        if len(row.cells) < 3 or len(cells) != 1 or cells[0] != row.cells[0]:
            break
        count += 1
    return count


def _added(text: str, above: TableRow, row: TableRow) -> list[str]:
    """Return the cells of ``row``, "" for one that says what stands above it: a joined cell written out again."""
    said = [cell.of(text).strip(" *") for cell in above.cells]
    cells = [cell.of(text).strip(" *") for cell in row.cells]
    return ["" if column < len(said) and cell == said[column] else cell for column, cell in enumerate(cells)]


def _is_lower_head(cells: Sequence[str]) -> bool:
    """Tell whether a row goes on with the heads above it: words and years only, and nothing where labels stand."""
    filled = [cell for cell in cells if cell]
    words = all(any(ch.isalpha() for ch in cell) or _YEAR.fullmatch(cell) for cell in filled)
    return not cells[0] and len(filled) >= 2 and words and not any(_AMOUNT.search(cell) for cell in filled)


def is_index_row(cells: Sequence[str]) -> bool:
    """Tell whether ``cells`` only number the columns: A B 1 2 3, (1) (2) (3), 4=3/2."""
    filled = [cell.strip(" *") for cell in cells if cell.strip(" *")]
    if len(filled) < 3 or len(filled) * 2 < len(cells) or not all(_INDEX_CELL.fullmatch(cell) for cell in filled):
        return False
    numbers = [int(n.group()) for cell in filled if (n := re.search(r"\d+", cell))]
    return numbers == sorted(set(numbers)) and len(numbers) >= 2 and numbers[0] <= 3
