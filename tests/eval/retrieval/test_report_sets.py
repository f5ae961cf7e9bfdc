from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from eval.fresh import fresh_services, sample_questions, sample_reports
from eval.questions import Kind, Question, load
from eval.retrieval.report_sets import ReportQuestions, sets_of
from service.ports import Services

LOST = Question("lost", "Gì?", Kind.FIGURE, True, ("1",), ())


@pytest.fixture(scope="module")
def services() -> Iterator[Services]:
    with fresh_services(sample_reports(suffix=".txt")) as made:
        yield made


@pytest.fixture(scope="module")
def made(services: Services) -> ReportQuestions:
    return sets_of("samples", load([sample_questions()]), services)


def test_each_gold_passage_holds_the_evidence(made: ReportQuestions) -> None:
    questions = {one.qid: one for one in load([sample_questions()])}
    held = total = 0
    for part in made.parts:
        for qid, grades in part.qrels.items():
            quotes = [" ".join(gold.quote.split()) for gold in questions[qid].evidence]
            texts = [" ".join(part.documents[name].split()) for name in grades]
            total += 1
            held += any(quote in text or text in quote for quote in quotes for text in texts)
    assert total > 200
    assert held / total > 0.95  # a quote may run over two passages


def test_only_questions_that_search_can_answer_are_asked(made: ReportQuestions) -> None:
    asked = {qid for part in made.parts for qid in part.queries}
    wanted = {one.qid for one in load([sample_questions()]) if one.answerable and not one.after}
    assert asked | set(made.lost) == wanted
    assert len(made.lost) <= 3


def test_a_question_that_names_its_report_is_searched_there_only(services: Services) -> None:
    first = next(one for one in load([sample_questions()]) if one.answerable and not one.after)
    name = first.evidence[0].report
    [everywhere] = sets_of("x", [replace(first, report="")], services).parts
    [there] = sets_of("x", [replace(first, report=name)], services).parts
    assert len(there.documents) < len(everywhere.documents)
    assert set(there.qrels[first.qid]) <= set(there.documents)
    assert sets_of("x", [LOST], services) == ReportQuestions((), ("lost",))
