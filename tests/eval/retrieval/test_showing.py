from __future__ import annotations

from eval.retrieval.running import Measured
from eval.retrieval.showing import differences, grouped


def measured(searcher: str, hits: list[float], ndcg: list[float], *, name: str = "s", bare: bool = False) -> Measured:
    values = {"hit@1": hits, "nDCG@10": ndcg}
    return Measured(name, bare, searcher, 10, values, 2.0, 1.0, (1.0,) * len(hits), {})


def test_ours_is_held_against_the_best_peer_of_each_measure() -> None:
    group = [
        measured("hybrid", [1, 1, 1, 0], [1, 1, 1, 0.5]),
        measured("lexical", [1, 1, 1, 1], [1, 1, 1, 1]),
        measured("one", [1, 1, 0, 0], [1, 1, 0.1, 0.1]),
        measured("other", [1, 0, 0, 0], [1, 0.9, 0.9, 0.9]),
    ]
    found = {(one.searcher, one.measure): one for one in differences(group, ["one", "other"], seed=1)}
    assert set(found) == {("hybrid", "hit@1"), ("hybrid", "nDCG@10")}
    assert found["hybrid", "hit@1"].peer == "one"
    assert found["hybrid", "nDCG@10"].peer == "other"
    assert found["hybrid", "hit@1"].points == 0.25
    assert found["hybrid", "hit@1"].low <= 0.25 <= found["hybrid", "hit@1"].high


def test_nothing_is_compared_without_both_sides() -> None:
    assert differences([measured("hybrid", [1], [1])], ["one"], seed=1) == []
    assert differences([measured("one", [1], [1])], ["one"], seed=1) == []


def test_sets_keep_their_order_with_accents_first() -> None:
    results = [
        measured("a", [1], [1], name="z"),
        measured("a", [1], [1], name="z", bare=True),
        measured("a", [1], [1], name="b"),
        measured("a", [1], [1], name="b", bare=True),
        measured("c", [1], [1], name="z"),
    ]
    groups = grouped(results)
    assert list(groups) == [("z", False), ("z", True), ("b", False), ("b", True)]
    assert [one.searcher for one in groups["z", False]] == ["a", "c"]
