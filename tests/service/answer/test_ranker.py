"""The linear ranker: its weights are those of the code's features, its margin a dot product."""

from __future__ import annotations

import json
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.answer.features import FEATURES, MINOR
from service.answer.ranker import likely, load_ranker, margin_for, ranker

SHARES = st.lists(st.floats(0, 1), min_size=len(FEATURES), max_size=len(FEATURES))


def test_the_shipped_weights_are_those_of_the_features() -> None:
    stored = json.loads(files("service.answer").joinpath("ranker.json").read_text("utf-8"))
    assert set(stored["weights"]) == set(FEATURES)
    assert load_ranker().weights == tuple(stored["weights"][name] for name in FEATURES)
    assert load_ranker().none == stored["none"]


def test_features_have_one_name_each() -> None:
    assert len(set(FEATURES)) == len(FEATURES)
    assert set(MINOR) < set(FEATURES)


def test_a_feature_without_weight_is_refused() -> None:
    with pytest.raises(KeyError):
        ranker(dict.fromkeys(FEATURES[1:], 0.0), 0.0)


@given(SHARES)
def test_the_margin_is_the_dot_product_less_the_score_of_none(values: list[float]) -> None:
    one = load_ranker()
    assert one.margin(values) == pytest.approx(sum(w * v for w, v in zip(one.weights, values, strict=True)) - one.none)


@given(SHARES)
def test_minor_features_add_no_more_than_their_bound(values: list[float]) -> None:
    one = load_ranker()
    first = [0.0 if name in MINOR else value for name, value in zip(FEATURES, values, strict=True)]
    assert one.margin(values) <= one.margin(first) + one.minor + 1e-9


@given(st.floats(-20, 20))
def test_odds_and_margins_are_inverse(margin: float) -> None:
    assert margin_for(likely(margin)) == pytest.approx(margin, abs=1e-6)


def test_no_margin_is_an_even_chance() -> None:
    assert likely(0) == 0.5
    assert likely(-1e9) == pytest.approx(0) and likely(1e9) == pytest.approx(1)
