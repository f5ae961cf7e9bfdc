from __future__ import annotations

import math
import random

import pytest

from eval.retrieval.measures import MEASURES, as_scores, by_question, paired_interval
from eval.retrieval.searching import Found


def test_each_measure_by_hand() -> None:
    qrels = {"first": {"a": 1}, "third": {"a": 1, "b": 1}, "none": {"a": 1}, "asked-nothing": {"a": 1}}
    run: dict[str, Found] = {
        "first": [("a", 0.5), ("x", 0.5)],
        "third": [("x", 9.0), ("y", 9.0), ("b", 9.0), *((f"z{n}", 1.0) for n in range(3)), ("a", 0.1)],
        "none": [],
    }
    values = by_question(qrels, run)
    assert values["hit@1"] == [1, 0, 0, 0]
    assert values["MRR@10"] == pytest.approx([1, 1 / 3, 0, 0])
    assert values["R@5"] == pytest.approx([1, 1 / 2, 0, 0])
    assert values["R@20"] == pytest.approx([1, 1, 0, 0])
    ideal = 1 + 1 / math.log2(3)
    assert values["nDCG@10"] == pytest.approx([1, (1 / math.log2(4) + 1 / math.log2(8)) / ideal, 0, 0])


def test_equal_scores_keep_the_order_of_the_searcher() -> None:
    assert as_scores([("b", 1.0), ("a", 1.0)]) == {"b": 2.0, "a": 1.0}
    assert by_question({"q": {"a": 1}}, {"q": [("a", 1.0), ("z", 1.0)]})["hit@1"] == [1]
    assert by_question({"q": {"z": 1}}, {"q": [("a", 1.0), ("z", 1.0)]})["hit@1"] == [0]


def test_nothing_found_at_all() -> None:
    assert by_question({"q": {"a": 1}}, {"q": []}) == {name: [0.0] for name in MEASURES.values()}


def random_run(draw: random.Random, questions: int) -> tuple[dict[str, dict[str, int]], dict[str, Found]]:
    names = [f"d{number}" for number in range(40)]
    qrels = {
        f"q{n}": {name: draw.randint(1, 3) for name in draw.sample(names, draw.randint(1, 4))} for n in range(questions)
    }
    run: dict[str, Found] = {
        qid: [(name, 1 / (1 + rank)) for rank, name in enumerate(draw.sample(names, draw.randint(1, 20)))]
        for qid in qrels
    }
    return qrels, run


def test_another_library_gives_the_same_values(monkeypatch: pytest.MonkeyPatch) -> None:
    import numba

    # ranx would compile itself first, which takes half a minute.
    monkeypatch.setattr(numba.config, "DISABLE_JIT", True)
    import ranx

    qrels, run = random_run(random.Random(7), 60)
    ours = by_question(qrels, run)
    names = {"nDCG@10": "ndcg@10", "hit@1": "hit_rate@1", "R@5": "recall@5", "R@20": "recall@20", "MRR@10": "mrr@10"}
    assert set(names) == set(MEASURES.values())
    theirs = ranx.Run({qid: as_scores(found) for qid, found in run.items()})
    ranx.evaluate(ranx.Qrels(qrels), theirs, list(names.values()))
    for name, other in names.items():
        assert ours[name] == pytest.approx([theirs.scores[other][qid] for qid in qrels]), name


def test_an_interval_of_differences_is_of_pairs() -> None:
    draw = random.Random(3)
    theirs = [float(draw.random() < 0.5) for _ in range(400)]
    ours = [min(1.0, value + (draw.random() < 0.1)) for value in theirs]
    low, high = paired_interval(ours, theirs, seed=1)
    assert 0 < low < sum(ours) / 400 - sum(theirs) / 400 < high
    assert paired_interval(ours, theirs, seed=1) == (low, high)
    assert paired_interval(theirs, theirs, seed=1) == (0, 0)
    assert paired_interval([], [], seed=1) == (0, 0)
