from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.compare import amounts, is_amount, same_wording, says

SAME = [
    ("18 vụ", "18 vụ"),
    ("18 vụ tai nạn giao thông", "18 vụ"),
    ("xảy ra 18 vụ", "18 vụ"),
    ("05 người", "5 người"),
    ("41 tỷ 236 triệu đồng", "41,236 tỷ đồng"),
    ("1.404 triệu đồng", "1,404 tỷ đồng"),
    ("8.128m³", "8.128 m3"),
    ("33/51 công trình", "33 công trình"),
    ("84 giấy chứng nhận", "84 giấy"),
    ("97,7% (3.521/3.604 văn bản)", "97,7%"),
    ("tăng 5 vụ", "tăng 05 vụ"),
    ("+11,1%", "tăng 11,1%"),
    ("-9,3%", "giảm 9,3%"),
    ("19 vụ; 14 vụ", "14 vụ và 19 vụ"),
    ("khoảng 91 %", "91%"),
    ("90 - 100 hộ nghèo", "90-100 hộ"),
    ("Ngày 24 tháng 02 năm 2023", "24/02/2023"),
    ("Bạch Khê và Phú Lãng", "Phú Lãng; Bạch Khê"),
    ("ông Đỗ Khắc Lãm", "Đỗ Khắc Lãm"),
    ("Do Khac Lam", "Đỗ Khắc Lãm"),
    ("hoà giải", "hòa giải"),
    ("do thiếu đơn hàng xuất khẩu", "thiếu đơn hàng"),
    ("lễ hội trở lại bình thường", "hoạt động lễ hội trở lại bình thường sau dịch"),
    ("Không để xảy ra cháy rừng", "Không"),
    ("98/BC-UBND", "Số: 98/BC-UBND"),
]
DIFFERENT = [
    ("", "18 vụ"),
    ("...", "18 vụ"),
    ("118 vụ", "18 vụ"),
    ("18 người", "18 vụ"),
    ("18", "18 vụ"),
    ("22 người, 18 vụ", "18 vụ"),
    ("1.404 đồng", "1.404 triệu đồng"),
    ("1,404 con", "1.404 con"),
    ("33/50 công trình", "33/51 công trình"),
    ("33 công trình", "33/51 công trình"),
    ("5 vụ", "tăng 05 vụ"),
    ("giảm 05 vụ", "tăng 05 vụ"),
    ("2,8%", "2,8 điểm phần trăm"),
    ("90 hộ", "90 - 100 hộ"),
    ("90 - 100 hộ", "90 hộ"),
    ("14 vụ", "14 vụ và 19 vụ"),
    ("Bạch Khê", "Phú Lãng; Bạch Khê"),
    ("Lãm", "Đỗ Khắc Lãm"),
    ("25/02/2023", "24/02/2023"),
    ("Có, đã xảy ra", "Không"),
    ("xã Lam Khêu", "xã Lam Khê"),
    ("tháng 3", "3 vụ"),
]


@pytest.mark.parametrize(("answer", "accepted"), SAME)
def test_says_the_same(answer: str, accepted: str) -> None:
    assert says(answer, accepted)


@pytest.mark.parametrize(("answer", "accepted"), DIFFERENT)
def test_says_something_else(answer: str, accepted: str) -> None:
    assert not says(answer, accepted)


def test_numbers_of_dates_months_and_documents_are_no_amounts() -> None:
    text = "Tháng 3, quý I/2024, ngày 15/3/2024, báo cáo số 98/BC-UBND: 14 vụ"
    assert [(one.value, one.unit) for one in amounts(text)] == [(Decimal(14), "vụ")]
    assert amounts("") == ()


def test_amount_answers_are_told_from_texts() -> None:
    assert is_amount("giảm khoảng 05 vụ")
    assert not is_amount("13 hộ ở thôn Tân Khê Thượng")
    assert not is_amount("98/BC-UBND")
    assert not is_amount("")


def test_exact_wording_ignores_case_blanks_tone_spelling_and_the_stop() -> None:
    assert same_wording("Thuỷ  sản.", "thủy sản")
    assert not same_wording("05 vụ", "5 vụ")


@given(st.decimals(min_value=0, max_value=10**9, places=2), st.sampled_from(["vụ", "tỷ đồng", "%", "ha", "m³"]))
def test_an_amount_says_itself_and_not_another(value: Decimal, unit: str) -> None:
    written = f"{value:.2f}".replace(".", ",")
    other = f"{value + 1:.2f}".replace(".", ",")
    assert says(f"{written} {unit}", f"{written} {unit}")
    assert not says(f"{other} {unit}", f"{written} {unit}")


@given(st.text())
def test_any_text_can_be_compared(text: str) -> None:
    assert says(text, "18 vụ") in (True, False)
    assert not says("", text)
