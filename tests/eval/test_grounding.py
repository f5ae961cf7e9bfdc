from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.grounding import grounding, holds
from eval.outcome import Cited, CitedFigure, Given, Place
from ingest.domain import Span
from service.domain import Status

AT = Place("r", (Span(0, 9),))


def cited(quote: str, heading: str = "") -> Cited:
    return Cited(AT, quote, quote, heading)


FIRE = cited("xảy ra 05 vụ cháy, 1.450 m² rừng[12]", "Báo cáo quý I năm 2023\nquý I/2023")
MONEY = cited("thu 27,50 tỷ đồng")


def answered(answer: str, *quotes: Cited, short: str | None = None, expression: str = "") -> Given:
    return Given(Status.ANSWERED, short, answer, quotes, expression=expression)


def test_numbers_of_the_quotes_cited_are_grounded() -> None:
    told = grounding(answered("Quý I/2023: 5 vụ cháy, 1450 m2. [1] Thu 27,5 tỷ đồng. [2]", FIRE, MONEY, short="05 vụ"))
    assert (told.numbers, told.loose) == (6, ("2",)), "m2 is no m²: digits are compared, nothing is understood"


@pytest.mark.parametrize(
    ("text", "loose"),
    [
        ("5 vụ. [1] 27,5 tỷ đồng. [1]", ("27,5",)),
        ("5 vụ. [1] Năm 2023 có 6 vụ. [1]", ("6",)),
        ("Có 2023 vụ. [1]", ("2023",)),
        ("Có 12 vụ. [1]", ("12",)),
        ("Có 5 vụ.", ("5",)),
        ("Có 5 vụ. [3]", ("5",)),
        ("Có 275 tỷ. [2]", ("275",)),
    ],
)
def test_a_number_from_elsewhere_is_loose(text: str, loose: tuple[str, ...]) -> None:
    assert grounding(answered(text, FIRE, MONEY)).loose == loose


def test_short_answers_and_figures_are_looked_at() -> None:
    assert grounding(answered("5 vụ [1]", FIRE, MONEY, short="28 tỷ")).loose == ("28",)
    figure = Given(Status.ANSWERED, None, "5 vụ [1]", (FIRE, MONEY), figures=(CitedFigure("5 vụ", 2),))
    assert grounding(figure).loose == ("5",)


@pytest.mark.parametrize(("short", "loose"), [("2 khoản", ()), ("3 khoản", ("3",))])
def test_lines_that_each_cite_their_own_may_be_counted(short: str, loose: tuple[str, ...]) -> None:
    assert grounding(answered("Cháy. [1]\nThu. [2]", FIRE, MONEY, short=short)).loose == loose
    assert grounding(answered("Cháy. [2]\nThu. [2]", FIRE, MONEY, short="2 khoản")).loose == ("2",)


def test_what_is_no_answer_shows_nothing() -> None:
    assert grounding(Given(Status.NOT_FOUND, None, "Không có số liệu năm 2022.")).numbers == 0


def test_the_result_of_arithmetic_that_holds_is_grounded() -> None:
    quotes = cited("có 18 vụ (tăng 11 vụ)")
    right = answered("Cùng kỳ: 7 vụ (18 − 11 = 7). [1]", quotes, short="7 vụ", expression="18 − 11 = 7")
    wrong = answered("Cùng kỳ: 8 vụ (18 − 11 = 8). [1]", quotes, short="8 vụ", expression="18 − 11 = 8")
    assert grounding(right).loose == ()
    assert grounding(wrong).loose == ("8", "8", "8")


@pytest.mark.parametrize(
    ("expression", "true"),
    [
        ("18 − 11 = 7", True),
        ("18 − 11 = 6", False),
        ("502 ÷ 102,8% ≈ 488", True),
        ("502 ÷ 102,8% = 488", False),
        ("(18 + 11) ÷ 502 × 100 ≈ 5,8", True),
        ("11 ÷ 502 ≈ 2,2%", True),
        ("11 ÷ 502 ≈ 2,3%", False),
        ("102,8% − 100% = 2,8%", True),
        ("18 − 12 = 6", False),
        ("18 tỷ − 0,011 tỷ = 17,989 tỷ", True),
        ("27,031 + 18 = 45,031", True),
        ("18 −", False),
        ("", False),
        ("18 ÷ 0 = 0", False),
    ],
)
def test_expressions(expression: str, *, true: bool) -> None:
    assert holds(expression, ["18 vụ, 11 vụ", "502 con, 102,8%", "thu 27 tỷ 31\ntriệu"]) is true


@settings(deadline=None)
@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_sums_of_cited_numbers_hold_and_others_do_not(one: int, other: int) -> None:
    quotes = [f"{one} con", f"{other} con"]
    assert holds(f"{one} + {other} = {one + other}", quotes)
    assert not holds(f"{one} + {other} = {one + other + 1}", quotes)
