"""A passage laid open for scoring: its reading, sentences, segments and figures with the words around each."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from ingest.domain import Figure, Passage, Period, PeriodKind, Reading, Span
from ingest.vi.normalise import fold, unify
from ingest.vi.periods import find_periods, is_base
from ingest.vi.reading import read
from ingest.vi.sentences import sentences
from service.answer.bags import Bags
from service.answer.seasons import seasons_of
from service.answer.tokens import Bag, bag, keys

_NEW_PARAGRAPH = re.compile(r"[*_]*\s*\n\s*(?:\n|[-+•–*])")
_TABLE_ROW = re.compile(r"\|[^\n]*\|")
_COUNTED_ENDS = re.compile(r"[,;:.()\[\]|\d]")
_MAX_GAP_CHARS = 12
# What leads to the next of several: "tiếp đến là xã B 20 con" counts what was counted in xã A.
_ORDERING = frozenset(
    "tiep den theo la it nhieu cao thap nhat sau do dung thu hai ba ke con rieng va voi o tai".split()  # noqa: SIM905
)
_OPENING_CHARS = 15  # "Đến cuối năm 2030, ..."
_PARTS = re.compile(r"trong đó|gồm|[:(]")  # what stands between a total and its parts
_PLANNED = ("kế hoạch", "dự toán", "chỉ tiêu")  # "kế hoạch năm 2024" names a base as well


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
    seen = [replace(v, behind=_behind(v, seen, reading.text), above=above.get(v.sentence, ())) for v in seen]
    return PassageView(
        passage=passage,
        reading=reading,
        sentences=tuple(spoken),
        figures=tuple(
            replace(one, rivals=_rivals(one, seen, reading.text), first=_is_first(one, seen)) for one in seen
        ),
        heading=bag(passage.context, *passage.section_path),
        whole=bag(reading.text),
        title=bag(*passage.section_path[-1:]),
        spoken=_spoken(reading.text),
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
    return tuple(_named(stretch))


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
        named=tuple(_named(lead)) + tuple(_named(clause)),
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


def _rivals(one: FigureView, all_seen: Sequence[FigureView], text: str) -> frozenset[str]:
    """Return the folded words that name other figures of the same unit and role and do not name ``one``.

    The total before its parts is no rival: its words are theirs as well.
    """
    words: set[str] = set()
    for other in all_seen:
        if other is one or other.figure.unit != one.figure.unit or other.figure.role is not one.figure.role:
            continue
        if not _speaks_for(other, one, text):
            words |= other.own.folded
    return frozenset(words - one.own.folded)


def _speaks_for(other: FigureView, one: FigureView, text: str) -> bool:
    """Tell whether what names ``other`` holds for ``one`` behind it: its part, or what came of it ("đã chi 28 tỷ")."""
    if other.at.end > one.at.start or other.sentence != one.sentence:
        return False
    own = [fold(k) for k in keys(one.figure.indicator)]
    placed = {fold(k) for k in keys(f"{one.figure.place or ''} {one.figure.unit}")} | _ORDERING
    brief = len(own) <= 2 or sum(word not in placed for word in own) == 0
    return brief or _PARTS.search(text, other.at.end, one.at.start) is not None


def _is_first(one: FigureView, all_seen: Sequence[FigureView]) -> bool:
    return not any(
        other.sentence == one.sentence and other.figure.unit == one.figure.unit and other.at.start < one.at.start
        for other in all_seen
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


def text_of(reading: Reading, span: Span) -> str:
    """Return the reading of a canonical span that lies in ``reading``; "" when it does not."""
    start, end = bisect_left(reading.offsets, span.start), bisect_left(reading.offsets, span.end)
    return reading.text[start:end]


def _named(text: str) -> Iterator[Period]:
    """Yield the years and dates a text speaks of, bases of comparison left out."""
    for span, period in find_periods(text):
        compared = is_base(text, span.start) or unify(text[: span.start]).rstrip().endswith(_PLANNED)
        if period.kind in (PeriodKind.YEAR, PeriodKind.DATE, PeriodKind.RANGE) and not compared:
            yield period


def _trimmed(text: str, cut: Stretch) -> Stretch:
    start, end = cut.start, cut.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Stretch(start, end)
