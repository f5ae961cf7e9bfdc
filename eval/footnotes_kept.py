"""What is left of a report's footnotes in what a tool made of it: their text, their place, their marks."""

from __future__ import annotations

import re
from dataclasses import dataclass

from eval.formats_text import Relocation, letters, skeleton
from ingest.domain import Footnote, Report, Span

_BEFORE = 40  # characters before a mark by which its place is found
_GAP = 60  # letters between a sentence and its note that still make them neighbours: the rest of a short sentence
# Brackets, Markdown and HTML superscripts, a caret; anything that is not a bare digit behind the word.
_APART = re.compile(r"[^\w\[<(^]{0,4}(?:\[+\^?\d+\]|\^\d|[⁰¹²³⁴⁵⁶⁷⁸⁹]|<sup>|\(\d+\))")


@dataclass(frozen=True, slots=True)
class Kept:
    """Of ``notes`` footnotes: ``text`` there at all, ``beside`` the sentence that carries the mark (within or next to
    it, or bound to it as data), mark told ``apart`` from the word or number it is glued to.
    """

    notes: int
    text: int
    beside: int
    apart: int

    def __add__(self, other: Kept) -> Kept:
        return Kept(
            self.notes + other.notes, self.text + other.text, self.beside + other.beside, self.apart + other.apart
        )


def kept_in_text(original: Report, text: str) -> Kept:
    """Return what plain text still has of the footnotes of ``original`` that have a mark there."""
    find = Relocation(original.text, text)
    kept = Kept(0, 0, 0, 0)
    for note in original.footnotes:
        if note.mark is None:
            continue
        before = _last_letter(find(Span(max(0, note.mark.start - _BEFORE), note.mark.start)))
        own = find(note.spans[0])
        near = before is not None and bool(own) and _between(text, before, own[0].start) <= _GAP
        apart = before is not None and _APART.match(text, before) is not None
        kept += Kept(1, bool(own), near, apart)
    return kept


def _last_letter(spans: tuple[Span, ...]) -> int | None:
    return spans[-1].end if spans else None


def _between(text: str, start: int, end: int) -> int:
    """Return the letters between a mark and a note; a note that stands before the mark is not beside it."""
    return len(letters(text[start:end])) if start <= end else len(text)


def kept_in_reading(original: Report, other: Report) -> Kept:
    """Return what our own reading has: a note is beside its sentence when it is bound to the same word."""
    notes = {_own(other, one): one for one in other.footnotes}
    kept = Kept(0, 0, 0, 0)
    for note in original.footnotes:
        if note.mark is None:
            continue
        match = notes.get(_own(original, note))
        bound = match is not None and match.mark is not None
        same = bound and _words_before(original, note) == _words_before(other, match)
        kept += Kept(1, match is not None, same, bound)
    return kept


def _own(report: Report, note: Footnote) -> str:
    return "".join(letters(span.of(report.text)) for span in note.spans)


def _words_before(report: Report, note: Footnote | None) -> str:
    if note is None or note.mark is None:
        return ""
    return skeleton(report.text[max(0, note.mark.start - _BEFORE) : note.mark.start]).letters[-10:]
