"""The order of what a search gives, with a reranker and without."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from ingest.indexing import dense_text
from service.ask import AskService
from service.domain import Query
from service.retrieve.search import Searcher
from service.settings import Settings
from service.understand.question import understand
from service.wiring import build

SAMPLE = Path(__file__).parents[3] / "ingest" / "samples" / "quy-1-2023.docx"
QUESTION = "Đàn trâu có bao nhiêu con?"


class Shortest:
    """The shorter a passage, the better; remembers what it was asked."""

    fingerprint = "shortest"
    prior_weight = 0.0

    def __init__(self) -> None:
        self.asked: list[tuple[str, int]] = []

    def scores(self, question: str, passages: Sequence[str]) -> NDArray[np.float32]:
        self.asked.append((question, len(passages)))
        return np.array([-len(passage) for passage in passages], dtype=np.float32)


class Indifferent(Shortest):
    def scores(self, question: str, passages: Sequence[str]) -> NDArray[np.float32]:
        return np.zeros(len(passages), dtype=np.float32)


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    with build(Settings(data_dir=tmp_path_factory.mktemp("data"))) as services:
        services.ingestor.add(SAMPLE.read_bytes(), name=SAMPLE.name)
        assert isinstance(services.asker, AskService)
        yield services.asker.searcher


def texts(searcher: Searcher, question: str | Query = QUESTION, *, limit: int = 8) -> list[str]:
    snapshot = searcher.corpus.snapshot()
    query = understand(question, places={}) if isinstance(question, str) else question
    found = searcher.search(query, snapshot.refs, snapshot, limit=limit)
    return [dense_text(hit.passage) for hit in found.hits]


def test_without_a_reranker_and_with_one_that_knows_nothing_the_order_is_that_of_the_search(
    searcher: Searcher,
) -> None:
    plain = replace(searcher, reranker=None)
    assert texts(replace(searcher, reranker=Indifferent(), rerank_depth=8)) == texts(plain)
    assert len(texts(plain)) == 8


def test_the_reranker_orders_the_first_passages_and_leaves_the_rest(searcher: Searcher) -> None:
    shortest = Shortest()
    found, plain = texts(replace(searcher, reranker=shortest, rerank_depth=5)), texts(replace(searcher, reranker=None))
    assert found[:5] == sorted(plain[:5], key=len) and found[5:] == plain[5:]
    assert shortest.asked == [(QUESTION, 5)]


def test_deeper_than_the_limit_it_brings_up_what_was_cut_off(searcher: Searcher) -> None:
    deep = texts(replace(searcher, reranker=Shortest(), rerank_depth=20), limit=3)
    assert len(deep) == 3
    assert [len(text) for text in deep] == sorted(len(text) for text in texts(searcher, limit=20))[:3]


def test_of_several_parts_none_is_cut_off(searcher: Searcher) -> None:
    whole = understand(QUESTION, places={})
    query = replace(
        whole,
        parts=(understand("Có bao nhiêu hộ nghèo?", places={}), understand("Số vụ tai nạn giao thông?", places={})),
    )
    ranked = texts(replace(searcher, reranker=Shortest(), rerank_depth=4), query, limit=4)
    assert sorted(ranked) == sorted(texts(replace(searcher, reranker=None), query, limit=4))
