"""What a search gives, with a text reranker and without."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from ingest.indexing import dense_text
from service.answer.candidates import Material
from service.ask import AskService
from service.domain import Query
from service.retrieve.passage_features import CLOSER, FIRST
from service.retrieve.passage_ranker import PassageRanker
from service.retrieve.search import Searcher
from service.settings import Settings
from service.understand.question import understand
from service.wiring import build

SAMPLE = Path(__file__).parents[3] / "ingest" / "samples" / "quy-1-2023.docx"
QUESTION = "Đàn trâu có bao nhiêu con?"
# Looks at nothing but what the text reranker says, then at the order of the search.
REREAD = PassageRanker(
    {name: {"reread": 100.0, "found": 1.0}.get(name, 0.0) for name in FIRST},
    {name: {"reread": 100.0, "found": 1.0}.get(name, 0.0) for name in (*FIRST, *CLOSER)},
)


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


def searched(searcher: Searcher, question: str | Query = QUESTION) -> Material:
    snapshot = searcher.corpus.snapshot()
    query = understand(question, places={}) if isinstance(question, str) else question
    return searcher.search(query, snapshot.refs, snapshot)


def texts(searcher: Searcher, question: str | Query = QUESTION) -> list[str]:
    return [dense_text(hit.passage) for hit in searched(searcher, question).hits]


def test_hits_and_views_are_in_one_order_and_remember_the_search(searcher: Searcher) -> None:
    found = searched(searcher)
    assert [hit.rank for hit in found.hits] == list(range(1, 25))
    assert [hit.passage for hit in found.hits] == [view.passage for view in found.views]
    assert len({hit.found for hit in found.hits}) == 24 and {
        hit.reread for hit in searched(replace(searcher, reranker=None)).hits
    } == {0.0}


def test_a_text_reranker_that_knows_nothing_leaves_the_order_of_the_search(searcher: Searcher) -> None:
    plain = replace(searcher, reranker=None, ranker=REREAD, limit=8)
    assert texts(replace(plain, reranker=Indifferent(), rerank_depth=100)) == texts(plain)
    assert len(texts(plain)) == 8


def test_a_text_reranker_reads_the_first_passages_and_brings_up_what_it_likes(searcher: Searcher) -> None:
    shortest = Shortest()
    plain = texts(replace(searcher, ranker=REREAD, reranker=None, limit=8))
    found = texts(replace(searcher, ranker=REREAD, reranker=shortest, rerank_depth=5, limit=8))
    assert found[0] == min(plain[:5], key=len) and sorted(found[:5]) == sorted(plain[:5]) and found[5:] == plain[5:]
    assert shortest.asked == [(QUESTION, 5)]


def test_what_is_found_beyond_the_limit_can_come_up(searcher: Searcher) -> None:
    deep = texts(replace(searcher, ranker=REREAD, reranker=Shortest(), rerank_depth=20, limit=3))
    assert len(deep) == 3
    assert deep[0] == min(texts(replace(searcher, ranker=REREAD, reranker=None, limit=20)), key=len)


def test_of_several_parts_none_is_cut_off(searcher: Searcher) -> None:
    whole = understand(QUESTION, places={})
    query = replace(
        whole,
        parts=(understand("Có bao nhiêu hộ nghèo?", places={}), understand("Số vụ tai nạn giao thông?", places={})),
    )
    assert len(texts(replace(searcher, limit=4), query)) > 4


def test_no_reports_give_no_hits(searcher: Searcher) -> None:
    snapshot = searcher.corpus.snapshot()
    assert searcher.search(understand(QUESTION, places={}), (), snapshot).hits == ()
