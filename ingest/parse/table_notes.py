"""Notes that stand below a table and belong to it: "Ghi chú: (1) ...", "(*) ..." with their marks in its cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.domain import Span
from ingest.parse.blocks import Grid, NoteMark, NoteText, Para
from ingest.parse.flow import Flow
from ingest.vi.normalise import fold

_TITLE = re.compile(r"(?:ghi chu|chu thich|giai thich)\s*:?\s*")  # match on folded text
# A bare star is a label only where it parts nothing else: "**bold**" and "*italic*" are not labelled.
_LABEL = re.compile(
    r"(?P<label>\(\d{1,2}\)|\(\*{1,3}\)|\*{1,3}(?=\s[^*]*$)|\d{1,2}\))\s*[.:]?\s*(?=[^\W\d_]|\d)", re.MULTILINE
)
# Notes stand right below their table.
_MAX_LINES = 12


def with_table_notes(text: str, flow: Flow, marks: Sequence[NoteMark]) -> tuple[Flow, tuple[NoteMark, ...]]:
    """Return ``flow`` with the notes of its tables taken out of the paragraphs, and ``marks`` with theirs.

    A line below a table is its note only where a cell carries the line's label behind other words; an index row
    "(1) (2) (3)" carries none.
    """
    notes: list[NoteText] = []
    found: list[NoteMark] = []
    taken: set[int] = set()
    for number, item in enumerate(flow.items):
        if not isinstance(item, Grid):
            continue
        for at, note in _notes_below(text, flow.items, number):
            places = list(_marks_in(text, item, note.label))
            if places:
                notes.append(note)
                found += [NoteMark(note.label, place, note=note.whole) for place in places]
                taken.add(at)
    if not notes:
        return flow, tuple(marks)
    titles = {at - 1 for at in taken if at - 1 not in taken and _is_title(flow.items[at - 1])}
    kept = tuple(item for number, item in enumerate(flow.items) if number not in taken | titles)
    ordered = sorted([*flow.notes, *notes], key=lambda note: note.whole)
    return replace(flow, items=kept, notes=tuple(ordered)), tuple(sorted([*marks, *found], key=lambda mark: mark.span))


def labelled(text: str, span: Span) -> NoteText | None:
    """Return the note that the paragraph ``span`` is by its label ("Ghi chú: (1) ...", "(*) ..."), None for none."""
    start = _past_title(text, span)
    match = _LABEL.match(text, start, span.end)
    return None if match is None else NoteText(match["label"], (Span(match.end(), span.end),), span)


def _past_title(text: str, span: Span) -> int:
    title = _TITLE.match(fold(span.of(text)))
    start = span.start + (title.end() if title else 0)
    while start < span.end and text[start] in "*_ \n" and not _LABEL.match(text, start, span.end):
        start += 1
    return start


def _notes_below(text: str, items: Sequence[Para | Grid], number: int) -> Iterator[tuple[int, NoteText]]:
    """Yield (item, note) for each labelled line right below the table that item ``number`` is."""
    for at in range(number + 1, min(len(items), number + 1 + _MAX_LINES)):
        item = items[at]
        if not isinstance(item, Para) or item.block.cell is not None:
            return
        note = labelled(text, item.block.span)
        if note is not None:
            yield at, note
        elif _past_title(text, item.block.span) < item.block.span.end and at > number + 2:
            return


def _marks_in(text: str, grid: Grid, label: str) -> Iterator[Span]:
    """Yield where cells carry ``label`` behind other words, each place once."""
    bare = label.strip("()")
    sign = rf"\(?{re.escape(bare)}\)?" if "*" in bare else rf"\(?{bare}\)"
    form = re.compile(rf"(?<=[^\s|(])(?P<gap>\s*)(?P<mark>{sign})(?![\w*)])")
    for cell in dict.fromkeys(cell for row in grid.rows for cell in row.cells):
        if "*" in bare and cell.of(text).count("*") != len(bare):
            continue
        for match in form.finditer(text, cell.start, cell.end):
            if match.start() > cell.start:
                yield Span(match.start("mark"), match.end())


def _is_title(item: Para | Grid) -> bool:
    return isinstance(item, Para) and _TITLE.fullmatch(fold(item.reading.text).strip(" *")) is not None
