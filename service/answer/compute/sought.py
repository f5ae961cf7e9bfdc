"""What is looked for when a difference is asked for: the question's words weighed, and which figures count as asked."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ingest.domain import FigureRole
from ingest.vi.normalise import fold
from ingest.vi.units import same_count, unit_kind
from service.answer.candidates import Material
from service.answer.compute.operands import LEVELS, PERCENT, POINTS, single
from service.answer.compute.relation import ANY, Relation
from service.answer.features import extra_words
from service.answer.measures import other_measure
from service.answer.people import is_person
from service.answer.query_words import Scorer, scorer
from service.answer.scoring import may_hold
from service.answer.views import FigureView, PassageView

ROLES = (*LEVELS, FigureRole.TARGET)
_PERSONS = frozenset(("em", "chau", "nguoi"))
HEADING = 0.6  # what a word of the question counts for in the headings
_SHARES = (FigureRole.SHARE, FigureRole.PLAN_RATIO, FigureRole.CHANGE)
_LEAST = 0.5  # share of the question that a passage with its headings has to say
_CARRIED = 0.3  # what a word of a figure's name counts for that stands before its sentence
# A unit named though none was asked for; a noun of another kind said beside the number; a measure that is another.
_COUNTED, _OTHER_COUNT, _OTHER_MEASURE = 0.3, -0.1, -0.2


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for, its words weighed: those of the whole question, of its two sides, of what "chưa" denies."""

    asked: Relation
    whole: Scorer
    first: Scorer
    second: Scorer
    denied: Scorer
    giver: Scorer
    material: Material


def sought(asked: Relation, material: Material) -> Sought:
    """Weigh the words of a question by the material."""
    lists = (asked.plain.terms, *asked.sides, asked.denied, asked.giver)
    whole, first, second, denied, giver = (scorer(replace(asked.plain, terms=t), material.rarity) for t in lists)
    return Sought(asked, whole, first, second, denied, giver, material)


def speaks_of(whole: Scorer, view: PassageView) -> bool:
    """Tell whether a passage with its headings says enough of a question for its figures to be looked at."""
    zones = ((view.whole, 1.0), (view.heading, HEADING))
    return may_hold(whole, view) and whole.coverage(zones) >= _LEAST


def measured(asked: Relation, figure: FigureView) -> float | None:
    """Return how well a unit is the one asked for, 0 for no objection; None where it is another."""
    unit, wanted = figure.figure.unit, asked.plain.unit
    if wanted in (PERCENT, POINTS):
        return 0.0 if unit == PERCENT else None
    if wanted and not (same_count(wanted, unit.partition("/")[0]) or same_count(wanted, unit)):
        counts = {unit_kind(wanted), unit_kind(unit)} <= {"count", ""}
        if counts and fold(wanted) in ANY and (is_person(unit) or fold(wanted) not in _PERSONS):
            return 0.0
        said = set(fold(wanted).split()) <= figure.own.folded | figure.segment_bag.folded
        return _OTHER_COUNT if counts and said and fold(wanted) not in _PERSONS else None
    if not wanted and other_measure(asked.plain.text, unit):
        return _OTHER_MEASURE
    counted = unit and set(fold(unit).split()) <= set(map(fold, asked.plain.terms))
    return _COUNTED if counted and not wanted else 0.0


def extra(one: Scorer, view: PassageView, figure: FigureView, material: Material) -> float:
    """Return the share of a figure's name that the question does not speak of, words from above it at a third."""
    own, carried = extra_words(one, view, figure, material.rarity)
    return own + _CARRIED * carried


def usable(figure: FigureView) -> bool:
    """Tell whether a figure may stand in a difference: one number with a unit, a level, an aim or a percentage."""
    own = figure.figure
    return bool(own.unit) and single(figure) and (own.role in ROLES or (own.unit == PERCENT and own.role in _SHARES))
