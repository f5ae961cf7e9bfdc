"""Word files -> Source. Written as one canonical text: paragraphs parted by a blank line, notes after the body."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.domain import ParseIssue, Severity, Span
from ingest.parse.blocks import Block, Grid, NoteMark, NoteText, Source
from ingest.parse.canvas import Canvas
from ingest.parse.patterns import is_layout
from ingest.parse.word_numbering import Numbering, to_roman
from ingest.parse.word_package import MC, Element, W, WordPackage, value
from ingest.parse.word_runs import Piece, RunReader
from ingest.parse.word_styles import Styles
from ingest.parse.word_tables import Cell, header_rows, is_borderless, read_cells
from ingest.vi.letters import UPPER

_CONTENTS_STYLE = re.compile(r"toc|mclc", re.IGNORECASE)
# A short centred line ends where its author broke it; a long paragraph goes on.
_MAX_BROKEN_LINE = 120
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_WRAPPERS = frozenset({f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}moveTo", f"{W}smartTag", f"{W}customXml"})


def read_docx(data: bytes) -> Source:
    """Return the blocks of a Word file; ``stamps`` are the lines of its page headers.

    Raises UnreadableReport (damaged-file).
    """
    package = WordPackage(data)
    walker = _Walker(package)
    body = package.document().find(f"{W}body")
    if body is not None:
        walker.read_blocks(body, cell=None)
    walker.write_notes()
    issues = tuple(_issues(walker.runs))  # before the page headers are read: what is hidden there is no matter
    return Source(
        walker.canvas.text(),
        "docx",
        tuple(walker.items),
        tuple(walker.marks),
        tuple(walker.notes),
        issues,
        stamps=tuple(_stamp_lines(package, walker.runs)),
    )


class _Walker:
    """Walks the body once, writing the canonical text as it goes."""

    def __init__(self, package: WordPackage) -> None:
        styles = Styles(package.part("styles"))
        self.styles = styles
        self.runs = RunReader(styles)
        self.numbering = Numbering(package.part("numbering"))
        self.parts = {kind: package.part(kind) for kind in ("footnotes", "endnotes")}
        self.canvas = Canvas()
        self.items: list[Block | Grid] = []
        self.marks: list[NoteMark] = []
        self.notes: list[NoteText] = []
        self.cells = 0
        self.order: dict[tuple[str, str], str] = {}
        self.both = all(_has_references(package, kind) for kind in ("footnote", "endnote"))

    def read_blocks(self, parent: Element, *, cell: int | None) -> None:
        """Read paragraphs and tables below ``parent``."""
        for child in parent:
            if child.tag == f"{W}p":
                self._paragraph(child, cell)
            elif child.tag == f"{W}tbl":
                self._table(child, cell)
            elif child.tag in _WRAPPERS:
                self.read_blocks(child, cell=cell)
            elif child.tag == f"{MC}AlternateContent":
                for choice in child.iterchildren(f"{MC}Choice"):
                    self.read_blocks(choice, cell=cell)

    def write_notes(self) -> None:
        """Write the notes referred to, in order, each as a paragraph "¹ text"."""
        for (kind, identity), label in self.order.items():
            note = self._find_note(kind, identity)
            texts = [self._plain(p) for p in note.iter(f"{W}p")] if note is not None else []
            text = "\n".join(t for t in texts if t)
            if not text:
                continue
            self.canvas.paragraph()
            start = self.canvas.at
            self.canvas.write(f"{self._sign(label)} ")
            own = self.canvas.write(text)
            whole = Span(start, own.end)
            self.notes.append(NoteText(label, (own,), whole))
            self.items.append(Block(whole, whole.start))

    def _paragraph(self, paragraph: Element, cell: int | None) -> None:
        properties = paragraph.find(f"{W}pPr")
        look = self.styles.of_paragraph(properties)
        pieces = self.runs.read(paragraph)
        boxes, self.runs.boxes = self.runs.boxes, []
        if not _CONTENTS_STYLE.match(value(properties, "pStyle") or ""):
            visible = "".join(piece.text for piece in pieces).strip()
            if look.number and visible and (marker := self.numbering.next_marker(*look.number)):
                pieces = [Piece(f"{marker} ", bold=pieces[0].bold, italic=pieces[0].italic), *pieces]
            for line in _lines(pieces, broken=look.centred or cell is not None):
                self._line(line, cell=cell, centred=look.centred)
        for box in boxes:
            self.cells += 1
            self.read_blocks(box, cell=self.cells)

    def _line(self, pieces: Sequence[Piece], *, cell: int | None, centred: bool) -> None:
        if not any(piece.text.strip() for piece in pieces):
            return
        self.canvas.paragraph()
        start = self.canvas.at
        bounds = [self._write(piece) for piece in _strip(pieces)]
        lead, bold = _lead(list(zip(_strip(pieces), bounds, strict=True)), start)
        star = self.canvas.text_from(start).startswith(("* ", "** "))
        span = Span(start, self.canvas.at)
        self.items.append(Block(span, lead, bold, star, 0, cell, centred))

    def _write(self, piece: Piece) -> Span:
        if piece.note is None:
            return self.canvas.write(piece.text)
        label = self._label(piece.note)
        span = self.canvas.write(self._sign(label))
        self.marks.append(NoteMark(label, span))
        return span

    def _label(self, note: tuple[str, str]) -> str:
        if note not in self.order:
            number = 1 + sum(1 for kind, _ in self.order if kind == note[0])
            roman = self.both and note[0] == "endnotes"
            self.order[note] = to_roman(number).lower() if roman else str(number)
        return self.order[note]

    def _sign(self, label: str) -> str:
        return label.translate(_SUPERSCRIPTS) if label.isdigit() else f"[{label}]"

    def _find_note(self, kind: str, identity: str) -> Element | None:
        root = self.parts[kind]
        found = root.iterchildren(f"{W}{kind[:-1]}") if root is not None else ()
        return next((note for note in found if note.get(f"{W}id") == identity), None)

    def _plain(self, paragraph: Element) -> str:
        return "".join(piece.text for piece in self.runs.read(paragraph)).strip()

    def _table(self, table: Element, cell: int | None) -> None:
        rows = read_cells(table)
        if not rows:
            return
        width = max(len(row) for row in rows)
        words = "".join(str(t.text or "") + " " for t in table.iter(f"{W}t"))
        small = width <= 3 and len(rows) <= 6
        single = width == 1 and len(rows) == 1
        if cell is not None or single or (small and (is_layout(words) or (width == 2 and is_borderless(table)))):
            for one in (c for row in rows for c in row if c.element is not None):
                self.cells += 1
                self.read_blocks(one.element, cell=self.cells if cell is None else cell)
            return
        self._grid(table, rows, width)

    def _grid(self, table: Element, rows: Sequence[Sequence[Cell]], width: int) -> None:
        self.canvas.paragraph()
        written = []
        for number, row in enumerate(rows):
            if number:
                self.canvas.write("\n")
            written.append(self.canvas.row([self._cell_pieces(one) for one in row], width, self._write))
        start, end = written[0].span.start, written[-1].span.end
        head = header_rows(table, rows, self.canvas.text(), written)
        self.items.append(Grid(Span(start, end), tuple(written), head))

    def _cell_pieces(self, cell: Cell) -> list[Piece]:
        pieces: list[Piece] = []
        for paragraph in cell.element.iter(f"{W}p") if cell.element is not None else ():
            found = self.runs.read(paragraph)
            if pieces and found:
                pieces.append(Piece(" "))
            pieces += [Piece(re.sub(r"\s+", " ", p.text), p.bold, p.italic, p.note) for p in found]
        self.runs.boxes.clear()
        return _strip(pieces)


def _has_references(package: WordPackage, kind: str) -> bool:
    return next(package.document().iter(f"{W}{kind}Reference"), None) is not None


def _lines(pieces: Sequence[Piece], *, broken: bool) -> Iterator[list[Piece]]:
    """Yield the pieces line by line where short lines were broken by hand, else all at once."""
    if not broken or not any("\n" in piece.text for piece in pieces):
        yield list(pieces)
        return
    if max(len(line) for line in "".join(piece.text for piece in pieces).split("\n")) > _MAX_BROKEN_LINE:
        yield list(pieces)
        return
    line: list[Piece] = []
    for piece in pieces:
        parts = piece.text.split("\n")
        for number, part in enumerate(parts):
            if number:
                yield line
                line = []
            line.append(Piece(part, piece.bold, piece.italic, piece.note))
    yield line


def _strip(pieces: Sequence[Piece]) -> list[Piece]:
    """Return ``pieces`` without blanks at both ends."""
    kept = [piece for piece in pieces if piece.text or piece.note]
    while kept and kept[0].note is None and not kept[0].text.lstrip():
        kept = kept[1:]
    while kept and kept[-1].note is None and not kept[-1].text.rstrip():
        kept = kept[:-1]
    if kept and kept[0].note is None:
        kept[0] = Piece(kept[0].text.lstrip(), kept[0].bold, kept[0].italic)
    if kept and kept[-1].note is None:
        kept[-1] = Piece(kept[-1].text.rstrip(), kept[-1].bold, kept[-1].italic)
    return kept


_TYPED_MARKER = re.compile(rf"\s*(?:[-+•*–]|[\w.]{{1,8}}[.)])\s*(?![\w{UPPER}])\s*")


def _lead(placed: Sequence[tuple[Piece, Span]], start: int) -> tuple[int, bool]:
    """Return (offset where the emphasised beginning ends, whether it is bold); ``start`` when there is none."""
    rest = list(placed)
    if len(rest) > 1 and not (rest[0][0].bold or rest[0][0].italic) and _TYPED_MARKER.fullmatch(rest[0][0].text):
        rest = rest[1:]
    bold = bool(rest) and rest[0][0].bold
    italic = bool(rest) and rest[0][0].italic and not bold
    end = start
    for piece, span in rest:
        blank = piece.note is not None or not piece.text.strip()
        if not blank and not (piece.bold if bold else piece.italic and italic):
            break
        end = span.end if not blank or end > start else end
    return (end, bold) if bold or italic else (start, False)


def _issues(runs: RunReader) -> Iterator[ParseIssue]:
    if runs.hidden:
        message = "Tệp có chữ ẩn; phần chữ ẩn không được nạp."
        yield ParseIssue("hidden-text", message, Severity.WARNING)
    if runs.changed:
        message = "Tệp còn theo dõi sửa đổi; báo cáo được đọc như đã chấp nhận mọi sửa đổi."
        yield ParseIssue("tracked-changes", message, Severity.INFO)
    if runs.images:
        yield ParseIssue(
            "image-skipped", f"Tệp có {runs.images} hình ảnh; chữ trong ảnh không được đọc.", Severity.INFO
        )
    if runs.legacy:
        message = "Tệp dùng phông chữ cũ (TCVN3 hoặc VNI); chữ có thể sai. Hãy chuyển sang Unicode rồi nạp lại."
        yield ParseIssue("legacy-font", message, Severity.WARNING)


def _stamp_lines(package: WordPackage, runs: RunReader) -> Iterator[str]:
    for root in package.parts("header"):
        for paragraph in root.iter(f"{W}p"):
            yield "".join(piece.text for piece in runs.read(paragraph))
        runs.boxes.clear()
