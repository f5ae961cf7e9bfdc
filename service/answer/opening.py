"""Laying open a passage: its sentences, their segments, each figure with the words around it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from ingest.domain import Figure, Passage, Period, PeriodKind, Reading, Span
from ingest.vi.normalise import fold, unify
from ingest.vi.periods import find_periods
from ingest.vi.reading import read
from ingest.vi.sentences import sentences
from service.answer.bags import Bags
from service.answer.neighbours import is_first, rivals_of, told_apart
from service.answer.seasons import seasons_of
from service.answer.tokens import bag, keys
from service.answer.told_times import latest_time, told_times, years_and_dates
from service.answer.views import FigureView, PassageView, SentenceView, Stretch, segments, text_of

_NEW_PARAGRAPH = re.compile(r"[*_]*\s*\n\s*(?:\n|[-+•–*])")
_TABLE_ROW = re.compile(r"\|[^\n]*\|")
_COUNTED_ENDS = re.compile(r"[,;:.()\[\]|\d]")
_MAX_GAP_CHARS = 12
_OPENING_CHARS = 15  # "Đến cuối năm 2030, ..."


def view(passage: Passage, figures: Sequence[Figure], *, text: str, marks: Sequence[Span]) -> PassageView:
    """Lay open ``passage`` of canonical ``text``; ``marks`` are the report's footnote marks."""
    inside = [m for m in marks if any(s.start <= m.start < s.end for s in passage.spans)]
    reading = read(text, passage.spans, drop=inside)
    above: dict[Stretch, tuple[Period, ...]] = {}
    spoken: list[SentenceView] = []
    bags = Bags(reading.text)
    for part in _parts(reading, text):
        cuts = [Stretch(part.start + a, part.start + b) for a, b in sentences(reading.text[part.start : part.end])]
        above |= zip(cuts, _opened(reading.text, cuts), strict=True)
        told = tuple(bags.of(cut.start, cut.end) for cut in cuts)
        spoken += [SentenceView(cut, told[n], above=told[:n]) for n, cut in enumerate(cuts)]
    spans = list(above)
    seen = [v for f in figures if (v := _figure_view(f, reading, spans, bags)) is not None]
    seen = told_apart(reading.text, seen)
    seen = [replace(v, behind=_behind(v, seen, reading.text), above=above.get(v.sentence, ())) for v in seen]
    return PassageView(
        passage=passage,
        reading=reading,
        sentences=tuple(spoken),
        figures=tuple(
            replace(one, rivals=rivals_of(one, seen, reading.text), first=is_first(one, seen)) for one in seen
        ),
        heading=bag(passage.context, *passage.section_path),
        whole=bag(reading.text),
        title=bag(*passage.section_path[-1:]),
        spoken=_spoken(reading.text),
    )


def _parts(reading: Reading, text: str) -> list[Stretch]:
    """Cut a reading where a new paragraph or bullet begins: no sentence runs on there, whatever its punctuation.

    A jump from piece to piece is no such place: that is a sentence cut by a page's notes; a jump over a table is.
    """
    cuts = [0]
    for i, ch in enumerate(reading.text[:-1]):
        if ch == " ":
            gap = text[reading.offsets[i] : reading.offsets[i + 1] + 1]
            if (len(gap) < _MAX_GAP_CHARS and _NEW_PARAGRAPH.match(gap)) or _TABLE_ROW.search(gap):
                cuts.append(i + 1)
    return [Stretch(a, b) for a, b in zip(cuts, [*cuts[1:], len(reading.text)], strict=True)]


def _opened(text: str, cuts: Sequence[Stretch]) -> Iterator[tuple[Period, ...]]:
    """Yield for each sentence of a paragraph the year that opens the nearest one before it, () for none."""
    known: tuple[Period, ...] = ()
    for cut in cuts:
        yield known
        named = find_periods(text[cut.start : cut.end])
        if named and named[0][0].start <= _OPENING_CHARS and named[0][1].kind is PeriodKind.YEAR:
            known = (named[0][1],)


def _behind(one: FigureView, all_seen: Sequence[FigureView], text: str) -> tuple[Period, ...]:
    """Return the years named behind a figure in its part of the sentence, before what leads to the next figure."""
    end = min((o.at.start for o in all_seen if o.at.start >= one.at.end), default=one.segment.end)
    stretch = text[one.at.end : min(end, one.segment.end)].partition("(")[0]
    if end < one.segment.end:
        stretch = re.split(r"[,:]", stretch)[0]
    return tuple(years_and_dates(told_times(stretch)))


def _figure_view(figure: Figure, reading: Reading, spans: Sequence[Stretch], bags: Bags) -> FigureView | None:
    first = bisect_left(reading.offsets, figure.span.start)
    last = bisect_left(reading.offsets, figure.span.end)
    if first >= len(reading.offsets):
        return None
    sentence = next((s for s in spans if s.start <= first < s.end), Stretch(first, last))
    cuts = segments(reading.text, sentence.start, sentence.end)
    segment = next((c for c in cuts if c.start <= first < c.end), sentence)
    clause = text_of(reading, figure.clause)
    lead = reading.text[sentence.start : first]
    behind = _counted(reading.text, last, segment.end)
    beside = [pair for part in (figure.indicator, clause) for pair in pairwise(map(fold, keys(part)))]
    own = bag(figure.indicator, figure.unit, figure.text, figure.base, behind)
    beyond = bag(figure.place or "", figure.unit, figure.base).folded
    leads = bags.before(sentence.start, sentence.end, first)
    telling = tuple((word, folded) for word, folded in own.pairs if folded not in beyond)
    return FigureView(
        figure=figure,
        at=Stretch(first, last),
        segment=segment,
        sentence=sentence,
        own=own,
        counted=bag(figure.text, behind),
        clause_bag=bag(clause),
        clause_folded=fold(clause),
        segment_bag=bags.of(segment.start, segment.end),
        sentence_bag=bags.of(sentence.start, sentence.end),
        named=tuple(years_and_dates(told_times(lead))) + tuple(years_and_dates(told_times(clause))),
        latest=latest_time(lead),
        seasons=seasons_of(reading.text[sentence.start : sentence.end]),
        spoken_near=_spoken(figure.indicator, clause),
        following=_grouped(beside),
        leading=_grouped((b, a) for a, b in beside),
        spoken_far=_spoken(reading.text[segment.start : segment.end]),
        beyond=beyond,
        leads=leads,
        leads_folded=frozenset(map(fold, leads)),
        bracketed=lead.count("(") > lead.count(")"),
        said=unify(f"{figure.indicator}; {_COUNTED_ENDS.split(lead)[-1]} {behind}"),
        telling=telling,
        telling_folded=frozenset(folded for _, folded in telling),
    )


def _grouped(pairs: Iterable[tuple[str, str]]) -> Mapping[str, frozenset[str]]:
    """Group second words by their first; pairs with a number are left out: a number stands in nothing's stead."""
    grouped: dict[str, set[str]] = {}
    for first, second in pairs:
        if not (first[0].isdigit() or second[0].isdigit()):
            grouped.setdefault(first, set()).add(second)
    return {first: frozenset(seconds) for first, seconds in grouped.items()}


def _spoken(*texts: str) -> str:
    return f" {' '.join(fold(k) for text in texts for k in keys(text))} "


def _counted(text: str, start: int, end: int) -> str:
    """Return the words after a figure up to the next sign or digit: what is counted stands behind its number."""
    stop = _COUNTED_ENDS.search(text, start, end)
    return text[start : stop.start() if stop else end]
