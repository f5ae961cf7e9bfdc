"""Other people's lexical search, each in its own best plain use for Vietnamese, all in this process.

None of them knows Vietnamese. Each keeps two indexes, one of the texts as written and one without accents, and asks
the second when a question is typed without accents: with either alone it would lose one of the two halves of the
benchmark. Texts reach bm25s and rank-bm25 as syllables and pairs of neighbouring syllables, which is what plain BM25
does best with; the others cut texts themselves, in their own way, and are asked for any of the question's words.
"""

from __future__ import annotations

import logging
import re
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from eval.retrieval.searching import NO_CONTEXTS, Found, Searcher
from eval.retrieval.sets import whole_text
from ingest.vi.normalise import canonical, fold, has_accents
from ingest.vi.words import bigrams, words

_TOKEN = re.compile(r"\w+")


class Engine(Protocol):
    """One index of a peer: takes texts, gives (0-based number of the text, score), best first."""

    def __init__(self, texts: Sequence[str]) -> None: ...

    def best(self, query: str, limit: int) -> list[tuple[int, float]]:
        """Return at most ``limit`` texts that have a word of ``query``."""
        ...


class Peer:
    """A ``Searcher`` of two engines of one kind: one of the texts as written, one of the texts without accents."""

    def __init__(self, name: str, engine: Callable[[Sequence[str]], Engine]) -> None:
        self.name = name
        self._engine = engine

    def build(self, documents: Mapping[str, str], contexts: Mapping[str, str] = NO_CONTEXTS) -> None:
        """See ``Searcher.build``."""
        self._names = list(documents)
        texts = [canonical(whole_text(documents, contexts, name)) for name in self._names]
        self._accented, self._bare = self._engine(texts), self._engine([fold(text) for text in texts])

    def search(self, query: str, limit: int) -> Found:
        """See ``Searcher.search``."""
        asked = canonical(query)
        found = self._accented.best(asked, limit) if has_accents(asked) else self._bare.best(fold(asked), limit)
        return [(self._names[number], score) for number, score in found]


def tokens(text: str) -> list[str]:
    """Return the lower-case syllables and the pairs of neighbouring ones of canonical ``text``."""
    found = words(text)
    return [word.text for word in found] + [f"{left.text} {right.text}" for left, right in bigrams(text, found)]


class Bm25s:
    """bm25s, Lucene's form of BM25 with its usual k1 1.2 and b 0.75."""

    def __init__(self, texts: Sequence[str]) -> None:
        import bm25s

        self._index = bm25s.BM25(method="lucene", k1=1.2, b=0.75)
        self._index.index([tokens(text) for text in texts], show_progress=False)
        self._size = len(texts)

    def best(self, query: str, limit: int) -> list[tuple[int, float]]:
        """See ``Engine.best``."""
        found, scores = self._index.retrieve([tokens(query)], k=min(limit, self._size), show_progress=False)
        return [(int(number), float(score)) for number, score in zip(found[0], scores[0], strict=True) if score > 0]


class RankBm25:
    """rank-bm25's BM25Okapi with its own k1 1.5 and b 0.75."""

    def __init__(self, texts: Sequence[str]) -> None:
        import rank_bm25

        self._index = rank_bm25.BM25Okapi([tokens(text) for text in texts])

    def best(self, query: str, limit: int) -> list[tuple[int, float]]:
        """See ``Engine.best``. Its weight of a word may be negative; 0 alone is "not found"."""
        scores = self._index.get_scores(tokens(query))
        order = (-scores).argsort(kind="stable")[:limit]
        return [(int(number), float(scores[number])) for number in order if scores[number] != 0]


class SqliteFts5:
    """SQLite FTS5 by its bm25(), tokenizer unicode61.

    As written, accents are kept (``remove_diacritics 0``): better than removing them where a question has some. The
    texts without accents would come of ``remove_diacritics 2`` too, but for đ, which SQLite does not take for d.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self._database = sqlite3.connect(":memory:")
        self._database.execute("CREATE VIRTUAL TABLE docs USING fts5(body, tokenize = 'unicode61 remove_diacritics 0')")
        self._database.executemany("INSERT INTO docs(rowid, body) VALUES (?, ?)", enumerate(texts))

    def best(self, query: str, limit: int) -> list[tuple[int, float]]:
        """See ``Engine.best``."""
        asked = " OR ".join(f'"{token}"' for token in dict.fromkeys(_TOKEN.findall(query.lower())))
        if not asked:
            return []
        found = self._database.execute(
            "SELECT rowid, -bm25(docs) FROM docs WHERE docs MATCH ? ORDER BY rank LIMIT ?", (asked, limit)
        )
        return [(int(number), float(score)) for number, score in found]

    def __del__(self) -> None:
        self._database.close()


class Tantivy:
    """tantivy with its simple tokenizer, lower case; a question is any of its words."""

    def __init__(self, texts: Sequence[str]) -> None:
        import tantivy

        builder = tantivy.SchemaBuilder()
        builder.add_unsigned_field("number", stored=True)
        builder.add_text_field("body", tokenizer_name="vi", index_option="freq")
        self._tantivy, self._schema = tantivy, builder.build()
        index = tantivy.Index(self._schema)
        analyzer = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple()).filter(tantivy.Filter.lowercase()).build()
        index.register_tokenizer("vi", analyzer)
        writer = index.writer(heap_size=64_000_000, num_threads=1)
        for number, text in enumerate(texts):
            writer.add_document(tantivy.Document(number=number, body=text))
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        self._searcher, self._analyzer = index.searcher(), analyzer

    def best(self, query: str, limit: int) -> list[tuple[int, float]]:
        """See ``Engine.best``."""
        terms = dict.fromkeys(self._analyzer.analyze(query))
        asked = [
            (self._tantivy.Occur.Should, self._tantivy.Query.term_query(self._schema, "body", term)) for term in terms
        ]
        if not asked:
            return []
        hits = self._searcher.search(self._tantivy.Query.boolean_query(asked), limit).hits
        return [(int(self._searcher.doc(address)["number"][0]), float(score)) for score, address in hits]


class LlamaIndexBm25:
    """llama-index's BM25Retriever, made for languages it has no stemmer for: no stemming, words of one letter kept.

    Its stop words are English, as no Vietnamese ones exist there; the few that are Vietnamese syllables too are lost.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        logging.getLogger("llama_index.retrievers.bm25").setLevel(logging.ERROR)
        from llama_index.core.schema import TextNode
        from llama_index.retrievers.bm25 import BM25Retriever

        nodes = [TextNode(text=text, id_=str(number)) for number, text in enumerate(texts)]
        self._retriever: Any = BM25Retriever(
            nodes=nodes, skip_stemming=True, language="en", token_pattern=r"(?u)\b\w+\b", similarity_top_k=1
        )
        self._size = len(texts)

    def best(self, query: str, limit: int) -> list[tuple[int, float]]:
        """See ``Engine.best``."""
        self._retriever.similarity_top_k = min(limit, self._size)
        found = self._retriever.retrieve(query)
        return [(int(one.node.node_id), float(one.score)) for one in found if one.score > 0]


# By the name they are called on the command line.
PEERS: dict[str, Callable[[], Searcher]] = {
    "bm25s": lambda: Peer("bm25s", Bm25s),
    "rank-bm25": lambda: Peer("rank-bm25", RankBm25),
    "sqlite-fts5": lambda: Peer("sqlite-fts5", SqliteFts5),
    "tantivy": lambda: Peer("tantivy", Tantivy),
    "llama-index-bm25": lambda: Peer("llama-index-bm25", LlamaIndexBm25),
}
