"""The measures, by ir-measures (which asks pytrec_eval), question by question, and whether a difference is chance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np

from eval.retrieval.searching import Found

# As ir-measures names them -> as tables show them.
MEASURES = {"nDCG@10": "nDCG@10", "Success@1": "hit@1", "R@5": "R@5", "R@20": "R@20", "RR@10": "MRR@10"}
NDCG, HIT = "nDCG@10", "hit@1"

Qrels = Mapping[str, Mapping[str, int]]
Values = dict[str, list[float]]


def by_question(qrels: Qrels, run: Mapping[str, Found]) -> Values:
    """Return for each shown measure its value (0 to 1) for each question, in the order of ``qrels``.

    A question that found nothing counts 0. The order of a ranking is the searcher's own: tools that sort by score break
    ties by document id, so they are given ranks for scores.
    """
    import ir_measures

    wanted = {ir_measures.parse_measure(name): shown for name, shown in MEASURES.items()}
    ranked = {qid: as_scores(found) for qid, found in run.items() if qid in qrels}
    values: dict[str, dict[str, float]] = {shown: {} for shown in wanted.values()}
    if any(ranked.values()):
        plain: dict[str, Any] = {qid: dict(grades) for qid, grades in qrels.items()}
        for one in ir_measures.iter_calc(list(wanted), plain, ranked):
            values[wanted[one.measure]][one.query_id] = float(one.value)
    return {shown: [known.get(qid, 0.0) for qid in qrels] for shown, known in values.items()}


def as_scores(found: Found) -> dict[str, float]:
    """Return document id -> a score that falls by 1 from rank to rank, the last has 1."""
    return {name: float(len(found) - place) for place, (name, _) in enumerate(found)}


def paired_interval(ours: Sequence[float], theirs: Sequence[float], *, seed: int) -> tuple[float, float]:
    """Return the 95 % percentile interval of the mean difference, questions drawn anew in pairs (Efron 1979).

    (0, 0) for no questions.
    """
    if not ours:
        return 0.0, 0.0
    differences = np.asarray(ours) - np.asarray(theirs)
    means = differences[_draws(len(differences), seed)].mean(axis=1)
    low, high = np.percentile(means, (2.5, 97.5))
    return float(low), float(high)


@cache
def _draws(count: int, seed: int, rounds: int = 1000) -> Any:
    return np.random.default_rng(seed).integers(0, count, size=(rounds, count))
