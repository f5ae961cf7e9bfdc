"""The cell of a row and a column that are each the only ones meant. Texts are our own."""

from __future__ import annotations

import pytest

from service.domain import Abstention, Draft
from tests.service.answer.asking import ask

PONDS = """ỦY BAN NHÂN DÂN
XÃ LÒNG CHẢO

BÁO CÁO

Kết quả sản xuất 9 tháng đầu năm 2025

I. KẾT QUẢ

Sản xuất giữ ổn định, chi tiết tại các bảng sau.

Bảng 1. Kết quả nuôi trồng

| TT | Chỉ tiêu | ĐVT | Kế hoạch năm 2025 | TH 9 tháng năm 2024 | TH 9 tháng năm 2025 | 9T/2025 so với (%) | |
|---|---|---|---|---|---|---|---|
| | | | | | | Kế hoạch | Cùng kỳ |
| I | Ao nuôi | | | | | | |
| 1 | Diện tích ao cá rô | ha | 120 | 104 | 111 | 92,5 | 106,7 |
| 2 | Diện tích ao ếch | ha | 14 | 9 | 12 | 85,7 | 133,3 |
| II | Sản lượng | | | | | | |
| 1 | Sản lượng cá rô | tấn | 640 | 455 | 482 | 75,3 | 105,9 |
| | Trong đó: cá giống | tấn | 60 | 41 | 37 | 61,7 | 90,2 |
| 2 | Tỷ lệ ao có mái che | % | 55 | 48,5 | - | - | - |

Bảng 2. Vốn các bến cá
Đơn vị tính: triệu đồng

| STT | Bến cá | Kế hoạch vốn năm 2025 | | Giải ngân | | Khách đến đủ 3 lần (%) |
|---|---|---|---|---|---|---|
| | | NS tỉnh | NS xã | Số tiền | % KH | |
| 1 | Bến Cây Sung | 900 | 150 | 610 | 58,1 | 41,0 |
| 2 | Bến Đá Bạc | 400 | - | 388 | 97,0 | 36,5 |
| | Tổng cộng | 1.300 | 150 | 998 | 68,8 | 39,2 |
"""


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("Ao ếch đạt bao nhiêu % kế hoạch?", "85,7%"),
        ("Cá giống bằng bao nhiêu phần trăm so với cùng kỳ?", "90,2%"),
        ("Cùng kỳ sản lượng cá rô bao nhiêu tấn?", "455 tấn"),
        ("Ngân sách tỉnh bố trí cho Bến Cây Sung bao nhiêu?", "900 triệu đồng"),
        ("Ngân sách xã cấp Bến Cây Sung mấy triệu?", "150 triệu đồng"),
        ("Bến Đá Bạc giải ngân được bao nhiêu tiền?", "388 triệu đồng"),
        ("Tất cả các bến giải ngân bao nhiêu tiền?", "998 triệu đồng"),
        ("Toàn bộ các bến có bao nhiêu phần trăm khách đến đủ 3 lần?", "39,2%"),
    ],
)
def test_row_and_column_are_found_each_on_its_own(question: str, short: str) -> None:
    told = ask(question, PONDS)
    assert isinstance(told, Draft), told
    assert told.short_answer == short


@pytest.mark.parametrize(
    "question",
    [
        "Tỷ lệ ao có mái che 9 tháng năm 2025 là bao nhiêu?",
        "Ngân sách xã bố trí cho Bến Đá Bạc bao nhiêu?",
        "Diện tích ao lươn bao nhiêu ha?",
        "Bến Cây Gòn giải ngân bao nhiêu tiền?",
    ],
)
def test_an_empty_cell_and_another_row_are_no_answer(question: str) -> None:
    assert isinstance(ask(question, PONDS), Abstention)
