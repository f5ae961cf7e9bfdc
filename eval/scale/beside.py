"""The other tools at a size: what making their index takes, what a question costs, how much memory they hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Protocol

import numpy as np

from eval.retrieval.peers import PEERS
from eval.scale.clock import Clock
from eval.scale.ours import WARM_UP, questions_of
from eval.scale.process import Result, memory_now
from eval.scale.qdrant_variants import LocalQdrant
from eval.scale.stored import read
from ingest.embed import load_embedder
from ingest.index.port import Dense
from service.retrieve.search import LIMIT


class Measurable(Protocol):
    """What is measured here of ``eval.retrieval.searching.Searcher``."""

    def build(self, documents: Mapping[str, str]) -> None:
        """Take in these documents."""
        ...

    def search(self, query: str, limit: int) -> list[tuple[str, float]]:
        """Return at most ``limit`` of them, best first."""
        ...


class EveryProduct:
    """Our dense vectors in one numpy array, each multiplied with the question's."""

    def build(self, documents: Mapping[str, str]) -> None:
        """Take in ``documents``."""
        self._embedder = load_embedder()
        self._names = list(documents)
        self._vectors: Dense = self._embedder.passages(list(documents.values()))

    def search(self, query: str, limit: int) -> list[tuple[str, float]]:
        """Return the nearest documents."""
        scores = self._vectors @ self._embedder.query(query)
        best = np.argpartition(-scores, min(limit, len(scores) - 1))[:limit]
        return [(self._names[row], float(scores[row])) for row in best[np.argsort(-scores[best])]]


# By name: the lexical ones of ``eval bench retrieval``, and two with our vectors.
TOOLS: dict[str, Callable[[], Measurable]] = {**PEERS, "numpy": EveryProduct, "qdrant-client": LocalQdrant}
# Above so many passages these take minutes to build or seconds to answer.
LARGEST = {"qdrant-client": 10_000, "rank-bm25": 10_000}


def beside(*, made: str, size: int, name: str, queries: int) -> Result:
    """Build the tool ``name`` over ``size`` passages of the file ``made`` and ask ``queries`` questions of it."""
    asked = questions_of(read(Path(made), size), queries + WARM_UP).asked
    documents = {p.id: f"{p.context}\n{p.text}" for report in read(Path(made), size) for p in report.passages}
    tool, clock, before = TOOLS[name](), Clock(), memory_now()
    clock.time("build", partial(tool.build, documents))
    documents.clear()
    after = memory_now()
    for number, one in enumerate(asked):
        timed = clock if number >= WARM_UP else Clock()
        timed.time("total", partial(tool.search, one.text, LIMIT))
    built = clock.seconds()["build"]
    return {
        "seconds": built,
        "memory_before": before,
        "memory_built": after,
        "memory": memory_now(),
        "times": clock.spreads()["total"],
    }
