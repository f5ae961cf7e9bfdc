"""Weights learned from lists: the feature that tells the right place gets the weight."""

from __future__ import annotations

import numpy as np

from eval.listwise import fit_lists

RNG = np.random.default_rng(5)
RIGHT = np.array([True, False, False, False])
LISTS = [
    (np.column_stack([[1.0, 0.0, 0.0, 0.0], RNG.random(4)]) + RNG.normal(scale=0.3, size=(4, 2)), RIGHT)
    for _ in range(40)
]


def test_the_telling_column_gets_the_weight() -> None:
    telling, noise = fit_lists(LISTS, 2, prior=0.01)
    assert telling > 1.0
    assert abs(noise) < telling / 2


def test_a_stronger_prior_makes_smaller_weights() -> None:
    assert abs(fit_lists(LISTS, 2, prior=1.0)[0]) < abs(fit_lists(LISTS, 2, prior=0.01)[0])


def test_lists_that_tell_nothing_change_nothing() -> None:
    values = RNG.random((3, 2))
    silent = [(values, np.zeros(3, dtype=bool)), (values, np.ones(3, dtype=bool)), (values[:0], RIGHT[:0])]
    assert np.array_equal(fit_lists([*LISTS, *silent], 2, prior=0.01), fit_lists(LISTS, 2, prior=0.01))
    assert fit_lists(silent, 2, prior=0.01).tolist() == [0.0, 0.0]
