"""Our nouns -> qdrant-client's models, and its points -> ours. No call to a server stands here."""

from __future__ import annotations

from typing import Any

import numpy as np
from qdrant_client import models as qm

from ingest.index.port import IndexFilter, IndexPoint, ScoredPassage, SparseVector, StoredPoint
from ingest.index.ranking import DENSE, HIT_FIELDS, SPARSE, Fusion, payload, usable_dense, wide


def server_point(point: IndexPoint) -> qm.PointStruct:
    """Return a point with its payload; a side that says nothing (no terms, all zeros) gets no vector."""
    vectors: dict[str, list[float] | qm.SparseVector] = {}
    dense = usable_dense(point.dense)
    if dense is not None:
        vectors[DENSE] = dense
    if point.sparse.indices:
        vectors[SPARSE] = _sparse(point.sparse)
    return qm.PointStruct(id=point.id, vector=vectors, payload=payload(point))  # type: ignore[arg-type]


def search_requests(
    dense: list[float] | None, sparse: SparseVector | None, where: IndexFilter, *, limit: int, fusion: Fusion
) -> list[qm.QueryRequest]:
    """Return a query for each vector given, dense first; [] where the answer is [] without asking."""
    if limit < 1 or where.nothing:
        return []
    queries: list[tuple[str, list[float] | qm.SparseVector]] = []
    if dense is not None:
        queries.append((DENSE, dense))
    if sparse is not None:
        queries.append((SPARSE, _sparse(sparse)))
    return [
        qm.QueryRequest(
            query=query,
            using=using,
            filter=_filter(where),
            params=qm.SearchParams(exact=True),
            limit=wide(limit, fusion),
            with_payload=list(HIT_FIELDS),
        )
        for using, query in queries
    ]


def of_version(version_id: str) -> qm.Filter:
    """Return the condition that a point belongs to a version."""
    return qm.Filter(must=[qm.FieldCondition(key="version_id", match=qm.MatchValue(value=version_id))])


def as_hit(point: qm.ScoredPoint) -> ScoredPassage:
    """Return a scored point as a hit."""
    found = point.payload or {}
    return ScoredPassage(str(point.id), found["version_id"], found["report_id"], int(found["ordinal"]), point.score)


def as_stored(record: qm.Record) -> StoredPoint:
    """Return a point read back, payload and vectors."""
    vectors: Any = record.vector or {}
    dense, sparse = vectors.get(DENSE), vectors.get(SPARSE)
    return StoredPoint(
        payload=dict(record.payload or {}),
        dense=None if dense is None else np.asarray(dense, dtype=np.float32),
        sparse=None if sparse is None else SparseVector(tuple(sparse.indices), tuple(sparse.values)),
    )


def _sparse(vector: SparseVector) -> qm.SparseVector:
    return qm.SparseVector(indices=list(vector.indices), values=list(vector.values))


def _filter(where: IndexFilter) -> qm.Filter | None:
    lists = (("version_id", where.version_ids), ("report_id", where.report_ids), ("kind", where.kinds))
    values = (("issuer", where.issuer), ("area", where.area), ("year", where.year))
    must: list[qm.Condition] = []
    must += [qm.FieldCondition(key=key, match=qm.MatchAny(any=list(any_of))) for key, any_of in lists if any_of]
    must += [qm.FieldCondition(key=key, match=qm.MatchValue(value=one)) for key, one in values if one is not None]
    return qm.Filter(must=must) if must else None
