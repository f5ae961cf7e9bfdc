"""Hybrid search over the versions a question may be answered from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import zip_longest

from ingest.domain import PassageKind, Period, PeriodKind
from ingest.index.port import IndexFilter, ScoredPassage
from ingest.indexing import dense_text
from ingest.lexical import query_vector
from ingest.rerank import Reranker, best_first
from ingest.serving import Serving
from ingest.vi.normalise import fold, unify
from ingest.vi.periods import Vague, contains, find_periods, is_base, resolve, same
from ingest.vi.places import LEVELS, type_of, without_type
from ingest.vi.words import words
from service.answer.candidates import Material
from service.answer.grids import Grid
from service.answer.views import PassageView
from service.domain import Hit, Query, ReportRef
from service.retrieve.corpus import Corpus, OpenVersion, Snapshot
from service.retrieve.passage_features import document_part
from service.retrieve.passage_ranker import PassageRanker, in_order, load_passage_ranker
from service.understand.places import same_place

# Passages an answer is chosen from. Measured on the tuning sets: the passage with the answer is among them for 99 of a
# hundred questions.
LIMIT = 24
# "toàn tỉnh", "huyện mình": of which level of places a question speaks, without a name behind.
_LEVEL_ASKED = r"(?<!\w)(?:(?:toàn|cả|trên địa bàn|trong) ({levels})|({levels}) (?:mình|nhà|ta))(?!\w)".format(
    levels="tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn"
)
# So many times more are found and looked at before the fields of the passages decide which these are.
DEEPER = 2
# Which of all the communes is first shows only when the passages of all are looked at.
WIDER = 4
# Rows of one table looked at to find its first or last: communes of a district, rows of an annex.
MAX_ROWS = 150


@dataclass(frozen=True, slots=True)
class Searcher:
    """What a search needs; built once by the wiring.

    ``reranker`` reads the first ``rerank_depth`` found beside the question; how it orders them is one of the features
    by which ``ranker`` orders all.
    """

    corpus: Corpus
    serving: Serving
    reranker: Reranker | None = None
    rerank_depth: int = LIMIT
    ranker: PassageRanker = field(default_factory=load_passage_ranker)
    limit: int = LIMIT

    def search(self, query: Query, refs: Sequence[ReportRef], snapshot: Snapshot) -> Material:
        """Return the best passages of ``refs`` opened for scoring; an empty material for no refs or no hits.

        At most ``self.limit``; all that is found for a question of several parts or places, or for an extreme.
        Raises ``IndexUnavailable``, ``CatalogueUnavailable``.
        """
        hits, views = self._found(query, refs)
        order = in_order(query, hits, views, rarity=snapshot.rarity, ranker=self.ranker)
        if not (query.parts or query.beside or query.extreme is not None):
            order = order[: self.limit]
        ranked = tuple(replace(hits[at], rank=rank) for rank, at in enumerate(order, start=1))
        return Material(ranked, tuple(views[at] for at in order), snapshot.rarity, partial(self._tables, ranked))

    def _tables(self, hits: Sequence[Hit]) -> tuple[tuple[ReportRef, Grid], ...]:
        """Return the tables of the sections that ``hits`` stand in, best first."""
        found: list[tuple[ReportRef, Grid]] = []
        for ref, section in dict.fromkeys((hit.report, hit.passage.section) for hit in hits):
            found += [(ref, grid) for grid in self.corpus.version(ref.version_id).grids(section)]
        return tuple(found)

    def _found(self, query: Query, refs: Sequence[ReportRef]) -> tuple[list[Hit], list[PassageView]]:
        """Return the passages found and their opened texts in the order of the hybrid search, before ``ranker``."""
        if not refs:
            return [], []
        by_version = {ref.version_id: ref for ref in refs}
        hits: list[Hit] = []
        views: dict[str, PassageView] = {}
        for one in self._nearby(query, IndexFilter(version_ids=tuple(by_version))):
            opened = self.corpus.version(one.version_id)
            for passage_id in (one.id, *(_rows_beside(opened, one.id) if query.extreme is not None else ())):
                seen = opened.view(passage_id) if passage_id not in views else None
                if seen is None:
                    continue
                place = len(hits) + 1
                figures = tuple(f.figure for f in seen.figures)
                hits.append(Hit(place, one.score, by_version[one.version_id], seen.passage, figures, found=place))
                views[passage_id] = seen
        return self._reread(query, hits), list(views.values())

    def _nearby(self, query: Query, where: IndexFilter) -> list[ScoredPassage]:
        """Search for the question and for each of its parts and places; the best of each come first.

        A question about the document itself finds the passages of head and signature besides.
        """
        singles = [query, *query.parts, *(replace(query, place=place) for place in query.beside)]
        known: dict[str, ScoredPassage] = {}
        worded = {search_text(single): other_words(single) for single in singles}
        wider = WIDER if query.extreme is not None and query.among else 1 if len(worded) > 1 else DEEPER
        wide = max(self.limit * wider, self.rerank_depth)
        lists = [self._nearest(wording, also, where, wide) for wording, also in worded.items()]
        if query.meta_field:
            part = replace(where, kinds=(document_part(query.meta_field).value,))
            lists.append(self._nearest(query.text, "", part, self.limit))
        for group in zip_longest(*lists):
            for one in group:
                if one is not None:
                    known.setdefault(one.id, one)
        return list(known.values())

    def _reread(self, query: Query, hits: list[Hit]) -> list[Hit]:
        """Return the hits with what the text reranker says of the first ``rerank_depth``; as they are without one."""
        first = hits[: self.rerank_depth]
        if self.reranker is None or not first:
            return hits
        order = best_first(self.reranker, query.text, [(dense_text(hit.passage), hit.score) for hit in first])
        reread = {at: 1 / rank for rank, at in enumerate(order, start=1)}
        return [replace(hit, reread=reread.get(at, 0.0)) for at, hit in enumerate(hits)]

    def _nearest(self, wording: str, also: str, where: IndexFilter, limit: int) -> list[ScoredPassage]:
        """Return what one search finds; scores are shares of its best one, so that those of several can be compared."""
        with self.serving.use() as served:
            dense = served.encoder.embedder.query(wording)
            sparse = query_vector(wording, also=also)
            found = served.index.search(dense=dense, sparse=sparse, where=where, limit=limit)
        top = found[0].score if found and found[0].score > 0 else 1.0
        return [replace(one, score=one.score / top) for one in found]


def _rows_beside(opened: OpenVersion, passage_id: str) -> list[str]:
    """Return the other rows of the table a passage is a row of; () for no row. A row alone shows no first or last."""
    passages = opened.stored.passages
    own = next((p for p in passages if p.id == passage_id), None)
    if own is None or own.kind is not PassageKind.TABLE_ROW:
        return []
    rows = [p for p in passages if p.kind is PassageKind.TABLE_ROW and p.section == own.section]
    return [p.id for p in rows[:MAX_ROWS]]


def search_text(query: Query) -> str:
    """Return what is looked up: the content words and the place; the whole question when it has no content words."""
    words = [*query.terms, *([query.unit] if query.unit and query.unit not in query.terms else [])]
    words += [part for part in (query.among, query.place) if part]
    return " ".join(words) or query.text


def other_words(query: Query) -> str:
    """Return the other wordings a report may have for phrases of the question; "" for none."""
    return ". ".join(term for phrase in query.also for term in phrase.terms)


def area_words(query: Query, refs: Sequence[ReportRef]) -> frozenset[str]:
    """Return the words of a question that name the one area all ``refs`` are of; an empty set for several areas.

    Every figure there is of that area: its name tells none from another ("GRDP X" of the reports on tỉnh X).
    """
    areas = {fold(without_type(ref.area)) for ref in refs}
    name = areas.pop() if len(areas) == 1 else ""
    if not name or f" {name} " not in f" {' '.join(fold(query.text).replace('?', ' ').split())} ":
        return frozenset()
    return frozenset(term for term in query.terms if fold(term) in name.split())


def meant_by(query: Query, refs: Sequence[ReportRef]) -> Period | None:
    """Return what "lũy kế", "trong tháng" mean where all reports are of one time; None where they are not."""
    periods = {ref.period for ref in refs}
    only = periods.pop() if len(periods) == 1 else None
    if query.during is None or only is None or only.year is None:
        return None
    meant = resolve(query.during, only)
    # "Trong tháng" of a month's report names nothing narrower than the report.
    return None if query.during is not Vague.TO_DATE and same(meant, only) else meant


def touching(refs: Sequence[ReportRef], query: Query) -> tuple[ReportRef, ...]:
    """Return the reports on the asked place whose period touches one of the asked ones, in the order of ``refs``.

    A period of the same sort that the asked one is compared with counts: its report has the other level.
    """
    placed = _placed(refs, query)
    asked = (query.period, *query.others, *_compared(query))
    touched = {ref for period in asked for ref in in_period(placed, period)}
    return tuple(ref for ref in placed if ref in touched)


def _placed(refs: Sequence[ReportRef], query: Query) -> tuple[ReportRef, ...]:
    """Return the reports on the asked places; of "toàn tỉnh" those on areas of that level, all where there is none."""
    if query.place is None:
        level = _level_asked(query)
        return tuple(ref for ref in refs if level and fold(type_of(ref.area)) == level) or tuple(refs)
    named = _around(refs, query)
    asked = {ref for place in (query.place, *query.beside) for ref in in_place(named, place)}
    return tuple(ref for ref in refs if ref in asked)


def _around(refs: Sequence[ReportRef], query: Query) -> Sequence[ReportRef]:
    """Return the reports on the area a question names besides a part of it ("thôn X, xã Y"), all where none is."""
    if query.place is None or LEVELS.get(type_of(query.place)) != 0:
        return refs
    text = f" {' '.join(word.folded for word in words(query.text))} "
    own = tuple(ref for ref in refs if ref.area and f" {fold(ref.area)} " in text)
    return own or refs


def _level_asked(query: Query) -> str:
    """Return the folded type of place a question speaks of as a whole ("toàn tỉnh": "tinh"), "" for none."""
    spoken = unify(query.text) if query.accents else fold(query.text)
    match = re.search(_LEVEL_ASKED if query.accents else fold(_LEVEL_ASKED), spoken)
    return fold(match[1] or match[2]) if match is not None else ""


def _compared(query: Query) -> tuple[Period, ...]:
    """Return the bases of comparison with a year of their own ("so với quý I/2023"); () where no period is asked."""
    if query.period is None:
        return ()
    named = (p for span, p in find_periods(query.text) if is_base(query.text, span.start))
    return tuple(p for p in named if p.year is not None and p.kind is query.period.kind)


def in_period(refs: Sequence[ReportRef], asked: Period | None) -> tuple[ReportRef, ...]:
    """Return the reports whose period touches the asked one; all of them when none is asked."""
    if asked is None:
        return tuple(refs)
    if asked.kind in (PeriodKind.YEAR, PeriodKind.DATE, PeriodKind.RANGE) and asked.year is not None:
        # What a year came to is often told by the next year's reports ("rà soát cuối năm ...").
        first, last = asked.year, (asked.last_year or asked.year) + 1
        return tuple(ref for ref in refs if _years_touch(ref.period, first, last))
    return tuple(ref for ref in refs if ref.period is None or _touches(ref.period, asked))


def in_place(refs: Sequence[ReportRef], place: str | None) -> tuple[ReportRef, ...]:
    """Return the reports on the asked place itself; all of them when none is asked or none is on it alone."""
    own = tuple(ref for ref in refs if place is not None and ref.area and same_place(ref.area, place))
    return own or tuple(refs)


def _years_touch(own: Period | None, first: int, last: int) -> bool:
    return own is None or own.year is None or (own.year <= last and first <= (own.last_year or own.year))


def _touches(own: Period, asked: Period) -> bool:
    year = asked.year or own.year
    whole = own if own.year is not None else Period(own.kind, year, own.first_month, own.last_month)
    wanted = asked if asked.year is not None else Period(asked.kind, year, asked.first_month, asked.last_month)
    return same(whole, wanted) or contains(whole, wanted) or contains(wanted, whole)
