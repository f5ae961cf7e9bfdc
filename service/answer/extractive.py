"""The extractive engine: the figure or sentence that answers, with the report's own words as the answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.domain import Figure
from service.answer import weights
from service.answer.abstain import not_said, which_matter, which_place
from service.answer.between import between
from service.answer.candidates import (
    Candidate,
    Choice,
    Material,
    alone,
    best_figure,
    best_sentence,
    choose,
    figure_candidates,
    sentence_candidates,
    standing,
)
from service.answer.cell_choice import by_cell
from service.answer.cells import cell_told
from service.answer.compare import side_by_side
from service.answer.compute.compute import computed
from service.answer.compute.plan import asks_left
from service.answer.conditions import as_condition
from service.answer.conflicts import with_conflict
from service.answer.denials import denied_otherwise
from service.answer.drafting import draft_of
from service.answer.duties import asked_office, duties
from service.answer.effects import effect
from service.answer.followups import follow_ups
from service.answer.located import reason_beside
from service.answer.metadata import Document, answer_about_document, asks_about_document
from service.answer.names import asks_rank
from service.answer.notes import noted
from service.answer.nothing import none_told
from service.answer.parts import answer_parts
from service.answer.persons import asks_holder, persons
from service.answer.premises import corrected
from service.answer.query_words import Scorer, scorer
from service.answer.ranking import of_two, rank, says_which
from service.answer.row_answers import counted_rows, picked_rows
from service.answer.under_headings import gathered
from service.answer.verdicts import verdict
from service.domain import Abstention, Draft, Query, Want
from service.understand.question import understand

# Follow-up questions are made from, and checked against, the best passages only: each check scores them all.
_FOLLOW_UP_HITS = 8


@dataclass(frozen=True, slots=True)
class Outcome:
    """A draft or an abstention, with the follow-up questions the same material can answer."""

    result: Draft | Abstention
    suggestions: tuple[str, ...] = ()


def answer(query: Query, material: Material, *, documents: Sequence[Document] = ()) -> Outcome:
    """Return a draft whose every word stands in a report, or the reason why the reports do not say.

    What is not stated but follows from stated figures is worked out. ``documents`` are the reports a question about the
    document itself is answered from.
    """
    if (picked := picked_rows(query, material)) is not None:
        return Outcome(picked)
    if query.loose and not asks_left(query) and (listed := answer_parts(query, material)) is not None:
        return Outcome(listed)
    known: dict[Query, Draft | None] = {}

    def told(plain: Query) -> Draft | None:
        if plain not in known:
            found = stated(plain, material, suggesting=False).result
            known[plain] = found if isinstance(found, Draft) else None
        return known[plain]

    worked = computed(query, material, stated=told)
    outcome = Outcome(worked) if worked is not None else stated(query, material, documents=documents)
    if isinstance(outcome.result, Abstention) and (counted := counted_rows(query, material)) is not None:
        return Outcome(counted)
    return outcome


def stated(query: Query, material: Material, *, documents: Sequence[Document] = (), suggesting: bool = True) -> Outcome:
    """Return what the reports state themselves, or the reason why they do not say; nothing is worked out.

    ``suggesting``: whether follow-up questions are looked for, which takes as long as the answer.
    """
    if asks_about_document(query, documents):
        return Outcome(answer_about_document(query, documents))
    if (decided := between(query, material)) is not None:
        return Outcome(decided)
    if query.others or query.beside or query.every_period:
        return Outcome(_beside(query, material))
    if (several := of_two(query, material) or answer_parts(query, material)) is not None:
        return Outcome(several)
    one = scorer(query, material.rarity)
    if asked_office(query) is not None:
        charged = duties(query, material)
        return Outcome(charged if charged is not None else not_said(one, material))
    if (first := rank(query, material)) is not None:
        return Outcome(first)
    if not one.terms:
        return Outcome(which_matter(query, material))
    if (settled := _settled(one, material)) is not None:
        return Outcome(settled)
    one, choice = _chosen(one, material)
    choice = by_cell(one, material, choice)
    if (none := none_told(one, material, choice)) is not None:
        return Outcome(none)
    if choice is None:
        return Outcome(not_said(one, material))
    result = _drafted(one, choice, material)
    return Outcome(result, _suggestions(query, material, choice) if suggesting and isinstance(result, Draft) else ())


def _drafted(one: Scorer, choice: Choice, material: Material) -> Draft | Abstention:
    query = one.query
    if choice.rivals:
        return which_place(query, choice)
    draft = noted(draft_of(query, choice), query, choice.best, material)
    if denied_otherwise(query, draft):
        return not_said(one, material)
    return with_conflict(query, choice, draft, figure_candidates(one, material))


def _settled(one: Scorer, material: Material) -> Draft | Abstention | None:
    """Return what a table says in words, the correction of a false premise, a verdict, what came of something or what
    a heading gathers; None for none of them.

    A verdict that two places would give differently is an abstention.
    """
    query = one.query
    told = cell_told(one, material) or corrected(query, material)
    if query.want is Want.YES_NO:
        return told or verdict(query, material)
    return told or effect(query, material) or gathered(query, material)


def _beside(query: Query, material: Material) -> Draft | Abstention:
    return side_by_side(query, lambda single: stated(single, material, suggesting=False).result, material)


def _suggestions(query: Query, material: Material, choice: Choice) -> tuple[str, ...]:
    near = Material(material.hits[:_FOLLOW_UP_HITS], material.views[:_FOLLOW_UP_HITS], material.rarity)

    def answered(question: str, figure: Figure) -> bool:
        one = scorer(understand(question, places={}), near.rarity)
        own = standing(one, near, figure)
        if own is None or own.fit < weights.ANSWERABLE or one.query.want is not Want.FIGURE:
            return False
        # What ranks lower than this has no say in what is chosen.
        found = choose(figure_candidates(one, near, least=own.rank - weights.SAME_READING), weights.ANSWERABLE)
        return found is not None and found.best.figure is not None and found.best.figure.figure == figure

    return follow_ups(query, near, choice.best, answered=answered)


def _chosen(one: Scorer, material: Material) -> tuple[Scorer, Choice | None]:
    """Return the best figure or sentence; to "khi nào" without any date the condition that is told instead."""
    choice = _choose(one, material) if one.query.want is not Want.YES_NO else None
    if choice is None and (conditional := as_condition(one.query)) is not None:
        other = scorer(conditional, material.rarity)
        return other, _choose(other, material)
    return one, choice


def _choose(one: Scorer, material: Material) -> Choice | None:
    query = one.query
    if query.extreme is not None:
        # No figures to set against each other: without a sentence that says which is first the best would be a guess.
        return best_sentence([c for c in sentence_candidates(one, material) if says_which(query, c)], lower=False)
    if asks_rank(query):
        return best_sentence(sentence_candidates(one, material), lower=True)
    if query.want is Want.FIGURE or (query.want is Want.TEXT and (query.role is not None or bool(query.unit))):
        choice = best_figure(query, figure_candidates(one, material))
    elif query.want is Want.TEXT:
        # A bare noun phrase names an indicator or a topic: a figure has to fit well to be what is meant.
        choice = choose(figure_candidates(one, material), weights.NAMED_FIGURE)
    else:
        choice = None
    return _sentence(one, material) if choice is None and query.want is not Want.FIGURE else choice


def _sentence(one: Scorer, material: Material) -> Choice | None:
    """Return the sentence that answers; for its words, for standing out, as the reason beside what is asked about."""
    query = one.query
    offered = sentence_candidates(one, material, telling=False)
    telling = sentence_candidates(one, material)
    choice = best_sentence(telling, lower=query.want is not Want.PERSON, others=offered)
    if choice is None and (choice := reason_beside(one, material)) is None and not asks_holder(query):
        choice = alone([c for c in offered if _may_stand_alone(query, c)])
    return choice


def _may_stand_alone(query: Query, candidate: Candidate) -> bool:
    """Tell whether a sentence names a person where one is asked for: an office does not stand for who won a prize.

    A reason that says less of the question has to stand beside what it explains, which is looked for elsewhere.
    """
    if query.want is Want.REASON:
        return candidate.score.fit >= weights.ANSWERABLE_TEXT
    return query.want is not Want.PERSON or bool(persons(candidate.text))
