"""The words of a question and how much of them a text has."""

from __future__ import annotations

from dataclasses import replace

import pytest

from service.answer import weights
from service.answer.query_words import Scorer, common_share, scorer
from service.answer.tokens import bag, rarity
from service.understand.question import understand

RARITY = rarity(
    bag(text) for text in ("đàn trâu 1.214 con", "đàn bò 3.502 con", "thu ngân sách 87 tỷ đồng", "chi ngân sách")
)


def words_of(question: str) -> Scorer:
    return scorer(understand(question, places={}), RARITY)


@pytest.mark.parametrize("question", ["Đàn trâu có bao nhiêu con?", "thu ngan sach bao nhieu", "Chi cho đàn bò?"])
def test_weights_sum_to_one(question: str) -> None:
    assert sum(weight for _, _, weight in words_of(question).terms) == pytest.approx(1)


def test_a_rare_word_weighs_more() -> None:
    weight = {term: share for term, _, share in words_of("Đàn trâu bao nhiêu con?").terms}
    assert weight["trâu"] > weight["đàn"]


def test_a_word_common_in_any_question_weighs_less() -> None:
    weight = {term: share for term, _, share in words_of("Làm trâu bò thế nào?").terms}
    assert weight["làm"] < weight["bò"]
    assert common_share("làm", accents=True) < 1 == common_share("trâu", accents=True)


def test_all_none_and_a_part_of_the_words() -> None:
    one = words_of("Thu ngân sách bao nhiêu?")
    share = {term: weight for term, _, weight in one.terms}
    assert one.coverage(((bag("thu ngân sách"), 1.0),)) == pytest.approx(1)
    assert one.coverage(((bag("đàn dê"), 1.0),)) == 0
    assert one.coverage(((bag("thu phí"), 1.0),)) == pytest.approx(share["thu"])


def test_the_best_zone_counts_for_each_word() -> None:
    one = words_of("Thu ngân sách bao nhiêu?")
    assert one.coverage(((bag("đàn dê"), 1.0), (bag("thu ngân sách"), 0.5))) == pytest.approx(0.5)


def test_words_the_unit_says_count_as_found() -> None:
    one = words_of("Thu ngân sách bao nhiêu?")
    found = one.coverage(((bag(""), 1.0),), implied=frozenset(("thu", "ngan", "sach")))
    assert found == pytest.approx(weights.ZONE_IMPLIED)


def test_accents_count_where_they_are_typed() -> None:
    typed, bare = words_of("Đàn trâu có bao nhiêu con?"), words_of("dan trau co bao nhieu con")
    slip = bag("đàn trầu")
    assert typed.worths(slip)[[term for term, _, _ in typed.terms].index("trâu")] == weights.ACCENT_SLIP
    assert bare.worths(slip)[[term for term, _, _ in bare.terms].index("trau")] == 1


def test_a_question_without_content_covers_nothing() -> None:
    one = words_of("Bao nhiêu?")
    assert one.terms == ()
    assert one.coverage(((bag("đàn trâu"), 1.0),)) == 0


def test_other_words_are_looked_up_anew() -> None:
    one = words_of("Đàn trâu có bao nhiêu con?")
    text = bag("đàn trâu")
    assert any(one.worths(text))
    other = replace(one, terms=(("dê", "de", 1.0),))
    assert other.worths(text) == (0.0,)


def test_bags_that_read_alike_are_looked_up_apart() -> None:
    one = words_of("Đàn trâu có bao nhiêu con?")
    assert one.worths(bag("đàn trâu")) == one.worths(bag("đàn trâu"))
    assert bag("đàn trâu") != bag("đàn trâu")
