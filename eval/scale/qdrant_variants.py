"""Qdrant otherwise than the product has it: an approximate graph, smaller numbers, the client's own local mode."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from time import perf_counter
from uuid import NAMESPACE_URL, uuid5

import qdrant_edge as qe
from qdrant_client import QdrantClient

from eval.bench import size_mb
from eval.scale.clock import Clock
from eval.scale.ours import WARM_UP, questions_of
from eval.scale.process import Result, memory_now
from eval.scale.stored import read
from ingest.embed import load_embedder
from ingest.index import generations
from ingest.index.edge_wire import shard_config
from ingest.index.port import IndexFilter, IndexPoint
from ingest.index.ranking import BATCH_POINTS, DENSE
from ingest.index.server import open_server_index
from ingest.lexical import passage_vector, query_vector

DEPTHS = (10, 20, 60)
# What the optimiser takes for large enough to be given a graph: a megabyte of vectors, so that 1,000 passages have one.
_INDEXED_KB = 1_000
_LINKS, _BUILD_WIDTH = 16, 100  # Qdrant's own defaults
_SCAN_KB = 10  # Qdrant's least: below it there is no graph search
_SEARCHES = {
    "exact": qe.SearchParams(exact=True),
    "graph": qe.SearchParams(),
    "graph, width 256": qe.SearchParams(hnsw_ef=256),
}


def approximate(*, made: str, size: int, folder: str, scratch: str, queries: int, int8: bool) -> Result:
    """Give a copy of the index in ``folder`` a graph (``int8``: and one-byte vectors) and compare its dense search.

    Returns for each way of searching its times and the share of the exact nearest 10, 20 and 60 it finds, without any
    filter; ``made_s`` is what making the graph took.
    """
    number = generations.current(Path(folder))
    copy = Path(scratch)
    shutil.copytree(generations.points(Path(folder), number or 1), copy)
    embedder = load_embedder()
    shard = qe.EdgeShard.load(str(copy), _config(embedder.dim, int8=int8))
    begun = perf_counter()
    shard.optimize()
    made_s = perf_counter() - begun
    asked = questions_of(read(Path(made), size), queries + WARM_UP).asked
    vectors = [embedder.query(one.text).tolist() for one in asked]
    clock = Clock()
    found = {name: _nearest(shard, vectors, params, name, clock) for name, params in _SEARCHES.items()}
    recall = {
        name: {str(depth): _recall(found["exact"], ids, depth) for depth in DEPTHS} for name, ids in found.items()
    }
    shard.close()
    return {
        "made_s": made_s,
        "disk_mb": size_mb(copy),
        "times": clock.spreads(),
        "recall": recall,
        "memory": memory_now(),
    }


def _config(dim: int, *, int8: bool) -> qe.EdgeConfig:
    plain = shard_config(dim)
    smaller = qe.ScalarQuantizationConfig(qe.ScalarType.Int8, quantile=0.99) if int8 else None
    vectors = qe.EdgeVectorParams(
        size=dim, distance=qe.Distance.Cosine, memory=qe.Memory.Cold, quantization_config=smaller
    )
    return qe.EdgeConfig(
        vectors={DENSE: vectors},
        sparse_vectors=plain.sparse_vectors,
        hnsw_config=qe.HnswIndexConfig(_LINKS, _BUILD_WIDTH, _SCAN_KB),
        optimizers=qe.EdgeOptimizersConfig(indexing_threshold=_INDEXED_KB, default_segment_number=1),
    )


def _nearest(
    shard: qe.EdgeShard, vectors: Sequence[list[float]], params: qe.SearchParams, name: str, clock: Clock
) -> list[list[str]]:
    found: list[list[str]] = []
    for number, vector in enumerate(vectors):
        request = qe.QueryRequest(limit=max(DEPTHS), query=qe.Query.Nearest(vector, using=DENSE), params=params)
        timed = clock if number >= WARM_UP else Clock()
        found.append([str(point.id) for point in timed.time(name, partial(shard.query, request))])
    return found


def _recall(exact: Sequence[list[str]], found: Sequence[list[str]], depth: int) -> float:
    shared = (len(set(a[:depth]) & set(b[:depth])) / max(1, len(a[:depth])) for a, b in zip(exact, found, strict=True))
    return sum(shared) / len(exact)


class LocalQdrant:
    """Our hybrid search in the Qdrant client's local mode, which is Python and numpy."""

    name = "qdrant-client"

    def build(self, documents: Mapping[str, str]) -> None:
        """Take in ``documents``."""
        self._embedder = load_embedder()
        self._index = open_server_index(
            QdrantClient(":memory:"),
            collection="scale",
            fingerprint=self._embedder.fingerprint,
            dim=self._embedder.dim,
        )
        names = list(documents)
        for start in range(0, len(names), BATCH_POINTS):
            self._index.upsert(list(self._points(names[start : start + BATCH_POINTS], documents)))

    def search(self, query: str, limit: int) -> list[tuple[str, float]]:
        """Return the best of all documents."""
        dense, sparse = self._embedder.query(query), query_vector(query)
        return [
            (hit.id, hit.score)
            for hit in self._index.search(dense=dense, sparse=sparse, where=IndexFilter(), limit=limit)
        ]

    def _points(self, names: Sequence[str], documents: Mapping[str, str]) -> Iterable[IndexPoint]:
        dense = self._embedder.passages([documents[name] for name in names])
        for row, name in enumerate(names):
            sparse = passage_vector(documents[name])
            yield IndexPoint(str(uuid5(NAMESPACE_URL, name)), "", "", row, "section", dense[row], sparse)
