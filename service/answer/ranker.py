"""The linear ranker: how much better a figure answers a question than saying that the reports do not say.

The weights are learned (``python -m eval.ranking``) by a softmax over the figures at hand and "none of them":
conditional logistic regression (McFadden 1974), the listwise loss of ListNet (Cao et al. 2007) with one relevant item.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from operator import mul

from service.answer.features import FEATURES, MINOR


@dataclass(frozen=True, slots=True)
class Ranker:
    """One weight for each of ``FEATURES``; ``none`` is the score of answering nothing.

    ``minor``: the most that the features ``MINOR`` can add to a margin.
    """

    weights: tuple[float, ...]
    none: float
    minor: float

    def margin(self, values: Sequence[float]) -> float:
        """Return the score of a figure less that of no answer: above 0 it is more likely than not.

        ``values`` (as many as ``weights``) are those of ``FEATURES``.
        """
        total: float = sum(map(mul, self.weights, values))
        return total - self.none


def margin_for(fit: float) -> float:
    """Return the margin whose odds are ``fit`` (0 < fit < 1): the inverse of ``likely``."""
    return math.log(fit / (1 - fit))


def likely(margin: float) -> float:
    """Return the odds of a figure against no answer as a share 0..1 (the logistic function)."""
    return 1 / (1 + math.exp(-max(-50.0, min(50.0, margin))))


@lru_cache(maxsize=1)
def load_ranker() -> Ranker:
    """Return the shipped weights. Raises ``ValueError`` when they are for other features than the code's."""
    stored = json.loads(files("service.answer").joinpath("ranker.json").read_text("utf-8"))
    if set(stored["weights"]) != set(FEATURES):
        raise ValueError("ranker.json: other features than service.answer.features; run python -m eval.ranking")
    return ranker(stored["weights"], float(stored["none"]))


def ranker(weights: Mapping[str, float], none: float) -> Ranker:
    """Return the ranker of ``weights`` by name. Raises ``KeyError`` for a feature without one."""
    minor = sum(max(0.0, float(weights[name])) for name in MINOR)  # a feature is at most 1
    return Ranker(tuple(float(weights[name]) for name in FEATURES), none, minor)
