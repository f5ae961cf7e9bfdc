"""Canonical text -> the text as a person reads it, without losing where each character stands."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.domain import Reading, Span


def read(text: str, spans: Sequence[Span], *, drop: Sequence[Span] = ()) -> Reading:
    """Return the reading of ``spans`` of canonical ``text``, joined with one blank.

    Runs of white space become one blank, emphasis asterisks vanish (a product such as ``3*4`` keeps its sign), so do
    the characters in ``drop`` (footnote marks bound elsewhere). No spans: an empty reading.
    """
    chars: list[str] = []
    offsets: list[int] = []
    dropped = frozenset(o for span in drop for o in range(span.start, span.end))
    for span in spans:
        if chars and chars[-1] != " ":
            chars.append(" ")
            offsets.append(offsets[-1])
        for offset in range(span.start, span.end):
            ch = text[offset]
            if offset in dropped or (ch == "*" and not _is_product(text, offset)):
                continue
            if ch.isspace():
                if not chars or chars[-1] == " ":
                    continue
                ch = " "
            chars.append(ch)
            offsets.append(offset)
    if chars and chars[-1] == " ":
        del chars[-1], offsets[-1]
    return Reading("".join(chars), tuple(offsets), tuple(spans))


def _is_product(text: str, offset: int) -> bool:
    before = text[offset - 1] if offset else ""
    after = text[offset + 1] if offset + 1 < len(text) else ""
    return before.isdigit() and after.isdigit()
