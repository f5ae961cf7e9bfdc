"""Weights of a linear order learned from lists with the right places marked: the softmax loss over each list."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from eval.ranking import Floats, softmax

Marks = npt.NDArray[np.bool_]
_ROUNDS = 60
_LONGEST_STEP, _SMALL = 2.0, 1e-5


def fit_lists(lists: Iterable[tuple[Floats, Marks]], size: int, *, prior: float) -> Floats:
    """Return ``size`` weights, by Newton's method on the penalised loss; zeros where no list tells anything.

    A list is ``values`` (places, size) and ``right`` (places,). Lists without a right place, or with no other, tell
    nothing and are left out. ``prior``: precision of the Gaussian prior on each weight, per list.
    """
    told = [(values, right) for values, right in lists if right.any() and not right.all()]
    weights = np.zeros(size)
    for _ in range(_ROUNDS if told else 0):
        slope = prior * len(told) * weights
        bend = prior * len(told) * np.eye(size)
        for values, right in told:
            chance = softmax(values @ weights)
            wanted = np.where(right, chance, 0.0)
            wanted /= wanted.sum()
            mean_values = values.T @ chance
            slope += values.T @ (chance - wanted)
            bend += (values.T * chance) @ values - np.outer(mean_values, mean_values)
        # Several right places make the loss less than convex: short steps keep it going down.
        step = np.clip(np.linalg.solve(bend, slope), -_LONGEST_STEP, _LONGEST_STEP)
        weights -= step
        if np.abs(step).max() < _SMALL:
            break
    return weights
