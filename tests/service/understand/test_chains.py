"""The likeliest chain of words."""

from __future__ import annotations

from service.understand.chains import likeliest
from service.understand.lexicon import lexicon

KNOWN = lexicon(["vụ cháy rừng vụ cháy nhà"] * 3)


def read(*choices: dict[str, float], at_least_once: bool = False) -> tuple[str, ...]:
    return likeliest(choices, KNOWN.exact, KNOWN.words, at_least_once=at_least_once)


def test_a_neighbour_decides() -> None:
    assert read({"vụ": 0.0}, {"cháy": 0.0, "chạy": 0.0}) == ("vụ", "cháy")
    assert read({"vụ": 0.0}, {"cháy": 0.0, "chạy": 30.0}) == ("vụ", "chạy")  # what speaks for it besides


def test_a_word_never_counted_may_count_as_one_that_stands_once() -> None:
    options = {"cháy": 0.0, "zzz": 4.0}
    assert read({"": 0.0}, options) == ("", "cháy")
    assert read({"": 0.0}, options, at_least_once=True) == ("", "zzz")


def test_no_words() -> None:
    assert read() == ()
