"""How well a figure or a sentence answers a question."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache

from ingest.domain import FigureRole
from ingest.vi.normalise import fold, unify
from service.answer import weights
from service.answer.called import figure_named, number_fits
from service.answer.denials import other_column
from service.answer.feasts import feast_fits
from service.answer.features import FEATURES, add_minor, features, main_features
from service.answer.listed import enumerations
from service.answer.measures import measure_words
from service.answer.query_words import Scorer
from service.answer.ranker import likely, load_ranker
from service.answer.scope import figure_period_fits, is_later, place_fits
from service.answer.tokens import Bag, Rarity, bag, keys
from service.answer.views import FigureView, PassageView, SentenceView
from service.domain import Hit, ReportRef, Want

# What became of people, by folded words that stand together.
_FATES = {
    "dead": ({"chet"}, {"tu", "vong"}, {"thiet", "mang"}),
    "hurt": ({"thuong"},),
    "missing": ({"mat", "tich"},),
}
# Another thing than the one asked for, however many words agree: the change for the level, a commune for the district.
_OTHERS = ("contrast_after", "contrast_before", "role_other", "plain_change", "plain_other", "part_of_whole", "rest")
# "X là gì", "X là môn gì": told by "X là Y".
_DEFINED = re.compile(r"(?<!\w)la (?:\w+ ){0,2}(?:gi|nao)\W*$")
# Lines that open with what they tell: "Chủ trì: ...", "Địa điểm: ...".
_LABEL = re.compile(r"\W*([^:.;,()]{2,60}):\s")
_KINDS = {Want.PLACE: frozenset(("dia", "diem")), Want.DATE: frozenset(("thoi", "gian"))}
_POINTS_BACK = re.compile(r"(?<!\w)(?:này|nêu trên|nói trên|trên đây)(?!\w)")
_NEXT = re.compile(r"(?<!\w)(?:toi|sau|tiep theo|ke tiep|truoc)(?!\w)")
_SLACK = 1e-9  # sums of one thing in another order differ by less
_OTHER_THING = tuple(FEATURES.index(name) for name in _OTHERS)

# Asked for, a difference in percentage points is none of them.
_NO_DIFFERENCE = (FigureRole.TARGET, FigureRole.PLAN_RATIO, FigureRole.SHARE, FigureRole.PROGRESS)


@dataclass(frozen=True, slots=True)
class Score:
    """``fit``: how likely it is the answer (0..1, decides whether to answer); ``rank``: orders what fits."""

    fit: float
    rank: float


def may_hold(one: Scorer, passage: PassageView) -> bool:
    """Tell whether any figure of ``passage`` can be near the question: a cheap bound from the passage's words."""
    zones = ((passage.whole, 1.0), (passage.heading, 1.0))
    return one.coverage(zones, implied=measure_words(one.query.text)) >= weights.MAY_HOLD


def eligible(one: Scorer, hit: Hit, passage: PassageView) -> Iterator[FigureView]:
    """Yield the figures of the right period, place and season that the question does not itself state."""
    query, fates = one.query, _fates(one.asked)
    if not query.beside and not query.others and not figure_named(query, hit, passage):
        return
    for figure in passage.figures:
        if not figure_period_fits(query.period, figure, hit.report.period) or _echoed(one, figure):
            continue
        if one.seasons and figure.seasons and one.seasons.isdisjoint(figure.seasons):
            continue
        if (_is_difference(figure) and query.role in _NO_DIFFERENCE) or is_later(query, figure, passage):
            continue
        if other_column(query, figure, passage) or _other_fate(fates, figure, passage):
            continue
        if not place_fits(query, hit, passage, figure):
            continue
        if number_fits(query, passage, figure) and feast_fits(query, hit, passage, figure):
            yield figure


def _is_difference(figure: FigureView) -> bool:
    """Tell whether a figure can only be by how much two shares differ ("cao hơn chỉ tiêu 3,6 điểm phần trăm")."""
    return figure.figure.unit == "điểm %"


def score_figure(one: Scorer, hit: Hit, passage: PassageView, figure: FigureView, *, rarity: Rarity) -> Score:
    """Return how well an eligible figure answers."""
    return _scored(features(one, hit, passage, figure, rarity=rarity))


def near_score(
    one: Scorer, hit: Hit, passage: PassageView, figure: FigureView, *, rarity: Rarity, least: float
) -> Score | None:
    """Return how well an eligible figure answers; None when it ranks below ``least``.

    Most figures are far off: those that no minor feature could bring near are not looked at closer.
    """
    ranker = load_ranker()
    values = main_features(one, hit, passage, figure, rarity=rarity)
    if ranker.margin(values) + ranker.minor < least - _SLACK:
        return None
    add_minor(values, one, hit, passage, figure, rarity=rarity)
    score = _scored(values)
    return score if score.rank >= least else None


def _scored(values: Sequence[float]) -> Score:
    margin = load_ranker().margin(values)
    if max(values[at] for at in _OTHER_THING) >= weights.CONTRADICTED:
        margin = min(margin, weights.CONTRADICTED_RANK)
    return Score(likely(margin), margin)


def score_sentence(
    one: Scorer, hit: Hit, passage: PassageView, sentence: SentenceView, *, lead: Sequence[Bag] = ()
) -> Score:
    """Return how much of the question a sentence with its headings covers; ``lead``: sentences it leans on."""
    before = [(bag, weights.ZONE_HEADING) for bag in lead]
    before += [(bag, weights.ZONE_ABOVE) for bag in sentence.above]
    told = passage.reading.text[sentence.at.start : sentence.at.end]
    if sentence.above and _POINTS_BACK.search(unify(told)):
        before.append((sentence.above[-1], weights.ZONE_HEADING))
    named = _labelled(one, told)
    zones = (
        *before,
        (title_bag(hit.report), 1.0 if named else weights.ZONE_ABOVE),
        (sentence.bag, 1.0),
        (passage.heading, weights.ZONE_HEADING),
        (passage.whole, weights.ZONE_PASSAGE),
    )
    fit = one.coverage(zones)
    text = f" {' '.join(fold(k) for k in keys(told))} "
    pairs = sum(f" {pair} " in text for pair in one.pairs) / len(one.pairs) if one.pairs else 0.0
    defining = _DEFINED.search(fold(one.query.text)) is not None
    if defining and one.query.want is Want.NAME and one.pairs and not pairs and not one.reworded:
        heading = f" {' '.join(fold(k) for k in keys(' '.join(passage.passage.section_path)))} "
        fit = fit if any(f" {pair} " in heading for pair in one.pairs) else fit * weights.SCATTERED
    lists = one.query.want is Want.LIST and bool(enumerations(told))
    bonus = weights.PAIR_BONUS * (pairs + (defining and " la " in text) + named + lists)
    return Score(fit, fit + bonus + weights.RANK_BONUS / hit.rank)


def _labelled(one: Scorer, told: str) -> bool:
    """Tell whether a line of a head opens with what is asked for: "Chủ trì: ...", "Địa điểm: ..." where it was."""
    label = _LABEL.match(told)
    if label is None:
        return False
    words = {fold(k) for k in keys(label[1])}
    kind = _KINDS.get(one.query.want, frozenset())
    of_this = kind <= words and bool(kind) and not _NEXT.search(fold(one.query.text))
    return bool(words) and (words <= one.spoken or of_this)


@lru_cache(maxsize=1024)
def title_bag(report: ReportRef) -> Bag:
    """Return the words of a report's title and issuer: what and whom it is about need not be said again in it."""
    return bag(report.title, report.issuer)


def _other_fate(asked: Set[str], figure: FigureView, passage: PassageView) -> bool:
    """Tell whether the figure counts people of another fate than the one asked for (chết, bị thương, mất tích).

    One that names no fate counts others where its sentence has one that does: "11 ca thủy đậu, 01 ca tử vong".
    """
    own = _fates(figure.own.folded) if asked else asked
    if own or not asked:
        return bool(own) and own.isdisjoint(asked)
    beside = (f for f in passage.figures if f.sentence == figure.sentence and f.figure.unit == figure.figure.unit)
    return any(_fates(other.own.folded) & asked for other in beside)


def _fates(words: frozenset[str]) -> Set[str]:
    return {fate for fate, names in _FATES.items() if any(name <= words for name in names)}


def _echoed(one: Scorer, figure: FigureView) -> bool:
    """Tell whether the question itself states the figure: it asks for another one. "Tháng 11" states no 11."""
    if not one.stated:
        return False
    said = re.escape(fold(figure.figure.text))
    return re.search(rf"(?<![\w.,/]){said}(?![\w/]|[.,]\d)", one.stated) is not None
