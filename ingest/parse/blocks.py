"""What the format readers hand on: blocks of one canonical text, before anyone asks what they mean.

A reader (``docx``, ``text``) makes a ``Source``; ``footnotes.separate`` turns it into a ``Flow`` of paragraphs as
read; ``tree``, ``header`` and ``signature`` say what they are. All spans point into ``Source.text``.
"""

from __future__ import annotations

from dataclasses import dataclass

from ingest.domain import Page, ParseIssue, Reading, Span, TableRow


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph as typed (trimmed of blanks).

    ``lead``: offset where the emphasised beginning ends (``span.start`` when it does not begin emphasised);
    ``bold``: that beginning is bold, else italic. ``star``: introduced by a hand-typed star ("* ..." or "** ...*").
    ``depth``: Markdown ``#`` count or Word outline level, 0 when none. ``cell``: number of the layout cell it stands in
    (header and signature tables), None in running text. ``piped``: a piece of a table that could not be rebuilt.
    ``goes_on``: the print shows that it goes on with the paragraph before, which a page end cuts.
    """

    span: Span
    lead: int = 0
    bold: bool = False
    star: bool = False
    depth: int = 0
    cell: int | None = None
    centred: bool = False
    piped: bool = False
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as typed: every row, the first ``header_rows`` of which are column heads.

    ``aligned``: the heads are known to stand above their columns; else they only say what the table is about.
    ``joined``: it is known which cells are joined, and each place of a joined cell has its span (downwards; in head
    rows sideways as well): an empty cell is then empty. Else it is guessed what an upper head stands over.
    """

    span: Span
    rows: tuple[TableRow, ...]
    header_rows: int
    aligned: bool = True
    joined: bool = False


@dataclass(frozen=True, slots=True)
class NoteMark:
    """Where a footnote mark stands. ``doubtful``: it may as well be the exponent of a unit (m²).

    ``note``: ``whole`` of the note it refers to where the format itself says so, else None.
    """

    label: str
    span: Span
    doubtful: bool = False
    note: Span | None = None


@dataclass(frozen=True, slots=True)
class NoteText:
    """A footnote's own text; ``whole`` covers label and text."""

    label: str
    spans: tuple[Span, ...]
    whole: Span


@dataclass(frozen=True, slots=True)
class Source:
    """One file as read by a format reader. ``marks`` and ``notes`` only where the format knows them (Word).

    ``pages`` and ``doubtful`` as in ``Report``. ``stamps``: lines outside the text (page headers, text boxes) that may
    carry a secrecy stamp.
    """

    text: str
    format: str
    items: tuple[Block | Grid, ...]
    marks: tuple[NoteMark, ...] = ()
    notes: tuple[NoteText, ...] = ()
    issues: tuple[ParseIssue, ...] = ()
    pages: tuple[Page, ...] = ()
    doubtful: tuple[Span, ...] = ()
    stamps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph of the flow: ``spans`` are its pieces (two where a page's notes cut it)."""

    block: Block
    spans: tuple[Span, ...]
    reading: Reading

    @property
    def start(self) -> int:
        """Return the canonical offset of its first character."""
        return self.spans[0].start
