"""What is seen of a figure beside a question, as numbers: the input of the linear ranker (``service.answer.ranker``).

Every feature is between 0 and 1 (a share of the question's weight, or 1 for yes). None of them knows a word of any
report: a question is compared with what stands around a figure, whatever both are about.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ingest.domain import FigureRole, PassageKind, Period
from ingest.vi.normalise import fold
from ingest.vi.periods import same
from ingest.vi.units import same_unit, unit_kind
from service.answer.measures import implied_words, other_measure
from service.answer.people import is_person
from service.answer.query_words import Scorer
from service.answer.scope import is_plan, looks_ahead, scope_of
from service.answer.tokens import Rarity, key
from service.answer.views import FigureView, PassageView
from service.domain import Hit, Query

# Where a word of the question is found, nearest place first; each word counts where it is found first.
ZONES = ("own", "clause", "segment", "heading", "sentence", "passage")
FEATURES = (
    *ZONES,
    "implied",  # the unit says it: cubic metres are a "khối lượng"
    "rival",  # found beyond the clause, but there it names another figure of the same unit and role
    "slip",  # found only after dropping accents
    "unknown",  # in no report at all
    "missing",  # in some report, but not here
    "all_own",  # no telling word is found farther off than the clause
    "all_near",  # none is found farther off than the headings
    "gap",  # the weight of the heaviest word found farther off than the headings or not at all
    "head",  # the first content words of the question, found in what the figure counts or its clause
    "contrast_after",  # "đàn trâu" asked, "đàn bò" counted: the weight of the word in whose stead another stands
    "contrast_before",  # "lúa mùa" asked, "ngô mùa" counted
    "pairs_near",  # neighbouring words of the question that are neighbours in the indicator or clause
    "pairs_far",  # the same in its part of the sentence
    "extra",  # share of the indicator's weight that the question does not mention
    "unit_open",
    "unit_same",
    "unit_person",
    "unit_named",
    "unit_other",
    "measure_other",
    "plain_level",
    "plain_percent",
    "plain_target",
    "plain_change",
    "plain_other",
    "role_same",
    "role_as_level",
    "role_near",
    "role_other",
    "sub_period",
    "sub_place",
    "part_of_whole",  # "toàn huyện" asked, the figure is of one commune
    "far_place",
    "ahead",
    "period_own",  # the asked period is the figure's own, not only its report's
    "first",  # the first figure of its unit in the sentence: totals stand before their parts
    "rest",  # "thu khác": what is left over, when the question does not ask for that
    "bracketed",  # inside brackets: a part or a remark
    "table",
    "footnote",
    "retrieved",  # 1 / rank of its passage in retrieval
)
_FOUND = 0.9  # a synonym counts as the word; a slip of accents does not
_HEAD_WORDS = 3
_UNNAMED = 0.5  # a figure named by its place alone says neither that it is the one nor that it is another
_IN_CLAUSE = frozenset(("own", "clause", "implied"))
_NEAR = _IN_CLAUSE | {"segment", "heading"}

_LEVELS = (FigureRole.LEVEL, FigureRole.PROGRESS)
_ROLE_ALSO: Mapping[FigureRole, tuple[FigureRole, ...]] = {
    FigureRole.CHANGE: (FigureRole.YOY_RATIO,),
    FigureRole.YOY_RATIO: (FigureRole.CHANGE,),
    FigureRole.PLAN_RATIO: (FigureRole.PROGRESS,),
    FigureRole.PROGRESS: (FigureRole.PLAN_RATIO,),
}


def features(one: Scorer, hit: Hit, passage: PassageView, figure: FigureView, *, rarity: Rarity) -> tuple[float, ...]:
    """Return the values of ``FEATURES`` in their order."""
    query = one.query
    seen: dict[str, float] = {"retrieved": 1 / hit.rank, "extra": extra_words(one, figure, rarity)}
    places = tuple(_found(one, passage, figure, rarity))
    for (_, _, weight), found in zip(one.terms, places, strict=True):
        seen[found] = seen.get(found, 0.0) + weight
    seen |= _whole(one, places)
    seen |= _contrasts(one, places, figure)
    if one.pairs:
        seen["pairs_near"] = sum(f" {pair} " in figure.spoken_near for pair in one.pairs) / len(one.pairs)
        seen["pairs_far"] = sum(f" {pair} " in figure.spoken_far for pair in one.pairs) / len(one.pairs)
    for name in (_unit(query, figure), _role(query, hit, figure), *scope_of(query, hit, figure), *_place(passage)):
        seen[name] = 1.0
    seen["period_own"] = float(_of_asked_period(query.period, figure))
    seen["rest"] = float("khác" in figure.own.exact and "khac" not in one.asked)
    seen["first"] = float(figure.first)
    seen["bracketed"] = float(figure.bracketed)
    return tuple(seen.get(name, 0.0) for name in FEATURES)


def _whole(one: Scorer, places: Sequence[str]) -> dict[str, float]:
    """Return what the places of all words together tell: one word that stands elsewhere may be the one that matters."""
    head = sum(weight for _, _, weight in one.terms[:_HEAD_WORDS])
    found = sum(term[2] for term, place in zip(one.terms[:_HEAD_WORDS], places, strict=False) if place in _IN_CLAUSE)
    telling = [place for (term, _, _), place in zip(one.terms, places, strict=True) if term not in one.faint]
    gaps = [weight for (_, _, weight), place in zip(one.terms, places, strict=True) if place not in _NEAR]
    return {
        "head": found / head if head else 0.0,
        "all_own": float(all(place in _IN_CLAUSE for place in telling)),
        "all_near": float(all(place in _NEAR for place in telling)),
        "gap": max(gaps, default=0.0),
    }


def _contrasts(one: Scorer, places: Sequence[str], figure: FigureView) -> dict[str, float]:
    """Return the weight of the heaviest word in whose stead another word names the figure, after and before it."""
    terms = zip(one.terms, places, strict=True)
    far = {folded: weight for (_, folded, weight), place in terms if place not in _IN_CLAUSE}
    after = [far[b] for a, b in one.neighbours if b in far and other_after(figure, a, b)]
    before = [far[a] for a, b in one.neighbours if a in far and other_before(figure, a, b)]
    return {"contrast_after": max(after, default=0.0), "contrast_before": max(before, default=0.0)}


def other_after(figure: FigureView, first: str, second: str) -> bool:
    """Tell whether ``first`` is followed by another word than ``second`` wherever it names the figure."""
    following = figure.following.get(first, frozenset())
    return bool(following) and second not in following


def other_before(figure: FigureView, first: str, second: str) -> bool:
    """Tell whether ``second`` follows another word than ``first`` wherever it names the figure."""
    leading = figure.leading.get(second, frozenset())
    return bool(leading) and first not in leading


def extra_words(one: Scorer, figure: FigureView, rarity: Rarity) -> float:
    """Return the share of the indicator's weight that the question does not mention (0..1), place and unit left out."""
    accents = one.query.accents
    total = extra = 0.0
    for word, folded in figure.own.pairs:
        if folded in figure.beyond:
            continue
        weight = rarity.of(word if accents else folded, accents=accents)
        total += weight
        if folded not in one.asked and folded not in one.spoken:
            extra += weight
    return extra / total if total else _UNNAMED


def _found(one: Scorer, passage: PassageView, figure: FigureView, rarity: Rarity) -> Iterator[str]:
    """Yield for each word of the question the name of the feature it counts for."""
    zones = (
        figure.own, figure.clause_bag, figure.segment_bag, passage.heading, figure.sentence_bag, passage.whole
    )  # fmt: skip
    worths = [one.worths(zone) for zone in zones]
    implied = implied_words(one.query.text, figure.figure.unit)
    counts = rarity.exact if one.query.accents else rarity.folded
    for at, (term, folded, _) in enumerate(one.terms):
        zone = next((n for n in range(len(zones)) if worths[n][at] >= _FOUND), None)
        if zone is not None:
            yield "rival" if zone > 1 and folded in figure.rivals else ZONES[zone]
        elif folded in implied:
            yield "implied"
        elif any(worth[at] > 0 for worth in worths):
            yield "slip"
        else:
            yield "missing" if counts.get(term if one.query.accents else folded) else "unknown"


def _unit(query: Query, figure: FigureView) -> str:
    asked, own = query.unit, figure.figure.unit
    if not asked:
        return "measure_other" if query.role is None and other_measure(query.text, own) else "unit_open"
    if asked == "%":
        return "unit_same" if "%" in own else "unit_other"
    if same_unit(asked, own) or unit_kind(asked) == unit_kind(own) == "money":
        return "unit_same"
    if is_person(asked) and is_person(own):
        return "unit_person"
    named = figure.counted.folded  # not the indicator: that may be carried over from a figure of another unit
    both = unit_kind(asked) == unit_kind(own) == "count"
    return "unit_named" if both and all(fold(key(word)) in named for word in asked.split()) else "unit_other"


def _role(query: Query, hit: Hit, figure: FigureView) -> str:
    own, asked = figure.figure.role, query.role
    if asked is None:
        if own in _LEVELS:
            return "plain_level"
        if own is FigureRole.TARGET:
            return "plain_target"
        if own is FigureRole.CHANGE and query.unit != "%":
            return "plain_change"
        # A percentage asked for without saying of what may be any ratio; a plain "bao nhiêu" is not.
        return "plain_percent" if query.unit == "%" else "plain_other"
    if own is asked or (asked is FigureRole.PROGRESS and figure.figure.whole is not None):
        return "role_same"
    if own is FigureRole.LEVEL and _said_as_level(asked, hit, figure):
        return "role_as_level"
    return "role_near" if own in _ROLE_ALSO.get(asked, ()) else "role_other"


def _said_as_level(asked: FigureRole, hit: Hit, figure: FigureView) -> bool:
    """Tell whether what is asked for may be written as a plain level: a share as "18,5%", an aim in a plan."""
    if asked is FigureRole.SHARE:
        return "%" in figure.figure.unit
    planned = is_plan(hit.report) or looks_ahead(hit.passage.section_path)
    return asked is FigureRole.TARGET and planned


def _place(passage: PassageView) -> Iterator[str]:
    if passage.passage.kind is PassageKind.TABLE_ROW:
        yield "table"
    if passage.passage.footnote is not None:
        yield "footnote"


def _of_asked_period(asked: Period | None, figure: FigureView) -> bool:
    own = figure.figure.period
    return asked is not None and own is not None and same(asked, own, default_year=own.year)
