"""Where the words of a question stand around a figure: in what it counts, in its clause, in the headings, nowhere."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.vi.normalise import fold
from service.answer.kept import Far, Placed
from service.answer.measures import implied_words
from service.answer.people import is_person
from service.answer.query_words import Scorer
from service.answer.tokens import Rarity
from service.answer.views import FigureView, PassageView

# Where a word of the question is found, nearest place first; each word counts where it is found first.
ZONES = ("own", "clause", "segment", "heading", "sentence", "passage")
WORD_FEATURES = (
    *ZONES,
    "lead",  # beyond the clause, but before the figure in its sentence: what is spoken of
    "implied",  # the unit says it: cubic metres are a "khối lượng"
    "rival",  # found beyond the clause, but there it names another figure of the same unit and role
    "slip",  # found only after dropping accents
    "unknown",  # in no report at all
    "missing",  # in some report, but not here
    "all_own",  # no telling word is found farther off than the clause
    "all_near",  # none is found farther off than the headings
    "gap",  # the weight of the heaviest word found farther off than the headings or not at all
    "head",  # the first content words of the question, found in what the figure counts or its clause
)
_FAR_ZONES = ZONES[2:]
_FOUND = 0.9  # a synonym counts as the word; a slip of accents does not
_HEAD_WORDS = 3
_IN_CLAUSE = frozenset(("own", "clause", "implied"))
_NEAR = _IN_CLAUSE | {"segment", "heading", "lead"}


def placed(one: Scorer, passage: PassageView, figure: FigureView, *, rarity: Rarity) -> Placed:
    """Return what the places of the question's words around a figure tell."""
    places = _places(one, passage, figure, rarity)
    known = one.kept.placed.get(places)
    if known is None:
        known = one.kept.placed[places] = _told(one, places)
    return known


def far(one: Scorer, passage: PassageView, figure: FigureView, *, rarity: Rarity) -> Far:
    """Return where the question's words stand beyond the clause of a figure."""
    where = (figure.segment_bag, figure.sentence_bag, passage.whole)
    known = one.kept.far.get(where)
    if known is None:
        known = one.kept.far[where] = _beyond(one, passage, figure, rarity)
    return known


def near(one: Scorer, figure: FigureView) -> bool:
    """Tell whether any word of the question stands in what a figure counts or in its clause, accents aside."""
    nothing = one.kept.nothing
    return one.worths(figure.own) != nothing or one.worths(figure.clause_bag) != nothing


def _places(one: Scorer, passage: PassageView, figure: FigureView, rarity: Rarity) -> tuple[str, ...]:
    """Return for each word of the question the name of the feature it counts for."""
    beyond = far(one, passage, figure, rarity=rarity)
    implied = _implied(one, figure.figure.unit)
    nearby = near(one, figure)
    persons = _persons(one, figure.figure.unit)
    if not nearby and not implied and not persons and beyond.found.isdisjoint(figure.rivals | figure.leads_folded):
        return beyond.places
    own, clause = one.worths(figure.own), one.worths(figure.clause_bag)
    found: list[str] = []
    for at, (_, folded, _) in enumerate(one.terms):
        place = beyond.places[at]
        if own[at] >= _FOUND or folded in persons:
            found.append("own")
        elif clause[at] >= _FOUND:
            found.append("clause")
        elif place in _FAR_ZONES:
            found.append("rival" if folded in figure.rivals else _led(one, figure, at, place))
        elif folded in implied:
            found.append("implied")
        else:
            found.append("slip" if own[at] > 0 or clause[at] > 0 else place)
    return tuple(found)


def _persons(one: Scorer, unit: str) -> frozenset[str]:
    """Return the folded words of the question that count persons where ``unit`` does: "người" is said by "thí sinh"."""
    asked = one.query.unit
    return frozenset(fold(asked).split()) if is_person(asked) and is_person(unit) else frozenset()


def _led(one: Scorer, figure: FigureView, at: int, place: str) -> str:
    """Return "lead" for a word that stands in the sentence before the figure, else ``place``."""
    term, folded, _ = one.terms[at]
    said = term in figure.leads if one.query.accents else folded in figure.leads_folded
    return "lead" if said and place in ("segment", "sentence") else place


def _implied(one: Scorer, unit: str) -> frozenset[str]:
    known = one.kept.implied.get(unit)
    if known is None:
        known = one.kept.implied[unit] = implied_words(one.query.text, unit) & one.kept.words
    return known


def _beyond(one: Scorer, passage: PassageView, figure: FigureView, rarity: Rarity) -> Far:
    zones = (figure.segment_bag, passage.heading, figure.sentence_bag, passage.whole)
    worths = [one.worths(zone) for zone in zones]
    counts = rarity.exact if one.query.accents else rarity.folded
    places: list[str] = []
    found: set[str] = set()
    for at, (term, folded, _) in enumerate(one.terms):
        zone = next((n for n, worth in enumerate(worths) if worth[at] >= _FOUND), None)
        if zone is not None:
            places.append(_FAR_ZONES[zone])
            found.add(folded)
        elif any(worth[at] > 0 for worth in worths):
            places.append("slip")
        else:
            places.append("missing" if counts.get(term if one.query.accents else folded) else "unknown")
    pairs = sum(f" {pair} " in figure.spoken_far for pair in one.pairs) / len(one.pairs) if one.pairs else 0.0
    return Far(tuple(places), frozenset(found), pairs)


def _told(one: Scorer, places: Sequence[str]) -> Placed:
    """Return what the places of all words together tell: one word that stands elsewhere may be the one that matters."""
    seen: dict[str, float] = {}
    for (_, _, weight), place in zip(one.terms, places, strict=True):
        seen[place] = seen.get(place, 0.0) + weight
    head = sum(weight for _, _, weight in one.terms[:_HEAD_WORDS])
    found = sum(term[2] for term, place in zip(one.terms[:_HEAD_WORDS], places, strict=False) if place in _IN_CLAUSE)
    telling = [place for (term, _, _), place in zip(one.terms, places, strict=True) if term not in one.faint]
    gaps = [weight for (_, _, weight), place in zip(one.terms, places, strict=True) if place not in _NEAR]
    seen["head"] = found / head if head else 0.0
    seen["all_own"] = float(all(place in _IN_CLAUSE for place in telling))
    seen["all_near"] = float(all(place in _NEAR for place in telling))
    seen["gap"] = max(gaps, default=0.0)
    terms = zip(one.terms, places, strict=True)
    elsewhere = {folded: weight for (_, folded, weight), place in terms if place not in _IN_CLAUSE}
    return Placed(
        values=tuple(seen.get(name, 0.0) for name in WORD_FEATURES),
        after=tuple((a, b, elsewhere[b]) for a, b in one.neighbours if b in elsewhere),
        before=tuple((a, b, elsewhere[a]) for a, b in one.neighbours if a in elsewhere),
    )
