"""A report read from plain text → the Word file it could have come from: real footnotes where its note marks stand.

Everything else is as typed: the same paragraphs with their numbering and bullet signs, emphasis where stars mark it, no
styles, no bold headings. Lines broken by width are joined, and what stands in a paragraph only because a page ended
there (its notes, its number) is out, as in a Word file. Uses the raw XML parts of the sample reports, so that nothing
of python-docx, which knows no footnotes, is needed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.domain import Footnote, ParagraphKind, Report, SectionKind, Span, Table
from ingest.samples import docx_parts
from ingest.samples.docx_writer import document_part, footnotes_part, note_reference, pack, paragraph, run

_EMPHASIS = re.compile(r"\*\*(?=[^\s*])(?P<bold>[^*]+?)(?<=\S)\*\*|\*(?=[^\s*])(?P<italic>[^*]+?)(?<=\S)\*")
_BLANK_LINE = re.compile(r"\n\s*\n")
_BODY = '<w:spacing w:before="120"/><w:ind w:firstLine="720"/><w:jc w:val="both"/>'
_HEAD = '<w:jc w:val="center"/>'
_NO_NOTE = 0
_WIDTH = 9354  # twentieths of a point between the side margins
_CELL_SIZE = 22  # half points


@dataclass(frozen=True, slots=True)
class _Typed:
    """One paragraph as typed: its pieces in order, or a table that stands there."""

    spans: tuple[Span, ...]
    table: Table | None = None


def docx_of(report: Report) -> bytes:
    """Return ``report`` as a .docx file with one Word footnote for each note that has a mark."""
    marked = sorted((note for note in _page_notes(report) if note.mark), key=_mark_start)
    numbers = {note.mark.start: number for number, note in enumerate(marked, start=1) if note.mark}
    # A page number inside a sentence goes like a mark, with nothing in its place.
    numbers |= {one.span.start: _NO_NOTE for one in report.issues if one.span and one.code == "page-number"}
    head = next((one.span for one in report.sections if one.kind is SectionKind.HEADER), Span(0, 0))
    body = []
    for typed in _typed(report):
        if typed.table is not None:
            body.append(_table(report.text, typed.table, numbers))
        else:
            properties = _HEAD if head.covers(typed.spans[0]) else _BODY
            body.append(paragraph(_runs(report.text, typed.spans, numbers), properties))
    notes = {number: _runs(report.text, note.spans, {}, " ") for number, note in enumerate(marked, start=1)}
    return pack(report.meta.title or "Báo cáo", document_part("".join(body)), footnotes_part(notes))


def _page_notes(report: Report) -> list[Footnote]:
    """Return the notes that are no line below a table: "(1) ..." there is typed by hand in a Word file, too."""
    return [note for note in report.footnotes if not note.label.startswith("(")]


def _mark_start(note: Footnote) -> int:
    return note.mark.start if note.mark else 0


def _typed(report: Report) -> Iterator[_Typed]:
    """Give the paragraphs and tables in order; a run-in heading is one paragraph with the text behind it."""
    of_rows = {row.span: table for table in report.tables for row in table.rows}
    pieces: list[tuple[Span, ...]] = [
        (line,) for one in report.sections if one.heading for line in _typed_apart(report.text, one.heading)
    ]
    pieces += [one.spans for one in report.paragraphs if one.kind is not ParagraphKind.TABLE_ROW]
    pieces += [(table.rows[0].span,) for table in report.tables if table.rows]
    pieces += [(line,) for line in _other_lines(report, [span for spans in pieces for span in spans])]
    waiting: tuple[Span, ...] = ()
    for spans in sorted(set(pieces), key=lambda found: found[0].start):
        together = waiting and "\n" not in report.text[waiting[-1].end : spans[0].start]
        if together:
            waiting += spans
            continue
        if waiting:
            yield _Typed(_whole_lines(report.text, waiting))
        waiting = spans
        if spans[0] in of_rows:
            yield _Typed(spans, of_rows[spans[0]])
            waiting = ()
    if waiting:
        yield _Typed(_whole_lines(report.text, waiting))


def _other_lines(report: Report, pieces: Sequence[Span]) -> Iterator[Span]:
    """Give the lines that belong to no piece, note, table or page number: what came with none of them."""
    taken = [*pieces, *(span for note in _page_notes(report) for span in note.spans)]
    taken += [Span(one.rows[0].span.start, one.rows[-1].span.end) for one in report.tables if one.rows]
    taken += [one.span for one in report.issues if one.span and one.code == "page-number"]
    for match in re.finditer(r"^(?!\|).*[^\W_].*$", report.text, re.MULTILINE):
        if not any(span.start < match.end() and match.start() < span.end for span in taken):
            yield Span(match.start(), match.end())


def _typed_apart(text: str, heading: Span) -> Iterator[Span]:
    """Give the paragraphs of a heading: an annex has its name and its title in two."""
    at = heading.start
    for match in _BLANK_LINE.finditer(text, heading.start, heading.end):
        yield Span(at, match.start())
        at = match.end()
    yield Span(at, heading.end)


def _whole_lines(text: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    """Take in what stands on the lines before, between and behind the pieces: bullet signs, emphasis, colons."""
    found: list[Span] = []
    for span in spans:
        start = text.rfind("\n", 0, span.start) + 1
        end = text.find("\n", span.end)
        whole = Span(start, len(text) if end < 0 else end)
        if found and found[-1].end >= whole.start:
            whole = Span(found.pop().start, max(whole.end, span.end))
        found.append(whole)
    return tuple(found)


def _runs(text: str, spans: Sequence[Span], numbers: dict[int, int], before: str = "") -> str:
    """Return the runs of the pieces, joined by blanks; ``numbers``: id of the note by the offset of its mark."""
    found = [run(before)]
    for at, span in enumerate(spans):
        found.append(run(" ") if at else "")
        done = span.start
        for match in _EMPHASIS.finditer(text, span.start, span.end):
            group = "bold" if match.group("bold") else "italic"
            found.append(_plain(text, Span(done, match.start()), numbers))
            inside = Span(match.start(group), match.end(group))
            found.append(_plain(text, inside, numbers, bold=group == "bold", italic=group == "italic"))
            done = match.end()
        found.append(_plain(text, Span(done, span.end), numbers))
    return "".join(found)


def _plain(text: str, span: Span, numbers: dict[int, int], *, bold: bool = False, italic: bool = False) -> str:
    found, done = [], span.start
    for at in sorted(start for start in numbers if span.start <= start < span.end):
        swallowed = numbers[at] == _NO_NOTE
        before = text[done:at].rstrip() if swallowed else text[done:at]
        found += [run(_joined(before), bold=bold, italic=italic), "" if swallowed else note_reference(numbers[at])]
        done = _behind_mark(text, at)
    found.append(run(_joined(text[done : span.end]), bold=bold, italic=italic))
    return "".join(found)


def _behind_mark(text: str, start: int) -> int:
    match = re.compile(r"\[\^?\d+\]|[⁰¹²³⁴⁵⁶⁷⁸⁹]+|\d+").match(text, start)
    return match.end() if match else start


def _joined(text: str) -> str:
    """Return the text with broken lines joined."""
    return re.sub(r"[ \t]*\n[ \t]*", " ", text)


def _table(text: str, table: Table, numbers: dict[int, int]) -> str:
    width = max([len(table.columns), *(len(row.cells) for row in table.rows)])
    grid = "".join(f'<w:gridCol w:w="{_WIDTH // width}"/>' for _ in range(width))
    rows = []
    if any(table.columns):
        head = [run(column, bold=True, size=_CELL_SIZE) for column in table.columns]
        rows.append(_row(head, width, "<w:trPr><w:tblHeader/></w:trPr>"))
    rows += [_row([_runs(text, (cell,), numbers) for cell in row.cells], width) for row in table.rows]
    return f"<w:tbl>{docx_parts.RULED_TABLE}<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def _row(cells: Sequence[str], width: int, properties: str = "") -> str:
    filled = [*cells, *[""] * (width - len(cells))]
    size = f'<w:tcPr><w:tcW w:w="{_WIDTH // width}" w:type="dxa"/></w:tcPr>'
    return f"<w:tr>{properties}{''.join(f'<w:tc>{size}{paragraph(cell)}</w:tc>' for cell in filled)}</w:tr>"
