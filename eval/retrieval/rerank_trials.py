"""Learning how what the reranker sees of a passage adds up with the score of the search: ``eval bench rerank``.

Each question gives one list: the passages the search found, the right ones marked. The loss is the softmax over the
list (``eval.listwise``), so there is nothing to seed. Learned on ViQuAD's dev set alone.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

import numpy as np

from eval.listwise import Marks, fit_lists
from eval.ranking import Floats
from eval.retrieval.measures import HIT, NDCG, by_question
from eval.retrieval.searching import Found, Searcher
from eval.retrieval.sets import RetrievalSet, whole_text, without_accents
from eval.retrieval.trials import Outcome
from ingest.interaction import MIX, PARTS, PRIOR, InteractionReranker
from ingest.rerank import prior_of

Told = Callable[[str], object]
COLUMNS = (*PARTS, PRIOR)
FOLDS = 5
PENALTY = 1e-3  # precision of the prior on each weight, in units of one standard deviation of its column


@dataclass(frozen=True, slots=True)
class Listed:
    """What was found for one question: ``values`` (passages, ``COLUMNS``), ``right`` (passages,), in found order."""

    qid: str
    found: Found
    values: Floats
    right: Marks


@dataclass(frozen=True, slots=True)
class Learned:
    """What each way gives, and the weights of ``COLUMNS`` learned from all questions."""

    outcomes: tuple[Outcome, ...]
    mix: Mapping[str, float]


def learn_mix(one: RetrievalSet, search: Searcher, reranker: InteractionReranker, *, depth: int, told: Told) -> Learned:
    """Search every question as written and without accents, and learn from the first ``depth`` passages of each.

    The outcome of the learned weights is by folds: each question with weights that have seen no question near it, for
    neighbouring questions ask for the same passage.
    """
    told(f"{one.name}: {search.name}")
    search.build(one.documents, one.contexts)
    lists: list[list[Listed]] = []
    for part in (one, without_accents(one)):
        told(f"{part.name}: {len(part.queries)}")
        lists.append(list(_listed(part, search, reranker, depth=depth)))
    ways = {
        "thứ tự tìm kiếm": [[-np.arange(len(found.right), dtype=float) for found in part] for part in lists],
        "trọng số đang dùng": [[found.values @ _present(reranker) for found in part] for part in lists],
        f"trọng số học được, {FOLDS} phần": _by_folds(lists),
    }
    outcomes = tuple(_outcome(name, one, lists, scores) for name, scores in ways.items())
    weights = fit([found for part in lists for found in part])
    return Learned(outcomes, dict(zip(COLUMNS, (round(float(weight), 4) for weight in weights), strict=True)))


def write_mix(learned: Learned, folder: Path) -> None:
    """Write the weights where ``load_interaction`` reads them."""
    (folder / MIX).write_text(json.dumps(dict(learned.mix), indent=1) + "\n", encoding="utf-8")


def fit(lists: Sequence[Listed]) -> Floats:
    """Return the weight of each of ``COLUMNS``; zeros where no list has a right passage."""
    spread = np.concatenate([found.values for found in lists]).std(axis=0)
    scale = np.where(spread > 0, spread, 1.0)
    scaled = ((found.values / scale, found.right) for found in lists)
    return np.asarray(fit_lists(scaled, len(COLUMNS), prior=PENALTY) / scale, dtype=np.float64)


def _listed(one: RetrievalSet, search: Searcher, reranker: InteractionReranker, *, depth: int) -> Iterator[Listed]:
    for qid, text in one.queries.items():
        found = search.search(text, depth)
        texts = [whole_text(one.documents, one.contexts, name) for name, _ in found]
        right = np.array([one.qrels[qid].get(name, 0) > 0 for name, _ in found], dtype=np.bool_)
        yield Listed(qid, found, np.column_stack([reranker.parts(text, texts), prior_of(found)]), right)


def _present(reranker: InteractionReranker) -> Floats:
    return np.array([reranker.mix.get(name, 0.0) for name in COLUMNS])


def _by_folds(lists: Sequence[Sequence[Listed]]) -> list[list[Floats]]:
    """Return the scores of each list by weights that have seen no question of its fold, with or without accents."""
    size = len(lists[0])
    fold = np.arange(size) * FOLDS // max(1, size)
    learned = [
        fit([one for part in lists for one, own in zip(part, fold, strict=True) if own != k]) for k in range(FOLDS)
    ]
    return [[one.values @ learned[own] for one, own in zip(part, fold, strict=True)] for part in lists]


def _outcome(
    name: str, one: RetrievalSet, lists: Sequence[Sequence[Listed]], scores: Sequence[Sequence[Floats]]
) -> Outcome:
    values = []
    for part, of in zip(lists, scores, strict=True):
        run = {found.qid: _ordered(found.found, score) for found, score in zip(part, of, strict=True)}
        values.append(by_question(one.qrels, run))
    hit, ndcg, bare_hit, bare_ndcg = (mean(found[measure]) for found in values for measure in (HIT, NDCG))
    return Outcome(name, hit, ndcg, bare_hit, bare_ndcg)


def _ordered(found: Found, scores: Floats) -> Found:
    order = np.argsort(-scores, kind="stable")
    return [(found[place][0], float(-rank)) for rank, place in enumerate(order)]
