"""Other settings of the lexical side, on one set: which terms count how much, and how length and repetition count.

Scores are worked out here in one go for all questions, from the product's own terms: what ``ingest.lexical`` puts into
the vectors and the index does with them (checked against it by a test), but a setting costs seconds and no index.
Questions are asked with and without accents. To be run on the tuning set only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from eval.metrics import mean
from eval.retrieval.measures import HIT, NDCG, by_question
from eval.retrieval.running import DEPTH, Told
from eval.retrieval.searching import Found
from eval.retrieval.sets import RetrievalSet, whole_text, without_accents
from eval.retrieval.trials import Outcome
from ingest.lexical import ACCENTED_WEIGHTS, AVERAGE_WORDS, FOLDED_WEIGHTS, K1, B, Term, term_id, terms
from ingest.vi.normalise import canonical, fold, has_accents
from ingest.vi.words import words

# Words as pyvi cuts them (one to four syllables), and the same without accents.
WORD, FOLDED_WORD = "word", "folded word"
KINDS = (*(str(kind) for kind in Term), WORD, FOLDED_WORD)
SYLLABLE, BIGRAM, FOLDED, FOLDED_BIGRAM = (str(kind) for kind in Term)

_CHUNK = 256  # questions scored at a time: some 10 MB for 5,000 documents
Weights = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Setting:
    """Weights of the kinds of terms, for questions with accents and without, and BM25's numbers.

    ``average``: words of a typical passage; None: what the pool has.
    """

    name: str
    accented: Weights = field(default_factory=lambda: {str(kind): weight for kind, weight in ACCENTED_WEIGHTS})
    bare: Weights = field(default_factory=lambda: {str(kind): weight for kind, weight in FOLDED_WEIGHTS})
    k1: float = K1
    b: float = B
    average: float | None = AVERAGE_WORDS


def settings() -> Iterator[Setting]:
    """Yield the present setting, then others, each different from it in one respect."""
    now = Setting("hiện tại")
    yield now
    yield from _kinds(now)
    for weight in (0.25, 0.4, 0.75, 1.0):
        light = now.accented[FOLDED]
        accented = {SYLLABLE: 1.0, BIGRAM: weight, FOLDED: light, FOLDED_BIGRAM: light * weight}
        yield replace(now, name=f"cặp âm tiết {weight}", accented=accented, bare={FOLDED: 1.0, FOLDED_BIGRAM: weight})
    for weight in (0.0, 0.2, 0.7, 1.0):
        pair = now.accented[BIGRAM]
        accented = {SYLLABLE: 1.0, BIGRAM: pair, FOLDED: weight, FOLDED_BIGRAM: weight * pair}
        yield replace(now, name=f"dạng không dấu {weight}", accented=accented)
    for k1 in (0.6, 0.9, 1.2, 1.5):
        yield replace(now, name=f"k1 {k1}", k1=k1)
    for b in (0.4, 0.6, 0.75, 0.9):
        yield replace(now, name=f"b {b}", b=b)
    for average in (60.0, 120.0, 180.0, 250.0, None):
        yield replace(now, name=f"độ dài thường {average or 'của kho'}", average=average)


def _kinds(now: Setting) -> Iterator[Setting]:
    pair = now.accented[BIGRAM]
    folded = now.bare
    yield replace(now, name="chỉ âm tiết", accented={SYLLABLE: 1.0}, bare={FOLDED: 1.0})
    yield replace(now, name="chỉ cặp âm tiết", accented={BIGRAM: 1.0}, bare={FOLDED_BIGRAM: 1.0})
    yield replace(now, name="chỉ dạng không dấu", accented=folded)
    yield replace(now, name="chỉ từ của pyvi", accented={WORD: 1.0}, bare={FOLDED_WORD: 1.0})
    yield replace(
        now,
        name="âm tiết và từ của pyvi",
        accented={SYLLABLE: 1.0, WORD: pair, FOLDED: now.accented[FOLDED]},
        bare={FOLDED: 1.0, FOLDED_WORD: pair},
    )
    yield replace(
        now, name="thêm từ của pyvi", accented={**now.accented, WORD: pair}, bare={**now.bare, FOLDED_WORD: pair}
    )


def try_settings(one: RetrievalSet, tried: Sequence[Setting], *, told: Told) -> list[Outcome]:
    """Return what each setting gives on the set."""
    told(f"{one.name}: {len(one.documents)}")
    pool = Pool(one.documents, one.contexts)
    asked = [pool.questions(part.queries) for part in (one, without_accents(one))]
    outcomes: list[Outcome] = []
    for setting in tried:
        told(setting.name)
        weighed = pool.weighed(setting)
        values = [by_question(one.qrels, pool.search(queries, weighed, setting)) for queries in asked]
        hit, ndcg, bare_hit, bare_ndcg = (mean(found[measure]) for found in values for measure in (HIT, NDCG))
        outcomes.append(Outcome(setting.name, hit, ndcg, bare_hit, bare_ndcg))
    return outcomes


@dataclass(frozen=True, slots=True)
class Questions:
    """Questions as a matrix of questions by terms (1 where a term stands in one), and which have accents."""

    ids: tuple[str, ...]
    matrix: Any
    accented: NDArray[np.bool_]


class Pool:
    """Documents as a matrix of documents by terms. Contexts are read as part of the text."""

    def __init__(self, documents: Mapping[str, str], contexts: Mapping[str, str]) -> None:
        self.names = tuple(documents)
        self._columns: dict[int, int] = {}
        self._kinds: list[int] = []
        texts = [canonical(whole_text(documents, contexts, name)) for name in self.names]
        self._lengths = np.array([len(words(text)) for text in texts], dtype=float)
        self._counts = self._matrix(texts, grow=True)
        found = np.asarray((self._counts > 0).sum(axis=0)).ravel()
        # As Qdrant does it (and Lucene).
        self._idf = np.log1p((len(self.names) - found + 0.5) / (found + 0.5))

    def questions(self, queries: Mapping[str, str]) -> Questions:
        """Return questions to search for; terms that no document has are left out."""
        texts = [canonical(text) for text in queries.values()]
        matrix = self._matrix(texts, grow=False)
        matrix.data[:] = 1.0
        return Questions(tuple(queries), matrix, np.array([has_accents(text) for text in texts]))

    def weighed(self, setting: Setting) -> Any:
        """Return terms by documents, each with its BM25 weight times its rarity."""
        average = setting.average or self._lengths.mean()
        norm = setting.k1 * (1 - setting.b + setting.b * self._lengths / average)
        weighed = self._counts.copy()
        rows = np.repeat(np.arange(len(self.names)), np.diff(weighed.indptr))
        weighed.data = weighed.data * (setting.k1 + 1) / (weighed.data + norm[rows]) * self._idf[weighed.indices]
        return weighed.T.tocsr()

    def search(self, asked: Questions, weighed: Any, setting: Setting) -> dict[str, Found]:
        """Return the first ``DEPTH`` documents of each question."""
        run: dict[str, Found] = {}
        by_kind = [np.array([each.get(kind, 0.0) for kind in KINDS]) for each in (setting.bare, setting.accented)]
        for start in range(0, len(asked.ids), _CHUNK):
            part = asked.matrix[start : start + _CHUNK].copy()
            rows = np.repeat(np.arange(part.shape[0]), np.diff(part.indptr))
            accented = asked.accented[start : start + _CHUNK][rows]
            kinds = np.asarray(self._kinds)[part.indices]
            part.data = np.where(accented, by_kind[1][kinds], by_kind[0][kinds])
            scores = np.asarray((part @ weighed).todense())
            for qid, row in zip(asked.ids[start:], scores, strict=False):
                run[qid] = self._best(row)
        return run

    def _best(self, scores: NDArray[np.float64]) -> Found:
        order = np.argsort(-scores, kind="stable")[:DEPTH]
        return [(self.names[number], float(scores[number])) for number in order if scores[number] > 0]

    def _matrix(self, texts: Sequence[str], *, grow: bool) -> Any:
        from scipy.sparse import csr_matrix

        columns: list[int] = []
        ends = [0]
        for text in texts:
            for kind, term in _all_terms(text):
                if grow and term not in self._columns:
                    self._columns[term] = len(self._kinds)
                    self._kinds.append(KINDS.index(kind))
                if term in self._columns:
                    columns.append(self._columns[term])
            ends.append(len(columns))
        matrix = csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(texts), len(self._kinds)))
        matrix.sum_duplicates()
        return matrix


def _all_terms(text: str) -> Iterator[tuple[str, int]]:
    from pyvi import ViTokenizer

    for kind, term in terms(text, words(text)):
        yield str(kind), term
    for token in ViTokenizer.tokenize(text).lower().split():
        # Another first letter than any kind of the product's: the ids stay apart.
        if not any(letter.isalnum() for letter in token):
            continue
        yield WORD, term_id(Term.SYLLABLE, f"\0w{token}")
        yield FOLDED_WORD, term_id(Term.SYLLABLE, f"\0v{fold(token)}")
