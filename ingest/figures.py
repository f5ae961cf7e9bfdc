"""Figures of a whole report: paragraphs and notes by their words, table rows by their columns, each in its passage."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from operator import attrgetter

from ingest.chunk import marks
from ingest.domain import Figure, Passage, PassageKind, Report, Span
from ingest.surroundings import (
    Leads,
    aims_above,
    named_place,
    period_above,
    place_above,
    place_type_above,
    short_period,
    subject_above,
    year_spoken_of,
)
from ingest.table_figures import row_figures
from ingest.vi.figures import find_figures
from ingest.vi.indicators import tidy
from ingest.vi.openings import Defaults
from ingest.vi.reading import read
from ingest.vi.sentences import sentences
from ingest.wrapped import unwrapped

_SILENT = (PassageKind.HEADER, PassageKind.SIGNATURE)
_MAX_ANCHOR_CHARS = 200  # a longer anchor sentence names more than the note's subject


def report_figures(report: Report, passages: Sequence[Passage]) -> dict[str, tuple[Figure, ...]]:
    """Return the figures of each passage by passage id; a passage without figures has ().

    Every figure: ``figure.span.of(report.text) == figure.text``. Header and signature passages have none. A paragraph
    is read whole, also where it is cut into several passages: a later sentence goes on with what an earlier one named.
    """
    drop = marks(report)
    year = year_spoken_of(report)
    told = sorted(_paragraph_figures(report, drop, year), key=attrgetter("span.start"))
    found = {passage.id: _passage_figures(report, passage, drop, year, told) for passage in passages}
    return _with_doubts(report, found) if report.doubtful else found


def _with_doubts(report: Report, found: dict[str, tuple[Figure, ...]]) -> dict[str, tuple[Figure, ...]]:
    """Mark the figures that touch a piece read with little confidence."""

    def doubtful(figure: Figure) -> bool:
        last = bisect_left(report.doubtful, Span(figure.span.end, figure.span.end))
        return last > 0 and report.doubtful[last - 1].end > figure.span.start

    return {
        identity: tuple(replace(one, doubtful=True) if doubtful(one) else one for one in figures)
        for identity, figures in found.items()
    }


def _passage_figures(
    report: Report, passage: Passage, drop: Sequence[Span], year: int | None, told: Sequence[Figure]
) -> tuple[Figure, ...]:
    if passage.kind in _SILENT:
        return ()
    if passage.kind is PassageKind.TABLE_ROW:
        return row_figures(report, passage, _defaults(report, passage.section, year), drop)
    if passage.kind is PassageKind.FOOTNOTE:
        defaults = _defaults(report, passage.section, year, subject=_anchored(report, passage, drop))
        reading = read(report.text, passage.spans, drop=drop)
        return find_figures(reading, canonical=report.text, defaults=defaults)
    return tuple(figure for span in passage.spans for figure in _inside(told, span)) or _headed(report, passage, year)


def _inside(told: Sequence[Figure], span: Span) -> Iterator[Figure]:
    first = bisect_right(told, span.start - 1, key=attrgetter("span.start"))
    for figure in told[first:]:
        if figure.span.start >= span.end:
            return
        if span.covers(figure.span):
            yield figure


def _headed(report: Report, passage: Passage, year: int | None) -> tuple[Figure, ...]:
    """A heading with nothing under it is a passage of its own and no paragraph."""
    if passage.spans != (report.sections[passage.section].heading,):
        return ()
    defaults = _defaults(report, report.sections[passage.section].parent, year)
    return find_figures(read(report.text, passage.spans), canonical=report.text, defaults=defaults)


def _paragraph_figures(report: Report, drop: Sequence[Span], year: int | None) -> Iterator[Figure]:
    leads = Leads()
    for paragraph in unwrapped(report):
        reading = read(report.text, paragraph.spans, drop=drop)
        lead = leads.above(paragraph, reading.text)
        place = named_place(lead)
        defaults = _defaults(report, paragraph.section, year, lead="" if place else lead, place=place)
        figures = find_figures(reading, canonical=report.text, defaults=defaults)
        leads.read(paragraph, reading.text, figures)
        yield from figures


def _defaults(
    report: Report,
    section: int | None,
    year: int | None,
    *,
    subject: str = "",
    lead: str = "",
    place: str | None = None,
) -> Defaults:
    return Defaults(
        subject=subject or subject_above(report, section),
        period=period_above(report, section),
        place=place or place_above(report, section),
        aiming=aims_above(report, section),
        lead=lead,
        year=year,
        place_type=place_type_above(report, section),
        short=short_period(report),
    )


def _anchored(report: Report, passage: Passage, drop: Sequence[Span]) -> str:
    """Return what the sentence that a footnote is hung on speaks of, "" where it names nothing before its numbers."""
    if passage.anchor is None:
        return ""
    anchored = read(report.text, [passage.anchor], drop=drop).text
    last = sentences(anchored)[-1:]
    words = tidy(re.split(r"\d", anchored[last[0][0] : last[0][1]] if last else "")[0])
    return words if len(words) <= _MAX_ANCHOR_CHARS else words[-_MAX_ANCHOR_CHARS:].partition(" ")[2]
