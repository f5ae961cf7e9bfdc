"""Notes that somebody typed into running text: "(*) ..." as a paragraph, "(*)" or a raised "(1)" behind a word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.domain import Span
from ingest.parse.blocks import NoteMark, NoteText, Para
from ingest.parse.flow import Flow
from ingest.parse.table_notes import labelled


def with_typed_notes(text: str, flow: Flow, marks: Sequence[NoteMark]) -> tuple[Flow, tuple[NoteMark, ...]]:
    """Return ``flow`` with such notes taken out of the paragraphs, and ``marks`` with theirs.

    A paragraph is a note only where it alone begins with its label and one mark of that label stands before it: stars
    behind a word, or raised digits that are no other note's. A list "(1) ...; (2) ..." raises nothing.
    """
    paragraphs = [
        (number, item)
        for number, item in enumerate(flow.items)
        if isinstance(item, Para) and item.block.cell is None and not item.block.piped
    ]
    begin: dict[str, list[tuple[int, NoteText]]] = {}
    for number, item in paragraphs:
        note = labelled(text, item.block.span)
        if note is not None:
            begin.setdefault(note.label.strip("()"), []).append((number, note))
    known = {note.label for note in flow.notes}
    told, taken, notes = list(marks), set[int](), list[NoteText]()
    for label, found in begin.items():
        (number, note), *others = found
        before = [item.block.span for at, item in paragraphs if at < number]
        places = _stars(text, before, label) if "*" in label else _raised(text, marks, label, before)
        if others or len(places) != 1 or not known.isdisjoint((label, note.label)):
            continue
        told = [mark for mark in told if mark.span != places[0]]
        told.append(NoteMark(note.label, places[0], note=note.whole))
        notes.append(note)
        taken.add(number)
    if not notes:
        return flow, tuple(marks)
    items = tuple(item for number, item in enumerate(flow.items) if number not in taken)
    ordered = tuple(sorted([*flow.notes, *notes], key=lambda note: note.whole))
    return replace(flow, items=items, notes=ordered), tuple(sorted(told, key=lambda mark: mark.span))


def _stars(text: str, paragraphs: Sequence[Span], label: str) -> list[Span]:
    """Return where ``label`` stands behind a word; not where other stars of the paragraph may mean emphasis."""
    form = re.compile(rf"(?<=[\w%)])[ ]?(?P<mark>\({re.escape(label)}\)|{re.escape(label)})(?![\w*])")
    return [
        Span(*match.span("mark"))
        for span in paragraphs
        if span.of(text).count("*") == len(label)
        for match in form.finditer(text, span.start, span.end)
    ]


def _raised(text: str, marks: Sequence[NoteMark], label: str, paragraphs: Sequence[Span]) -> list[Span]:
    """Return the raised marks "⁽¹⁾", "¹⁾" of ``label`` that are no note's yet."""
    return [
        mark.span
        for mark in marks
        if mark.label == label and mark.note is None and text[mark.span.end - 1] == "⁾"
        if any(span.covers(mark.span) for span in paragraphs)
    ]
