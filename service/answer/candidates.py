"""Ranking what could answer, and choosing among reports of several periods and places."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from ingest.domain import Figure, Period
from ingest.vi.normalise import fold, unify
from ingest.vi.units import same_unit, unit_kind
from service.answer import weights
from service.answer.asked_why import effect_terms
from service.answer.conditions import asks_condition, without_asking
from service.answer.dates import without_signing
from service.answer.fits import document_numbers, fits_want
from service.answer.grids import Grid
from service.answer.names import asked_document, asks_source, of_kind, without_document, without_source
from service.answer.offices import asks_office, without_kind
from service.answer.query_words import Scorer, scorer
from service.answer.ranker import margin_for
from service.answer.reasons import reason_views
from service.answer.scoring import Score, eligible, may_hold, near_score, score_figure, score_sentence, title_bag
from service.answer.sides import contrary, names_side
from service.answer.tokens import Bag, Rarity
from service.answer.views import FigureView, PassageView, SentenceView, Stretch
from service.domain import Hit, Query, ReportRef, Want
from service.understand.places import same_place
from service.understand.question import naming


@dataclass(frozen=True, slots=True)
class Material:
    """What the engine works on: hits best first, their opened passages in the same order, word rarities.

    ``tables`` lays open the tables of the sections that were hit, each with its report, best first. Made anew for each
    question, so what was ranked of it once is kept with it.
    """

    hits: tuple[Hit, ...]
    views: tuple[PassageView, ...]
    rarity: Rarity
    tables: Callable[[], tuple[tuple[ReportRef, Grid], ...]] = field(default=tuple, compare=False)
    _ranked: dict[Asked, tuple[Candidate, ...]] = field(default_factory=dict, init=False, compare=False, repr=False)


# What the ranking of figures depends on besides the material: the question, its words with their weights, the words and
# seasons it names, and the rank from which on figures are looked at.
_NEAREST = margin_for(weights.NEAREST)
Asked = tuple[Query, tuple[tuple[str, str, float], ...], frozenset[str], frozenset[str], float]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A figure (or, with ``figure`` None, a sentence) offered as the answer; ``stretch`` is what would be quoted."""

    score: Score
    hit: Hit
    view: PassageView
    figure: FigureView | None
    stretch: Stretch

    @property
    def text(self) -> str:
        """What would be quoted, as a person reads it."""
        return self.view.reading.text[self.stretch.start : self.stretch.end]


@dataclass(frozen=True, slots=True)
class Choice:
    """The chosen candidate, the best ones of other places that fit as well, and whether older periods fit too."""

    best: Candidate
    rivals: tuple[Candidate, ...]
    older: bool


def figure_candidates(one: Scorer, material: Material, *, least: float = _NEAREST) -> tuple[Candidate, ...]:
    """Return the figures of the right period and place that rank at least ``least``, best first.

    Ties stand in document order; () when nothing is near. Ranked once for each question and material.
    """
    asked = (one.query, one.terms, one.asked, one.seasons, least)
    known = material._ranked.get(asked)
    if known is None:
        known = material._ranked[asked] = tuple(_of_side(one.query, _of_place(one, _near(one, material, least))))
    return known


def standing(one: Scorer, material: Material, figure: Figure) -> Score | None:
    """Return how well a given figure of ``material`` answers; None when it is of another period or place."""
    for hit, view in zip(material.hits, material.views, strict=True):
        if figure in hit.figures and may_hold(one, view):
            for own in eligible(one, hit, view):
                if own.figure == figure:
                    return score_figure(one, hit, view, own, rarity=material.rarity)
    return None


def _near(one: Scorer, material: Material, least: float) -> list[Candidate]:
    found: list[Candidate] = []
    for hit, view in zip(material.hits, material.views, strict=True):
        for figure in eligible(one, hit, view) if may_hold(one, view) else ():
            score = near_score(one, hit, view, figure, rarity=material.rarity, least=least)
            if score is not None and not _contrary(one.query, view, figure):
                found.append(Candidate(score, hit, view, figure, figure.segment))
    return sorted(found, key=_order)


def _contrary(query: Query, view: PassageView, figure: FigureView) -> bool:
    """Tell whether a figure is of another side than the one asked about; "17/20" tells of both."""
    if figure.figure.whole is not None:
        return False

    def around() -> str:
        sentence = view.reading.text[figure.sentence.start : figure.sentence.end]
        return unify(" ".join((sentence, view.passage.context, *view.passage.section_path)))

    return contrary(query.text, figure.said, around, accents=query.accents)


def _of_side(query: Query, ranked: list[Candidate]) -> list[Candidate]:
    """Leave out figures that take no side where a passage has one of the side asked about, counted in the same way.

    One behind it in its sentence may have its subject from it ("tỷ lệ hộ nghèo 3,9%, mục tiêu còn 2,9%") and stays.
    """

    def named(candidate: Candidate) -> bool:
        said = candidate.figure.said if candidate.figure else ""
        return names_side(query.text, said, accents=query.accents)

    def gives_way(candidate: Candidate) -> bool:
        figure = candidate.figure
        if figure is None or named(candidate):
            return False
        kind = unit_kind(figure.figure.unit)
        beside = (o for passage, o in own if passage == candidate.view.passage.id and unit_kind(o.figure.unit) == kind)
        return any(o.sentence != figure.sentence or o.at.start > figure.at.start for o in beside)

    sure = (c for c in ranked if c.score.fit >= weights.OF_THAT_SIDE and named(c))
    own = [(c.view.passage.id, c.figure) for c in sure if c.figure is not None]
    return [c for c in ranked if not gives_way(c)] if own else ranked


def _of_place(one: Scorer, ranked: list[Candidate]) -> list[Candidate]:
    """Leave out figures of other places in a sentence that has a fitting one of the asked place itself."""
    asked = one.query.place
    if asked is None:
        return ranked
    own = {_sentence(c) for c in ranked if _stands_at(c, asked) and c.score.fit >= weights.ANSWERABLE}
    return [c for c in ranked if _sentence(c) not in own or _stands_at(c, asked)]


def _stands_at(candidate: Candidate, place: str) -> bool:
    own = candidate.figure.figure.place if candidate.figure else None
    return own is not None and same_place(own, place)


def _sentence(candidate: Candidate) -> tuple[str, Stretch]:
    return candidate.view.passage.id, candidate.figure.sentence if candidate.figure else candidate.stretch


def sentence_candidates(one: Scorer, material: Material, *, telling: bool = True) -> list[Candidate]:
    """Return every sentence that can hold what is asked for and, if so asked, has its most telling word, best first.

    Words that only shape the question are not looked for. Of a sentence that gives reasons each is offered by itself.
    """
    named = scorer(_named(one.query), material.rarity, common=False)
    leans = asks_office(one.query)
    found: list[Candidate] = []
    for hit, view in zip(material.hits, material.views, strict=True):
        before: Bag | None = None
        for sentence in _offered(one.query, view):
            lead = tuple(bag for bag in (before if leans else None, sentence.lead) if bag is not None)
            if fits_want(one.query, hit, view, sentence) and (
                not telling or named.has_heaviest(sentence.bag, view.heading, title_bag(hit.report), *lead)
            ):
                score = score_sentence(named, hit, view, sentence, lead=lead)
                found.append(Candidate(score, hit, view, None, sentence.at))
            before = sentence.bag
    return sorted(found, key=_order)


def _named(query: Query) -> Query:
    """Return the query with its naming words; a rise or fall to be explained is looked for by the reasons."""
    if asks_source(query):
        terms = without_source(query)
    else:
        terms = without_kind(query) if asked_document(query) is None else without_document(query)
        terms = without_asking(query) if asks_condition(query) else terms
        terms = without_signing(query) if query.want is Want.DATE else terms
    named = naming(replace(query, terms=terms, faint=query.faint | of_kind(query)))
    # A document has to be named in the passage or above it; there its number is one word with its year.
    numbers = document_numbers(query)
    named = replace(named, terms=tuple(t for t in named.terms if t not in numbers) or named.terms)
    return replace(named, terms=effect_terms(named)) if query.want is Want.REASON else named


def _offered(query: Query, view: PassageView) -> Iterable[SentenceView]:
    return reason_views(query, view) if query.want is Want.REASON else view.sentences


def choose(ranked: Sequence[Candidate], threshold: float, *, alike: float = weights.SAME_READING) -> Choice | None:
    """Return the newest of the candidates that fit about as well as the first; None when none reaches ``threshold``.

    About as well: ranked at most ``alike`` lower.

    Reports of one area over several periods: the newest answers. Reports of several areas: all but the first are
    rivals, and the caller must ask which one is meant.
    """
    fitting = [c for c in ranked if c.score.fit >= threshold]
    if not fitting:
        return None
    floor = fitting[0].score.rank - alike
    by_version: dict[str, Candidate] = {}
    for candidate in fitting:
        if candidate.score.rank >= floor:
            by_version.setdefault(candidate.hit.report.version_id, candidate)
    by_area: dict[str, list[Candidate]] = {}
    for candidate in by_version.values():
        by_area.setdefault(fold(candidate.hit.report.place), []).append(candidate)
    newest = [max(group, key=lambda c: age_key(c.hit.report)) for group in by_area.values()]
    best = max(newest, key=lambda c: c.score.rank)
    rivals = tuple(c for c in newest if c is not best)
    group = by_area[fold(best.hit.report.place)]
    return Choice(best, rivals, older=len(group) > 1)


def best_figure(query: Query, ranked: Sequence[Candidate]) -> Choice | None:
    """Return the figure that answers; one in the asked unit, less likely than none, if it stands out in its report."""
    choice = choose(ranked, weights.ANSWERABLE)
    if choice is not None or not query.unit:
        return choice
    by_version: dict[str, list[Candidate]] = {}
    for candidate in ranked:
        by_version.setdefault(candidate.hit.report.version_id, []).append(candidate)
    near = [c for c, *rest in by_version.values() if _in_unit(query, c) and _stands_above(c, rest)]
    return choose(near, weights.STANDING_FIGURE)


def _in_unit(query: Query, candidate: Candidate) -> bool:
    return candidate.figure is not None and same_unit(query.unit, candidate.figure.figure.unit)


def _stands_above(best: Candidate, others: Iterable[Candidate]) -> bool:
    amounts = ((c.score.rank, _amount(c)) for c in others)
    return all(best.score.rank - rank >= weights.ABOVE_OTHERS or told == _amount(best) for rank, told in amounts)


def _amount(candidate: Candidate) -> tuple[Decimal, str] | None:
    own = candidate.figure
    return (own.figure.value, unit_kind(own.figure.unit)) if own else None


def best_sentence(ranked: Sequence[Candidate], *, lower: bool, others: Iterable[Candidate] = ()) -> Choice | None:
    """Return the sentence that answers; one that has less of the question's words if it stands out from all others.

    ``lower``: whether one may stand out that way; ``others``: those it has to stand out from that may not answer.
    """
    choice = choose(ranked, weights.ANSWERABLE_TEXT, alike=weights.SAME_TEXT)
    if choice is not None or not ranked or not lower:
        return choice
    most = max(c.score.fit for c in ranked)
    near = [c for c in ranked if c.score.fit > most - weights.STANDS_OUT]
    own = {(c.view.passage.id, c.stretch) for c in near}
    beside = any(c.score.fit > most and (c.view.passage.id, c.stretch) not in own for c in others)
    return choose(near, weights.STANDING_OUT, alike=weights.SAME_TEXT) if len(near) == 1 and not beside else None


def alone(ranked: Sequence[Candidate]) -> Choice | None:
    """Return the first sentence if it is of the passages found first and stands out from all others.

    So much of a question is said there that a telling word it lacks is said in other words ("dời": "lùi").
    """
    if not ranked or ranked[0].hit.rank > weights.ALONE_HITS:
        return None
    sure = all(ranked[0].score.rank - c.score.rank >= weights.STANDS_OUT for c in ranked[1:2])
    return choose(ranked[:1], weights.ANSWERABLE_ALONE) if sure else None


def age_key(report: ReportRef) -> tuple[int, int, str]:
    """Order reports from old to new: year and last month of the period, then the date of issue."""
    period: Period | None = report.period
    year = (period.last_year or period.year or 0) if period else 0
    return (year, (period.last_month or 0) if period else 0, report.issued_on)


def _order(candidate: Candidate) -> tuple[float, int, int]:
    return (-candidate.score.rank, candidate.hit.rank, candidate.stretch.start)
