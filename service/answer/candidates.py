"""Ranking what could answer, and choosing among reports of several periods and places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.domain import Period
from ingest.vi.normalise import fold
from service.answer import weights
from service.answer.fits import fits_want
from service.answer.scoring import Score, Scorer, may_hold, score_figure, score_sentence
from service.answer.tokens import Rarity
from service.answer.views import FigureView, PassageView, Stretch
from service.domain import Hit, ReportRef


@dataclass(frozen=True, slots=True)
class Material:
    """What the engine works on: hits best first, their opened passages in the same order, word rarities."""

    hits: tuple[Hit, ...]
    views: tuple[PassageView, ...]
    rarity: Rarity


@dataclass(frozen=True, slots=True)
class Candidate:
    """A figure (or, with ``figure`` None, a sentence) offered as the answer; ``stretch`` is what would be quoted."""

    score: Score
    hit: Hit
    view: PassageView
    figure: FigureView | None
    stretch: Stretch


@dataclass(frozen=True, slots=True)
class Choice:
    """The chosen candidate, the best ones of other places that fit as well, and whether older periods fit too."""

    best: Candidate
    rivals: tuple[Candidate, ...]
    older: bool


def figure_candidates(one: Scorer, material: Material) -> list[Candidate]:
    """Return the figures of the right period and place that are near enough, best first, ties in document order."""
    found = [
        Candidate(score, hit, view, figure, figure.segment)
        for hit, view in zip(material.hits, material.views, strict=True)
        if may_hold(one, view)
        for figure in view.figures
        if (score := score_figure(one, hit, view, figure, rarity=material.rarity)) is not None
    ]
    return sorted(found, key=_order)


def sentence_candidates(one: Scorer, material: Material) -> list[Candidate]:
    """Return every sentence that can hold what is asked for, best first."""
    found = [
        Candidate(score_sentence(one, hit, view, sentence), hit, view, None, sentence.at)
        for hit, view in zip(material.hits, material.views, strict=True)
        for sentence in view.sentences
        if fits_want(one.query, hit, view, sentence)
    ]
    return sorted(found, key=_order)


def choose(ranked: Sequence[Candidate], threshold: float) -> Choice | None:
    """Return the newest of the candidates that fit about as well as the first; None when none reaches ``threshold``.

    Reports of one area over several periods: the newest answers. Reports of several areas: all but the first are
    rivals, and the caller must ask which one is meant.
    """
    fitting = [c for c in ranked if c.score.fit >= threshold]
    if not fitting:
        return None
    floor = fitting[0].score.rank - weights.SAME_READING
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


def age_key(report: ReportRef) -> tuple[int, int, str]:
    """Order reports from old to new: year and last month of the period, then the date of issue."""
    period: Period | None = report.period
    year = (period.last_year or period.year or 0) if period else 0
    return (year, (period.last_month or 0) if period else 0, report.issued_on)


def _order(candidate: Candidate) -> tuple[float, int, int]:
    return (-candidate.score.rank, candidate.hit.rank, candidate.stretch.start)
