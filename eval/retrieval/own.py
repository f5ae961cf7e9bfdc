"""Our own search over any documents: the functions and the index that the product uses, in a folder of their own."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Callable, Mapping
from enum import StrEnum
from pathlib import Path

import numpy as np

from eval.retrieval.searching import NO_CONTEXTS, Found, Searcher
from eval.retrieval.sets import whole_text
from ingest.embed import Embedder
from ingest.index.edge import open_edge_index
from ingest.index.port import Dense, IndexFilter, IndexPoint, PassageIndex, SparseVector
from ingest.index.ranking import Fusion
from ingest.indexing import BATCH_PASSAGES
from ingest.lexical import passage_vector, query_vector
from ingest.rerank import Reranker, best_first

# Makes an empty index for vectors of this fingerprint and length; returns it with what lets it go again.
NewIndex = Callable[[str, int], tuple[PassageIndex, Callable[[], None]]]

_NAMES = uuid.UUID("6ff6f2a3-6b52-4b6c-9a0c-7cb8d3a2f5d1")
_VERSION = "bench"
_WHERE = IndexFilter(version_ids=(_VERSION,))


class Side(StrEnum):
    """Which rankings take part."""

    DENSE = "dense"
    LEXICAL = "lexical"
    HYBRID = "hybrid"


def edge_indexes(folder: Path, fusion: Fusion | None = None) -> NewIndex:
    """Return a maker of embedded indexes, each in a folder of its own under ``folder``."""

    def made(fingerprint: str, dim: int) -> tuple[PassageIndex, Callable[[], None]]:
        own = folder / uuid.uuid4().hex
        index = open_edge_index(own, fingerprint=fingerprint, dim=dim, fusion=fusion)

        def let_go() -> None:
            index.close()
            shutil.rmtree(own)

        return index, let_go

    return made


def server_indexes(url: str, fusion: Fusion | None = None) -> NewIndex:
    """Return a maker of indexes on a Qdrant server, each a collection that goes when its searcher is closed."""

    def made(fingerprint: str, dim: int) -> tuple[PassageIndex, Callable[[], None]]:
        from ingest.index import server

        client = server.connect(url, timeout_s=60)
        name = f"hoibaocao-bench-{uuid.uuid4().hex}"
        index = server.begin_rebuild(client, collection=name, fingerprint=fingerprint, dim=dim, fusion=fusion)

        def let_go() -> None:
            server.discard_rebuild(index)
            index.close()

        return index, let_go

    return made


class Reranked:
    """The hybrid search whose first ``depth`` hits a reranker puts in order once more."""

    name = "rerank"

    def __init__(self, first: Searcher, reranker: Reranker, depth: int) -> None:
        self._first = first
        self._reranker = reranker
        self._depth = depth
        self._texts: dict[str, str] = {}

    def build(self, documents: Mapping[str, str], contexts: Mapping[str, str] = NO_CONTEXTS) -> None:
        """See ``Searcher.build``."""
        self._texts = {name: whole_text(documents, contexts, name) for name in documents}
        self._first.build(documents, contexts)

    def search(self, query: str, limit: int) -> Found:
        """See ``Searcher.search``; beyond ``depth`` the first order stays. The score falls by 1 from rank to rank."""
        found = self._first.search(query, max(limit, self._depth))
        top = [(self._texts[name], score) for name, score in found[: self._depth]]
        order = [*best_first(self._reranker, query, top), *range(len(top), len(found))]
        return [(found[place][0], float(-rank)) for rank, place in enumerate(order[:limit])]


class OwnSearcher:
    """The product's search: ``dense``, ``lexical`` or both fused. ``close`` it at the end."""

    def __init__(self, side: Side, embedder: Embedder, new_index: NewIndex) -> None:
        self.name = side.value
        self._side = side
        self._embedder = embedder
        self._new_index = new_index
        self._index: PassageIndex | None = None
        self._let_go: Callable[[], None] | None = None
        self._ids: dict[str, str] = {}

    def build(self, documents: Mapping[str, str], contexts: Mapping[str, str] = NO_CONTEXTS) -> None:
        """See ``Searcher.build``. Raises ``IndexUnavailable``."""
        self.close()
        self._index, self._let_go = self._new_index(self._embedder.fingerprint, self._embedder.dim)
        names = list(documents)
        self._ids = {str(uuid.uuid5(_NAMES, name)): name for name in names}
        points = list(self._ids)
        for start in range(0, len(names), BATCH_PASSAGES):
            part = names[start : start + BATCH_PASSAGES]
            dense = self._dense([whole_text(documents, contexts, name) for name in part])
            sparse = [self._sparse(documents[name], contexts.get(name, "")) for name in part]
            self._index.upsert(
                [
                    _point(points[start + place], start + place, dense[place], sparse[place])
                    for place in range(len(part))
                ]
            )

    def search(self, query: str, limit: int) -> Found:
        """See ``Searcher.search``. Raises ``IndexUnavailable``."""
        assert self._index is not None, "build() comes first"
        dense = None if self._side is Side.LEXICAL else self._embedder.query(query)
        sparse = None if self._side is Side.DENSE else query_vector(query)
        hits = self._index.search(dense=dense, sparse=sparse, where=_WHERE, limit=limit)
        return [(self._ids[hit.id], hit.score) for hit in hits]

    def close(self) -> None:
        """Let the index go; idempotent."""
        let_go, self._index, self._let_go = self._let_go, None, None
        if let_go is not None:
            let_go()

    def _dense(self, texts: list[str]) -> Dense:
        if self._side is Side.LEXICAL:
            return np.zeros((len(texts), self._embedder.dim), dtype=np.float32)
        return self._embedder.passages(texts)

    def _sparse(self, text: str, context: str) -> SparseVector:
        return SparseVector((), ()) if self._side is Side.DENSE else passage_vector(text, context=context)


def _point(name: str, ordinal: int, dense: Dense, sparse: SparseVector) -> IndexPoint:
    return IndexPoint(
        id=name, version_id=_VERSION, report_id=_VERSION, ordinal=ordinal, kind="section", dense=dense, sparse=sparse
    )
