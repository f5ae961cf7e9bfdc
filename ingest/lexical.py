"""Text -> sparse vectors for lexical search: BM25 weights on the passage side, accent-aware weights on the query side.

Qdrant multiplies in the inverse document frequency itself (``modifier: idf``), so neither side holds any statistic of
the collection and a passage's vector never has to be made anew. Each word counts in four kinds of terms: syllable and
bigram, accented and folded. A question typed without accents finds its words through the folded kinds; one typed with
accents counts the accented kinds fully and the folded ones lightly, enough to survive one forgotten accent.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache
from hashlib import blake2b

from ingest.index.port import SparseVector
from ingest.vi.normalise import canonical, fold, has_accents
from ingest.vi.words import Word, bigrams, words

# Okapi BM25 (Robertson & Zaragoza 2009, "The Probabilistic Relevance Framework", section 3). Chosen with AVERAGE_WORDS
# on UIT-ViQuAD's dev set over 5,109 passages (`hoibaocao eval bench lexical`).
K1 = 0.9
B = 0.75
# Words in a typical passage with its context; fixed, so that a vector never has to be made anew. At 60 every passage of
# these sets (90 to 180 words on average) counted as too long: the right one was first for 67.6 % of the questions
# (66.9 % without accents), at 180 with k1 0.9 for 71.5 % (70.3 %). Anything from 150 to 250 does about as well.
AVERAGE_WORDS = 180.0
# A word of the context (section path, table header, anchor sentence) counts as this part of a word of the passage.
CONTEXT_WEIGHT = 0.4
# A word of another wording of the question: the passage may say it, but the question's own words go first.
OTHER_WORDS_WEIGHT = 0.5

# Words, and pairs of words, whose term ids are kept: some 10 MB when full.
_WORDS_KEPT = 1 << 15
_LEADING_ZERO = re.compile(r"(?:^|(?<=/))0+(?=\d)")


class Term(StrEnum):
    """Kinds of terms; the value is the prefix hashed with the token, so it may never change."""

    SYLLABLE = "s"
    BIGRAM = "b"
    FOLDED_SYLLABLE = "f"
    FOLDED_BIGRAM = "g"


# Query weights. A bigram adds to the two syllables it is made of, so it counts less than one. Measured as above, with
# accents and without: these weights 71.5 % and 70.3 %, syllables alone 64.4 % and 57.2 %, folded forms alone 70.3 % in
# both; words as pyvi cuts them, added to these, 71.8 % and 69.1 %, which is no reason to depend on it.
ACCENTED_WEIGHTS = ((Term.SYLLABLE, 1.0), (Term.BIGRAM, 0.5), (Term.FOLDED_SYLLABLE, 0.4), (Term.FOLDED_BIGRAM, 0.2))
FOLDED_WEIGHTS = ((Term.FOLDED_SYLLABLE, 1.0), (Term.FOLDED_BIGRAM, 0.5))


def passage_vector(text: str, *, context: str = "") -> SparseVector:
    """Return the BM25 term-frequency weights of a passage, ``context`` counted at ``CONTEXT_WEIGHT``.

    No word in either: the empty vector.
    """
    counts: defaultdict[int, float] = defaultdict(float)
    length = 0.0
    for part, weight in ((canonical(text), 1.0), (canonical(context), CONTEXT_WEIGHT)):
        found = words(part)
        length += weight * len(found)
        for _, term in terms(part, found):
            counts[term] += weight
    norm = K1 * (1 - B + B * length / AVERAGE_WORDS)
    return _vector({term: count * (K1 + 1) / (count + norm) for term, count in counts.items()})


def query_vector(text: str, *, also: str = "") -> SparseVector:
    """Return the weights of a question's terms, each counted once. No word: the empty vector.

    ``also``: other wordings of parts of the question; a term of theirs alone counts at ``OTHER_WORDS_WEIGHT``.
    """
    summed: dict[int, float] = {}
    for part, factor in ((canonical(text), 1.0), (canonical(also), OTHER_WORDS_WEIGHT)):
        weights = dict(ACCENTED_WEIGHTS if has_accents(part) else FOLDED_WEIGHTS)
        own: defaultdict[int, float] = defaultdict(float)
        for kind, term in dict.fromkeys(term for term in terms(part, words(part)) if term[0] in weights):
            own[term] += factor * weights[kind]
        summed = {**own, **summed}
    return _vector(summed)


def term_id(kind: Term, token: str) -> int:
    """Return the stable unsigned 32-bit id of a term: the same on every machine and in every version."""
    return int.from_bytes(blake2b(f"{kind.value}\0{token}".encode(), digest_size=4).digest(), "big")


def terms(text: str, found: tuple[Word, ...]) -> Iterator[tuple[Term, int]]:
    """Yield kind and id of every term of canonical ``text``, each as often as it stands there; ``found``: its words."""
    for word in found:
        yield from _of_word(word.text)
    for left, right in bigrams(text, found):
        yield from _of_pair(left.text, right.text)


# Few words make up most of any text: a passage takes a third of the time when they are looked up.
@lru_cache(maxsize=_WORDS_KEPT)
def _of_word(word: str) -> tuple[tuple[Term, int], ...]:
    kinds = (Term.SYLLABLE, Term.FOLDED_SYLLABLE)
    return tuple(
        (kind, term_id(kind, token))
        for form in _forms(word)
        for kind, token in zip(kinds, (form, fold(form)), strict=True)
    )


@lru_cache(maxsize=_WORDS_KEPT)
def _of_pair(left: str, right: str) -> tuple[tuple[Term, int], ...]:
    pair = f"{_forms(left)[0]} {_forms(right)[0]}"
    return (Term.BIGRAM, term_id(Term.BIGRAM, pair)), (Term.FOLDED_BIGRAM, term_id(Term.FOLDED_BIGRAM, fold(pair)))


def _forms(word: str) -> tuple[str, ...]:
    """Return the word as compared, then the parts of a number with slashes ("03/2024": 3/2024, 3, 2024)."""
    if not word[0].isdigit():
        return (word,)
    whole = _LEADING_ZERO.sub("", word)
    parts = whole.split("/")
    return (whole, *parts) if len(parts) > 1 else (whole,)


def _vector(weights: dict[int, float]) -> SparseVector:
    ordered = sorted(weights.items())
    return SparseVector(tuple(term for term, _ in ordered), tuple(weight for _, weight in ordered))
