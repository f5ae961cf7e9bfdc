"""Where characters of a report stand for a reader: page, section, boxes on the page. Pure."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from operator import attrgetter

from ingest.chunk import section_path
from ingest.domain import Page, PlacedWord, Report, Span

_SAME_LINE = 0.5  # of the lower word's height: words that share this much of it stand on one line


@dataclass(frozen=True, slots=True)
class Box:
    """A stretch of one printed line; edges are fractions of the page, 0..1 from the top left. ``page`` is 1-based."""

    page: int
    left: float
    top: float
    right: float
    bottom: float


def page_at(report: Report, offset: int) -> Page | None:
    """Return the page that character ``offset`` is printed on; None for formats without pages."""
    number = bisect_right(report.pages, offset, key=attrgetter("span.start"))
    return report.pages[number - 1] if number else None


def section_at(report: Report, offset: int) -> tuple[str, ...]:
    """Return the headings over character ``offset`` from the outside in; () outside every section but the root."""
    inside = [s.id for s in report.sections if s.span.start <= offset < s.span.end]
    return section_path(report.sections, inside[-1]) if inside else ()


def pages_of(report: Report, span: Span) -> tuple[int, ...]:
    """Return the numbers of the pages that ``span`` touches, in order; () for formats without pages."""
    return tuple(p.number for p in report.pages if p.span.start < span.end and span.start < p.span.end)


def boxes(page: Page, span: Span) -> tuple[Box, ...]:
    """Return one box for each printed line of ``span`` on ``page`` (which carries its words); () where it has none.

    Words are boxed whole, also those the span only begins or ends in. A line that the order of reading leaves and
    comes back to (two columns) gives a box for each visit.
    """
    touched = [word for word in page.words if word.span.start < span.end and span.start < word.span.end]
    return tuple(_lines(page.number, touched))


def _lines(page: int, words: list[PlacedWord]) -> Iterator[Box]:
    line: Box | None = None
    for word in words:
        one = Box(page, word.left, word.top, word.right, word.bottom)
        if line is not None and _goes_on(line, one):
            line = replace(
                line, top=min(line.top, one.top), right=max(line.right, one.right), bottom=max(line.bottom, one.bottom)
            )
            continue
        if line is not None:
            yield line
        line = one
    if line is not None:
        yield line


def _goes_on(line: Box, word: Box) -> bool:
    shared = min(line.bottom, word.bottom) - max(line.top, word.top)
    lower = min(line.bottom - line.top, word.bottom - word.top)
    return word.left >= line.left and shared >= _SAME_LINE * lower
