from __future__ import annotations

import pytest

from eval.retrieval.peers import PEERS, tokens
from eval.retrieval.sets import RetrievalSet, without_accents


@pytest.mark.parametrize("name", list(PEERS))
def test_each_peer_finds_what_a_question_names(small: RetrievalSet, name: str) -> None:
    peer = PEERS[name]()
    assert peer.name == name
    peer.build(small.documents, small.contexts)
    for one in (small, without_accents(small)):
        for qid, query in one.queries.items():
            found = peer.search(query, 3)
            assert found[0][0] in small.qrels[qid], query
            assert [score for _, score in found] == sorted((score for _, score in found), reverse=True)


@pytest.mark.parametrize("name", list(PEERS))
def test_a_peer_reads_contexts_and_finds_nothing_where_no_word_fits(small: RetrievalSet, name: str) -> None:
    peer = PEERS[name]()
    peer.build(small.documents, small.contexts)
    assert peer.search("nông nghiệp", 1)[0][0] == "d0"
    assert peer.search("qwerty", 3) == []


def test_tokens_are_syllables_and_pairs_inside_a_phrase() -> None:
    assert tokens("Hộ nghèo, giảm 30 hộ") == ["hộ", "nghèo", "giảm", "30", "hộ", "hộ nghèo", "giảm 30", "30 hộ"]
