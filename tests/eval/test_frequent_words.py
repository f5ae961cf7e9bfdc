"""The table of words that say little in a question is what the shipped reranker learned."""

from __future__ import annotations

from pathlib import Path

from eval.frequent_words import OUT, common
from ingest.interaction import load_interaction
from ingest.vi.word_tables import rows


def test_the_table_is_that_of_the_shipped_model() -> None:
    model = load_interaction(Path(__file__).parents[2] / "ingest" / "reranker")
    stored = {word: float(share) for word, share in rows("service.answer", OUT.name)}
    assert {word: share for word, share in stored.items() if not word.startswith("~")} == common(model, bare=False)
    assert {word[1:]: share for word, share in stored.items() if word.startswith("~")} == common(model, bare=True)
    assert all(0 < share < 1 for share in stored.values())
