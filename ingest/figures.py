"""Figures of a whole report, passage by passage: paragraphs and notes by their words, table rows by their columns."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.chunk import marks
from ingest.domain import Figure, Passage, PassageKind, Period, Report, SectionKind, Span
from ingest.table_figures import row_figures
from ingest.vi.figures import find_figures
from ingest.vi.indicators import tidy
from ingest.vi.periods import contains, find_periods, resolve
from ingest.vi.reading import read
from ingest.vi.sentences import sentences

_SILENT = (PassageKind.HEADER, PassageKind.SIGNATURE)
_MAX_ANCHOR_CHARS = 200  # a longer anchor sentence names more than the note's subject


def report_figures(report: Report, passages: Sequence[Passage]) -> dict[str, tuple[Figure, ...]]:
    """Return the figures of each passage by passage id; a passage without figures has ().

    Every figure: ``figure.span.of(report.text) == figure.text``. Header and signature passages have none.
    """
    drop = marks(report)
    return {passage.id: _passage_figures(report, passage, drop) for passage in passages}


def _passage_figures(report: Report, passage: Passage, drop: Sequence[Span]) -> tuple[Figure, ...]:
    if passage.kind in _SILENT:
        return ()
    if passage.kind is PassageKind.TABLE_ROW:
        return row_figures(report, passage)
    found: list[Figure] = []
    for spans in _paragraphs(report, passage):
        found.extend(
            find_figures(
                read(report.text, spans, drop=drop),
                canonical=report.text,
                subject=_subject(report, passage, drop),
                period=_period(report, passage.section),
                place=report.meta.area or None,
            )
        )
    return tuple(found)


def _paragraphs(report: Report, passage: Passage) -> list[tuple[Span, ...]]:
    """Split a passage back into the report's paragraphs: a bullet does not go on with the sentence before it."""
    if passage.kind is PassageKind.FOOTNOTE:
        return [passage.spans]
    groups: list[tuple[Span, ...]] = []
    left = list(passage.spans)
    for paragraph in report.paragraphs:
        inside = [span for span in left if _meets(span, paragraph.spans)]
        if inside:
            groups.append(tuple(inside))
            left = [span for span in left if span not in inside]
    return [*groups, *((span,) for span in left)]


def _meets(span: Span, pieces: Sequence[Span]) -> bool:
    return any(piece.start < span.end and span.start < piece.end for piece in pieces)


def _subject(report: Report, passage: Passage, drop: Sequence[Span]) -> str:
    """A footnote speaks of what the sentence it is hung on speaks of, a section of its (or the next outer) title."""
    if passage.anchor is not None:
        anchored = read(report.text, [passage.anchor], drop=drop).text
        last = sentences(anchored)[-1:]
        words = tidy(re.split(r"\d", anchored[last[0][0] : last[0][1]] if last else "")[0])
        if words:
            return words if len(words) <= _MAX_ANCHOR_CHARS else words[-_MAX_ANCHOR_CHARS:].partition(" ")[2]
    at: int | None = passage.section
    while at is not None:
        section = report.sections[at]
        if section.title and section.kind not in (SectionKind.ROOT, SectionKind.HEADER):
            return section.title
        at = section.parent
    return ""


def _period(report: Report, section: int | None) -> Period | None:
    """Return the report's period, or that of the nearest heading that names one outside it ("... năm 2025").

    Of several periods ("tháng 4 và quý II năm 2024") the one that holds the others counts; none where there is none.
    """
    default = report.meta.period
    while section is not None:
        here = report.sections[section]
        named = []
        if here.kind is not SectionKind.ROOT:
            named = [resolve(period, default) if default else period for _, period in find_periods(here.title)]
        widest = [one for one in named if all(contains(one, other) for other in named)]
        if widest:
            return default if default and contains(widest[0], default) else widest[0]
        section = here.parent
    return default
