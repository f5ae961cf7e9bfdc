"""The shipped reranker: late interaction of word vectors, on numpy alone.

Every word of the question looks for the word of the passage nearest to it (Khattab & Zaharia 2020, "ColBERT",
arXiv:2004.12832), but the vectors are rows of a table, mixed with those of the two neighbouring words, so that it costs
milliseconds and no network. Each question word counts by a learned weight; its best match counts once in the whole
passage, once inside the best stretch of some fifty words and once inside the best of half that, because an answer
stands close together. ``ingest.training`` learns all of it. What else is seen of a passage: how much of the question's
weightiest lacking word it lacks, and whether its best stretch has the kind of thing asked for
(``ingest.answer_kinds``). How all of this adds up with the score of the search stands in ``mix.json``, which
``eval bench rerank`` learns.

A question typed without accents is compared with the passage without accents, by rows of their own.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError, safe_open

from ingest.answer_kinds import AnswerKind, Mention, asked_kinds, mentions, told_kinds
from ingest.errors import ModelUnavailable
from ingest.model_files import content_fingerprint, read_json
from ingest.model_texts import prepare
from ingest.vi.normalise import canonical, fold, has_accents

Ids = NDArray[np.int32]
Floats = NDArray[np.float32]

# A word as compared: a number with its separators, or a run that starts with a letter ("m2" is one).
WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]\w*")
STRETCH = 24  # words of a block; a stretch is two blocks that touch
LONGEST_QUESTION = 96  # words; more say little and cost time
LONGEST_PASSAGE = 600
# What is seen of a passage, in the order of the columns of ``InteractionReranker.parts``: matches in the whole passage,
# the best stretch and the best block; by how much the weightiest of the lacking words is lacking; kinds of answers.
PARTS = ("whole", "stretch", "block", "lack", *(kind.value for kind in AnswerKind))
MIX = "mix.json"
# The weight of the search's score, 1 for the best, in the mix.
PRIOR = "prior"
PADDING = 0  # the row of no word, all zeros
_MATCHED = len(PARTS) - len(AnswerKind)
_END = np.zeros(1, dtype=np.int32)
FORMAT = 1
_REMEMBERED = 8_192  # texts whose word ids are kept


class WordRows:
    """The row of a word: its own for known ones, a shared one by hash for the rest (rare names, most numbers).

    Rows: 0 padding, then ``accented``, then ``bare``, then ``shared`` ones. The hash is CRC-32 of the UTF-8 form.
    """

    def __init__(self, accented: Sequence[str], bare: Sequence[str], *, shared: int) -> None:
        self.accented, self.bare, self.shared = tuple(accented), tuple(bare), shared
        self._accented = {word: row for row, word in enumerate(accented, 1)}
        self._bare = {word: row for row, word in enumerate(bare, 1 + len(accented))}
        self._first_shared = 1 + len(accented) + len(bare)

    def __len__(self) -> int:
        """Return the number of rows, padding included."""
        return self._first_shared + self.shared

    def of(self, words: Iterable[str], *, bare: bool) -> Ids:
        """Return shape (words,): the rows of unified words; ``bare`` compares them without accents."""
        known = self._bare if bare else self._accented
        forms = map(_folded, words) if bare else words
        return np.array([known.get(form) or self._hashed(form) for form in forms], dtype=np.int32)

    def _hashed(self, word: str) -> int:
        return self._first_shared + zlib.crc32(word.encode()) % self.shared


@dataclass(frozen=True, slots=True)
class InteractionWeights:
    """What is learned. ``rows``: int8 (rows, dim) and ``factors`` (rows,), their product the word vectors, unit length.

    ``importance``: (rows,), positive, how much a question word counts. ``before``, ``after``: (dim, dim), how the
    neighbours mix in. ``steepness`` and ``middle`` of the sigmoid that turns a cosine into a match; ``mixed``: shares
    of whole passage, stretch and block; ``scale``: a factor for all.
    """

    rows: NDArray[np.int8]
    factors: Floats
    importance: Floats
    before: Floats
    after: Floats
    steepness: float
    middle: float
    mixed: tuple[float, float, float]
    scale: float


class InteractionReranker:
    """See the module; ``ingest.rerank.Reranker``. Safe to share between threads: nothing changes but a cache."""

    def __init__(
        self, words: WordRows, weights: InteractionWeights, *, fingerprint: str, mix: Mapping[str, float] | None = None
    ) -> None:
        """``mix``: the weight of each of ``PARTS`` and of ``PRIOR``; None: as the weights were trained, no prior."""
        self.fingerprint = fingerprint
        trained = zip(PARTS, (weights.scale * share for share in weights.mixed), strict=False)
        self.mix = dict(trained if mix is None else mix)
        self.prior_weight = float(self.mix.get(PRIOR, 0.0))
        self._mix = np.array([self.mix.get(part, 0.0) for part in PARTS], dtype=np.float32)
        self._words = words
        self._weights = weights
        self._ids = lru_cache(maxsize=_REMEMBERED)(self._read)
        self._mentions = lru_cache(maxsize=_REMEMBERED)(_mentions)

    def scores(self, question: str, passages: Sequence[str]) -> Floats:
        """See ``Reranker.scores``. A question without words scores 0 everywhere, a passage without words 0."""
        return np.asarray(self.parts(question, passages) @ self._mix, dtype=np.float32)

    def parts(self, question: str, passages: Sequence[str]) -> Floats:
        """Return shape (passages, ``PARTS``): what is seen of each passage; zeros where either side has no words."""
        bare = not has_accents(canonical(question))
        asked = self._read(question, bare)[:LONGEST_QUESTION]
        read = [self._ids(passage, bare) for passage in passages]
        found = np.zeros((len(passages), len(PARTS)), dtype=np.float32)
        some = [place for place, ids in enumerate(read) if len(ids)]
        if not len(asked) or not some:
            return found
        found[some, :_MATCHED], best = self._matched(asked, [read[place] for place in some])
        if kinds := asked_kinds(prepare(question), bare=bare):
            said = frozenset(WORD.findall(fold(question) if bare else prepare(question)))
            for place, block in zip(some, best, strict=True):
                first, near = block * STRETCH, self._mentions(passages[place])
                told = kinds & told_kinds(near, first, first + 2 * STRETCH, asked=said, bare=bare)
                found[place, _MATCHED:] = [float(kind in told) for kind in AnswerKind]
        return found

    def importance(self, *, bare: bool) -> dict[str, float]:
        """Return how much each known word counts in a question, by its unified form (folded for ``bare``), > 0."""
        first = 1 + len(self._words.accented) if bare else 1
        known = self._words.bare if bare else self._words.accented
        return {word: float(self._weights.importance[first + row]) for row, word in enumerate(known)}

    def _matched(self, asked: Ids, passages: Sequence[Ids]) -> tuple[Floats, list[int]]:
        """Return shape (passages, 4), the first of ``PARTS``, and the 0-based block where each one's best stretch is.

        For a question and passages with at least one word each.
        """
        w = self._weights
        # A padding word, all zeros, ends each passage: neighbours do not mix across it.
        joined = np.concatenate([part for ids in passages for part in (ids, _END)])
        starts = np.cumsum([0, *(len(ids) + 1 for ids in passages[:-1])])
        blocks = [np.arange(start, start + len(ids), STRETCH) for start, ids in zip(starts, passages, strict=True)]
        nearest = np.maximum.reduceat(self._vectors(asked) @ self._vectors(joined).T, np.concatenate(blocks), axis=1)
        matches = 1.0 / (1.0 + np.exp(w.steepness * (w.middle - nearest)))
        first = np.cumsum([0, *(len(block) for block in blocks[:-1])])
        following = np.pad(matches[:, 1:], ((0, 0), (0, 1)))
        following[:, first[1:] - 1] = 0.0  # the block after a passage's last one is another passage's
        importance = w.importance[asked]
        whole = np.maximum.reduceat(matches, first, axis=1)
        stretches = importance @ np.maximum(matches, following)
        sums = (
            importance @ whole,
            np.maximum.reduceat(stretches, first),
            np.maximum.reduceat(importance @ matches, first),
        )
        size = np.sqrt(importance.sum())
        lack = (importance[:, None] * (1.0 - whole)).max(axis=0)
        best = [int(part.argmax()) for part in np.split(stretches, first[1:])]
        return np.stack([*(part / size for part in sums), lack], axis=1), best

    def _vectors(self, ids: Ids) -> Floats:
        """Return shape (ids, dim), unit length; zeros for padding."""
        w = self._weights
        own = w.rows[ids].astype(np.float32) * w.factors[ids][:, None]
        mixed = own.copy()
        mixed[1:] += own[:-1] @ w.before
        mixed[:-1] += own[1:] @ w.after
        unit: Floats = mixed / np.maximum(np.linalg.norm(mixed, axis=1, keepdims=True), 1e-9)
        unit[ids == PADDING] = 0.0
        return unit

    def _read(self, text: str, bare: bool) -> Ids:  # noqa: FBT001 - cached by position
        return self._words.of(WORD.findall(prepare(text))[:LONGEST_PASSAGE], bare=bare)


def _mentions(text: str) -> tuple[Mention, ...]:
    return mentions(WORD.findall(canonical(text))[:LONGEST_PASSAGE])


def load_interaction(folder: Path) -> InteractionReranker:
    """Return the reranker in ``folder``; without ``mix.json`` it scores as it was trained.

    Raises ``ModelUnavailable`` when another file is missing or not of this format.
    """
    settings = read_json(folder / "interaction.json")
    try:
        if settings["format"] != FORMAT:
            raise ModelUnavailable(f"Mô hình xếp lại trong {folder} có khuôn dạng khác.")
        words = WordRows(_lines(folder / "accented.txt"), _lines(folder / "bare.txt"), shared=settings["shared"])
        weights = _weights(folder / "model.safetensors", settings)
        mix = {str(part): float(weight) for part, weight in read_json(folder / MIX, missing={}).items()} or None
    except (KeyError, TypeError, AttributeError, OSError, ValueError, SafetensorError) as error:
        raise ModelUnavailable(f"Không đọc được mô hình xếp lại trong {folder}.") from error
    if len(words) != len(weights.rows):
        raise ModelUnavailable(f"Mô hình xếp lại trong {folder} có số vectơ khác số từ.")
    return InteractionReranker(words, weights, fingerprint=content_fingerprint(folder, salt="interaction-2"), mix=mix)


def _weights(path: Path, settings: dict[str, float]) -> InteractionWeights:
    with safe_open(path, framework="numpy") as file:
        floats = {
            name: np.asarray(file.get_tensor(name), dtype=np.float32)
            for name in ("factors", "importance", "before", "after", "mixed")
        }
        first, second, third = (float(share) for share in floats.pop("mixed"))
        return InteractionWeights(
            rows=file.get_tensor("rows"),
            mixed=(first, second, third),
            steepness=settings["steepness"],
            middle=settings["middle"],
            scale=settings["scale"],
            **floats,
        )


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").split("\n")


@lru_cache(maxsize=65_536)
def _folded(word: str) -> str:
    return fold(word)
