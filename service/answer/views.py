"""A passage laid open for scoring: its reading, sentences, segments and figures with the words around each."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.domain import Figure, Passage, Reading, Span
from ingest.vi.reading import read
from ingest.vi.sentences import sentences
from service.answer.tokens import Bag, bag


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters ``[start, end)`` of a passage's reading."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class FigureView:
    """A figure in its passage: ``own`` what it counts, ``segment`` the part of the sentence between semicolons."""

    figure: Figure
    at: Stretch
    segment: Stretch
    sentence: Stretch
    own: Bag
    segment_bag: Bag
    sentence_bag: Bag


@dataclass(frozen=True, slots=True)
class SentenceView:
    """A sentence of a passage."""

    at: Stretch
    bag: Bag


@dataclass(frozen=True, slots=True)
class PassageView:
    """Everything scoring needs of one passage."""

    passage: Passage
    reading: Reading
    sentences: tuple[SentenceView, ...]
    figures: tuple[FigureView, ...]
    heading: Bag
    whole: Bag


def view(passage: Passage, figures: Sequence[Figure], *, text: str, marks: Sequence[Span]) -> PassageView:
    """Lay open ``passage`` of canonical ``text``; ``marks`` are the report's footnote marks."""
    inside = [m for m in marks if any(s.start <= m.start < s.end for s in passage.spans)]
    reading = read(text, passage.spans, drop=inside)
    spans = [Stretch(a, b) for a, b in sentences(reading.text)]
    return PassageView(
        passage=passage,
        reading=reading,
        sentences=tuple(SentenceView(s, bag(reading.text[s.start : s.end])) for s in spans),
        figures=tuple(v for f in figures if (v := _figure_view(f, reading, spans)) is not None),
        heading=bag(passage.context, *passage.section_path),
        whole=bag(reading.text),
    )


def segments(text: str, start: int, end: int) -> list[Stretch]:
    """Cut the sentence ``text[start:end]`` at semicolons outside brackets; at least one stretch."""
    cuts, depth, begin = [], 0, start
    for i in range(start, end):
        if text[i] in "([":
            depth += 1
        elif text[i] in ")]":
            depth = max(0, depth - 1)
        elif text[i] == ";" and depth == 0:
            cuts.append(Stretch(begin, i))
            begin = i + 1
    cuts.append(Stretch(begin, end))
    return [_trimmed(text, cut) for cut in cuts if text[cut.start : cut.end].strip()]


def _figure_view(figure: Figure, reading: Reading, spans: Sequence[Stretch]) -> FigureView | None:
    first = bisect_left(reading.offsets, figure.span.start)
    last = bisect_left(reading.offsets, figure.span.end)
    if first >= len(reading.offsets):
        return None
    sentence = next((s for s in spans if s.start <= first < s.end), Stretch(first, last))
    cuts = segments(reading.text, sentence.start, sentence.end)
    segment = next((c for c in cuts if c.start <= first < c.end), sentence)
    return FigureView(
        figure=figure,
        at=Stretch(first, last),
        segment=segment,
        sentence=sentence,
        own=bag(figure.indicator, figure.unit, figure.text),
        segment_bag=bag(reading.text[segment.start : segment.end]),
        sentence_bag=bag(reading.text[sentence.start : sentence.end]),
    )


def _trimmed(text: str, cut: Stretch) -> Stretch:
    start, end = cut.start, cut.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Stretch(start, end)
