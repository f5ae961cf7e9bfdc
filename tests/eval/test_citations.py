"""Every citation of every answer over the whole sample set, in process with the real wiring."""

from __future__ import annotations

import re

from eval.runner import Run
from service.domain import Status

_MARK = re.compile(r"\[(\d+)\]")


def test_nothing_crashes_and_every_status_is_one_of_the_three(sample_run: Run) -> None:
    assert len(sample_run.results) >= 120
    assert {one.question.qid: one.given.error for one in sample_run.results if one.given.error} == {}
    assert {one.given.status for one in sample_run.results} <= set(Status)


def test_all_gold_evidence_is_there(sample_run: Run) -> None:
    assert [question.qid for question in sample_run.unlocated] == []


def test_every_quote_is_the_text_at_its_place(sample_run: Run) -> None:
    cited = [(one.question.qid, cited) for one in sample_run.results for cited in one.given.citations]
    assert len(cited) >= 100
    wrong = [(qid, one.quote, one.original) for qid, one in cited if one.quote != one.original or not one.quote.strip()]
    assert wrong == []


def test_every_answer_cites_and_every_mark_has_its_citation(sample_run: Run) -> None:
    answered = [one for one in sample_run.results if one.given.status is Status.ANSWERED]
    assert len(answered) >= 100
    for one in answered:
        marks = {int(number) for number in _MARK.findall(one.given.answer)}
        assert marks == set(range(1, len(one.given.citations) + 1)), one.question.qid


def test_what_is_not_answered_cites_nothing(sample_run: Run) -> None:
    for one in sample_run.results:
        if one.given.status is not Status.ANSWERED:
            assert (one.given.citations, one.given.short_answer, one.given.figures) == ((), None, ()), one.question.qid


def test_every_figure_stands_in_its_citation(sample_run: Run) -> None:
    figures = [(one, figure) for one in sample_run.results for figure in one.given.figures]
    assert len(figures) >= 60
    wrong = [
        (one.question.qid, figure.text)
        for one, figure in figures
        if _flat(figure.text) not in _flat(one.given.citations[figure.citation - 1].quote)
    ]
    assert wrong == []


def test_short_answers_are_short_and_without_marks(sample_run: Run) -> None:
    for one in sample_run.results:
        short = one.given.short_answer
        assert short is None or (0 < len(short) <= 200 and not _MARK.search(short)), one.question.qid


def _flat(text: str) -> str:
    """A figure may be broken over two lines in the report; its text then has the line break, or a blank for it."""
    return " ".join(text.split())
