"""Index and model are taken together and replaced together, whatever is asked meanwhile."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from ingest.errors import IndexUnavailable
from ingest.index.port import Dense, IndexFilter, ScoredPassage, SparseVector
from ingest.indexing import Encoder
from ingest.serving import Served, Serving
from tests.ingest.ingest_fakes import MemoryIndex, ToyEmbedder

WAIT_S = 60


class Numbered(ToyEmbedder):
    """Its vectors carry its number; all models have one dimension, so that only this tells them apart."""

    def __init__(self, number: int) -> None:
        super().__init__(fingerprint=f"model-{number}")
        self.number = number

    def query(self, text: str) -> Dense:
        return np.full(4, self.number, dtype=np.float32)


class Watching(MemoryIndex):
    """Refuses vectors of other models and questions after its end."""

    def __init__(self, number: int) -> None:
        super().__init__(fingerprint=f"model-{number}")
        self.number, self.closed = number, False

    def search(
        self, *, dense: Dense | None, sparse: SparseVector | None, where: IndexFilter, limit: int
    ) -> list[ScoredPassage]:
        assert dense is not None and dense[0] == self.number, "a vector of another model"
        if self.closed:
            raise IndexUnavailable("Chỉ mục đã đóng.")
        return []

    def close(self) -> None:
        self.closed = True


def pair(number: int) -> Served:
    return Served(Watching(number), Encoder(Numbered(number)))


def serving_of(served: Served) -> Serving:
    return Serving(served.index, served.encoder)


def ask(serving: Serving) -> None:
    with serving.use() as served:
        vector = served.encoder.embedder.query("x")
        served.index.search(dense=vector, sparse=None, where=IndexFilter(), limit=1)


def test_no_vector_meets_the_index_of_another_model_and_no_question_a_closed_one() -> None:
    serving, ended = serving_of(pair(0)), threading.Event()

    def asking() -> int:
        count = 0
        while not ended.is_set():
            ask(serving)
            count += 1
        return count

    with ThreadPoolExecutor(3) as pool:
        threads = [pool.submit(asking) for _ in range(3)]
        for number in range(1, 40):
            serving.switch(pair(number)).index.close()
        ended.set()
        assert all(one.result(WAIT_S) > 0 for one in threads)
    assert serving.fingerprint == "model-39"


def test_the_old_pair_comes_back_only_when_nobody_uses_it() -> None:
    old = pair(1)
    serving, back = serving_of(old), threading.Event()
    with serving.use() as held:

        def switching() -> None:
            serving.switch(pair(2))
            back.set()

        thread = threading.Thread(target=switching)
        thread.start()
        while serving.fingerprint != "model-2":
            pass
        ask(serving)  # new questions go to the new pair at once
        assert held.index is old.index and not back.is_set()
    thread.join(WAIT_S)
    assert back.is_set()


def test_who_never_ends_does_not_hold_the_switch_for_ever() -> None:
    serving = serving_of(pair(1))
    with serving.use():
        assert serving.switch(pair(2), patience_s=0.01).index.info().fingerprint == "model-1"


def test_an_error_inside_ends_the_use() -> None:
    serving = serving_of(pair(1))
    with pytest.raises(ValueError), serving.use():
        raise ValueError
    serving.switch(pair(2), patience_s=0)
    assert serving.fingerprint == "model-2"
    serving.close()
    with pytest.raises(IndexUnavailable):
        ask(serving)
