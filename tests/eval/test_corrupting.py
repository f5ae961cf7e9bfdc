from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.corrupting import WAYS, Basis
from ingest.vi.numbers import find_numbers

QUOTE = (
    "Quý II, huyện Sông Mơ xảy ra 18 vụ cháy, 22 người bị thương (tăng 11 vụ so với cùng kỳ năm 2022); "
    "tháng 6 thu 58,878 tỷ đồng, 06 tháng thu 123,643 tỷ đồng; hoàn thành 10/13 công trình."
)
BASIS = Basis((QUOTE,), frozenset((2023,)))


@pytest.mark.parametrize("way", WAYS)
@given(seed=st.integers(0, 200))
def test_every_way_says_something_else_than_the_quote(way: str, seed: int) -> None:
    corrupted = WAYS[way](QUOTE, BASIS, random.Random(seed))
    assert corrupted is not None and corrupted != QUOTE
    assert WAYS[way](QUOTE, BASIS, random.Random(seed)) == corrupted


@pytest.mark.parametrize("way", ["digit", "digits swapped", "comma"])
@given(seed=st.integers(0, 200))
def test_a_wrong_number_stands_nowhere_in_the_quote(way: str, seed: int) -> None:
    corrupted = WAYS[way](QUOTE, BASIS, random.Random(seed))
    known = {part for n in find_numbers(QUOTE) for part in (n.value, n.whole)}
    assert corrupted is not None
    new = {part for n in find_numbers(corrupted) for part in (n.value, n.whole)} - known
    assert len(new) == 1


@pytest.mark.parametrize("way", WAYS)
def test_words_without_a_number_have_few_ways_to_be_false(way: str) -> None:
    said = WAYS[way]("Trao cờ thi đua", Basis(("Trao cờ thi đua",), frozenset((2023,))), random.Random(1))
    assert (said is not None) is (way == "year")
    assert said is None or (said.endswith(", trao cờ thi đua") and "2023" not in said)


def test_the_number_of_another_keeps_its_unit() -> None:
    basis = Basis(("18 vụ, 22 người, tăng 11 vụ",))
    assert WAYS["number of another, other unit"]("Có 18 vụ", basis, random.Random(1)) == "Có 22 vụ"
    assert WAYS["number of another, same unit"]("Có 18 vụ", basis, random.Random(1)) == "Có 11 vụ"


def test_a_rise_is_turned_only_where_it_is_said_of_a_number() -> None:
    turned = WAYS["direction"]
    assert turned("Giảm nghèo; tăng mạnh 11 vụ", BASIS, random.Random(1)) == "Giảm nghèo; giảm mạnh 11 vụ"
    assert turned("Giảm nghèo bền vững", BASIS, random.Random(1)) is None
