from __future__ import annotations

from pathlib import Path

import pytest

from eval.retrieval.own import OwnSearcher, Side, edge_indexes
from eval.retrieval.sets import RetrievalSet, without_accents
from ingest.embed import load_embedder


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
