from __future__ import annotations

from itertools import pairwise

import pytest

from ingest.parse.markers import Marker, distance, follows, is_first, read_marker


def found(text: str) -> Marker:
    marker = read_marker(text)
    assert marker is not None
    return marker


@pytest.mark.parametrize(
    ("text", "family", "sign", "rest"),
    [
        ("Phần thứ nhất TỔNG QUAN", "part", "Phần thứ nhất", "TỔNG QUAN"),
        ("PHẦN II: KẾT QUẢ", "part", "PHẦN II", "KẾT QUẢ"),
        ("A. MỤC TIÊU", "upper", "A.", "MỤC TIÊU"),
        ("F1. KẾ HOẠCH", "upper", "F1.", "KẾ HOẠCH"),
        ("IV. KINH PHÍ", "roman", "IV.", "KINH PHÍ"),
        ("I- ĐẶC ĐIỂM", "roman", "I-", "ĐẶC ĐIỂM"),
        ("Điều 12. Tổ chức", "article", "Điều 12.", "Tổ chức"),
        ("1. Kinh tế", "arabic1", "1.", "Kinh tế"),
        ("7.Xã Phú Lãng", "arabic1", "7.", "Xã Phú Lãng"),
        ("3 Xã Phú Lãng", "arabic1", "3", "Xã Phú Lãng"),
        ("2.1. Thu ngân sách", "arabic2", "2.1.", "Thu ngân sách"),
        ("2.1 Thu ngân sách", "arabic2", "2.1", "Thu ngân sách"),
        ("1.2.3. Đàn bò", "arabic3", "1.2.3.", "Đàn bò"),
        ("đ) Các khoản", "letter", "đ)", "Các khoản"),
        ("- Ủy ban", "bullet", "-", "Ủy ban"),
        ("-Ủy ban", "bullet", "-", "Ủy ban"),
        ("+ Kinh phí", "bullet", "+", "Kinh phí"),
        ("• Sắn: 5 ha", "bullet", "•", "Sắn: 5 ha"),
        ("o Tiểu học: 5", "bullet", "o", "Tiểu học: 5"),
        ("(1) Kế hoạch", "bullet", "(1)", "Kế hoạch"),
    ],
)
def test_signs(text: str, family: str, sign: str, rest: str) -> None:
    marker = found(text)
    assert (marker.family, marker.sign, text[marker.end :]) == (family, sign, rest)


@pytest.mark.parametrize(
    "text",
    [
        "1.557.000 liều vắc xin",
        "12.000 ha lúa",
        "10 tháng năm 2025",
        "02 vụ cháy",
        "1.5 triệu đồng",
        "-5% so với cùng kỳ",
        "IIII. Không phải số La Mã",
        "Một câu thường.",
        "ông Nguyễn Văn A",
        "",
        "-",
    ],
)
def test_numbers_and_words_are_no_signs(text: str) -> None:
    assert read_marker(text) is None


def test_bullet_depth() -> None:
    assert [found(text).depth for text in ("- A", "+ A", "• A", "o A")] == [1, 2, 1, 2]


def test_letters_go_on_in_vietnamese_and_in_latin_order() -> None:
    order = ["a) x", "b) x", "c) x", "d) x", "đ) x", "e) x", "g) x", "h) x", "i) x", "k) x"]
    signs = [found(text) for text in order]
    assert is_first(signs[0])
    assert all(follows(b, a.order) for a, b in pairwise(signs))
    assert follows(found("e) x"), found("d) x").order) and follows(found("f) x"), found("e) x").order)
    assert not follows(found("h) x"), found("e) x").order)


def test_numbers_go_on_within_their_own_prefix() -> None:
    assert follows(found("1.2. X"), found("1.1. X").order)
    assert not follows(found("2.2. X"), found("1.1. X").order)
    assert follows(found("F2. X"), found("F1. X").order) and follows(found("G. X"), found("F2. X").order)
    assert distance(found("III. X"), found("III. X").order) == 0
    assert distance(found("7. X"), found("5. X").order) == 2


def test_a_single_letter_may_be_a_roman_number_or_a_letter() -> None:
    marker = found("I. TỔNG QUAN")
    assert marker.family == "roman" and marker.other is not None and marker.other.family == "upper"
    assert found("C. TỔNG QUAN").family == "upper" and found("D. TỔNG QUAN").family == "upper"
