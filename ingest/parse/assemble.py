"""Printed pages -> one canonical text: running text of each page, then its notes; page furniture left out.

Written in the order of the pages, so that what stands on a page is one stretch of the text. The notes of a page whose
end cuts a paragraph stand before that paragraph, so that its sentences are one stretch, too; where the page holds
nothing but that paragraph they part it, and ``flow`` joins the two pieces.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ingest.domain import Page, ParseIssue, PlacedWord, Severity, Span, TableRow
from ingest.parse.blocks import Block, Grid, NoteText, Source
from ingest.parse.canvas import Canvas
from ingest.parse.pipes import count_header
from ingest.parse.printed import PrintedPage, PrintedWord
from ingest.parse.printed_contents import without_contents
from ingest.parse.printed_lines import Furniture, make_lines, without_furniture
from ingest.parse.printed_notes import PageNote, body_size, split_notes
from ingest.parse.printed_paragraphs import HEAD_PART, Passus, measure, paragraphs
from ingest.parse.printed_places import placed, size_as_it_lies
from ingest.parse.printed_rows import Row, same_columns, words_of
from ingest.parse.printed_sheets import Sheet, is_cut, without_cut_rows
from ingest.parse.printed_tables import RuledTable, find_tables
from ingest.parse.scan_notes import in_sequence

# A word recognised with less confidence than this is doubtful where it holds a digit.
DOUBTFUL_BELOW = 0.80
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
# A compound cut at its hyphen by the end of a line ("TH-" / "THCS"); a dash between words stands by itself.
_BROKEN_AT_HYPHEN = re.compile(r"\w-$")
_GLUED = 0.12  # times the type size: a raised mark closer than this belongs to the word before it


def assemble(pages: Sequence[PrintedPage], *, format: str) -> Source:
    """Return the blocks, tables, notes and pages of printed ``pages``; no pages give an empty Source."""
    tables = [find_tables(page) for page in pages]
    free = [
        make_lines(w for w in page.words if not any(table.holds(w) for table in found))
        for page, found in zip(pages, tables, strict=True)
    ]
    cleaned = without_furniture(pages, free)
    body = body_size([found.lines for found in cleaned])
    sheets: list[Sheet] = []
    contents = label = 0
    ending: str | None = None
    for page, found, rest in zip(pages, tables, cleaned, strict=True):
        lines, dropped = without_contents(rest.lines)
        contents += dropped
        bare = replace(page, rules=tuple(r for r in page.rules if not any(table.holds(r) for table in found)))
        running, notes = split_notes(bare, lines, body, last=ending)
        ending = _ending(notes, ending)
        if page.scanned:
            running, notes, label = in_sequence(running, notes, label)
        of = measure(running, [(table.left, table.right) for table in found])
        sheets.append(Sheet(page, found, running, notes, of))
    sheets = without_cut_rows(sheets)
    writer = _Writer()
    filled = [sheet for sheet in sheets if sheet.lines or sheet.tables]
    cut = {id(sheet) for sheet, after in pairwise(filled) if is_cut(sheet, after)}
    for sheet in sheets:
        writer.page(sheet, cut=id(sheet) in cut)
    return Source(
        writer.canvas.text(),
        format,
        tuple(writer.items),
        notes=tuple(writer.notes),
        issues=tuple(_issues(cleaned, contents)),
        pages=tuple(writer.pages),
        doubtful=tuple(writer.doubtful),
        stamps=tuple(text for found in cleaned for text in found.repeated),
    )


def _ending(notes: Sequence[PageNote], before: str | None) -> str | None:
    """Return the label of the note that a page ends with, None for none; ``before``: of the page before."""
    return (notes[-1].label or before or "") if notes else None


class _Writer:
    """Writes the canonical text page by page."""

    def __init__(self) -> None:
        self.canvas = Canvas()
        self.items: list[Block | Grid] = []
        self.notes: list[NoteText] = []
        self.pages: list[Page] = []
        self.doubtful: list[Span] = []
        self._words: list[PlacedWord] = []
        self._cells = 0
        self._beside: dict[int, int] = {}  # the columns last written -> their cells, while no other text follows
        self._columns: tuple[float, ...] = ()  # of the table that the page before ended with
        self._goes_on = self._parted = False  # the next paragraph is the rest of the one before; notes part the two

    def page(self, sheet: Sheet, *, cut: bool) -> None:
        """Write one page; ``cut``: the last paragraph of its running text goes on overleaf."""
        start = self.canvas.at
        self._words = []
        page, rest, notes, beside = sheet.page, list(sheet.lines), list(sheet.notes), bool(self._beside)
        head = HEAD_PART * page.height if page.number == 1 or beside else 0.0
        for table in sheet.tables:
            above = [line for line in rest if line.top < table.top]
            rest = rest[len(above) :]
            self._paragraphs(page, list(paragraphs(above, sheet.of, head_until=head, beside=beside)))
            beside = False
            self._table(page, table, going_on=not above and table is sheet.tables[0])
        if rest or not sheet.tables:
            self._columns = ()
        last = list(paragraphs(rest, sheet.of, head_until=head, beside=beside))
        cut = cut and not last[-1].column
        if cut and (len(last) > 1 or not self._goes_on):
            self._paragraphs(page, last[:-1])
            self._notes(page, notes)
            last, notes = last[-1:], []
        self._paragraphs(page, last)
        self._notes(page, notes)
        self._goes_on, self._parted = cut, bool(notes)
        span, (width, height) = Span(start, self.canvas.at), size_as_it_lies(page)
        self.pages.append(Page(page.number, span, width, height, page.scanned, tuple(self._words)))

    def _paragraphs(self, page: PrintedPage, listed: Sequence[Passus]) -> None:
        for passus in listed:
            if not passus.column:
                self._beside = {}
            elif passus.column not in self._beside:
                self._cells += 1
                self._beside[passus.column] = self._cells
            self._paragraph(page, passus, self._beside.get(passus.column))
            self._goes_on = False

    def _paragraph(self, page: PrintedPage, passus: Passus, cell: int | None) -> None:
        words = [word for line in passus.lines for word in line.words]
        before = self.items[-1] if self._goes_on and not self._parted else None
        if isinstance(before, Block):
            self.canvas.write(" ")
            self.items[-1] = replace(before, span=Span(before.span.start, self._write(page, words)[-1].end))
            return
        self.canvas.paragraph()
        written = self._write(page, words)
        span, (lead, bold) = Span(written[0].start, written[-1].end), _lead(words, written)
        star = self.canvas.text_from(span.start).startswith(("* ", "** "))
        self.items.append(Block(span, lead, bold, star, 0, cell, passus.centred, goes_on=self._goes_on))

    def _notes(self, page: PrintedPage, notes: Sequence[PageNote]) -> None:
        for note in notes:
            self.canvas.paragraph()
            words = [word for line in note.lines for word in line.words]
            if not note.label:
                self._note_goes_on(page, words)
                continue
            start = self.canvas.at
            self.canvas.write(f"{note.label.translate(_SUPERSCRIPTS)} ")
            written = self._write(page, words[note.mark_words :])
            whole = Span(start, written[-1].end)
            self.notes.append(NoteText(note.label, (Span(written[0].start, written[-1].end),), whole))
            self.items.append(Block(whole, whole.start))

    def _note_goes_on(self, page: PrintedPage, words: Sequence[PrintedWord]) -> None:
        """Write what a page before left of its last note, as another piece of that note."""
        written = self._write(page, words)
        span = Span(written[0].start, written[-1].end)
        if self.notes:
            self.notes[-1] = replace(self.notes[-1], spans=(*self.notes[-1].spans, span))
        else:
            self.items.append(Block(span, span.start))

    def _table(self, page: PrintedPage, table: RuledTable, *, going_on: bool) -> None:
        before = self.items[-1] if self.items else None
        goes_on = going_on and isinstance(before, Grid) and same_columns(self._columns, table.columns)
        rows: Sequence[Row] = table.rows
        head = table.head
        if goes_on and isinstance(before, Grid):
            rows = rows[_repeated(self.canvas.text(), before, rows) :]
        self.canvas.paragraph()
        written: list[TableRow] = []
        for row in rows:
            if written:
                self.canvas.write("\n")
            written.append(self._row(page, row))
        self._columns = table.columns
        if not written:
            return
        if goes_on and isinstance(before, Grid):
            whole = Span(before.span.start, written[-1].span.end)
            self.items[-1] = replace(before, span=whole, rows=(*before.rows, *written))
            return
        span = Span(written[0].span.start, written[-1].span.end)
        known = min(head, len(written) - 1) if head > 1 else 0
        self.items.append(Grid(span, tuple(written), count_header(self.canvas.text(), written, known)))

    def _row(self, page: PrintedPage, row: Row) -> TableRow:
        start = self.canvas.at
        self.canvas.write("|")
        cells = []
        for cell in row:
            self.canvas.write(" ")
            begin = self.canvas.at
            words, torn = words_of(cell)
            self._write(page, words, torn)
            cells.append(Span(begin, self.canvas.at))
            self.canvas.write(" |")
        return TableRow(Span(start, self.canvas.at), tuple(cells))

    def _write(self, page: PrintedPage, words: Sequence[PrintedWord], torn: frozenset[int] = frozenset()) -> list[Span]:
        """Write ``words`` between blanks (none before those at ``torn``) and return where each stands."""
        spans: list[Span] = []
        last: PrintedWord | None = None
        for at, word in enumerate(words):
            if last is not None and at not in torn and not _is_glued(last, word):
                self.canvas.write(" ")
            raised = word.raised and word.text.strip("()[]").isdigit()
            text = word.text.strip("()[]").translate(_SUPERSCRIPTS) if raised else word.text
            span = self.canvas.write(text)
            if not word.overleaf:
                self._words.append(placed(page, word, span))
            unclear = word.confidence is not None and word.confidence < DOUBTFUL_BELOW
            if unclear and any(ch.isdigit() for ch in word.text):
                self.doubtful.append(span)
            spans.append(span)
            last = word
        return spans


def _is_glued(last: PrintedWord, word: PrintedWord) -> bool:
    """Tell whether no blank stands between two words of a line: a raised mark, or another style inside a word."""
    if word.top > last.bottom or last.top > word.bottom or word.right < last.left:
        return _BROKEN_AT_HYPHEN.search(last.text) is not None and word.text[0].isalnum()
    if word.confidence is not None and not (word.raised or last.raised):
        return False  # recognition has parted the words
    gap = word.left - last.right
    limit = _GLUED * max(word.size, last.size)
    return abs(gap) < limit if not (word.raised or last.raised) else -last.size < gap < 2 * limit


def _lead(words: Sequence[PrintedWord], placed: Sequence[Span]) -> tuple[int, bool]:
    """Return (offset where the emphasised beginning ends, whether it is bold); the start when there is none."""
    start = placed[0].start
    at = 1 if len(words) > 1 and not (words[0].bold or words[0].italic) and len(words[0].text) <= 2 else 0
    bold = words[at].bold
    if not bold and not words[at].italic:
        return start, False
    end = start
    for word, span in zip(words[at:], placed[at:], strict=True):
        if not word.raised and not (word.bold if bold else word.italic and not word.bold):
            break
        end = span.end
    return end, bold


def _repeated(text: str, before: Grid, rows: Sequence[Row]) -> int:
    """Return how many of ``rows`` only repeat the head of the table ``before`` on a new page."""
    count = 0
    for head, row in zip(before.rows[: before.header_rows], rows, strict=False):
        if [cell.of(text).split() for cell in head.cells] != [
            [word.text for word in words_of(cell)[0]] for cell in row
        ]:
            break
        count += 1
    return count


def _issues(cleaned: Sequence[Furniture], contents: int) -> list[ParseIssue]:
    told = (
        (
            "page-furniture",
            sum(len(f.repeated) for f in cleaned),
            "dòng đầu trang, chân trang lặp lại được bỏ qua khi đọc.",
        ),
        ("contents-skipped", contents, "dòng mục lục được bỏ qua khi đọc."),
        ("signature-stamp", sum(f.signed for f in cleaned), "dòng của dấu chữ ký số được bỏ qua khi đọc."),
    )
    return [ParseIssue(code, f"Có {count} {what}", Severity.INFO) for code, count, what in told if count]
