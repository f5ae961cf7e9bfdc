"""Print a model's figures on the tuning set: ``python -m ingest.training.evaluate``.

The questions are those of ViQuAD's development set; they are searched among its passages and all training passages
(as distractors), by cosine alone, exactly: once as written, once without accents.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ingest.embed import Embedder, load_embedder
from ingest.training.corpus import squad_pairs
from ingest.vi.normalise import fold

_CUTOFF = 10


@dataclass(frozen=True, slots=True)
class Scores:
    """Means over all questions, 0 to 1; 0 where there are no questions. One passage is right for each question."""

    hit_at_1: float
    ndcg_at_10: float


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Questions, the passages searched, and for each question the 0-based number of its passage."""

    questions: tuple[str, ...]
    passages: tuple[str, ...]
    gold: tuple[int, ...]


def tuning_set(data: Path) -> QuestionSet:
    """Read the development questions and the pool of development and training passages under ``data``."""
    asked = list(squad_pairs(data / "benchmark" / "dev_ViQuAD.json.gz"))
    others = [passage for _, passage in squad_pairs(data / "train" / "train_ViQuAD.json.gz")]
    pool = list(dict.fromkeys([passage for _, passage in asked] + others))
    place = {passage: number for number, passage in enumerate(pool)}
    return QuestionSet(tuple(q for q, _ in asked), tuple(pool), tuple(place[passage] for _, passage in asked))


def score(model: Embedder, asked: QuestionSet, *, bare: bool = False) -> Scores:
    """Return the scores of ``model``; ``bare`` drops the accents of the questions first."""
    if not asked.questions:
        return Scores(0.0, 0.0)
    passages = model.passages(asked.passages)
    questions = np.stack([model.query(fold(text) if bare else text) for text in asked.questions])
    return _scores(questions @ passages.T, np.array(asked.gold))


def _scores(similar: NDArray[np.float32], gold: NDArray[np.int64]) -> Scores:
    """Rank is 0-based and counts ties against the model; nDCG with one relevant passage is 1 / log2(rank + 2)."""
    own = similar[np.arange(len(gold)), gold]
    rank = (similar >= own[:, None]).sum(axis=1) - 1
    gain = np.where(rank < _CUTOFF, 1.0 / np.log2(rank + 2.0), 0.0)
    return Scores(float((rank == 0).mean()), float(gain.mean()))


def main(arguments: Sequence[str] | None = None) -> None:
    """Print hit@1 and nDCG@10, with and without accents."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", default=None, help="model folder or name; default: the shipped model")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="folder with train/ and benchmark/")
    options = parser.parse_args(arguments)
    model, asked = load_embedder(options.model), tuning_set(options.data)
    print(f"{model.fingerprint}  {len(asked.questions)} questions, {len(asked.passages)} passages, dim {model.dim}")
    for label, bare in (("as written", False), ("no accents", True)):
        found = score(model, asked, bare=bare)
        print(f"{label}: hit@1 {found.hit_at_1:.3f}  nDCG@10 {found.ndcg_at_10:.3f}")


if __name__ == "__main__":
    main()
