"""The linear ranker of passages: which of those found answer the question, by their fields.

Two looks: the first at every passage found, the closer one at those that then come first. The weights are learned
(``python -m eval.passage_ranking``) by a softmax over the passages of a question, like those of the figure ranker.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from service.answer.query_words import scorer
from service.answer.tokens import Rarity
from service.answer.views import PassageView
from service.domain import Hit, Query
from service.retrieve.passage_features import CLOSER, FIRST, closer_look, first_look

# Passages looked at closer. On the tuning sets 8 give the same places as all, within a tenth of a point.
CLOSE = 12


@dataclass(frozen=True, slots=True)
class PassageRanker:
    """Weights by feature: ``first`` of those of ``FIRST``, ``closer`` of those of both looks together."""

    first: Mapping[str, float]
    closer: Mapping[str, float]


@lru_cache(maxsize=1)
def load_passage_ranker() -> PassageRanker:
    """Return the shipped weights. Raises ``ValueError`` when they are for other features than the code's."""
    stored = json.loads(files("service.retrieve").joinpath("passage_ranker.json").read_text("utf-8"))
    if set(stored["first"]) != set(FIRST) or set(stored["closer"]) != {*FIRST, *CLOSER}:
        raise ValueError("passage_ranker.json: other features than the code's; run python -m eval.passage_ranking")
    return PassageRanker(stored["first"], stored["closer"])


def in_order(
    query: Query, hits: Sequence[Hit], views: Sequence[PassageView], *, rarity: Rarity, ranker: PassageRanker
) -> list[int]:
    """Return the 0-based places of ``hits`` (with ``views`` in the same order), best first; ties keep their order."""
    one = scorer(query, rarity)
    top = max((hit.score for hit in hits), default=0.0)
    seen = [first_look(one, hit, view, top=top) for hit, view in zip(hits, views, strict=True)]
    first = [weighed(values, ranker.first) for values in seen]
    order = sorted(range(len(hits)), key=lambda at: -first[at])
    near = order[:CLOSE]
    for at in near:
        seen[at] |= closer_look(one, hits[at], views[at], rarity=rarity)
    closer = {at: weighed(seen[at], ranker.closer) for at in near}
    return [*sorted(near, key=lambda at: -closer[at]), *order[CLOSE:]]


def weighed(values: Mapping[str, float], by: Mapping[str, float]) -> float:
    """Return the sum of ``values`` times their weights."""
    return sum(value * by[name] for name, value in values.items())
