from __future__ import annotations

from eval.retrieval.sets import RetrievalSet, limited, whole_text, without_accents

SMALL = RetrievalSet(
    name="small",
    queries={"q1": "Ai ký Nghị quyết?", "q2": "Đường dài bao nhiêu?"},
    documents={"a": "Chủ tịch ký.", "b": "Dài 3 km."},
    qrels={"q1": {"a": 1}, "q2": {"b": 1}},
    contexts={"b": "II. Giao thông"},
)


def test_questions_lose_their_accents_and_nothing_else_changes() -> None:
    bare = without_accents(SMALL)
    assert bare.queries == {"q1": "ai ky nghi quyet?", "q2": "duong dai bao nhieu?"}
    assert (bare.documents, bare.qrels, bare.contexts) == (SMALL.documents, SMALL.qrels, SMALL.contexts)


def test_a_part_of_the_questions_keeps_the_whole_pool() -> None:
    part = limited(SMALL, 1)
    assert list(part.queries) == list(part.qrels) == ["q1"]
    assert part.documents == SMALL.documents
    assert limited(SMALL, None) is SMALL


def test_the_context_stands_before_the_text_where_there_is_one() -> None:
    assert whole_text(SMALL.documents, SMALL.contexts, "a") == "Chủ tịch ký."
    assert whole_text(SMALL.documents, SMALL.contexts, "b") == "II. Giao thông\nDài 3 km."
