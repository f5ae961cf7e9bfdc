"""What "còn lại" names without a number: the total before it less its other parts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ingest.domain import FigureRole
from ingest.vi.normalise import fold
from ingest.vi.units import same_unit
from service.answer import weights
from service.answer.candidates import Candidate, Material
from service.answer.compute.couples import standing_at
from service.answer.compute.operands import PERCENT, Operand, single
from service.answer.compute.past import Stated
from service.answer.compute.show import Worked, draft_of, shown
from service.answer.compute.wording import spot
from service.answer.query_words import scorer
from service.answer.scoring import eligible, may_hold
from service.answer.tokens import bag, keys
from service.answer.views import FigureView, PassageView
from service.domain import Draft, Query, Want

_REST = re.compile(r"(?<!\w)(?:so )?con lai(?: deu)?(?: la| thuoc)?(?: cac)? ([^,.;:()]+)")
_SAID = " con lai "  # a passage without it names no rest
_PARTS = re.compile(r"trong do|gom|bao gom|chia ra|[:(]")
_NAMED = 0.75  # share of the question that total and rest have to say
_AROUND = 0.8  # what a word counts for that stands elsewhere in the total's sentence
_MAX_WORDS = 8
_OF_ALL = re.compile(r"^(?:\W|\d)*trong (?:tong )?so")


def rest(query: Query, material: Material, stated: Stated) -> Draft | None:
    """Return the part of a total that its sentence calls the rest and gives no number for; None for no such part.

    All words of that part stand in the question, and the other parts are told between the total and it.
    """
    if query.want not in (Want.FIGURE, Want.TEXT) or query.others or query.unit == PERCENT:
        return None
    if any(spot(query, group) for group in ("difference", "share", "times", "past", "moving")):
        return None
    asked = frozenset(fold(word) for word in keys(query.text))
    one = scorer(query, material.rarity)
    if not one.terms:
        return None
    for hit, view in zip(material.hits, material.views, strict=True):
        if _SAID not in view.spoken or not may_hold(one, view):
            continue
        known = set(map(id, eligible(one, hit, view)))
        for total, parts, name in _told(view):
            words = {fold(word) for word in keys(name)}
            own = ((total.own, 1.0), (total.clause_bag, 1.0), (bag(name), 1.0))
            around = (*own, (total.sentence_bag, _AROUND), (view.heading, weights.ZONE_HEADING))
            if id(total) in known and words and words <= asked and one.coverage(around) >= _NAMED:
                at = standing_at(hit, view, total)
                worked = _less(at, total, parts)
                if worked is not None:
                    return draft_of(worked)
    return None


def _told(view: PassageView) -> Iterator[tuple[FigureView, list[FigureView], str]]:
    """Yield total, numbered parts and the words of the rest of each sentence that has one."""
    for sentence in view.sentences:
        text = view.reading.text[sentence.at.start : sentence.at.end]
        match = _REST.search(fold(text))
        if match is None or len(match[1].split()) > _MAX_WORDS:
            continue
        start, end = sentence.at.start + match.start(), sentence.at.start + match.end()
        inside = [f for f in view.figures if sentence.at.start <= f.at.start < sentence.at.end]
        if any(start <= f.at.start < end for f in inside):
            continue  # it has its number
        before = [f for f in inside if f.at.end <= start and f.figure.role is FigureRole.LEVEL and single(f)]
        marks = list(_PARTS.finditer(fold(text[: match.start()])))
        if not before:
            continue
        cut = sentence.at.start + (marks[-1].start() if marks else 0)
        # "Có 90 hộ. Trong tổng số hộ có 60 hộ ..., còn lại là ...": the total stands in the sentence before.
        ahead = before if marks else list(view.figures) if _OF_ALL.match(fold(text)) else []
        totals = [f for f in ahead if f.at.end <= cut and same_unit(f.figure.unit, before[-1].figure.unit)]
        totals = [f for f in totals if f.figure.role is FigureRole.LEVEL and single(f)]
        total = totals[-1] if totals else None
        parts = [f for f in before if total and f.at.start >= cut and same_unit(f.figure.unit, total.figure.unit)]
        if total is not None and parts:
            yield total, parts, text[match.start(1) : match.end(1)]


def _less(at: Candidate, total: FigureView, parts: list[FigureView]) -> Worked | None:
    whole = Operand(at, total)
    others = tuple(Operand(at, part) for part in parts)
    taken = [part.in_scale_of(whole) for part in others]
    result = whole.value - sum(taken, Decimal(0))
    if result <= 0:
        return None
    return Worked(
        left=" − ".join(shown(value) for value in (whole.value, *taken)),
        result=result,
        unit=whole.unit,
        inputs=(whole, *others),
        rule="tổng số trừ các phần đã nêu",
    )
