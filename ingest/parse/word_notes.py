"""The notes of a Word file: their labels, their marks in the text, and the notes typed by hand under a rule."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from ingest.domain import Span
from ingest.parse.blocks import NoteMark, NoteText
from ingest.parse.patterns import FURNITURE
from ingest.parse.word_numbering import to_roman
from ingest.parse.word_package import Element, W
from ingest.parse.word_runs import TYPED

_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_RAISED = re.compile(r"⁽?([⁰¹²³⁴⁵⁶⁷⁸⁹]+)⁾?")
_PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_UNIT_BEFORE = re.compile(r"(?:^|[^\w])(?:[kcdhn]?|da)m$")
# A rule typed as a line, under which the notes of the page follow.
_RULE_LENGTH = 5
_LABELLED = re.compile(r"\(?(?P<label>\d{1,3}|\*{1,3})\)?\s*[.:]?\s*(?=\S)")


@dataclass(slots=True)
class WordNotes:
    """Labels by (kind, id) in the order of their marks, marks and notes as they are written."""

    roots: Mapping[str, Element | None]
    both: bool  # footnotes and endnotes: the latter are numbered in Roman digits
    order: dict[tuple[str, str], str] = field(default_factory=dict)
    marks: list[tuple[tuple[str, str], NoteMark]] = field(default_factory=list)
    notes: list[NoteText] = field(default_factory=list)
    _typed: list[NoteMark] = field(default_factory=list)
    _under_rule: bool = False

    def sign(self, note: tuple[str, str], typed: str) -> str:
        """Return what is written for a mark; ``typed``: the mark that the author typed, "" for a number."""
        if note[0] == TYPED:
            return typed
        if note not in self.order:
            self.order[note] = typed or self._number(note[0])
        label = self.order[note]
        return label.translate(_SUPERSCRIPTS) if label.isdigit() else label if typed else f"[{label}]"

    def add_mark(self, note: tuple[str, str], span: Span) -> None:
        """Take in where a mark was written."""
        if note[0] == TYPED:
            self._typed.append(NoteMark(note[1], span))
        else:
            self.marks.append((note, NoteMark(self.order[note], span)))

    def find(self, note: tuple[str, str]) -> Element | None:
        """Return the element of a note, None when the file has none of that number."""
        root = self.roots.get(note[0])
        found = root.iterchildren(f"{W}{note[0][:-1]}") if root is not None else ()
        return next((one for one in found if one.get(f"{W}id") == note[1]), None)

    def write(self, note: tuple[str, str], own: Span, whole: Span) -> None:
        """Take in a note's text, and bind its marks to it."""
        self.notes.append(NoteText(self.order[note], (own,), whole))
        self.marks = [(of, replace(mark, note=whole) if of == note else mark) for of, mark in self.marks]

    def read_line(self, text: str, span: Span) -> None:
        """Take in a line of the body: raised numbers in it, or a note typed under a rule for one of them."""
        if FURNITURE.fullmatch(text):
            self._under_rule = len(text.strip()) >= _RULE_LENGTH
            return
        match = _LABELLED.match(text) if self._under_rule else None
        marks = [m for m in self._typed if match and m.label == match["label"] and m.note is None]
        if match is not None and marks:
            self.notes.append(NoteText(match["label"], (Span(span.start + match.end(), span.end),), span))
            self._typed = [replace(m, note=span) if m in marks else m for m in self._typed]
            return
        self._under_rule = False
        for raised in _RAISED.finditer(text):
            if raised.start() and not _UNIT_BEFORE.search(text[max(0, raised.start() - 4) : raised.start()]):
                place = Span(span.start + raised.start(), span.start + raised.end())
                self._typed.append(NoteMark(raised.group(1).translate(_PLAIN), place))

    def all_marks(self) -> tuple[NoteMark, ...]:
        """Return the marks of Word's own notes and of those typed under a rule, in order of place."""
        typed = [mark for mark in self._typed if mark.note is not None]
        return tuple(sorted([*(mark for _, mark in self.marks), *typed], key=lambda mark: mark.span))

    def _number(self, kind: str) -> str:
        # Numbered through the report, also where Word starts again on each page: labels then name one note each.
        number = 1 + sum(1 for (other, _), label in self.order.items() if other == kind and _counts(label))
        return to_roman(number).lower() if self.both and kind == "endnotes" else str(number)


def _counts(label: str) -> bool:
    return label.isdigit() or label.isalpha()
