"""Bags of the stretches of one text."""

from __future__ import annotations

from service.answer.bags import Bags

TEXT = "Đàn trâu 1.204 con; đàn bò 502 con."


def test_a_stretch_has_one_bag() -> None:
    bags = Bags(TEXT)
    start = TEXT.index("đàn bò")
    assert bags.of(start, len(TEXT)) is bags.of(start, len(TEXT))
    assert "bò" in bags.of(start, len(TEXT)).exact and "trâu" not in bags.of(start, len(TEXT)).exact


def test_the_words_before_a_figure() -> None:
    bags = Bags(TEXT)
    assert bags.before(0, len(TEXT), TEXT.index("1.204")) == {"đàn", "trâu"}
    assert bags.before(TEXT.index("đàn bò"), len(TEXT), TEXT.index("502")) == {"đàn", "bò"}
    assert bags.before(0, len(TEXT), 0) == frozenset()
