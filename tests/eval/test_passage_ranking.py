"""Learning the weights of the passage ranker, on small made lists."""

from __future__ import annotations

import numpy as np
import pytest

from eval.passage_ranking import PRIOR, Listed, fit, judged, learned, left_out
from eval.ranking import Floats
from service.retrieve.passage_features import CLOSER, FIRST

ALL = len(FIRST) + len(CLOSER)
TELLING = 3  # the feature that tells the right passage


def made(seed: int, *, report: str = "a", passages: int = 6) -> Listed:
    """Return a list whose gold passage is the one with the greatest ``TELLING`` feature."""
    values = np.random.default_rng(seed).random((passages, ALL))
    best = values[:, TELLING] == values[:, TELLING].max()
    return Listed(report, everywhere=False, values=values, held=best.reshape(passages, 1))


def loss(lists: list[Listed], weights: Floats) -> float:
    """Return the penalised loss as its definition says: minus the log chance of what is right."""
    total = 0.5 * PRIOR * len(lists) * float(weights @ weights)
    for one in lists:
        chance = np.exp(one.values @ weights)
        total -= float(np.log(chance[one.right].sum() / chance.sum()))
    return total


LISTS = [made(seed, report="ab"[seed % 2]) for seed in range(24)]


def test_the_slope_is_zero_at_the_solution() -> None:
    weights = fit(LISTS, ALL)
    step = 1e-5
    for n in range(ALL):
        along = np.zeros(ALL)
        along[n] = step
        assert (loss(LISTS, weights + along) - loss(LISTS, weights - along)) / (2 * step) == pytest.approx(0, abs=1e-4)


def test_what_tells_the_right_passage_gets_the_greatest_weight_in_both_looks() -> None:
    ranker = learned(LISTS)
    assert max(ranker.first, key=ranker.first.__getitem__) == FIRST[TELLING]
    assert max(ranker.closer, key=ranker.closer.__getitem__) == FIRST[TELLING]
    assert judged(LISTS, ranker)["hit@1"] > judged(LISTS, None)["hit@1"]


def test_lists_without_a_right_passage_or_without_a_wrong_one_tell_nothing() -> None:
    first = LISTS[0]
    empty = Listed("a", everywhere=False, values=np.zeros((0, ALL)), held=np.zeros((0, 1), dtype=np.bool_))
    none = Listed("a", everywhere=False, values=first.values, held=np.zeros((6, 1), dtype=np.bool_))
    every = Listed("a", everywhere=False, values=first.values, held=np.ones((6, 1), dtype=np.bool_))
    assert np.array_equal(fit([*LISTS, empty, none, every], ALL), fit(LISTS, ALL))


def test_measures_by_hand() -> None:
    values = np.zeros((4, ALL))
    values[:, FIRST.index("found")] = [1.0, 1 / 2, 1 / 3, 1 / 4]
    held = np.array([[False, False], [True, False], [False, False], [False, True]])
    told = judged([Listed("a", everywhere=False, values=values, held=held)], None)
    assert told == {"hit@1": 0.0, "hit@3": 1.0, "hit@10": 1.0, "MRR@10": 0.5, "all@3": 0.0}


def test_each_report_is_judged_by_weights_that_have_not_seen_it() -> None:
    parts = list(left_out(LISTS))
    assert [name for name, _, _ in parts] == ["a", "b"]
    assert parts[0][2] == learned([one for one in LISTS if one.report == "b"])
    assert all(one.report == name for name, own, _ in parts for one in own)
