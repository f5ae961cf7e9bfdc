"""Answers out of the rows of one table. Texts are our own."""

from __future__ import annotations

import pytest

from service.domain import Abstention, Draft
from tests.service.answer.asking import ask

REPORT = """ỦY BAN NHÂN DÂN
HUYỆN VÂN TRẠCH

BÁO CÁO

Tình hình bến thủy nội địa năm 2023

I. BẾN KHÁCH

1. Hiện trạng

Lượng khách qua các bến lớn trong năm như sau:

| STT | Tên bến | Xã | Lượng khách năm 2022 (lượt) | Lượng khách năm 2023 (lượt) | Tỷ lệ lấp đầy (%) | Tăng, giảm (%) |
| --- | --- | --- | --- | --- | --- | --- |
| 1 | Bến Gáo | Đồi Cam | 8.200 | 9.430 | 81,5 | +15,0 |
| 2 | Bến Vại | Đồi Chanh | 6.400 | 5.120 | 47,0 | -20,0 |
| 3 | Bến Nồi | Đồi Cam | 3.100 | 3.720 | 62,4 | +20,0 |
|  | Tổng cộng |  | 17.700 | 18.270 | 66,2 | +3,2 |

2. Thu phí

Kinh phí sửa chữa giao cho các đơn vị:

| Đơn vị | Giao năm 2023 (triệu đồng) | Đã chi (triệu đồng) | Tỷ lệ (%) |
| --- | --- | --- | --- |
| Đội Quản lý bến | 820 | 779 | 95,0 |
| Hợp tác xã Chèo Thuyền | 400 | 192 | 48,0 |
"""


def told(question: str) -> str | None:
    result = ask(question, REPORT)
    return result.short_answer if isinstance(result, Draft) else None


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Những bến nào lấp đầy trên 60%?", "Bến Gáo; Bến Nồi"),
        ("Bến nào lấp đầy dưới 50%?", "Bến Vại"),
        ("Bến nào lượng khách giảm?", "Bến Vại"),
        ("Những bến nào có lượng khách tăng trên 15%?", "Bến Nồi"),
        ("Kể tên các bến lớn", "Bến Gáo; Bến Vại; Bến Nồi"),
        ("Liệt kê các bến ở xã Đồi Cam", "Bến Gáo; Bến Nồi"),
        ("Kinh phí sửa chữa giao cho những đơn vị nào?", "Đội Quản lý bến; Hợp tác xã Chèo Thuyền"),
    ],
)
def test_the_rows_that_are_asked_for(question: str, expected: str) -> None:
    assert told(question) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Bến nào lấp đầy cao nhất?", "Bến Gáo (81,5%)"),
        ("Bến nào đông khách nhất?", "Bến Gáo (9.430 lượt)"),
        ("Đơn vị nào chi kinh phí sửa chữa đạt tỷ lệ thấp nhất?", "Hợp tác xã Chèo Thuyền (48,0%)"),
    ],
)
def test_the_first_row_of_the_column_that_measures_it(question: str, expected: str) -> None:
    assert told(question) == expected


def test_every_row_named_is_cited() -> None:
    result = ask("Những bến nào lấp đầy trên 60%?", REPORT)
    assert isinstance(result, Draft)
    assert [claim.text.strip() for claim in result.claims] == ["Bến Gáo: 81,5%", "Bến Nồi: 62,4%"]
    assert all(len(claim.evidence) == 1 for claim in result.claims)
    assert result.together


@pytest.mark.parametrize(
    "question",
    ["Những cầu nào lấp đầy trên 60%?", "Những bến nào lấp đầy trên 60% năm 2019?", "Kể tên các bến bị cháy"],
)
def test_another_kind_another_year_another_matter(question: str) -> None:
    assert isinstance(ask(question, REPORT), Abstention)


COUNTS = """BÁO CÁO
Kết quả kiểm tra năm 2023

I. XÉT NGHIỆM

Kết quả xét nghiệm theo nhóm hàng:

| Nhóm hàng | Số mẫu | Đạt | Không đạt |
| --- | --- | --- | --- |
| Chè khô | 40 | 31 | 9 |
| Mật ong | 60 | 56 | 4 |
| Giấm gạo | 25 | 25 | 0 |

Phân công các đoàn kiểm tra:

| Đoàn | Địa bàn | Trưởng đoàn | Cơ quan chủ trì |
| --- | --- | --- | --- |
| Đoàn 1 | Xã Đồi Cam | Ông Phùng Văn Tính | Phòng Y tế |
| Đoàn 2 | Xã Đồi Chanh | Bà Lý Thị Nga | Phòng Kinh tế |
| Đoàn 3 | Xã Đồi Sim | Ông Vi Văn Bảo | Phòng Y tế |
"""


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Chè khô có bao nhiêu mẫu không đạt?", "9"),
        ("Chè khô lấy bao nhiêu mẫu?", "40 mẫu"),
        ("Nhóm hàng nào nhiều mẫu không đạt nhất?", "Chè khô (9)"),
        ("Nhóm hàng nào không có mẫu không đạt?", "Giấm gạo"),
        ("Đoàn 2 kiểm tra ở đâu?", "Xã Đồi Chanh"),
        ("Ai là trưởng đoàn 3?", "Ông Vi Văn Bảo"),
        ("Phòng Y tế chủ trì những đoàn nào?", "Đoàn 1; Đoàn 3"),
    ],
)
def test_columns_that_deny_and_columns_of_words(question: str, expected: str) -> None:
    result = ask(question, COUNTS)
    assert isinstance(result, Draft)
    assert (result.short_answer or "").startswith(expected)


def test_a_thing_with_another_number_is_another_thing() -> None:
    assert isinstance(ask("Đoàn 5 kiểm tra ở đâu?", COUNTS), Abstention)


GROUPS = """ỦY BAN NHÂN DÂN
HUYỆN VÂN TRẠCH

BÁO CÁO

Giải ngân vốn sửa bến năm 2023

I. KẾT QUẢ

Bảng 1. Giải ngân theo dự án

| STT | Tên dự án | Chủ đầu tư | Tổng mức (triệu đồng) | Tỷ lệ giải ngân (%) | Vướng mắc |
| --- | --- | --- | --- | --- | --- |
| A | Dự án chuyển tiếp | | 5.100 | 88,0 | |
| 1 | Kè Bến Gáo | Ban Quản lý Sông; Phòng Kinh tế | 3.900 | 95,0 | Thiếu cát đen |
| 2 | Đèn Bến Vại | Phòng Kinh tế | 1.200 | 45,0 | |
| B | Dự án mở mới | | 2.700 | 30,0 | |
| 1 | Nhà chờ Bến Nồi | Phòng Kinh tế | 1.800 | 33,0 | Chờ giao đất |
| 2 | Cầu phao Bến Chum | Ban Quản lý Sông | 900 | 24,0 | |
"""


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Dự án nào có tổng mức lớn nhất?", "Kè Bến Gáo (3.900 triệu đồng)"),
        ("Những dự án nào giải ngân dưới 50%?", "Đèn Bến Vại; Nhà chờ Bến Nồi; Cầu phao Bến Chum"),
        ("Có mấy dự án giải ngân dưới 50%?", "3 dự án"),
        ("Ban Quản lý Sông làm chủ đầu tư những dự án nào?", "Kè Bến Gáo; Cầu phao Bến Chum"),
        ("Phòng Kinh tế làm chủ đầu tư mấy dự án?", "3 dự án"),
        ("Nhà chờ Bến Nồi vướng mắc gì?", "Chờ giao đất"),
    ],
)
def test_rows_stand_beside_each_other_below_their_groups(question: str, expected: str) -> None:
    result = ask(question, GROUPS)
    assert isinstance(result, Draft), result
    assert result.short_answer == expected
