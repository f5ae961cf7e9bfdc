"""Our nouns -> Qdrant Edge's, and its points -> ours. No call into the engine stands here."""

from __future__ import annotations

from typing import Any

import numpy as np
import qdrant_edge as qe

from ingest.index.port import IndexFilter, IndexPoint, ScoredPassage, SparseVector, StoredPoint
from ingest.index.ranking import (
    DENSE,
    HIT_FIELDS,
    SPARSE,
    Fusion,
    payload,
    usable_dense,
    wide,
)

# Points from which a segment is settled: its lexical index, until then kept in memory and made anew at every opening,
# becomes a mapped file. Settling takes some 0.2 ms and, while it lasts, 20 kB of memory a point.
SETTLED_POINTS = 10_000
# ... and the most that settled segments are merged to, which bounds both.
_LARGEST_POINTS = 30_000
_NO_GRAPH = qe.HnswIndexConfig(0, 100, 10_000)  # searches are exact: no links


def shard_config(dim: int) -> qe.EdgeConfig:
    """Return the vectors of a shard: dense of length ``dim``, sparse with the idf modifier.

    Cold placement: files are mapped and read as they are touched. The default reads whole preallocated chunks in at
    opening (32 MB of zeros for a few hundred passages), which a small office machine pays for nothing.
    """
    kilobytes = dim * np.dtype(np.float32).itemsize / 1024
    return qe.EdgeConfig(
        vectors={DENSE: qe.EdgeVectorParams(size=dim, distance=qe.Distance.Cosine, memory=qe.Memory.Cold)},
        sparse_vectors={SPARSE: qe.EdgeSparseVectorParams(modifier=qe.Modifier.Idf, memory=qe.Memory.Cold)},
        hnsw_config=_NO_GRAPH,
        optimizers=qe.EdgeOptimizersConfig(
            indexing_threshold=max(1, int(SETTLED_POINTS * kilobytes)),
            max_segment_size=max(1, int(_LARGEST_POINTS * kilobytes)),
        ),
    )


def field_indexes() -> list[qe.UpdateOperation]:
    """Return the operations that index payload fields.

    Only the two that every search of the service names; the other filters work without an index. Each one is a file of
    4 MB from the first point on, and one machine's corpus is small enough to be looked through.
    """
    cold = qe.KeywordIndexParams(memory=qe.Memory.Cold)
    return [qe.UpdateOperation.create_field_index(name, cold) for name in ("version_id", "report_id")]


def edge_point(point: IndexPoint) -> qe.Point:
    """Return a point with its payload; a side that says nothing (no terms, all zeros) gets no vector."""
    vectors: dict[str, qe.NamedVector] = {}
    dense = usable_dense(point.dense)
    if dense is not None:
        vectors[DENSE] = dense
    if point.sparse.indices:
        vectors[SPARSE] = _sparse(point.sparse)
    return qe.Point(point.id, vectors, payload(point))


def _sparse(vector: SparseVector) -> qe.SparseVector:
    return qe.SparseVector(list(vector.indices), list(vector.values))


def search_requests(
    dense: list[float] | None, sparse: SparseVector | None, where: IndexFilter, *, limit: int, fusion: Fusion
) -> list[qe.QueryRequest]:
    """Return a query for each vector given, dense first; [] where the answer is [] without asking."""
    if limit < 1 or where.nothing:
        return []
    count, condition, exact = wide(limit, fusion), _filter(where), qe.SearchParams(exact=True)
    queries: list[qe.Query] = []
    if dense is not None:
        queries.append(qe.Query.Nearest(dense, using=DENSE))
    if sparse is not None:
        queries.append(qe.Query.Nearest(_sparse(sparse), using=SPARSE))
    return [
        qe.QueryRequest(limit=count, query=query, filter=condition, params=exact, with_payload=list(HIT_FIELDS))
        for query in queries
    ]


def _filter(where: IndexFilter) -> qe.Filter | None:
    lists = (("version_id", where.version_ids), ("report_id", where.report_ids), ("kind", where.kinds))
    values = (("issuer", where.issuer), ("area", where.area), ("year", where.year))
    must: list[qe.ConditionType] = []
    must += [qe.FieldCondition(key=key, match=qe.MatchAny(list(any_of))) for key, any_of in lists if any_of]
    must += [qe.FieldCondition(key=key, match=qe.MatchValue(one)) for key, one in values if one is not None]
    return qe.Filter(must=must) if must else None


def of_version(version_id: str) -> qe.Filter:
    """Return the condition that a point belongs to a version."""
    return qe.Filter(must=[qe.FieldCondition(key="version_id", match=qe.MatchValue(version_id))])


def as_hit(point: qe.ScoredPoint) -> ScoredPassage:
    """Return a scored point as a hit."""
    found = point.payload or {}
    return ScoredPassage(str(point.id), found["version_id"], found["report_id"], int(found["ordinal"]), point.score)


def as_stored(record: qe.Record) -> StoredPoint:
    """Return a point read back, payload and vectors."""
    vectors: Any = record.vector or {}
    dense, sparse = vectors.get(DENSE), vectors.get(SPARSE)
    return StoredPoint(
        payload=dict(record.payload or {}),
        dense=None if dense is None else np.asarray(dense, dtype=np.float32),
        sparse=None if sparse is None else SparseVector(tuple(sparse.indices), tuple(sparse.values)),
    )
