"""Learning the ranker's weights: lists, loss and choice, on small made lists."""

from __future__ import annotations

import numpy as np
import pytest

from eval.questions import Kind, Question
from eval.ranking import BEREFT_WORTH, PRIOR, Floats, Listed, bereft, cross_validated, fit, judge
from service.answer.features import FEATURES


def made(seed: int, *, answerable: bool = True, figures: int = 6) -> Listed:
    """Return a list whose right figure is the one with the greatest first feature."""
    drawn = np.random.default_rng(seed)
    values = drawn.random((figures, len(FEATURES)))
    best = values[:, 0] == values[:, 0].max()
    right = best if answerable else np.zeros(figures, dtype=np.bool_)
    answers = ("12 con",) if answerable else ()
    question = Question(f"q{seed}", "Đàn dê có bao nhiêu con?", Kind.FIGURE, answerable, answers)
    return Listed(question, values, right, right)


def loss(lists: list[Listed], weights: Floats) -> float:
    """Return the penalised loss as its definition says: minus the log chance of what is right."""
    total = 0.5 * PRIOR * len(lists) * float(weights @ weights)
    for one in lists:
        scores = np.append(one.values @ weights[:-1], weights[-1])
        right = np.append(one.right, not one.right.any())
        chance = np.exp(scores) / np.exp(scores).sum()
        total -= one.worth * float(np.log(chance[right].sum()))
    return total


LISTS = [*(made(seed) for seed in range(12)), *(made(seed, answerable=False) for seed in range(12, 16))]


def test_bereft_lists_have_no_right_figure() -> None:
    robbed = list(bereft(LISTS))
    assert len(robbed) == sum(one.question.answerable for one in LISTS)
    assert not any(one.right.any() or one.said.any() for one in robbed)
    assert {len(one.values) for one in robbed} == {5}
    assert {one.worth for one in robbed} == {BEREFT_WORTH}


def test_what_reads_like_the_answer_is_taken_away_as_well() -> None:
    one = made(1)
    alike = np.ones(len(one.values), dtype=np.bool_)
    robbed = next(bereft([Listed(one.question, one.values, one.right, alike)]))
    assert robbed.values.shape == (0, len(FEATURES))


def test_the_slope_is_zero_at_the_solution() -> None:
    weights, none = fit(LISTS)
    at = np.append(weights, none)
    lists = [*LISTS, *bereft(LISTS)]
    step = 1e-5
    for n in range(0, len(at), 7):
        along = np.zeros(len(at))
        along[n] = step
        assert (loss(lists, at + along) - loss(lists, at - along)) / (2 * step) == pytest.approx(0, abs=1e-5)


def test_the_solution_is_the_least_loss_and_always_the_same() -> None:
    weights, none = fit(LISTS)
    again, none_again = fit(LISTS)
    assert np.array_equal(weights, again) and none == none_again
    lists = [*LISTS, *bereft(LISTS)]
    at = np.append(weights, none)
    drawn = np.random.default_rng(5)
    assert all(loss(lists, at) < loss(lists, at + 0.1 * drawn.standard_normal(len(at))) for _ in range(20))


def test_what_tells_the_right_figure_gets_the_greatest_weight() -> None:
    weights, _ = fit(LISTS)
    assert int(weights.argmax()) == 0


def test_choices_are_counted() -> None:
    first = np.zeros(len(FEATURES))
    first[0] = 1.0
    every = judge(LISTS, first, -1.0)
    assert (every.answerable, every.right, every.wrong, every.refused) == (12, 1.0, 0.0, 0.0)
    assert (every.unanswerable, every.answered) == (4, 4)
    none = judge(LISTS, first, 2.0)
    assert (none.right, none.refused, none.answered) == (0.0, 1.0, 0)
    assert judge([], first, 0.0).answerable == 0


def test_each_list_is_judged_by_weights_of_the_others() -> None:
    told = cross_validated(LISTS)
    assert (told.answerable, told.unanswerable) == (12, 4)
    assert told.right + told.wrong + told.refused == pytest.approx(1)
