from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from eval.retrieval.own import OwnSearcher, Side, edge_indexes
from eval.retrieval.rerank_trials import COLUMNS, Learned, Listed, fit, learn_mix, write_mix
from eval.retrieval.sets import RetrievalSet
from ingest.embed import load_embedder
from ingest.interaction import MIX, load_interaction
from ingest.rerank import SHIPPED_RERANKER


def test_weights_are_learned_and_judged_by_folds(small: RetrievalSet, tmp_path: Path) -> None:
    hybrid = OwnSearcher(Side.HYBRID, load_embedder(), edge_indexes(tmp_path))
    learned = learn_mix(small, hybrid, load_interaction(SHIPPED_RERANKER), depth=6, told=lambda _: None)
    hybrid.close()
    assert tuple(learned.mix) == COLUMNS
    assert len({one.name for one in learned.outcomes}) == 3
    assert learned.outcomes[0].hit == 1
    assert learned.mix["stretch"] > 0


def test_a_column_that_tells_the_right_passage_counts_whatever_its_size() -> None:
    values = np.zeros((2, len(COLUMNS)))
    values[0, 1], values[1, 2] = 0.001, 1000.0
    lists = [Listed("q", [("a", 1.0), ("b", 0.5)], values, np.array([True, False]))]
    weights = dict(zip(COLUMNS, fit(lists), strict=True))
    assert weights[COLUMNS[1]] * 0.001 == pytest.approx(-weights[COLUMNS[2]] * 1000)
    assert weights[COLUMNS[1]] > 0
    assert weights["prior"] == 0


def test_what_is_written_is_what_the_reranker_reads(tmp_path: Path) -> None:
    for file in SHIPPED_RERANKER.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    write_mix(Learned((), {"stretch": 2.5, "prior": 7.0}), tmp_path)
    assert json.loads((tmp_path / MIX).read_text(encoding="utf-8")) == {"stretch": 2.5, "prior": 7.0}
    read = load_interaction(tmp_path)
    assert read.mix == {"stretch": 2.5, "prior": 7.0}
    assert read.prior_weight == 7.0
    assert read.fingerprint != load_interaction(SHIPPED_RERANKER).fingerprint
