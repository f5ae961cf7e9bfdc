from __future__ import annotations

from pathlib import Path

import pytest

from eval.retrieval.own import OwnSearcher, Reranked, Side, edge_indexes
from eval.retrieval.sets import RetrievalSet, without_accents
from ingest.embed import load_embedder
from ingest.rerank import load_reranker


@pytest.mark.parametrize("side", list(Side))
def test_each_side_finds_what_a_question_names(small: RetrievalSet, tmp_path: Path, side: Side) -> None:
    searcher = OwnSearcher(side, load_embedder(), edge_indexes(tmp_path))
    searcher.build(small.documents, small.contexts)
    for one in (small, without_accents(small)):
        first = {qid: searcher.search(query, 3)[0][0] for qid, query in one.queries.items()}
        right = sum(name in small.qrels[qid] for qid, name in first.items())
        assert right == len(first) or (side is Side.DENSE and right >= 4)
    searcher.close()
    assert list(tmp_path.iterdir()) == []


def test_only_the_sides_that_take_part_are_searched(small: RetrievalSet, tmp_path: Path) -> None:
    lexical = OwnSearcher(Side.LEXICAL, load_embedder(), edge_indexes(tmp_path))
    lexical.build(small.documents)
    assert lexical.search("hộ nghèo", 6) != []
    assert len(lexical.search("hộ nghèo", 6)) < 6  # a passage without any of the words is not found
    lexical.build({"only": "Hộ nghèo."})
    assert [name for name, _ in lexical.search("hộ nghèo", 6)] == ["only"]
    lexical.close()


def test_a_reranker_orders_the_first_hits_and_leaves_the_rest(small: RetrievalSet, tmp_path: Path) -> None:
    reranker = load_reranker()
    assert reranker is not None
    hybrid = OwnSearcher(Side.HYBRID, load_embedder(), edge_indexes(tmp_path))
    searcher = Reranked(hybrid, reranker, 3)
    searcher.build(small.documents, small.contexts)
    for query in small.queries.values():
        before, after = hybrid.search(query, 6), searcher.search(query, 6)
        assert sorted(name for name, _ in before[:3]) == sorted(name for name, _ in after[:3])
        assert [name for name, _ in before[3:]] == [name for name, _ in after[3:]]
        assert [score for _, score in after] == sorted((score for _, score in after), reverse=True)
    hybrid.close()
