from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from eval.outcome import Cited, Given, Place, Target, supports
from eval.questions import Gold, Kind, Question
from eval.scoring import OVER, TOTAL, retrieval_values, score, summarise
from ingest.domain import Span
from service.domain import Status

ASKED = Question("a", "Mấy vụ?", Kind.FIGURE, True, ("18 vụ",), (Gold("r", "18 vụ"),))
SILENT = Question("b", "Mấy vụ ly hôn?", Kind.UNANSWERABLE_TOPIC, False)
GOLD = Place("r", (Span(10, 20),), "3", ("I. AN NINH", "2. Giao thông"))
WANTED = (Target("r", (Span(15, 30),)),)
WORST = {"false refusal": 1.0, "false answer": 1.0, "crashed": 1.0}

places = st.builds(Place, st.just("r"), st.tuples(st.builds(Span, st.just(0), st.integers(0, 40))))
cited = st.builds(Cited, places, st.sampled_from(["x", "y"]), st.sampled_from(["x", "y"]))
givens = st.builds(
    Given,
    status=st.sampled_from([*Status, None]),
    short_answer=st.sampled_from([None, "18 vụ", "19 vụ"]),
    citations=st.lists(cited, max_size=3).map(tuple),
    hits=st.none() | st.lists(places, max_size=3).map(tuple),
)


def test_support_asks_for_report_overlap_footnote_and_section() -> None:
    assert supports(GOLD, WANTED)
    assert supports(GOLD, (Target("r", (Span(0, 5), Span(19, 20)), "3", "giao thong"),))
    assert not supports(GOLD, (Target("other", (Span(15, 30),)),))
    assert not supports(GOLD, (Target("r", (Span(20, 30),)),))
    assert not supports(GOLD, (Target("r", (Span(15, 30),), "4"),))
    assert not supports(GOLD, (Target("r", (Span(15, 30),), "", "Y tế"),))
    assert not supports(GOLD, ())


def test_a_right_answer_needs_its_first_citation_too() -> None:
    true, false = Cited(GOLD, "q", "q"), Cited(Place("r", (Span(90, 95),)), "q", "p")
    right = score(ASKED, Given(Status.ANSWERED, "18 vụ", citations=(true, false)), WANTED)
    assert right.values["right"] == right.values["correct"] == right.values["cite first"] == 1.0
    assert (right.quotes, right.quotes_exact) == (2, 1)
    wrong = score(ASKED, Given(Status.ANSWERED, "18 vụ", citations=(false, true)), WANTED)
    assert (wrong.values["right"], wrong.values["correct"], wrong.values["cite any"]) == (0.0, 1.0, 1.0)


def test_an_unanswerable_question_is_right_when_refused() -> None:
    assert score(SILENT, Given(Status.NOT_FOUND), ()).values["right"] == 1.0
    assert score(SILENT, Given(Status.ANSWERED, "2 vụ"), ()).values["false answer"] == 1.0
    assert score(SILENT, Given(error="boom"), ()).values["right"] == 0.0


def test_a_question_with_several_readings_is_right_when_asked_back() -> None:
    several = Question("c", "Xếp thứ mấy?", Kind.AMBIGUOUS, False)
    assert [score(several, Given(status), ()).values["right"] for status in (Status.CLARIFY, Status.NOT_FOUND)] == [
        1,
        0,
    ]
    assert score(several, Given(Status.ANSWERED, "thứ 2"), ()).values["right"] == 0.0


@given(st.lists(st.tuples(st.sampled_from([ASKED, SILENT]), givens), max_size=12))
def test_no_question_drops_out_of_a_mean(pairs: list[tuple[Question, Given]]) -> None:
    scores = [score(question, answer, WANTED) for question, answer in pairs]
    total = summarise(scores)[-1]
    assert total.name == TOTAL and total.questions == len(pairs)
    sizes = {
        "all": len(pairs),
        "answerable": sum(question.answerable for question, _ in pairs),
        "unanswerable": sum(not question.answerable for question, _ in pairs),
    }
    for measure, over in OVER.items():
        summed = sum(
            one.values[measure] for one in scores if over == "all" or one.question.answerable == (over == "answerable")
        )
        mean = total.means[measure]
        assert (mean is None) == (sizes[over] == 0)
        assert mean is None or abs(mean * sizes[over] - summed) < 1e-9


@given(givens)
def test_a_crash_never_scores_better_than_anything_else(answer: Given) -> None:
    crashed = score(ASKED, Given(error="boom"), WANTED).values
    other = score(ASKED, answer, WANTED).values
    for measure, value in crashed.items():
        if measure == "false answer":
            continue  # counted over unanswerable questions only
        assert value >= other[measure] if measure in WORST else value <= other[measure]


def test_one_piece_of_evidence_is_a_hit_and_not_all() -> None:
    far = Place("r", (Span(90, 95),))
    both = (*WANTED, Target("r", (Span(92, 93),)))
    values = retrieval_values((Place("r", (Span(0, 5),)), GOLD, Place("r", (Span(0, 5),)), far), both)
    assert (values["hit@1"], values["hit@3"], values["MRR@10"]) == (0.0, 1.0, 0.5)
    assert (values["all@3"], values["all@10"]) == (0.0, 1.0)


def test_retrieval_that_was_not_looked_at_is_not_zero() -> None:
    looked = summarise([score(ASKED, Given(Status.NOT_FOUND, hits=()), WANTED)])
    unlooked = summarise([score(ASKED, Given(Status.NOT_FOUND), WANTED)], retrieval=False)
    assert looked[-1].means["hit@10"] == 0.0
    assert unlooked[-1].means["hit@10"] is None
