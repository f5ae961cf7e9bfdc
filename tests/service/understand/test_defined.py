"""Abbreviations that reports explain themselves."""

from __future__ import annotations

from service.domain import Alternative
from service.understand.defined import explained
from service.understand.question import understand

DEFINED = {"tmbl": "tổng mức bán lẻ"}


def test_an_abbreviation_stands_for_its_words_and_they_for_it() -> None:
    assert explained(("tmbl", "đạt"), DEFINED, accents=True) == (Alternative(("tmbl",), ("tổng mức bán lẻ",)),)
    written = ("tong", "muc", "ban", "le", "dat")
    assert explained(written, DEFINED, accents=False) == (Alternative(written[:4], ("tmbl",)),)
    assert explained(("bán", "lẻ"), DEFINED, accents=True) == ()


def test_it_is_read_with_the_question() -> None:
    read = understand("TMBL đạt bao nhiêu?", places={}, defined=DEFINED)
    assert Alternative(("tmbl",), ("tổng mức bán lẻ",)) in read.also
