from __future__ import annotations

from collections.abc import Mapping

from eval.retrieval.running import measure, together
from eval.retrieval.searching import NO_CONTEXTS, Found
from eval.retrieval.sets import RetrievalSet


class Accented:
    """Finds a document by its first word, accents and all."""

    name = "accented"

    def build(self, documents: Mapping[str, str], contexts: Mapping[str, str] = NO_CONTEXTS) -> None:
        self.documents = documents

    def search(self, query: str, limit: int) -> Found:
        return [(name, 1.0) for name, text in self.documents.items() if query.split()[0] in text.lower()][:limit]


def test_a_set_is_asked_with_accents_and_without(small: RetrievalSet) -> None:
    told: list[str] = []
    with_accents, bare = measure([small], [Accented()], told=told.append)
    assert told == ["small: accented"]
    assert (with_accents.bare, bare.bare) == (False, True)
    assert with_accents.means["hit@1"] == 1
    assert bare.means["hit@1"] < 1
    assert with_accents.questions == len(small.queries)
    assert with_accents.documents == len(small.documents)
    assert with_accents.waited(50) <= with_accents.waited(95)


def test_parts_of_a_set_count_by_their_questions(small: RetrievalSet) -> None:
    whole, _ = measure([small], [Accented()], told=lambda _: None)
    one = RetrievalSet("small", {"q": "không có gì"}, {"d": "khác"}, {"q": {"d": 1}})
    part, _ = measure([one], [Accented()], told=lambda _: None)
    both = together([whole, part])
    assert both.questions == 7
    assert both.documents == 7
    assert both.means["hit@1"] == 6 / 7
    assert both.build_s == whole.build_s + part.build_s
