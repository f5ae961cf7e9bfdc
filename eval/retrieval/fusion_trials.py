"""Other ways to make one ranking of the dense and the lexical one, on one set.

Both rankings come from the product's own index, as deep as the product fetches; only the fusing is done here. RRF and
DBSF are worked out as Qdrant does it; a weighted sum of scores, each brought to 0..1 over its candidates, is what it
does not offer. To be run on the tuning set only.
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
from ingest.index.ranking import Fusion

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
    now = Fusion()
    yield Way("chỉ dense", lambda dense, lexical: dense)
    yield Way("chỉ lexical", lambda dense, lexical: lexical)
    yield Way("hiện tại", lambda dense, lexical: rrf(dense, lexical, now))
    for k in (2, 5, 10, 30, 60):
        for weight in (0.5, 1.0, 2.0, 3.0):
            fusion = Fusion(k=k, dense_weight=1.0, sparse_weight=weight)
            yield Way(f"RRF k {k}, lexical x {weight:g}", lambda d, s, fusion=fusion: rrf(d, s, fusion))  # type: ignore[misc]
    for weight in (0.3, 0.4, 0.5, 0.6, 0.7, 0.8):
        yield Way(f"tổng điểm, lexical {weight}", lambda d, s, w=weight: weighted(d, s, w))  # type: ignore[misc]
    yield Way("DBSF", dbsf)


def rrf(dense: Found, lexical: Found, fusion: Fusion) -> Found:
    """Return the reciprocal rank fusion as ``ingest.index.ranking.Fusion`` describes it."""
    scores: dict[str, float] = {}
    for found, weight in ((dense, fusion.dense_weight), (lexical, fusion.sparse_weight)):
        for rank, (name, _) in enumerate(found, start=1):
            scores[name] = scores.get(name, 0.0) + 1 / (fusion.k - 1 + rank / weight)
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
