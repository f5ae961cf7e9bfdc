from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval import metrics
from service.domain import Status

RELEVANT = st.lists(st.booleans(), max_size=20)
# Worked by hand: relevance of the ranking, hit@1, hit@5, hit@10, RR@10.
BY_HAND = [
    ([], 0.0, 0.0, 0.0, 0.0),
    ([True], 1.0, 1.0, 1.0, 1.0),
    ([False, True, True], 0.0, 1.0, 1.0, 1 / 2),
    ([False] * 4 + [True], 0.0, 1.0, 1.0, 1 / 5),
    ([False] * 5 + [True], 0.0, 0.0, 1.0, 1 / 6),
    ([False] * 9 + [True], 0.0, 0.0, 1.0, 1 / 10),
    ([False] * 10 + [True], 0.0, 0.0, 0.0, 0.0),
]


@pytest.mark.parametrize(("relevant", "hit1", "hit5", "hit10", "rank"), BY_HAND)
def test_retrieval_measures_by_hand(relevant: list[bool], hit1: float, hit5: float, hit10: float, rank: float) -> None:
    assert metrics.hit_at_k(relevant, k=1) == hit1
    assert metrics.hit_at_k(relevant, k=5) == hit5
    assert metrics.hit_at_k(relevant, k=10) == hit10
    assert metrics.reciprocal_rank(relevant) == pytest.approx(rank, abs=1e-12)


def test_all_pieces_of_evidence_by_hand() -> None:
    assert metrics.all_at_k([1, 3], k=3) == 1.0
    assert metrics.all_at_k([1, 4], k=3) == 0.0
    assert metrics.all_at_k([None, 1], k=10) == 0.0
    assert metrics.all_at_k([], k=10) == 0.0


def test_their_means_by_hand() -> None:
    ranks = [metrics.reciprocal_rank(relevant) for relevant, *_ in BY_HAND]
    assert metrics.mean(ranks) == pytest.approx((0 + 1 + 0.5 + 0.2 + 1 / 6 + 0.1 + 0) / 7, abs=1e-12)
    assert metrics.mean([]) == 0.0


@given(RELEVANT, st.integers(1, 20))
def test_a_hit_is_a_reciprocal_rank_above_zero(relevant: list[bool], k: int) -> None:
    assert (metrics.hit_at_k(relevant, k=k) == 1.0) == (metrics.reciprocal_rank(relevant, k=k) > 0)


@given(RELEVANT, st.integers(1, 19))
def test_looking_further_never_hits_less(relevant: list[bool], k: int) -> None:
    assert metrics.hit_at_k(relevant, k=k) <= metrics.hit_at_k(relevant, k=k + 1)


def test_answers() -> None:
    assert metrics.answer_correct("18 vụ tai nạn", ["17 vụ", "18 vụ"]) == 1.0
    assert metrics.answer_correct("18 vụ tai nạn", []) == 0.0
    assert metrics.short_answer_exact("18 vụ", ["18 Vụ"]) == 1.0
    assert metrics.short_answer_exact("18 vụ tai nạn", ["18 vụ"]) == 0.0
    assert metrics.short_answer_exact(None, ["18 vụ"]) == 0.0


def test_citations() -> None:
    assert metrics.first_citation_correct([False, True]) == 0.0
    assert metrics.any_citation_correct([False, True]) == 1.0
    assert metrics.first_citation_correct([]) == metrics.any_citation_correct([]) == 0.0
    assert metrics.quotes_exact([("a", "a"), ("b", "c")]) == 0.5
    assert metrics.quotes_exact([("", "")]) == metrics.quotes_exact([]) == 0.0


def test_refusals_both_ways() -> None:
    assert [metrics.refused(status) for status in (*Status, None)] == [0.0, 1.0, 1.0, 0.0]
    assert [metrics.false_answer(status) for status in (*Status, None)] == [1.0, 0.0, 0.0, 0.0]
    assert [metrics.false_refusal(status) for status in (*Status, None)] == [0.0, 1.0, 1.0, 1.0]


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30), st.integers())
def test_the_interval_is_repeatable_and_inside_the_values(values: list[float], seed: int) -> None:
    low, high = metrics.bootstrap_interval(values, seed=seed, rounds=40)
    assert (low, high) == metrics.bootstrap_interval(values, seed=seed, rounds=40)
    assert min(values) - 1e-9 <= low <= high <= max(values) + 1e-9
    assert metrics.bootstrap_interval([], seed=seed) == (0.0, 0.0)
