"""Our own lexical search over training texts: it finds the passages that look right and are not (hard negatives)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from ingest.index.port import SparseVector
from ingest.lexical import passage_vector, query_vector

_BATCH = 500


class LexicalSearch:
    """Exact search with the vectors of ``ingest.lexical`` and the idf of Qdrant: ln((n - df + .5) / (df + .5) + 1)."""

    def __init__(self, passages: Sequence[str]) -> None:
        self._columns: dict[int, int] = {}
        vectors = [passage_vector(text) for text in passages]
        for vector in vectors:
            for term in vector.indices:
                self._columns.setdefault(term, len(self._columns))
        matrix = self._matrix(vectors, np.ones(len(self._columns), dtype=np.float32))
        found = np.bincount(matrix.indices, minlength=len(self._columns))
        self._idf = np.log((len(passages) - found + 0.5) / (found + 0.5) + 1).astype(np.float32)
        self._passages = matrix.T.tocsr()

    def best(self, questions: Sequence[str], *, limit: int) -> Iterator[list[int]]:
        """Yield for each question the 0-based numbers of the best passages, best first, at most ``limit``."""
        for start in range(0, len(questions), _BATCH):
            vectors = [query_vector(question) for question in questions[start : start + _BATCH]]
            scores = (self._matrix(vectors, self._idf) @ self._passages).toarray()
            yield from np.argsort(-scores, axis=1, kind="stable")[:, :limit].tolist()

    def _matrix(self, vectors: Sequence[SparseVector], factors: NDArray[np.float32]) -> csr_matrix:
        rows: list[int] = []
        columns: list[int] = []
        values: list[float] = []
        for row, vector in enumerate(vectors):
            for term, weight in zip(vector.indices, vector.values, strict=True):
                column = self._columns.get(term)
                if column is not None:
                    rows.append(row)
                    columns.append(column)
                    values.append(weight * float(factors[column]))
        return csr_matrix((values, (rows, columns)), shape=(len(vectors), len(self._columns)), dtype=np.float32)
