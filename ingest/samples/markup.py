"""The small markup in which the sample reports are written, and its parser.

A source file starts with `key: value` lines between two `---` lines; the body follows, paragraphs apart by blank lines.

    # I. TIÊU ĐỀ          bold paragraph with a typed number (`##`, `###` the same, one level lower)
    ! Phụ lục I           bold, centred
    > (Kèm theo ...)      italic, centred
    >> Đơn vị tính: ...   italic, right aligned
    | a | b |             table row; `<` joins the cell on its left, `^` the cell above
    **bold**  *italic*    inside a paragraph
    ^[text]               footnote, numbered in order of appearance
    {{page}}              a printed page ends here: only the text forms show it
    {{swallow 4}}         a page number that text extraction left inside the line
    {{annex}}             the signature block stands here; what follows is the annex
"""

import re
from dataclasses import dataclass
from enum import StrEnum

HEADER_ROWS = 2
"""Rows that make the head of every table; the second one names the columns under a joined cell."""

_INLINE = re.compile(r"(\*\*.+?\*\*|\*.+?\*|\^\[[^\]]*\]|\{\{[^}]*\}\})")
_PREFIXES = ("### ", "## ", "# ", "! ", ">> ", "> ")


class MarkupError(ValueError):
    """A source file breaks the rules of the markup."""


class Style(StrEnum):
    """How a paragraph is set."""

    BODY = "body"
    HEADING = "heading"
    CENTRED = "centred"
    CAPTION = "caption"
    RIGHT = "right"


@dataclass(frozen=True)
class Text:
    """Characters of one look."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True)
class Note:
    """A footnote at its reference; `number` counts from 1 through the whole report."""

    number: int
    text: str


@dataclass(frozen=True)
class PageEnd:
    """The end of a printed page."""


@dataclass(frozen=True)
class Swallowed:
    """A page number that ended up inside the line."""

    number: str


Inline = Text | Note | PageEnd | Swallowed


@dataclass(frozen=True)
class Paragraph:
    """One paragraph."""

    style: Style
    inlines: tuple[Inline, ...]


@dataclass(frozen=True)
class Table:
    """A table, merge marks (`<`, `^`) still in its cells."""

    rows: tuple[tuple[str, ...], ...]

    def spans(self, row: int, column: int) -> int:
        """Return how many columns the cell at (row, column) covers."""
        cells = self.rows[row]
        width = 1
        while column + width < len(cells) and cells[column + width] == "<":
            width += 1
        return width


Block = Paragraph | Table | PageEnd


@dataclass(frozen=True)
class SampleReport:
    """A parsed source file."""

    head: dict[str, str]
    body: tuple[Block, ...]
    annex: tuple[Block, ...]

    def lines(self, key: str) -> list[str]:
        """Return a head value that lists lines apart by ` / `."""
        return self.head[key].split(" / ")

    def notes(self) -> list[Note]:
        """Return all footnotes in order."""
        blocks = [*self.body, *self.annex]
        return [i for b in blocks if isinstance(b, Paragraph) for i in b.inlines if isinstance(i, Note)]


class _Parser:
    """Turns body text into blocks, counting footnotes as it goes."""

    def __init__(self) -> None:
        self._notes = 0

    def blocks(self, source: str) -> tuple[Block, ...]:
        return tuple(self._block(part.strip()) for part in re.split(r"\n\s*\n", source) if part.strip())

    def _block(self, part: str) -> Block:
        if part == "{{page}}":
            return PageEnd()
        if part.startswith("|"):
            return _table(part)
        part = " ".join(part.split("\n"))
        for prefix in _PREFIXES:
            if part.startswith(prefix):
                return Paragraph(_style(prefix), self._inlines(part.removeprefix(prefix)))
        return Paragraph(Style.BODY, self._inlines(part))

    def _inlines(self, text: str) -> tuple[Inline, ...]:
        return tuple(self._inline(piece) for piece in _INLINE.split(text) if piece)

    def _inline(self, piece: str) -> Inline:
        if piece == "{{page}}":
            return PageEnd()
        if piece.startswith("{{swallow "):
            return Swallowed(piece[10:-2])
        if piece.startswith("{{"):
            raise MarkupError(f"Unknown mark {piece!r}; known inside a paragraph: {{{{page}}}}, {{{{swallow N}}}}")
        if piece.startswith("^["):
            self._notes += 1
            return Note(self._notes, piece[2:-1].strip())
        if piece.startswith("**"):
            return Text(piece[2:-2], bold=True)
        if piece.startswith("*") and len(piece) > 1:
            return Text(piece[1:-1], italic=True)
        return Text(piece)


def _style(prefix: str) -> Style:
    if prefix.startswith("#"):
        return Style.HEADING
    return {"! ": Style.CENTRED, "> ": Style.CAPTION, ">> ": Style.RIGHT}[prefix]


def _table(part: str) -> Table:
    rows = tuple(tuple(c.strip() for c in line.strip().strip("|").split("|")) for line in part.splitlines())
    if len({len(row) for row in rows}) != 1:
        raise MarkupError(f"Table rows differ in length, first row: {rows[0]}")
    return Table(rows)


def parse(source: str) -> SampleReport:
    """Parse one source file."""
    _, head_text, body_text = source.split("---\n", 2)
    head = dict(line.split(": ", 1) for line in head_text.strip().splitlines())
    body, _, annex = body_text.partition("{{annex}}")
    parser = _Parser()
    return SampleReport(head, parser.blocks(body), parser.blocks(annex))
