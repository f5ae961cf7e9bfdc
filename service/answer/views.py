"""A passage laid open for scoring: its reading, sentences, segments and figures with the words around each."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field

from ingest.domain import Figure, Passage, Period, Reading, Span
from service.answer.tokens import Bag


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
    counted: Bag  # the figure and the words right behind it
    clause_bag: Bag
    clause_folded: str
    segment_bag: Bag
    sentence_bag: Bag
    named: tuple[Period, ...]  # years and dates named from the start of the sentence to the end of the clause
    seasons: frozenset[str]  # crop seasons named in the sentence
    behind: tuple[Period, ...] = ()  # those named behind it: "84 tỷ đồng từ nguồn tăng thu năm 2030"
    latest: Period | None = None  # the last time named before it in its sentence, no base of a comparison
    above: tuple[Period, ...] = ()  # the one that opens the nearest sentence before it in its paragraph, if any does
    spoken_near: str = ""  # the folded words of indicator and clause between blanks
    following: Mapping[str, frozenset[str]] = field(default_factory=dict)  # folded word -> the words after it there
    leading: Mapping[str, frozenset[str]] = field(default_factory=dict)  # folded word -> the words before it there
    spoken_far: str = ""  # those of the segment
    beyond: frozenset[str] = frozenset()  # the folded words of its place, unit and base, judged apart
    leads: frozenset[str] = frozenset()  # comparable words of its sentence before it
    leads_folded: frozenset[str] = frozenset()
    first: bool = False  # the first figure of its unit in the sentence
    bracketed: bool = False
    said: str = ""  # unified: its indicator, the words before it from the last sign on and those behind it
    rivals: frozenset[str] = frozenset()  # folded words that name other figures of its unit and role, and not it
    by: frozenset[str] = frozenset()  # folded words that stand by it, before the next figure
    by_others: frozenset[str] = frozenset()  # those that stand by other figures of its kind in its sentence
    # The words of ``own`` with their folded forms, but for those of ``beyond``.
    telling: tuple[tuple[str, str], ...] = ()
    telling_folded: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class SentenceView:
    """A sentence of a passage; ``lead``: the words of the one before it, where it leans on that.

    ``above``: the words of the sentences before it in its paragraph.
    """

    at: Stretch
    bag: Bag
    lead: Bag | None = None
    above: tuple[Bag, ...] = ()


@dataclass(frozen=True, slots=True)
class PassageView:
    """Everything scoring needs of one passage."""

    passage: Passage
    reading: Reading
    sentences: tuple[SentenceView, ...]
    figures: tuple[FigureView, ...]
    heading: Bag
    whole: Bag
    title: Bag  # the heading right above
    spoken: str  # all its folded words between blanks


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


def text_of(reading: Reading, span: Span) -> str:
    """Return the reading of a canonical span that lies in ``reading``; "" when it does not."""
    start, end = bisect_left(reading.offsets, span.start), bisect_left(reading.offsets, span.end)
    return reading.text[start:end]


def _trimmed(text: str, cut: Stretch) -> Stretch:
    start, end = cut.start, cut.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Stretch(start, end)
