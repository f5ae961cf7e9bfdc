"""The pieces of a Word paragraph as lines: blanks off both ends, hand-broken lines parted, emphasised beginnings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.domain import Span
from ingest.parse.word_runs import Piece
from ingest.vi.letters import UPPER

# A short centred line ends where its author broke it; a long paragraph goes on.
_MAX_BROKEN_LINE = 120
_TYPED_MARKER = re.compile(rf"\s*(?:[-+•*–◦]|[\w.]{{1,8}}[.)])\s*(?![\w{UPPER}])\s*")


def lines_of(pieces: Sequence[Piece], *, broken: bool) -> Iterator[list[Piece]]:
    """Yield the pieces line by line where short lines were broken by hand, else all at once."""
    lines = "".join(piece.text for piece in pieces).split("\n")
    if not broken or len(lines) == 1 or max(map(len, lines)) > _MAX_BROKEN_LINE:
        yield list(pieces)
        return
    line: list[Piece] = []
    for piece in pieces:
        for number, part in enumerate(piece.text.split("\n")):
            if number:
                yield line
                line = []
            line.append(replace(piece, text=part))
    yield line


def strip(pieces: Sequence[Piece]) -> list[Piece]:
    """Return ``pieces`` without blanks at both ends."""
    kept = [piece for piece in pieces if piece.text or piece.note]
    while kept and kept[0].note is None and not kept[0].text.lstrip():
        kept = kept[1:]
    while kept and kept[-1].note is None and not kept[-1].text.rstrip():
        kept = kept[:-1]
    if kept and kept[0].note is None:
        kept[0] = replace(kept[0], text=kept[0].text.lstrip())
    if kept and kept[-1].note is None:
        kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip())
    return kept


def emphasised(placed: Sequence[tuple[Piece, Span]], start: int) -> tuple[int, bool]:
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
