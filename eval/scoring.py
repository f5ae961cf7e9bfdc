"""A question and what it gave → its scores → means by kind. Nothing drops out: what is missing scores the worst."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from eval import metrics
from eval.grounding import Grounding, grounding
from eval.outcome import Given, Place, Target, supports
from eval.questions import Kind, Question
from service.domain import Status

TOTAL = "total"
PLAIN, HARD = "straightforward", "hard"  # rows over the answerable questions a set calls so
# Measure -> the questions it is averaged over.
ALL, ANSWERABLE, UNANSWERABLE = "all", "answerable", "unanswerable"
OVER: Mapping[str, str] = {
    "right": ALL,
    "correct": ANSWERABLE,
    "exact": ANSWERABLE,
    "cite first": ANSWERABLE,
    "cite any": ANSWERABLE,
    "false refusal": ANSWERABLE,
    "false answer": UNANSWERABLE,
    "crashed": ALL,
    "hit@1": ANSWERABLE,
    "hit@3": ANSWERABLE,
    "hit@10": ANSWERABLE,
    "hit@24": ANSWERABLE,
    "MRR@10": ANSWERABLE,
    "all@3": ANSWERABLE,
    "all@10": ANSWERABLE,
}
RETRIEVAL = ("hit@1", "hit@3", "hit@10", "hit@24", "MRR@10", "all@3", "all@10")
QUOTES = "quotes exact"
LOOSE = "loose numbers"  # of the numbers shown, those in no quote they cite


@dataclass(frozen=True, slots=True)
class Score:
    """The scores of one question, by the names of ``OVER``, how many citations it has and how many quote truly, and
    which numbers of its answer stand in none of them.

    ``right``: answered correctly with the right first citation, or rightly refused (asked back, where it
    can be read in several ways).
    """

    question: Question
    values: Mapping[str, float]
    quotes: int
    quotes_exact: int
    grounding: Grounding


@dataclass(frozen=True, slots=True)
class Summary:
    """Means over the questions of a kind (or all). None: nothing to average, or not measured at all."""

    name: str
    questions: int
    means: Mapping[str, float | None]


def score(question: Question, given: Given, wanted: Sequence[Target]) -> Score:
    """Return the scores of one question; ``wanted`` is its evidence as found in the reports."""
    cited = [supports(one.place, wanted) for one in given.citations]
    answered = given.status is Status.ANSWERED
    shown = given.shown if answered else ""
    correct = metrics.answer_correct(shown, question.answers)
    first = metrics.first_citation_correct(cited) if answered else 0.0
    values = {
        "right": correct * first if question.answerable else _rightly_not_answered(question, given.status),
        "correct": correct,
        "exact": metrics.short_answer_exact(given.short_answer if answered else None, question.answers),
        "cite first": first,
        "cite any": metrics.any_citation_correct(cited) if answered else 0.0,
        "false refusal": metrics.false_refusal(given.status),
        "false answer": metrics.false_answer(given.status),
        "crashed": float(given.status is None),
        **retrieval_values(given.hits or (), wanted),
    }
    true = sum(one.quote == one.original and one.quote != "" for one in given.citations)
    return Score(question, values, len(given.citations), true, grounding(given))


def retrieval_values(hits: Sequence[Place], wanted: Sequence[Target]) -> dict[str, float]:
    """Return the values of ``RETRIEVAL`` for retrieved passages, best first."""
    found = [supports(one, wanted) for one in hits]
    ranks = [next((at for at, one in enumerate(hits, start=1) if supports(one, (piece,))), None) for piece in wanted]
    return {
        **{f"hit@{k}": metrics.hit_at_k(found, k=k) for k in (1, 3, 10, 24)},
        "MRR@10": metrics.reciprocal_rank(found, k=10),
        **{f"all@{k}": metrics.all_at_k(ranks, k=k) for k in (3, 10)},
    }


def summarise(scores: Iterable[Score], *, retrieval: bool = True) -> tuple[Summary, ...]:
    """Return the means of each kind, in the order the kinds first appear, then of all under ``TOTAL``.

    Where the set tells hard questions from straightforward ones, the answerable ones of each have a row before that.

    ``retrieval`` False leaves the retrieval measures out (None): the hits were not looked at.
    """
    listed = tuple(scores)
    by_kind: dict[str, list[Score]] = {}
    for one in listed:
        by_kind.setdefault(one.question.kind.value, []).append(one)
    told = [(name, [one for one in listed if _called(one.question, hard=name == HARD)]) for name in (PLAIN, HARD)]
    groups = [*by_kind.items(), *(pair for pair in told if pair[1]), (TOTAL, list(listed))]
    return tuple(_summary(name, group, retrieval=retrieval) for name, group in groups)


def _rightly_not_answered(question: Question, status: Status | None) -> float:
    return metrics.asked_back(status) if question.kind is Kind.AMBIGUOUS else metrics.refused(status)


def _summary(name: str, scores: Sequence[Score], *, retrieval: bool) -> Summary:
    means: dict[str, float | None] = {}
    for measure, over in OVER.items():
        values = [one.values[measure] for one in scores if _counts(one.question, over)]
        means[measure] = metrics.mean(values) if values and (retrieval or measure not in RETRIEVAL) else None
    quotes = sum(one.quotes for one in scores)
    means[QUOTES] = sum(one.quotes_exact for one in scores) / quotes if quotes else None
    shown = sum(one.grounding.numbers for one in scores)
    means[LOOSE] = sum(len(one.grounding.loose) for one in scores) / shown if shown else None
    return Summary(name, len(scores), means)


def _called(question: Question, *, hard: bool) -> bool:
    return question.answerable and question.hard is hard


def _counts(question: Question, over: str) -> bool:
    return over == ALL or question.answerable == (over == ANSWERABLE)
