"""What a heading gathers, and what came of something. Texts are our own."""

from __future__ import annotations

import pytest

from service.domain import Abstention, Draft
from tests.service.answer.asking import ask

REPORT = """ỦY BAN NHÂN DÂN
HUYỆN VÂN TRẠCH

BÁO CÁO

Công tác thủy lợi năm 2023

I. SỬA CHỮA KÊNH MƯƠNG

1. Tồn tại, hạn chế

a) Còn 12 km kênh bị bồi lắng.

b) Hồ sơ thiết kế trình chậm.

2. Nguyên nhân

Về khách quan: mưa lớn đầu tháng 9 làm sạt 3 đoạn kênh.

Về chủ quan: đơn vị tư vấn thiếu người.

II. GIẢI PHÁP

1. Sửa chữa kênh mương

Nạo vét 12 km kênh trước ngày 30/11/2023.

2. Thu thủy lợi phí

Giao các hợp tác xã ký lại hợp đồng với hộ dùng nước.

III. KIẾN NGHỊ

Đề nghị tỉnh cấp thêm 2 máy bơm. Trên đây là báo cáo của huyện.
"""


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Sửa chữa kênh mương còn những hạn chế gì?", ["Còn 12 km kênh bị bồi lắng.", "Hồ sơ thiết kế trình chậm."]),
        ("Giải pháp sửa chữa kênh mương là gì?", ["Nạo vét 12 km kênh trước ngày 30/11/2023."]),
        ("Nguyên nhân chủ quan khiến sửa chữa kênh mương chậm là gì?", ["Về chủ quan: đơn vị tư vấn thiếu người."]),
        ("Huyện có những kiến nghị gì?", ["Đề nghị tỉnh cấp thêm 2 máy bơm."]),
    ],
)
def test_the_heading_that_gathers_it_answers(question: str, expected: list[str]) -> None:
    told = ask(question, REPORT)
    assert isinstance(told, Draft)
    # Whether a sentence keeps its full stop is left to the reading.
    assert [claim.text.strip("\n.") for claim in told.claims] == [text.rstrip(".") for text in expected]


def test_a_topic_no_heading_has_is_not_answered_by_all_solutions() -> None:
    assert isinstance(ask("Giải pháp phòng bệnh dại là gì?", REPORT), Abstention)


@pytest.mark.parametrize(
    "question", ["Mưa lớn đầu tháng 9 gây thiệt hại gì?", "Mưa lớn đầu tháng 9 dẫn đến hậu quả thế nào?"]
)
def test_what_came_of_it_stands_behind_its_cause(question: str) -> None:
    told = ask(question, REPORT)
    assert isinstance(told, Draft)
    assert told.short_answer == "sạt 3 đoạn kênh"
