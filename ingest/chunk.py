"""Report -> passages: one per section (cut where long), per footnote, per table row; header and signature.

The pieces of a passage are canonical spans; its text is their reading without footnote marks and page numbers.
"""

from __future__ import annotations

import uuid
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.domain import (
    Footnote,
    Paragraph,
    ParagraphKind,
    Passage,
    PassageKind,
    Reading,
    Report,
    Section,
    SectionKind,
    Span,
    Table,
    TableRow,
)
from ingest.headings import says_something
from ingest.parse.footnotes import BRACKET_MARK
from ingest.table_rows import is_total
from ingest.vi.normalise import fold
from ingest.vi.reading import read
from ingest.vi.sentences import sentences

# Characters of reading after which a passage is cut at the next paragraph or sentence border.
MAX_PASSAGE_CHARS = 1_200
PATH_JOINT = " > "
_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "hoibaocao:passage")
_UNREAD_MARKS = ("page-number", "mark-repeated", "mark-without-note")  # codes of issues with their places
_FIXED = {SectionKind.HEADER: PassageKind.HEADER, SectionKind.SIGNATURE: PassageKind.SIGNATURE}


@dataclass(frozen=True, slots=True)
class _Draft:
    """A passage before it has a number."""

    kind: PassageKind
    section: int
    spans: tuple[Span, ...]
    context: str
    footnote: str | None = None
    anchor: Span | None = None
    beside: tuple[Span, ...] = ()  # stretches elsewhere whose notes hold for it as well: heads, joined labels


def make_passages(report: Report, *, key: str) -> tuple[Passage, ...]:
    """Return the passages of ``report`` in document order; ``key`` is the hash of the file's bytes.

    The same report and key give the same ids. A report without text gives ().
    """
    drop = marks(report)
    drafts = [*_section_drafts(report, drop), *_footnote_drafts(report, drop), *_row_drafts(report, drop)]
    drafts.sort(key=lambda draft: draft.spans[0])
    placed = sorted((note.mark.start, note.label) for note in report.footnotes if note.mark is not None)
    begins = [page.span.start for page in report.pages]
    passages = []
    for ordinal, draft in enumerate(drafts):
        place = ",".join(f"{span.start}-{span.end}" for span in draft.spans)
        page, turns = _pages(report, begins, draft)
        passages.append(
            Passage(
                id=str(uuid.uuid5(_NAMESPACE, f"{key}|{draft.kind.value}|{ordinal}|{place}")),
                ordinal=ordinal,
                kind=draft.kind,
                section=draft.section,
                section_path=section_path(report.sections, draft.section),
                spans=draft.spans,
                text=_read(report.text, draft.spans, drop).text,
                context=draft.context,
                footnote=draft.footnote,
                anchor=draft.anchor,
                notes=_labels(placed, draft) if draft.footnote is None else (),
                page=page,
                turns=turns,
            )
        )
    return tuple(passages)


def marks(report: Report) -> tuple[Span, ...]:
    """Return what no reading shows: footnote and source marks, with or without notes, swallowed page numbers; in order.

    A bracket mark takes the blank before it along where punctuation follows ("giảm [2]." reads "giảm.").
    """
    found = [note.mark for note in report.footnotes if note.mark is not None]
    found += [i.span for i in report.issues if i.code in _UNREAD_MARKS and i.span is not None]
    if any(issue.code == "marks-without-notes" for issue in report.issues):
        found += [Span(match.start(), match.end()) for match in BRACKET_MARK.finditer(report.text)]
    return tuple(sorted(_with_blank(report.text, span) for span in found))


def section_path(sections: Sequence[Section], section: int) -> tuple[str, ...]:
    """Return the headings from the outside in down to ``section``, markers included; () for the root."""
    path: list[str] = []
    at: int | None = section
    while at is not None:
        one = sections[at]
        name = " ".join(part for part in (one.marker, one.title) if part)
        if name:
            path.append(name)
        at = one.parent
    return tuple(reversed(path))


def _read(text: str, spans: Sequence[Span], drop: Sequence[Span]) -> Reading:
    """Return the reading of ``spans`` without those of ``drop`` (in order) that lie in them."""
    near = [
        one for s in spans for one in drop[max(0, bisect_left(drop, s) - 1) : bisect_left(drop, Span(s.end, s.end))]
    ]
    return read(text, spans, drop=near)


def _with_blank(text: str, span: Span) -> Span:
    if text[span.start] != "[" or span.start == 0 or text[span.start - 1] != " ":
        return span
    after = text[span.end : span.end + 3].lstrip("*")[:1]
    return Span(span.start - 1, span.end) if after in (".", ",", ";", ":", ")", "") else span


def _pages(report: Report, begins: Sequence[int], draft: _Draft) -> tuple[int | None, tuple[int, ...]]:
    """Return (page of the first character, offsets where later pages begin in the draft); (None, ()) without pages."""
    if not begins:
        return None, ()
    first = max(1, bisect_right(begins, draft.spans[0].start))
    last = bisect_left(begins, max(span.end for span in draft.spans))
    return report.pages[first - 1].number, tuple(begins[first:last])


def _labels(placed: Sequence[tuple[int, str]], draft: _Draft) -> tuple[str, ...]:
    held: list[str] = []
    for span in (*draft.spans, *draft.beside):
        first = bisect_left(placed, (span.start, ""))
        held += [label for _, label in placed[first : bisect_left(placed, (span.end, ""))]]
    return tuple(held)


def _section_drafts(report: Report, drop: Sequence[Span]) -> Iterator[_Draft]:
    own: dict[int, list[Paragraph]] = {}
    filled = set()
    for paragraph in report.paragraphs:
        filled.add(paragraph.section)
        if paragraph.kind is not ParagraphKind.TABLE_ROW:
            own.setdefault(paragraph.section, []).append(paragraph)
    parents = {section.parent for section in report.sections}
    for section in report.sections:
        context = PATH_JOINT.join(section_path(report.sections, section.id))
        paragraphs = own.get(section.id, [])
        if section.kind in _FIXED:
            spans = tuple(span for p in paragraphs for span in p.spans)
            if spans:
                yield _Draft(_FIXED[section.kind], section.id, spans, context)
            continue
        bare = section.id not in filled and section.id not in parents
        if section.heading and section.title and (bare or says_something(section.title)):
            # A heading with nothing under it, or one that tells something, is a sentence of its own.
            above = PATH_JOINT.join(section_path(report.sections, section.parent or 0))
            yield _Draft(PassageKind.SECTION, section.id, (section.heading,), above)
        for spans in _groups(report.text, paragraphs, drop):
            yield _Draft(PassageKind.SECTION, section.id, spans, context)


def _groups(text: str, paragraphs: Sequence[Paragraph], drop: Sequence[Span]) -> Iterator[tuple[Span, ...]]:
    """Yield the pieces of each passage: whole paragraphs while they fit, sentences of long ones."""
    group: list[Span] = []
    size = 0
    for paragraph in paragraphs:
        for spans, length in _parts(text, paragraph.spans, drop):
            if group and size + length > MAX_PASSAGE_CHARS:
                yield tuple(group)
                group, size = [], 0
            group += _joined(group, spans)
            size += length
    if group:
        yield tuple(group)


def _joined(group: list[Span], spans: Sequence[Span]) -> list[Span]:
    """Return the spans to add; a span that goes on right where the last one ended is merged into it."""
    first = spans[0] if spans else None
    if group and first is not None and 0 <= first.start - group[-1].end <= 1:
        last = group.pop()
        return [Span(last.start, first.end), *spans[1:]]
    return list(spans)


def _parts(text: str, spans: tuple[Span, ...], drop: Sequence[Span]) -> Iterator[tuple[tuple[Span, ...], int]]:
    """Yield (pieces, characters) of a paragraph: the whole of it, or runs of sentences when it is long."""
    reading = _read(text, spans, drop)
    if len(reading.text) <= MAX_PASSAGE_CHARS:
        yield spans, len(reading.text)
        return
    whole = read(text, spans)
    start = 0
    for end in _borders(whole.text):
        pieces = whole.spans(start, end)
        if pieces:
            yield pieces, end - start
        start = end


def _borders(text: str) -> Iterator[int]:
    """Yield the ends of stretches of at most about MAX_PASSAGE_CHARS, the last one being the end of ``text``."""
    start = 0
    ends = [end for _, end in sentences(text)] or [len(text)]
    ends[-1] = len(text)
    for end, following in zip(ends, [*ends[1:], None], strict=True):
        while end - start > 2 * MAX_PASSAGE_CHARS:
            cut = text.rfind(" ", start + 1, start + MAX_PASSAGE_CHARS)
            start = cut if cut > start else start + MAX_PASSAGE_CHARS
            yield start
        if following is None or following - start > MAX_PASSAGE_CHARS:
            yield end
            start = end


def _footnote_drafts(report: Report, drop: Sequence[Span]) -> Iterator[_Draft]:
    for note in report.footnotes:
        anchor, sentence = _anchor(report, note, drop)
        path = PATH_JOINT.join(section_path(report.sections, note.section))
        context = "\n".join(part for part in (path, sentence) if part)
        yield _Draft(PassageKind.FOOTNOTE, note.section, note.spans, context, note.label, anchor)


def _anchor(report: Report, note: Footnote, drop: Sequence[Span]) -> tuple[Span | None, str]:
    """Return the piece of the sentence that carries the note's mark, and the sentence as read."""
    if note.mark is None:
        return None, ""
    if note.paragraph is None:
        heading = report.sections[note.section].heading
        return (heading or note.mark), ""
    reading = _read(report.text, report.paragraphs[note.paragraph].spans, drop)
    # Pieces stand in reading order, so offsets rise and the character before the mark is found by halving.
    at = max(0, bisect_left(reading.offsets, note.mark.start) - 1)
    for start, end in sentences(reading.text):
        if start <= at < end:
            pieces = [Span(p.start, max(p.end, note.mark.end)) for p in reading.spans(start, end)]
            near = [p for p in pieces if p.start <= note.mark.start < p.end]
            return (near[-1] if near else note.mark), reading.text[start:end]
    return note.mark, ""


def _row_drafts(report: Report, drop: Sequence[Span]) -> Iterator[_Draft]:
    for table in report.tables:
        path = PATH_JOINT.join(section_path(report.sections, table.section))
        head = [part for part in (path, table.caption, f"Đơn vị tính: {table.unit}" if table.unit else "") if part]
        above: list[tuple[int, str]] = []
        for row in table.rows:
            cells = [_read(report.text, (cell,), drop).text for cell in row.cells]
            rank, label = _rank(cells)
            above = [] if is_total(label) else [one for one in above if one[0] < rank]
            context = "\n".join([*head, *(name for _, name in above), _pairs(table, cells)])
            above.append((rank, label))
            if any(cells):
                beside = tuple(_beside(table, row, cells))
                yield _Draft(PassageKind.TABLE_ROW, table.section, (row.span,), context, beside=beside)


def _beside(table: Table, row: TableRow, cells: Sequence[str]) -> Iterator[Span]:
    """Yield the heads over the filled cells of a row, and the labels it shares with rows above."""
    seen: set[Span] = set()
    for column, cell in enumerate(row.cells):
        heads = [head.cells[column] for head in table.heads if column < len(head.cells)] if cells[column] else []
        for span in (*heads, *(() if row.span.covers(cell) else (cell,))):
            if len(span) and span not in seen:
                seen.add(span)
                yield span


def _pairs(table: Table, cells: Sequence[str]) -> str:
    named = [pair for pair in zip(table.columns, cells, strict=False) if fold(pair[0]) not in ("stt", "tt")]
    return "; ".join(f"{column}: {cell}" if column else cell for column, cell in named if cell)


def _rank(cells: Sequence[str]) -> tuple[int, str]:
    """Return (rank, label) of a row: groups A and I hold rows 1, those hold "-" rows, those hold "+" rows."""
    first = cells[0].strip(" .") if cells else ""
    label = next((cell for cell in cells if sum(ch.isalpha() for ch in cell) > 1), "")
    if label.startswith("+") or first == "+":
        return 5, label
    if label.startswith(("-", "–")) or first in ("-", "–") or not first:
        return 4, label
    if first.isalpha() and first.isupper():
        return (1 if set(first) <= set("IVX") else 0), label
    return (3 if "." in first or first.islower() else 2), label
