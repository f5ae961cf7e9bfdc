"""Other ways to make one ranking of the dense and the lexical one, on one set.

Both rankings come from the product's own index, as deep as the product fetches; only the fusing is done here. RRF and
DBSF are worked out as Qdrant does it, the product's own sum of scores by its own function. To be run on the tuning set
only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from eval.metrics import mean
from eval.retrieval.measures import HIT, NDCG, by_question
from eval.retrieval.running import DEPTH, Told
from eval.retrieval.searching import Found, Searcher
from eval.retrieval.sets import RetrievalSet, without_accents
from eval.retrieval.trials import Outcome
from ingest.index.port import ScoredPassage
from ingest.index.ranking import Fusion, fused

# Two rankings of one question (dense, lexical) -> one.
Fuse = Callable[[Found, Found], Found]
_SPREAD = 3.0  # standard deviations on both sides of the mean that DBSF maps to 0..1


@dataclass(frozen=True, slots=True)
class Way:
    """A way to fuse, by the name it is shown with."""

    name: str
    fuse: Fuse


def ways() -> Iterator[Way]:
    """Yield each side alone, the present fusion, then others."""
    yield Way("chỉ dense", lambda dense, lexical: dense)
    yield Way("chỉ lexical", lambda dense, lexical: lexical)
    yield Way("hiện tại", lambda dense, lexical: summed(dense, lexical, Fusion().dense_weight))
    for weight in (0.3, 0.5, 0.7, 1.0, 1.4, 2.0):
        yield Way(f"lexical / cao nhất + {weight:g} x dense", lambda d, s, w=weight: summed(d, s, w))  # type: ignore[misc]
    for k in (2, 5, 10, 30, 60):
        for weight in (0.5, 1.0, 2.0, 3.0):
            yield Way(f"RRF k {k}, lexical x {weight:g}", lambda d, s, k=k, w=weight: rrf(d, s, k, w))  # type: ignore[misc]
    for weight in (0.3, 0.4, 0.5, 0.6, 0.7, 0.8):
        yield Way(f"tổng điểm, lexical {weight}", lambda d, s, w=weight: weighted(d, s, w))  # type: ignore[misc]
    yield Way("DBSF", dbsf)


def summed(dense: Found, lexical: Found, dense_weight: float) -> Found:
    """Return the product's own fusion, ``ingest.index.ranking.fused``."""
    left, right = ([ScoredPassage(name, "", "", 0, score) for name, score in found] for found in (dense, lexical))
    return _ordered({hit.id: hit.score for hit in fused(left, right, Fusion(dense_weight=dense_weight))})


def rrf(dense: Found, lexical: Found, k: int, lexical_weight: float) -> Found:
    """Return reciprocal rank fusion (Cormack, Clarke & Büttcher 2009) in Qdrant's form, dense counting 1.

    score = sum of 1 / (k - 1 + rank / weight), rank from 1: a weight of 2 halves the ranks of its side.
    """
    scores: dict[str, float] = {}
    for found, weight in ((dense, 1.0), (lexical, lexical_weight)):
        for rank, (name, _) in enumerate(found, start=1):
            scores[name] = scores.get(name, 0.0) + 1 / (k - 1 + rank / weight)
    return _ordered(scores)


def weighted(dense: Found, lexical: Found, share: float) -> Found:
    """Return documents by (1 - share) x dense + share x lexical, each side's scores stretched to 0..1 (min-max).

    A document that one side did not find has 0 there.
    """
    scores: dict[str, float] = {}
    for found, weight in ((dense, 1 - share), (lexical, share)):
        values = _values(found)
        span = float(np.ptp(values)) if found else 0.0
        for (name, _), value in zip(found, values, strict=True):
            scores[name] = scores.get(name, 0.0) + weight * (float(value - values.min()) / span if span else 1.0)
    return _ordered(scores)


def dbsf(dense: Found, lexical: Found) -> Found:
    """Return distribution-based score fusion: the sum of scores mapped by mean +- 3 standard deviations to 0..1."""
    scores: dict[str, float] = {}
    for found in (dense, lexical):
        values = _values(found)
        deviation = float(values.std(ddof=1)) if len(found) > 1 else 0.0
        for (name, _), value in zip(found, values, strict=True):
            low = values.mean() - _SPREAD * deviation
            share = float(value - low) / (2 * _SPREAD * deviation) if deviation else 0.5
            scores[name] = scores.get(name, 0.0) + share
    return _ordered(scores)


def try_fusions(
    one: RetrievalSet, dense: Searcher, lexical: Searcher, tried: Sequence[Way], *, told: Told
) -> list[Outcome]:
    """Return what each way gives on the set, each side ``Fusion.depth`` deep."""
    for side in (dense, lexical):
        told(f"{one.name}: {side.name}")
        side.build(one.documents, one.contexts)
    depth = Fusion().depth
    both: list[dict[str, tuple[Found, Found]]] = []
    for part in (one, without_accents(one)):
        told(f"{part.name}: {len(part.queries)}")
        both.append({q: (dense.search(text, depth), lexical.search(text, depth)) for q, text in part.queries.items()})
    outcomes: list[Outcome] = []
    for way in tried:
        runs = [{qid: way.fuse(*sides)[:DEPTH] for qid, sides in found.items()} for found in both]
        values = [by_question(one.qrels, run) for run in runs]
        hit, ndcg, bare_hit, bare_ndcg = (mean(found[measure]) for found in values for measure in (HIT, NDCG))
        outcomes.append(Outcome(way.name, hit, ndcg, bare_hit, bare_ndcg))
    return outcomes


def _values(found: Found) -> NDArray[np.float64]:
    return np.array([score for _, score in found], dtype=float)


def _ordered(scores: dict[str, float]) -> Found:
    return sorted(scores.items(), key=lambda item: (-item[1], item[0]))
