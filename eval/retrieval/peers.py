"""Other people's lexical search, each in its own best plain use for Vietnamese.

None of them knows Vietnamese, so each gets what its own manual offers for it and the better of the settings tried on
ViQuAD's dev set. What finds no words without their accents (all but SQLite) keeps two indexes, one accented and one
folded, and asks the folded one when a question is typed without accents.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from eval.retrieval.searching import NO_CONTEXTS, Found, Searcher
from eval.retrieval.sets import whole_text
from ingest.vi.normalise import canonical, fold, has_accents
from ingest.vi.words import bigrams, words


def tokens(text: str) -> list[str]:
    """Return lower-case syllables and the pairs of neighbouring ones: what plain BM25 does best with in Vietnamese."""
    whole = canonical(text)
    found = words(whole)
    return [word.text for word in found] + [f"{left.text} {right.text}" for left, right in bigrams(whole, found)]


def folded_tokens(text: str) -> list[str]:
    """Return ``tokens`` without accents."""
    return [fold(token) for token in tokens(text)]


class Bm25s:
    """bm25s, Lucene's form of BM25."""

    name = "bm25s"

    def build(self, documents: Mapping[str, str], contexts: Mapping[str, str] = NO_CONTEXTS) -> None:
        """See ``Searcher.build``."""
        self._names = list(documents)
        texts = [whole_text(documents, contexts, name) for name in self._names]
        self._indexes = {accented: self._index(texts, accented=accented) for accented in (True, False)}

    def search(self, query: str, limit: int) -> Found:
        """See ``Searcher.search``."""
        accented = has_accents(canonical(query))
        asked = tokens(query) if accented else folded_tokens(query)
        found, scores = self._indexes[accented].retrieve(
            [asked], k=min(limit, len(self._names)), show_progress=False, n_threads=0
        )
        return [(self._names[row], float(score)) for row, score in zip(found[0], scores[0], strict=True) if score > 0]

    @staticmethod
    def _index(texts: list[str], *, accented: bool) -> Any:
        import bm25s

        made = bm25s.BM25(method="lucene", k1=1.2, b=0.75)
        made.index([tokens(text) if accented else folded_tokens(text) for text in texts], show_progress=False)
        return made


# By the name they are called on the command line.
PEERS: dict[str, Callable[[], Searcher]] = {"bm25s": Bm25s}
