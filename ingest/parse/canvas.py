"""The canonical text of a file while it is being written."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ingest.domain import Span, TableRow
from ingest.parse.word_runs import Piece


class Canvas:
    """Text written from left to right; each piece written returns where it stands."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self.at = 0

    def write(self, text: str) -> Span:
        """Write ``text`` and return its span."""
        start = self.at
        self._parts.append(text)
        self.at += len(text)
        return Span(start, self.at)

    def paragraph(self) -> None:
        """Part what follows from what stands by a blank line; nothing at the beginning."""
        if self.at:
            self.write("\n\n")

    def row(self, cells: Sequence[Sequence[Piece]], width: int, write: Callable[[Piece], Span]) -> TableRow:
        """Write ``| a | b |`` with ``write`` for each piece; missing cells are empty."""
        start = self.at
        self.write("|")
        spans = []
        for number in range(width):
            self.write(" ")
            begin = self.at
            for piece in cells[number] if number < len(cells) else ():
                write(piece)
            spans.append(Span(begin, self.at))
            self.write(" |")
        return TableRow(Span(start, self.at), tuple(spans))

    def text(self) -> str:
        """Return everything written so far."""
        return "".join(self._parts)

    def text_from(self, start: int) -> str:
        """Return what was written from offset ``start`` on."""
        found, at = [], self.at
        for part in reversed(self._parts):
            if at <= start:
                break
            at -= len(part)
            found.append(part[max(0, start - at) :])
        return "".join(reversed(found))
