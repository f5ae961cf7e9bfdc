"""Shown arithmetic read back: values, units, direction of changes, rounding; whatever is not arithmetic is refused."""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.vi.numbers import format_number
from service.ground.arithmetic import Measured, NotArithmetic, Number, read_equation

UNITS = {"18": ("vụ", 0), "11": ("vụ", 1), "3": ("vụ", -1), "502": ("con", 0), "5": ("xã", 0), "1,5": ("tỷ đồng", 0)}
NUMBERS = st.decimals(min_value=Decimal("0.001"), max_value=10**9, places=3)


def measured(number: Number) -> Measured:
    if number.percent:
        return Measured(number.value / 100, "", constant=number.value == 100)
    unit, change = UNITS[format_number(number.value)]
    return Measured(number.value, unit, change=change)


def counted(unit: str) -> Callable[[Number], Measured]:
    return lambda number: Measured(number.value / 100, "") if number.percent else Measured(number.value, unit)


@pytest.mark.parametrize(
    ("expression", "unit"),
    [
        ("18 − 11 = 7", "vụ"),
        ("18 + 3 = 21", "vụ"),
        ("502 ÷ 102,8% ≈ 488", "con"),
        ("502 − 502 ÷ 102,8% ≈ 14", "con"),
        ("11 ÷ (18 − 11) ≈ 157,1%", ""),
        ("(18 − 11) × 50% = 3,5", "vụ"),
        ("102,8% − 100% = 2,8%", ""),
        ("502 ÷ 5 = 100,4", "con/xã"),
        ("502 ÷ 502 × 100% = 100%", ""),
    ],
)
def test_sums_that_hold(expression: str, unit: str) -> None:
    equation = read_equation(expression, measured)
    assert equation.holds
    assert equation.unit == unit


@pytest.mark.parametrize(
    "expression",
    [
        "18 − 11 = 8",
        "18 − 11 ≈ 8",
        "502 ÷ 102,8% = 488",
        "502 ÷ 102,8% ≈ 489",
        "502 ÷ 102,8% ≈ 488,4",
        "11 ÷ (18 − 11) ≈ 1,7",
        "18 − 11 = 7%",
    ],
)
def test_sums_that_do_not_hold(expression: str) -> None:
    assert not read_equation(expression, measured).holds


@pytest.mark.parametrize(
    "expression",
    [
        "", "18", "18 −", "18 − 11", "= 7", "18 − 11 = ", "18 − 11 = 7 = 7", "(18 − 11 = 7", "18 ** 11 = 7", "x = 7",
        "18 − 502 = 3", "18 × 11 = 198", "18 ÷ 0% = 1", "18 + 11 = 29", "18 − 3 = 15", "11 − 18 = 7", "1.8.8 = 2",
        "100% ÷ 18 = 5",
    ],
)  # fmt: skip
def test_what_is_no_sum_of_this_kind_is_refused(expression: str) -> None:
    with pytest.raises(NotArithmetic):
        read_equation(expression, measured)


@given(NUMBERS, NUMBERS)
def test_any_true_sum_and_difference_holds_and_a_wrong_digit_does_not(one: Decimal, other: Decimal) -> None:
    for sign, result in (("+", one + other), ("−", one - other)):
        left = f"{format_number(one)} {sign} {format_number(other)}"
        if result >= 0:
            assert read_equation(f"{left} = {format_number(result)}", counted("con")).holds
            assert not read_equation(f"{left} = {format_number(result + Decimal('0.001'))}", counted("con")).holds


@given(NUMBERS, st.decimals(min_value=1, max_value=500, places=1), st.integers(0, 4))
def test_a_quotient_holds_at_any_number_of_decimals_and_not_one_step_off(
    level: Decimal, ratio: Decimal, places: int
) -> None:
    step = Decimal(1).scaleb(-places)
    result = (level * 100 / ratio).quantize(step, ROUND_HALF_UP)
    left = f"{format_number(level)} ÷ {format_number(ratio)}%"
    assert read_equation(f"{left} ≈ {format_number(result)}", counted("tấn")).holds
    assert not read_equation(f"{left} ≈ {format_number(result + 2 * step)}", counted("tấn")).holds


@given(st.text(alphabet="0123456789.,%()+−×÷=≈ ", max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        equation = read_equation(text, counted("con"))
    except NotArithmetic:
        return
    assert isinstance(equation.holds, bool)
