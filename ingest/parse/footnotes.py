"""Footnotes: notes out of the flow, cut paragraphs joined, marks bound to notes.

Three ways of writing them: superscripts with the note text where the page ended (or Word's own notes, which the docx
reader writes the same way), and ``[1]`` with the texts at the end of the file.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence

from ingest.domain import Footnote, ParseIssue, Severity, Span
from ingest.parse.blocks import NoteMark, NoteText, Para
from ingest.vi.letters import pattern

SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹⁽"
_SUPERSCRIPT = re.compile(r"⁽?(?P<label>[⁰¹²³⁴⁵⁶⁷⁸⁹]+)⁾?")
BRACKET_MARK = re.compile(r"\[\^?(\d{1,3})\]")
# Letters of a unit of length right before an exponent: m², km², /m³, dam². Nothing else takes ² or ³ in reports.
_UNIT_BEFORE = pattern(r"(?:^|[^{UP}{LOW}])(?:[kcdhn]?|da|N)m$")


def find_marks(text: str, notes: Sequence[NoteText], areas: Sequence[Span]) -> tuple[NoteMark, ...]:
    """Return the marks in ``text`` outside the ``areas`` taken by notes, in order of place.

    The exponent of a unit (m²) is returned as doubtful when a note of that label exists, else not at all.
    Bracket marks count only where some note is labelled that way.
    """
    labels = {note.label for note in notes}
    marks: list[NoteMark] = []
    for match in _SUPERSCRIPT.finditer(text):
        if not _inside(match.start(), areas):
            marks += _superscript_marks(text, match, labels)
    bracketed = any(text[note.whole.start] == "[" for note in notes)
    if bracketed:
        marks += [
            NoteMark(match.group(1), Span(match.start(), match.end()))
            for match in BRACKET_MARK.finditer(text)
            if not _inside(match.start(), areas)
        ]
    return tuple(sorted(marks, key=lambda mark: mark.span))


def pair(notes: Sequence[NoteText], marks: Sequence[NoteMark]) -> dict[int, NoteMark]:
    """Return the mark of each note by the note's place in ``notes``; a note without mark is left out.

    Labels may start again on each page: a note takes the last free mark of its label before it, else the first after.
    A doubtful mark (m²) is taken only when no other fits and it stands between its neighbours' marks. Where the format
    says which note a mark refers to, the first such mark is the note's.
    """
    free = [mark for mark in marks if mark.note is None]
    told = {mark.note: mark for mark in reversed(marks) if mark.note is not None}
    found = {number: told[note.whole] for number, note in enumerate(notes) if note.whole in told}
    for doubtful in (False, True):
        for number, note in enumerate(notes):
            if number in found:
                continue
            candidates = [m for m in free if m.label == note.label and m.doubtful == doubtful]
            if doubtful:
                candidates = [m for m in candidates if _fits(number, m, found)]
            before = [m for m in candidates if m.span.start < note.whole.start]
            chosen = before[-1] if before else next(iter(candidates), None)
            if chosen is not None:
                found[number] = chosen
                free.remove(chosen)
    return found


def bind(
    notes: Sequence[NoteText],
    marks: Sequence[NoteMark],
    paragraphs: Mapping[Span, int],
    sections: Sequence[tuple[Span, int]],
) -> tuple[tuple[Footnote, ...], tuple[ParseIssue, ...]]:
    """Return footnotes in order of their notes, and what does not add up.

    ``paragraphs``: piece of a paragraph -> its index; ``sections``: (span, id) from the outermost in.
    """
    pairs = pair(notes, marks)
    pieces = sorted(paragraphs.items())
    footnotes = []
    issues: list[ParseIssue] = []
    for number, note in enumerate(notes):
        mark = pairs.get(number)
        place = mark.span if mark else note.whole
        section = [i for span, i in sections if span.covers(place)][-1]
        home = next((i for span, i in pieces if mark and span.covers(mark.span)), None)
        footnotes.append(Footnote(note.label, mark.span if mark else None, note.spans, section, home))
        if mark is None:
            message = f"Chú thích {note.label} không tìm thấy dấu chỉ dẫn trong bài."
            issues.append(ParseIssue("note-without-mark", message, Severity.WARNING, note.whole))
    issues += _unbound(notes, marks, set(pairs.values()))
    return tuple(footnotes), tuple(issues + _order(footnotes))


def lonely_brackets(text: str, notes: Sequence[NoteText]) -> tuple[ParseIssue, ...]:
    """Return one INFO issue when ``[30]`` marks stand in a text that has no such notes at all."""
    first = BRACKET_MARK.search(text)
    if first is None or any(text[note.whole.start] == "[" for note in notes):
        return ()
    message = "Bài có dấu dẫn nguồn dạng [số] nhưng không kèm chú thích; các dấu này được bỏ qua khi đọc."
    return (ParseIssue("marks-without-notes", message, Severity.INFO, Span(first.start(), first.end())),)


def read_label(text: str, span: Span) -> tuple[str, int] | None:
    """Return (label, offset of the note's own text) when the block ``span`` opens with a note label, else None."""
    at = span.start
    while at < span.end and text[at] in "* (":
        at += 1
    if match := _SUPERSCRIPT.match(text, at, span.end):
        label = match["label"].translate(SUPERSCRIPTS)
    elif bracket := BRACKET_MARK.match(text, at, span.end):
        match, label = bracket, bracket.group(1)
    else:
        return None
    start = match.end()
    while start < span.end and text[start] in " \t\n):.":
        start += 1
    return (label, start) if start < span.end else None


def to_note(text: str, span: Span) -> NoteText | None:
    """Return the note that the block ``span`` is, None when it is no note."""
    found = read_label(text, span)
    if found is None:
        return None
    label, start = found
    return NoteText(label, (Span(start, span.end),), span)


def is_cut(before: Para, after: Para, *, heading_like: bool) -> bool:
    """Tell whether a page's notes stand in the middle of one sentence: ``before`` + ``after`` are one paragraph.

    ``heading_like``: one of the two opens with numbering or a bullet that makes a join impossible or doubtful.
    """
    head, tail = before.reading.text.rstrip(), after.reading.text.lstrip()
    if not head or not tail or head[-1] in '.;:!?…”"/|' or before.block.piped or after.block.piped:
        return False
    if before.block.cell is not None or after.block.cell is not None:
        return False
    if tail[0].islower():
        return True
    if heading_like:
        return False
    return head[-1] in ",-–(" or len(head) > 150


def _superscript_marks(text: str, match: re.Match[str], labels: set[str]) -> list[NoteMark]:
    start, digits = match.start(), match["label"].translate(SUPERSCRIPTS)
    before = text[max(0, start - 4) : start]
    whole = NoteMark(digits, Span(start, match.end()))
    if before.endswith(("⁻", "⁺")) or (re.search(r"(?:^|\D)10$", before) and digits not in labels):
        return []
    if not _UNIT_BEFORE.search(before) or digits[0] not in "23":
        return [whole]
    rest = digits[1:]
    if rest:
        # "5.400m³⁶": the unit keeps its exponent, unless only the whole is a note's label.
        return [whole] if digits in labels and rest not in labels else [NoteMark(rest, Span(start + 1, match.end()))]
    return [NoteMark(digits, whole.span, doubtful=True)] if digits in labels else []


def _fits(number: int, mark: NoteMark, found: Mapping[int, NoteMark]) -> bool:
    earlier = [m.span.start for n, m in found.items() if n < number]
    later = [m.span.start for n, m in found.items() if n > number]
    return max(earlier, default=-1) < mark.span.start < min(later, default=mark.span.start + 1)


def _unbound(notes: Sequence[NoteText], marks: Sequence[NoteMark], bound: set[NoteMark]) -> list[ParseIssue]:
    labels = {note.label for note in notes}
    issues = []
    for mark in marks:
        if mark in bound or mark.doubtful:
            continue
        if mark.note is not None or mark.label in labels:
            message = f"Dấu chú thích {mark.label} xuất hiện thêm một lần; chú thích đã gắn với chỗ khác."
            issues.append(ParseIssue("mark-repeated", message, Severity.INFO, mark.span))
        else:
            message = f"Dấu chú thích {mark.label} không có nội dung chú thích đi kèm."
            issues.append(ParseIssue("mark-without-note", message, Severity.WARNING, mark.span))
    return issues


def _order(footnotes: Sequence[Footnote]) -> list[ParseIssue]:
    placed = [(f.mark, int(f.label)) for f in footnotes if f.mark is not None and f.label.isdigit()]
    numbers = [label for _, label in sorted(placed)]
    pairs = itertools.pairwise(numbers)
    odd = [b for a, b in pairs if b not in (a + 1, 1)]
    if not odd:
        return []
    message = f"Số thứ tự chú thích không liên tục (tại chú thích {odd[0]})."
    return [ParseIssue("note-order", message, Severity.INFO)]


def _inside(offset: int, areas: Sequence[Span]) -> bool:
    return any(area.start <= offset < area.end for area in areas)
