"""How the sides of a sum are read: what is said once for all of them, and what each has of its own."""

from __future__ import annotations

import pytest

from service.answer.candidates import Material
from service.answer.compute.sides import listed, of_places, opened, own_words, readings
from service.answer.tokens import rarity
from service.understand.question import understand

NOTHING = Material((), (), rarity([]))


def test_a_list_is_taken_apart_and_a_long_one_is_none() -> None:
    assert listed(["dê, cừu và hươu"]) == ("dê", "cừu", "hươu")
    assert listed(["cả dê", "cừu"]) == ("dê", "cừu")
    assert listed(["a, b, c, d, e, g"]) == ()


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("giữa hai đàn dê", "đàn dê"),
        ("ở vụ thu", "vụ thu"),
        ("đàn dê là", "đàn dê"),
        ("cá tra", "cá tra"),
        ("chè lá", "chè lá"),
    ],
)
def test_words_that_only_lead_to_a_side_are_left_out(text: str, left: str) -> None:
    assert opened(text) == left


@pytest.mark.parametrize(
    ("texts", "own"),
    [
        (("vốn vay của hội Lá", "hội Cỏ"), ("hội Lá", "")),
        (("cây lê", "mận bán ra chợ"), ("", "mận bán")),
        (("đàn dê của nông trường", "đàn cừu"), ("đàn dê", "")),
        (("dê", "cừu"), ("", "")),
    ],
)
def test_own_words_stand_where_the_other_side_has_an_end(texts: tuple[str, str], own: tuple[str, str]) -> None:
    assert own_words(texts) == own


def test_a_short_side_is_filled_up_from_before_and_from_behind() -> None:
    query = understand("x", places={})
    texts = [[side.text for side in way] for way in readings(query, ("năng suất vụ sớm", "vụ muộn"), NOTHING)]
    assert ["năng suất vụ sớm", "vụ muộn"] in texts
    assert ["năng suất vụ sớm", "năng suất vụ muộn"] in texts
    texts = [[side.text for side in way] for way in readings(query, ("lê", "mận bán ra"), NOTHING)]
    assert ["lê bán ra", "mận bán ra"] in texts


def test_two_places_give_one_question_each_without_the_words_of_the_sum() -> None:
    places = {"xa khe lim": "xã Khe Lim", "xa bai dau": "xã Bãi Dâu"}
    query = understand("Tổng cộng xã Khe Lim và xã Bãi Dâu có bao nhiêu hộ nghèo?", places=places)
    sides = of_places(query)
    assert [side.place for side in sides] == ["xã Khe Lim", "xã Bãi Dâu"]
    assert all("tổng" not in side.terms and "nghèo" in side.terms and not side.beside for side in sides)
    assert of_places(understand("Có bao nhiêu hộ nghèo?", places=places)) == ()
