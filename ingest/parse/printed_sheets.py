"""A printed page taken apart, and what of it goes on overleaf: a table row, a paragraph."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.parse.printed import PrintedPage
from ingest.parse.printed_lines import Line
from ingest.parse.printed_notes import PageNote
from ingest.parse.printed_paragraphs import Measure, goes_on, paragraphs
from ingest.parse.printed_rows import joined
from ingest.parse.printed_tables import RuledTable


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page taken apart: its tables, its lines of running text with their measure, its notes."""

    page: PrintedPage
    tables: Sequence[RuledTable]
    lines: Sequence[Line]
    notes: Sequence[PageNote]
    of: Measure


def without_cut_rows(sheets: Sequence[Sheet]) -> list[Sheet]:
    """Return the pages with the rows of tables that a page end cuts whole, each on the page it begins on."""
    found = list(sheets)
    for at, (sheet, after) in enumerate(pairwise(sheets)):
        sheet = found[at]
        if not sheet.tables or not after.tables or any(line.top > sheet.tables[-1].top for line in sheet.lines):
            continue
        if any(line.top < after.tables[0].top for line in after.lines):
            continue
        last, first = joined(sheet.tables[-1], after.tables[0], height=sheet.page.height)
        found[at] = replace(sheet, tables=(*sheet.tables[:-1], last))
        found[at + 1] = replace(after, tables=(first, *after.tables[1:]))
    return found


def is_cut(sheet: Sheet, after: Sheet) -> bool:
    """Tell whether the end of a page cuts a paragraph that the page ``after`` goes on with."""
    if not sheet.lines or not after.lines:
        return False
    last, first = sheet.lines[-1], after.lines[0]
    if any(table.top > last.top for table in sheet.tables) or any(table.top < first.top for table in after.tables):
        return False
    begins = next(paragraphs(after.lines, after.of))
    return not begins.column and not begins.centred and goes_on(last, sheet.of, first, after.of)
