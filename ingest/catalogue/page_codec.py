"""Pages and their words ⇄ JSON values. Pure; kept apart from ``codec`` since words are loaded one page at a time."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ingest.catalogue.codec import Packed
from ingest.domain import Page, PlacedWord, Span


def pack_page(page: Page) -> Packed:
    """Return a page without its words as a JSON object."""
    return {
        "number": page.number,
        "span": [page.span.start, page.span.end],
        "width": page.width,
        "height": page.height,
        "scanned": page.scanned,
    }


def pack_words(words: Iterable[PlacedWord]) -> list[list[float | None]]:
    """Return words as rows ``[start, end, left, top, right, bottom, confidence]``, edges to a ten-thousandth."""
    return [
        [w.span.start, w.span.end, *(round(edge, 4) for edge in (w.left, w.top, w.right, w.bottom)), w.confidence]
        for w in words
    ]


def unpack_page(packed: Packed, words: Iterable[list[Any]] = ()) -> Page:
    """Return the page of ``pack_page``, with the words of ``pack_words``."""
    placed = tuple(PlacedWord(Span(row[0], row[1]), *row[2:]) for row in words)
    return Page(**{**packed, "span": Span(*packed["span"])}, words=placed)
