"""Everyday wordings beside official terms."""

from __future__ import annotations

from importlib.resources import files

from service.answer.query_words import scorer
from service.answer.tokens import bag, rarity
from service.domain import Alternative
from service.understand.everyday import alternatives, is_wording
from service.understand.question import understand


def covered(question: str, text: str) -> float:
    one = scorer(understand(question, places={}), rarity(()))
    return one.coverage(((bag(text), 1.0),))


def test_the_longest_phrase_stands_for_its_terms() -> None:
    found = alternatives(("tai", "nạn", "xe", "cộ", "và", "heo"), accents=True)
    assert found[0] == Alternative(("tai", "nạn", "xe", "cộ"), ("tai nạn giao thông",))
    assert found[1].words == ("heo",)
    assert "lợn" in found[1].terms
    assert alternatives((), accents=True) == ()


def test_both_ways_where_marked() -> None:
    assert "heo" in next(iter(alternatives(("lợn",), accents=True))).terms
    assert not any("gà vịt" in one.terms for one in alternatives(("gia", "cầm"), accents=True) if one.words == ("gia",))


def test_wordings_meet_the_terms_of_a_report() -> None:
    assert covered("Bao nhiêu gà vịt?", "đàn gia cầm 95.300 con") > 0.9
    assert covered("Dan heo co may con?", "đàn lợn 41.200 con") > 0.9
    assert covered("Mấy vụ đụng xe?", "xảy ra 14 vụ tai nạn giao thông") > 0.9
    assert covered("Bao nhiêu học trò?", "có 1.204 học sinh") > 0.9


def test_a_neighbouring_indicator_is_none() -> None:
    assert covered("Bao nhiêu gà vịt?", "đàn gia súc 4.100 con") < 0.2
    assert covered("Có bao nhiêu con gà?", "đàn gia cầm 95.300 con") < 0.6
    assert covered("Thu ngân sách nhà nước?", "thu ngân sách xã") < 0.8


def test_what_is_said_as_asked_goes_first() -> None:
    assert covered("Đàn heo?", "đàn heo") > covered("Đàn heo?", "đàn lợn")


def test_the_table_is_well_formed() -> None:
    lines = files("service.understand").joinpath("everyday.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    assert all(len(row) == 3 and row[1] in "=>" and row[0] and row[2] for row in rows)
    assert len({row[0] for row in rows}) == len(rows) > 250
    assert is_wording("rot tien")
    assert not is_wording("thu ngan sach nha nuoc")
