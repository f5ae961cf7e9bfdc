"""Every answerable question asked in its own form and typed again in other ways: is the answer the same?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from eval.asking import Backend
from eval.compare import same_wording
from eval.outcome import Given, ReportText, is_named, targets
from eval.questions import Question
from eval.retyping import Way, retyped
from eval.runner import Progress, silent
from eval.scoring import score
from service.domain import Status


@dataclass(frozen=True, slots=True)
class Again:
    """One question typed again: what it then read, and what held. ``right`` as in ``eval.scoring``."""

    question: Question
    way: Way
    text: str
    same_citation: bool
    same_short: bool
    right: bool


@dataclass(frozen=True, slots=True)
class Row:
    """Counts of one way. ``way`` None: as the questions stand in the set, where all is "the same"."""

    way: Way | None
    asked: int
    same_citation: int
    same_short: int
    right: int


@dataclass(frozen=True, slots=True)
class Retyped:
    """A set asked again. ``rows``: the set's own form first; ``again``: every question in every way that applies."""

    rows: tuple[Row, ...]
    again: tuple[Again, ...]
    seed: int


def ask_again(questions: Sequence[Question], backend: Backend, *, seed: int, progress: Progress = silent) -> Retyped:
    """Ask the answerable questions, each in its own form and every way. Raises what ``backend.reports`` raises."""
    reports = backend.reports()
    asked = [one for one in questions if one.answerable]
    right = 0
    again: list[Again] = []
    for done, question in enumerate(asked, start=1):
        own = _ask(question, question.question, reports, backend)
        right += _right(question, own, reports)
        for way, text in retyped(question.question, seed=seed).items():
            if text is None:
                continue
            given = _ask(question, text, reports, backend)
            again.append(
                Again(
                    question=question,
                    way=way,
                    text=text,
                    same_citation=same_first_citation(own, given),
                    same_short=same_short_answer(own, given),
                    right=_right(question, given, reports),
                )
            )
        progress(done, len(asked))
    rows = [Row(None, len(asked), len(asked), len(asked), right), *(_row(way, again) for way in Way)]
    return Retyped(tuple(rows), tuple(again), seed)


def same_first_citation(one: Given, other: Given) -> bool:
    """Tell whether two answers cite overlapping text of one report first, or both refuse; a crash does neither."""
    if one.status is None or other.status is None:
        return False
    if one.status is not Status.ANSWERED or other.status is not Status.ANSWERED:
        return one.status is not Status.ANSWERED and other.status is not Status.ANSWERED
    if not one.citations or not other.citations:
        return False
    a, b = one.citations[0].place, other.citations[0].place
    overlap = any(x.start < y.end and y.start < x.end for x in a.spans for y in b.spans)
    return a.report_id == b.report_id and overlap


def same_short_answer(one: Given, other: Given) -> bool:
    """Tell whether two answers have the same short answer, up to case and blanks, or none both."""
    if one.status is None or other.status is None:
        return False
    return same_wording(one.short_answer or "", other.short_answer or "")


def _ask(question: Question, text: str, reports: Sequence[ReportText], backend: Backend) -> Given:
    about = next((one.report_id for one in reports if is_named(question.report, one.name)), None)
    if question.report and about is None:
        return Given(error=f"report-missing: {question.report}")
    return backend.ask(text, report_id=about, after=question.after)


def _right(question: Question, given: Given, reports: Sequence[ReportText]) -> bool:
    return score(question, given, targets(question.evidence, reports)).values["right"] == 1.0


def _row(way: Way, again: Sequence[Again]) -> Row:
    of_way = [one for one in again if one.way is way]
    return Row(
        way=way,
        asked=len(of_way),
        same_citation=sum(one.same_citation for one in of_way),
        same_short=sum(one.same_short for one in of_way),
        right=sum(one.right for one in of_way),
    )
