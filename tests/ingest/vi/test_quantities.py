from decimal import Decimal

import pytest

from ingest.vi.normalise import unify
from ingest.vi.quantities import find_quantities


def check(text: str, expected: list[tuple[str, str, str]]) -> None:
    found = find_quantities(text, unify(text), bytearray(len(text)))
    assert [(text[q.start : q.end], format(q.value, "f"), q.unit) for q in found] == expected


def test_numerals_with_their_units() -> None:
    check(
        "thu 31 tỷ 205 triệu đồng, 4.120 ha, 05 - 06%, 3 lượt/5 người và 18 ngàn con",
        [
            ("31 tỷ 205 triệu đồng", "31.205", "tỷ đồng"),
            ("4.120 ha", "4120", "ha"),
            ("05 - 06%", "5", "%"),
            ("3 lượt", "3", "lượt"),
            ("5 người", "5", "người"),
            ("18 ngàn con", "18", "nghìn con"),
        ],
    )


def test_an_unknown_noun_is_the_next_word_unless_it_is_a_verb() -> None:
    check(
        "trồng 12 luống rau, lần thứ 3 được mùa, còn 7.250,5", [("12 luống", "12", "luống"), ("7.250,5", "7250.5", "")]
    )


def test_people_counted_by_their_state() -> None:
    check("9 người (6 chết, 3 mất tích)", [("9 người", "9", "người"), ("6", "6", "người"), ("3", "3", "người")])


@pytest.mark.parametrize("text", ["trong 5 năm", "trẻ dưới 5 tuổi", "sau 3 tháng", "phiên bản 2"])
def test_durations_ages_and_bare_numbers_are_none(text: str) -> None:
    check(text, [])


def test_masked_digits_are_left_out() -> None:
    text = "ký 6 hồ sơ, 7 hồ sơ"
    mask = bytearray(len(text))
    mask[3] = 1
    [quantity] = find_quantities(text, text, mask)
    assert (quantity.value, text[quantity.unit_start : quantity.end]) == (Decimal(7), "hồ sơ")


def test_a_list_of_names_and_numbers() -> None:
    check("Bò: 700, Lợn: 1.450; thôn 5, mã số: 12a", [("700", "700", ""), ("1.450", "1450", "")])
