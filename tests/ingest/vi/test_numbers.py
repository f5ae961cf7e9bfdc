from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.vi.numbers import find_numbers, format_number, parse_number

DECIMALS = st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**15), max_value=10**15)


@settings(deadline=None)
@given(DECIMALS)
def test_what_is_formatted_is_parsed_back(value: Decimal) -> None:
    assert parse_number(format_number(value)) == value


@settings(deadline=None)
@given(st.lists(DECIMALS.map(abs), max_size=6))
def test_numbers_in_a_text_are_found_in_order(values: list[Decimal]) -> None:
    text = " và ".join(f"có {format_number(value)} tấn" for value in values)
    assert [numeral.value for numeral in find_numbers(text)] == values
    assert [parse_number(text[n.start : n.end]) for n in find_numbers(text)] == values


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2.468,135", "2468.135"),
        ("47,906", "47.906"),
        ("07", "7"),
        ("2.345.000", "2345000"),
        ("2031", "2031"),
        ("987.65", "987.65"),
        ("−2,5", "-2.5"),
        ("mười hai", "12"),
        ("hai mươi lăm", "25"),
        ("hai muoi", "20"),
        ("ba trăm linh năm", "305"),
        ("Bốn nghìn hai trăm mười tỷ", "4210000000000"),
        ("sáu tỷ bảy triệu", "6007000000"),
    ],
)
def test_a_number_alone(text: str, value: str) -> None:
    assert parse_number(text) == Decimal(value)


@pytest.mark.parametrize("text", ["", "hàng nghìn", "1.2.3", "12 con", "năm năm", "KT4", "1,2,3"])
def test_no_number(text: str) -> None:
    assert parse_number(text) is None


def test_a_dotted_cell_is_a_decimal_only_where_the_table_says_so() -> None:
    assert parse_number("1.642") == 1642
    assert parse_number("1.642", dot_decimals=True) == Decimal("1.642")


def test_ranges_parts_and_signs() -> None:
    found = find_numbers("tăng 6,5-9%, từ 03 - 04%, đạt 11/15 nhà, (-2,1%), mục 4-3, ngày 2/9/2023, lô KT4, km5")
    assert [(n.value, n.whole, n.high, n.sign) for n in found] == [
        (Decimal("6.5"), None, 9, ""),
        (3, None, 4, ""),
        (11, 15, None, ""),
        (Decimal("-2.1"), None, None, "-"),
        (4, None, None, ""),
        (3, None, None, ""),
    ]


def test_format_refuses_what_is_no_number() -> None:
    with pytest.raises(ValueError, match="NaN"):
        format_number(Decimal("NaN"))
