"""What both implementations of the index share: how wide to fetch, how to fuse, how to order, what a point carries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ingest.index.port import Dense, IndexPoint, ScoredPassage, SparseVector

# Written into every index; raise it when vectors, payload or term ids change their meaning (then: ingest rebuild).
FORMAT_VERSION = 2

DENSE = "dense"
SPARSE = "sparse"

# Payload keys by what they are compared as. A server indexes all of them; the embedded index what it needs.
KEYWORD_FIELDS = ("version_id", "report_id", "kind", "issuer", "area")
INTEGER_FIELDS = ("year",)
# What a hit needs from the payload.
HIT_FIELDS = ("version_id", "report_id", "ordinal")

# Points a single call sends: large enough to be fast, small enough that a search waits only some ten milliseconds.
BATCH_POINTS = 256
# Ids or version names a single listing call asks for.
PAGE = 1000


@dataclass(frozen=True, slots=True)
class Fusion:
    """Sum of scores: lexical score / the best lexical score of the query + ``dense_weight`` x cosine.

    Ranks alone (RRF) throw away by how much a passage is ahead, and count a weak ranking as much as a sure one. A
    passage that only one side found counts on the other as its last one does, which it is at most. Chosen on all of
    UIT-ViQuAD's dev set (hit@1 with accents and without): lexical side alone 71.5 and 70.3 %, this 72.5 and 70.4 %,
    scores stretched to 0..1 at best 72.1 and 70.3 %, the best RRF 68.1 and 66.4 %.

    ``depth``: candidates (at least) each side gives to the fusion.
    """

    dense_weight: float = 1.0
    depth: int = 60


def wide(limit: int, fusion: Fusion) -> int:
    """Return how many candidates to fetch for ``limit`` hits, so that ties at the cut are settled here, by id."""
    return max(2 * limit, limit + 20, fusion.depth)


def ordered(hits: Iterable[ScoredPassage], limit: int) -> list[ScoredPassage]:
    """Return the best ``limit`` hits, ties by id ascending."""
    return sorted(hits, key=lambda hit: (-hit.score, hit.id))[:limit]


def best(rankings: Sequence[Sequence[ScoredPassage]], limit: int, fusion: Fusion) -> list[ScoredPassage]:
    """Return the first ``limit`` hits of one ranking, or of a dense and a lexical one fused; [] for no ranking."""
    match rankings:
        case [dense, lexical]:
            return ordered(fused(dense, lexical, fusion), limit)
        case [alone]:
            return ordered(alone, limit)
        case _:
            return []


def fused(dense: Sequence[ScoredPassage], lexical: Sequence[ScoredPassage], fusion: Fusion) -> Iterator[ScoredPassage]:
    """Yield every passage of either ranking with its fused score, in no certain order; see ``Fusion``.

    Both rankings are best first; an empty one adds nothing.
    """
    sides = ((dense, fusion.dense_weight), (lexical, 1 / lexical[0].score if lexical else 0.0))
    least = sum(weight * found[-1].score for found, weight in sides if found)
    gained: dict[str, float] = {}
    known: dict[str, ScoredPassage] = {}
    for found, weight in sides:
        for hit in found:
            known.setdefault(hit.id, hit)
            gained[hit.id] = gained.get(hit.id, 0.0) + weight * (hit.score - found[-1].score)
    for name, hit in known.items():
        yield replace(hit, score=least + gained[name])


def usable_dense(dense: Dense | None) -> list[float] | None:
    """Return the vector as a list; None for none or for the zero vector (every cosine with it is undefined)."""
    return dense.tolist() if dense is not None and bool(np.any(dense)) else None


def usable_sparse(sparse: SparseVector | None) -> SparseVector | None:
    """Return the query vector; None for none or for one without terms."""
    return sparse if sparse is not None and sparse.indices else None


def payload(point: IndexPoint) -> dict[str, str | int]:
    """Return what is stored beside the vectors; an empty or missing value is left out."""
    values: dict[str, str | int | None] = {
        "version_id": point.version_id,
        "report_id": point.report_id,
        "ordinal": point.ordinal,
        "kind": point.kind,
        "issuer": point.issuer or None,
        "area": point.area or None,
        "year": point.year,
        "first_month": point.first_month,
        "last_month": point.last_month,
    }
    return {key: value for key, value in values.items() if value is not None}
