"""What is seen of a passage beside a question, as numbers: the input of the linear ``passage_ranker``.

Every feature is between 0 and 1 (a share of the question's weight, or 1 for yes). None of them knows a word of any
report: a question is compared with the fields of a passage, whatever both are about.
"""

from __future__ import annotations

from collections.abc import Sequence

from ingest.domain import FigureRole, PassageKind
from ingest.vi.normalise import fold
from ingest.vi.periods import same
from ingest.vi.units import same_measure
from service.answer import weights
from service.answer.fits import fits_want
from service.answer.query_words import Scorer
from service.answer.scope import looks_ahead, period_fits
from service.answer.scoring import eligible, may_hold, near_score
from service.answer.tokens import Bag, Rarity
from service.answer.views import PassageView
from service.domain import Hit, Query, Want
from service.understand.places import same_place

# What a first look gives, of every passage found.
FIRST = (
    "text",  # weight of the question's words that stand in the passage
    "context",  # ... that stand only in what leads to it: headings, table head, the sentence a note hangs on
    "gap",  # the heaviest word that is in neither
    "sentence",  # the most that stands in one sentence
    "sentence_in_context",  # ... with the words above it
    "title",  # what stands in the heading right above
    "title_asked",  # share of that heading's words that the question has
    "pairs",  # neighbouring words of the question that are neighbours in the passage
    "unit",  # a figure is of the asked unit
    "period_figure",  # a figure is of the asked period
    "period_other",  # neither a figure nor the report is
    "place_named",  # the asked place is named in the passage
    "place_heading",  # ... stands above it
    "place_other",  # ... nowhere, and is not the report's own
    "footnote",
    "row",
    "ahead",  # under tasks to come, where no aim is asked
    "meta",  # the part of the document where what is asked of the document itself is read
    "found",  # 1 / rank in the hybrid search
    "found_deep",  # the same, falling slowly
    "score",  # fused score against the best one
    "reread",  # 1 / rank by the text reranker; 0 without one
)
# What a closer look adds, of the passages that came first: each figure and sentence is weighed as for an answer.
CLOSER = (
    "figure",  # how near the nearest figure of the right period and place is
    "said",  # the most a sentence has that can hold what is asked for (a date, a name, a reason)
    "said_none",  # no sentence can
)
_DEEP = 10  # ranks over which "found_deep" falls to a half
_LEAST, _MOST = -4.0, 4.0  # margins of figures beyond which nothing more is told
_FOUND = 0.4  # a slip of accents still counts as a word found
_SIGNED = frozenset(("signer", "signer_role", "recipients"))  # fields read in the signature block


def first_look(one: Scorer, hit: Hit, view: PassageView, *, top: float) -> dict[str, float]:
    """Return the values of ``FIRST`` by name, without those that are 0; ``top``: the best fused score there is."""
    query = one.query
    values = {
        "found": 1 / hit.found,
        "found_deep": _DEEP / (_DEEP - 1 + hit.found),
        "score": hit.score / top if top else 0.0,
        "reread": hit.reread,
        "footnote": float(view.passage.kind is PassageKind.FOOTNOTE),
        "row": float(view.passage.kind is PassageKind.TABLE_ROW),
        "meta": float(bool(query.meta_field) and view.passage.kind is document_part(query.meta_field)),
        "ahead": float(query.role is not FigureRole.TARGET and looks_ahead(view.passage.section_path)),
        "unit": float(bool(query.unit) and any(same_measure(query.unit, f.figure.unit) for f in view.figures)),
        **(_words(one, view) if not query.meta_field else {}),  # words about the document name no passage of it
        **_period(query, hit, view),
        **_place(query, hit, view),
    }
    return {name: value for name, value in values.items() if value}


def closer_look(one: Scorer, hit: Hit, view: PassageView, *, rarity: Rarity) -> dict[str, float]:
    """Return the values of ``CLOSER`` by name, without those that are 0."""
    query = one.query
    values: dict[str, float] = {}
    if query.meta_field:
        return values
    asks_figure = query.want in (Want.FIGURE, Want.TEXT) or bool(query.unit) or query.role is not None
    if asks_figure and may_hold(one, view):
        margin = max(_margins(one, hit, view, rarity), default=_LEAST)
        values["figure"] = (min(margin, _MOST) - _LEAST) / (_MOST - _LEAST)
    if query.want is not Want.FIGURE:
        said = [_in_context(one, view, s.bag) for s in view.sentences if fits_want(query, hit, view, s)]
        values["said"] = max(said, default=0.0)
        values["said_none"] = float(not said)
    return {name: value for name, value in values.items() if value}


def document_part(meta_field: str) -> PassageKind:
    """Return the kind of passage where a field of the document itself is read ("signer": the signature block)."""
    return PassageKind.SIGNATURE if meta_field in _SIGNED else PassageKind.HEADER


def _margins(one: Scorer, hit: Hit, view: PassageView, rarity: Rarity) -> list[float]:
    scores = (near_score(one, hit, view, f, rarity=rarity, least=_LEAST) for f in eligible(one, hit, view))
    return [score.rank for score in scores if score is not None]


def _words(one: Scorer, view: PassageView) -> dict[str, float]:
    text, heading, title = one.worths(view.whole), one.worths(view.heading), view.title
    shares = [weight for _, _, weight in one.terms]
    either = [max(pair) for pair in zip(text, heading, strict=True)]
    covered = _sum(shares, text)
    asked = len(title.folded & one.asked) / len(title.folded) if title.folded else 0.0
    return {
        "text": covered,
        "context": _sum(shares, either) - covered,
        "gap": max((w for w, worth in zip(shares, either, strict=True) if worth < _FOUND), default=0.0),
        "sentence": max((_sum(shares, one.worths(s.bag)) for s in view.sentences), default=0.0),
        "sentence_in_context": max((_in_context(one, view, s.bag) for s in view.sentences), default=0.0),
        "title": _sum(shares, one.worths(title)),
        "title_asked": asked,
        "pairs": sum(f" {pair} " in view.spoken for pair in one.pairs) / len(one.pairs) if one.pairs else 0.0,
    }


def _in_context(one: Scorer, view: PassageView, sentence: Bag) -> float:
    """Return the weight of the question's words in a sentence, those of the headings counted for less."""
    own, above = one.worths(sentence), one.worths(view.heading)
    return sum(
        weight * max(here, weights.ZONE_HEADING * over)
        for (_, _, weight), here, over in zip(one.terms, own, above, strict=True)
    )


def _sum(shares: Sequence[float], worths: Sequence[float]) -> float:
    return sum(share * worth for share, worth in zip(shares, worths, strict=True))


def _period(query: Query, hit: Hit, view: PassageView) -> dict[str, float]:
    asked = [period for period in (query.period, *query.others) if period is not None]
    if not asked:
        return {}
    report = hit.report.period
    year = report.year if report is not None else None
    own = {figure.figure.period for figure in view.figures} - {None}
    held = any(same(one, period, default_year=year) for one in asked for period in own if period is not None)
    fits = held or any(period_fits(one, None, report) for one in asked)
    return {"period_figure": float(held), "period_other": float(not fits)}


def _place(query: Query, hit: Hit, view: PassageView) -> dict[str, float]:
    if query.place is None:
        return {}
    name = fold(query.place)
    named = f" {name} " in view.spoken
    above = name in fold(view.passage.context)
    other = not (named or above or same_place(hit.report.area, query.place))
    told = {"place_named": named, "place_heading": above, "place_other": other}
    return {key: float(value) for key, value in told.items()}
