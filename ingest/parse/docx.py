"""Word files -> Source. Written as one canonical text: paragraphs parted by a blank line, notes after the body."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.domain import Span
from ingest.parse.blocks import Block, Grid, Source
from ingest.parse.canvas import Canvas
from ingest.parse.patterns import FURNITURE
from ingest.parse.word_fields import notes_by_bookmark
from ingest.parse.word_lines import emphasised, lines_of, strip
from ingest.parse.word_margins import read_margins
from ingest.parse.word_notes import WordNotes
from ingest.parse.word_numbering import Numbering
from ingest.parse.word_package import MC, Element, W, WordPackage, value
from ingest.parse.word_runs import Piece, RunReader, alternative, is_prompt
from ingest.parse.word_styles import Look, Styles, has_fill
from ingest.parse.word_tables import Cell, header_rows, is_layout_table, joined, read_cells

_CONTENTS_STYLE = re.compile(r"toc(?! heading)|mclc|mục lục|table of figures", re.IGNORECASE)
_CONTENTS_PART = re.compile(r"table of contents|bibliograph", re.IGNORECASE)
# A paragraph longer than this is no heading, whatever its style says.
_MAX_HEADING_CHARS = 250
# A cell with more text than this holds a part of the report, not a block of its header or signature.
_MAX_LAYOUT_CHARS = 3_000
_WRAPPERS = frozenset(f"{W}{name}" for name in ("sdtContent", "ins", "moveTo", "smartTag", "customXml"))
_IMPORTED = frozenset({f"{W}altChunk", f"{W}subDoc"})


def read_docx(data: bytes) -> Source:
    """Return the blocks of a Word file; ``stamps`` are the lines of its page headers, text boxes and WordArt.

    Raises UnreadableReport (damaged-file).
    """
    package = WordPackage(data)
    walker = _Walker(package)
    body = package.document().find(f"{W}body")
    if body is not None:
        walker.runs.fields.begin_part(body)
        walker.read_blocks(body, cell=None)
    walker.write_notes()
    margins = read_margins(package, walker.runs)
    stamps = (*walker.stamps, *walker.runs.word_art, *margins)
    return Source(
        walker.canvas.text(),
        "docx",
        tuple(walker.items),
        walker.notes.all_marks(),
        tuple(walker.notes.notes),
        tuple(walker.runs.unread.issues()),
        stamps=stamps,
    )


class _Walker:
    """Walks the body once, writing the canonical text as it goes."""

    def __init__(self, package: WordPackage) -> None:
        root = package.document()
        self.styles = Styles(package.part("styles"))
        self.runs = RunReader(self.styles, notes_by_bookmark(root))
        self.numbering = Numbering(package.part("numbering"), self.styles)
        kinds = ("footnote", "endnote")
        both = all(next(root.iter(f"{W}{kind}Reference"), None) is not None for kind in kinds)
        self.notes = WordNotes({f"{kind}s": package.part(f"{kind}s") for kind in kinds}, both)
        self.canvas = Canvas()
        self.items: list[Block | Grid] = []
        self.stamps: list[str] = []
        self.cells = 0
        # What stands before a paragraph mark whose deletion is accepted: it goes on in the next paragraph.
        self.carried: list[Piece] = []

    def read_blocks(self, parent: Element, *, cell: int | None) -> None:
        """Read paragraphs and tables below ``parent``."""
        for child in parent:
            if child.tag == f"{W}p":
                self._paragraph(child, cell)
            elif child.tag == f"{W}tbl":
                self._table(child, cell)
            elif child.tag in _IMPORTED:
                self.runs.unread.imported += 1
            elif child.tag == f"{W}sdt":
                self._control(child, cell)
            elif child.tag in _WRAPPERS:
                self.read_blocks(child, cell=cell)
            elif child.tag == f"{MC}AlternateContent":
                self.read_blocks(alternative(child), cell=cell)
        if self.carried and parent.tag not in _WRAPPERS:
            carried, self.carried = self.carried, []
            self._line(carried, cell, Look())

    def write_notes(self) -> None:
        """Write the notes referred to, in order, each as a paragraph "¹ text"."""
        self.runs.filled = False
        for note, label in self.notes.order.items():
            element = self.notes.find(note)
            if element is None:
                continue
            self.runs.fields.begin_part(element)
            text = "\n".join(text for text in map(self._plain, element.iter(f"{W}p")) if text)
            sign = self.notes.sign(note, label if not label.isdigit() else "")
            if sign == label and text.startswith(label):
                text = text.removeprefix(label).strip()  # a mark of the author's own is typed again in its note
            if not text:
                continue
            self.canvas.paragraph()
            start = self.canvas.at
            self.canvas.write(f"{sign} ")
            own = self.canvas.write(text)
            whole = Span(start, own.end)
            self.notes.write(note, own, whole)
            self.items.append(Block(whole, whole.start))

    def _control(self, control: Element, cell: int | None) -> None:
        gallery = control.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
        if gallery is not None and _CONTENTS_PART.match(str(gallery.get(f"{W}val", ""))):
            self.runs.unread.contents += sum(1 for _ in control.iter(f"{W}p"))
        elif is_prompt(control):
            self.runs.unread.prompts += 1
        else:
            self.read_blocks(control, cell=cell)

    def _paragraph(self, paragraph: Element, cell: int | None) -> None:
        properties = paragraph.find(f"{W}pPr")
        look = self.styles.of_paragraph(properties)
        pieces, self.carried = [*self.carried, *self.runs.read(paragraph)], []
        boxes = self._boxes()
        if _is_contents(value(properties, "pStyle") or "", self.styles):
            self.runs.unread.contents += bool(pieces)
        elif _mark_is_gone(properties):
            self.carried = pieces
        else:
            pieces = self._numbered(pieces, look, paragraph)
            for line in lines_of(pieces, broken=look.centred or cell is not None):
                self._line(line, cell, look)
        for box in boxes:
            self.cells += 1
            self.stamps += ["".join(str(t.text or "") for t in p.iter(f"{W}t")) for p in box.iter(f"{W}p")]
            self._filled(box, cell=self.cells)

    def _boxes(self) -> list[Element]:
        boxes, self.runs.boxes = self.runs.boxes, []
        return boxes

    def _filled(self, box: Element, *, cell: int) -> None:
        """Read what stands in a drawn shape, whose colour is not looked at: white letters count as seen."""
        before, self.runs.filled = self.runs.filled, True
        self.read_blocks(box, cell=cell)
        self.runs.filled = before

    def _numbered(self, pieces: list[Piece], look: Look, paragraph: Element) -> list[Piece]:
        """Return ``pieces`` behind the paragraph's automatic number. One without text counts, but shows nothing."""
        seen = any(piece.text.strip() or piece.note for piece in pieces)
        gone = not seen and any(next(paragraph.iter(f"{W}{name}"), None) is not None for name in ("del", "moveFrom"))
        if look.number is None or gone:
            return pieces
        marker = self.numbering.next_marker(look.number)
        return [Piece(marker, pieces[0].bold, pieces[0].italic), *pieces] if marker and seen else pieces

    def _line(self, pieces: Sequence[Piece], cell: int | None, look: Look) -> None:
        pieces = strip(pieces)
        if not any(piece.text.strip() for piece in pieces):
            return
        self.canvas.paragraph()
        start = self.canvas.at
        bounds = [self._write(piece) for piece in pieces]
        span = Span(start, self.canvas.at)
        text = self.canvas.text_from(start)
        self.notes.read_line(text, span)
        if FURNITURE.fullmatch(text) and not any(piece.note for piece in pieces):
            return  # a rule typed as a line
        lead, bold = emphasised(list(zip(pieces, bounds, strict=True)), start)
        depth = look.level if cell is None and len(span) <= _MAX_HEADING_CHARS else 0
        self.items.append(Block(span, lead, bold, text.startswith(("* ", "** ")), depth, cell, look.centred))

    def _write(self, piece: Piece) -> Span:
        if piece.note is None:
            return self.canvas.write(piece.text)
        span = self.canvas.write(self.notes.sign(piece.note, piece.text))
        self.notes.add_mark(piece.note, span)
        return span

    def _plain(self, paragraph: Element) -> str:
        text = "".join(piece.text for piece in self.runs.read(paragraph)).strip()
        self.runs.boxes.clear()
        return text

    def _table(self, table: Element, cell: int | None) -> None:
        rows = read_cells(table)
        if not rows:
            return
        if not is_layout_table(table, rows):
            self._grid(table, rows)
            return
        for one in (c.element for row in rows for c in row if c.element is not None):
            long = sum(len(t.text or "") for t in one.iter(f"{W}t")) > _MAX_LAYOUT_CHARS
            self.cells += 1
            self.read_blocks(one, cell=None if long else self.cells if cell is None else cell)

    def _grid(self, table: Element, rows: Sequence[Sequence[Cell]]) -> None:
        width = max(len(row) for row in rows)
        shaded = "".join(self.styles.name_of(value(table.find(f"{W}tblPr"), "tblStyle")).lower().split())
        self.canvas.paragraph()
        written = []
        for number, row in enumerate(rows):
            if number:
                self.canvas.write("\n")
            # The first row of a table style stands on a colour more often than not.
            pieces = [self._cell_pieces(one, filled=bool(shaded) and number == 0) for one in row]
            written.append(self.canvas.row(pieces, width, self._write))
        heads = header_rows(table, rows, self.canvas.text(), written)
        span = Span(written[0].span.start, written[-1].span.end)
        self.items.append(Grid(span, joined(rows, written, heads), heads, joined=True))

    def _cell_pieces(self, cell: Cell, *, filled: bool) -> list[Piece]:
        if cell.element is None:
            return []
        before = self.runs.filled
        self.runs.filled = before or filled or has_fill(cell.element.find(f"{W}tcPr"))
        pieces: list[Piece] = []
        goes_on = True
        for paragraph in self._paragraphs(cell.element):
            look = self.styles.of_paragraph(paragraph.find(f"{W}pPr"))
            found = self._numbered(self.runs.read(paragraph), look, paragraph)
            for box in self._boxes():
                inside = [piece for p in box.iter(f"{W}p") for piece in [Piece(" "), *self.runs.read(p)]]
                found += inside
            if found and not goes_on:
                pieces.append(Piece(" "))
            pieces += [Piece(re.sub(r"\s+", " ", p.text), p.bold, p.italic, p.note) for p in found]
            goes_on = _mark_is_gone(paragraph.find(f"{W}pPr")) or not (found or pieces)
        self.runs.filled = before
        return strip(pieces)

    def _paragraphs(self, element: Element) -> Iterator[Element]:
        """Yield the paragraphs of a table's cell; a table in it cell by cell."""
        for child in element:
            if child.tag == f"{W}p":
                yield child
            elif child.tag == f"{W}tbl":
                self.runs.unread.nested += 1
                for row in read_cells(child):
                    for cell in row:
                        yield from self._paragraphs(cell.element) if cell.element is not None else ()
            elif child.tag == f"{W}sdt" and is_prompt(child):
                self.runs.unread.prompts += 1
            elif child.tag in _WRAPPERS or child.tag == f"{W}sdt":
                yield from self._paragraphs(child)
            elif child.tag == f"{MC}AlternateContent":
                yield from self._paragraphs(alternative(child))
            elif child.tag in _IMPORTED:
                self.runs.unread.imported += 1


def _is_contents(style: str, styles: Styles) -> bool:
    return any(_CONTENTS_STYLE.match(name) is not None for name in (style, styles.name_of(style)))


def _mark_is_gone(properties: Element | None) -> bool:
    """Tell whether a paragraph's mark is deleted or moved away: it goes on with the next one."""
    mark = properties.find(f"{W}rPr") if properties is not None else None
    return mark is not None and any(mark.find(f"{W}{name}") is not None for name in ("del", "moveFrom"))
