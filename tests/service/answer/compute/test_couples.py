"""Sums out of two figures told together, against a plan and against the year before."""

from __future__ import annotations

import pytest

from tests.service.answer.compute.test_compute import ask

TOLD_TOGETHER = """ỦY BAN NHÂN DÂN
HUYỆN SÔNG MƠ

BÁO CÁO

Tình hình kinh tế - xã hội quý I năm 2023

I. KẾT QUẢ THỰC HIỆN

1. Kênh mương: Được giao nạo vét 64 tuyến kênh; đã triển khai 41 tuyến, trong đó nghiệm thu 26 tuyến. Ban hành 15 công \
văn đôn đốc, nhắc nhở, giảm 04 công văn so với cùng kỳ. Số trạm bơm tăng từ 18 trạm lên 23 trạm.

2. Khuyến nông: Mở 12 lớp tập huấn cho 540 nông dân, kinh phí 81 triệu đồng. Hỗ trợ 34 hộ trồng nấm, gấp 2 lần cùng \
kỳ. Đầu năm có 96 hộ nuôi ong, đến nay còn 71 hộ. Số hộ nuôi tằm là 230 hộ, tăng 15% so với đầu năm.

3. Hội chợ có 45 gian hàng, trong đó 28 gian hàng nông sản, còn lại là gian hàng thủ công. Khách tham quan 900 người, \
trong đó 270 người đặt hàng. Tỷ lệ hộ dùng nước máy đạt 71,5%, thấp hơn chỉ tiêu được giao (78%). Thu nhập bình quân \
41,5 triệu đồng/năm, tăng 3,2 triệu đồng so với năm 2022. Xếp hạng 26 điểm du lịch, đạt 65% kế hoạch.

Bảng 1. Giải ngân theo nguồn vốn
Đơn vị tính: Triệu đồng
| Nguồn vốn | Kế hoạch | Vốn đối ứng | Giải ngân |
|---|---|---|---|
| Vốn trả nợ | 9.400 | 6.800 | 5.150 |
"""


@pytest.mark.parametrize(
    ("question", "expression", "short"),
    [
        ("Còn mấy tuyến kênh được giao mà chưa triển khai?", "64 − 41 = 23", "23 tuyến"),
        ("Bao nhiêu tuyến kênh đã triển khai nhưng chưa nghiệm thu?", "41 − 26 = 15", "15 tuyến"),
        ("Vốn trả nợ còn bao nhiêu chưa giải ngân?", "9.400 − 5.150 = 4.250", "4.250 triệu đồng"),
        ("Cùng kỳ năm trước ban hành mấy công văn?", "15 + 4 = 19", "19 công văn"),
        ("Năm ngoái cùng thời gian này hỗ trợ bao nhiêu hộ trồng nấm?", "34 ÷ 2 = 17", "17 hộ"),
        ("Đầu năm có bao nhiêu hộ nuôi tằm?", "230 ÷ (100% + 15%) ≈ 200", "khoảng 200 hộ"),
        ("Thu nhập bình quân năm 2022 là bao nhiêu?", "41,5 − 3,2 = 38,3", "38,3 triệu đồng/năm"),
        ("Số trạm bơm tăng thêm bao nhiêu?", "23 − 18 = 5", "tăng 5 trạm"),
        ("Từ đầu năm đến nay giảm bao nhiêu hộ nuôi ong?", "96 − 71 = 25", "giảm 25 hộ"),
        ("Mỗi lớp tập huấn trung bình mấy nông dân?", "540 ÷ 12 = 45", "45 nông dân/lớp tập huấn"),
        ("Kinh phí tập huấn tính ra mỗi lớp bao nhiêu tiền?", "81 ÷ 12 = 6,75", "6,75 triệu đồng/lớp tập huấn"),
        ("Có bao nhiêu gian hàng thủ công?", "45 − 28 = 17", "17 gian hàng"),
        ("Bao nhiêu phần trăm khách tham quan đặt hàng?", "270 ÷ 900 = 30,0%", "30,0%"),
        ("Kế hoạch xếp hạng bao nhiêu điểm du lịch?", "26 ÷ 65% ≈ 40", "khoảng 40 điểm du lịch"),
    ],
)
def test_figures_told_together_are_put_together(question: str, expression: str, short: str) -> None:
    given = ask(question, TOLD_TOGETHER)
    assert given.computation is not None and given.computation.expression == expression
    assert given.short_answer == short


AGAINST_THE_YEAR_BEFORE = """ỦY BAN NHÂN DÂN
HUYỆN SÔNG MƠ

BÁO CÁO

Tình hình kinh tế - xã hội quý III năm 2023

I. KẾT QUẢ THỰC HIỆN

1. Tiếp nhận 640 đơn (qua mạng 410 đơn, trực tiếp 230 đơn), tăng 28% so với quý II. Đoạt 19 huy chương. So với năm \
trước tăng 07 huy chương.

2. Dạy bơi cho 518 em, vượt 18 em so với kế hoạch. Tuyển mới 33 giáo viên; 12 giáo viên nghỉ việc \
(năm trước 20 giáo viên). Lắp thêm 40 đèn đường, đưa tổng số lên 310 đèn; kinh phí lắp thêm 96 triệu đồng.

3. Số trạm thu mua: kế hoạch đến cuối năm là 34 trạm, đã mở 29 trạm.

Bảng 1. Chỉ tiêu chủ yếu
| Chỉ tiêu | ĐVT | Kế hoạch năm | Thực hiện 9 tháng | Cùng kỳ 2022 |
|---|---|---|---|---|
| Sản lượng chè | Tấn | 1.800 | 1.430 | 1.300 |
| Sản lượng quế | Tấn | 900 | 640 | 605 |
"""


@pytest.mark.parametrize(
    ("question", "expression", "short"),
    [
        ("Quý II tiếp nhận khoảng bao nhiêu đơn?", "640 ÷ (100% + 28%) ≈ 500", "khoảng 500 đơn"),
        ("Năm trước đoạt mấy huy chương?", "19 − 7 = 12", "12 huy chương"),
        ("Kế hoạch dạy bơi là bao nhiêu em?", "518 − 18 = 500", "500 em"),
        ("Số giáo viên nghỉ việc giảm bao nhiêu so với năm trước?", "20 − 12 = 8", "giảm 8 giáo viên"),
        ("Tính ra lắp thêm mỗi đèn đường hết bao nhiêu tiền?", "96 ÷ 40 = 2,4", "2,4 triệu đồng/đèn"),
        ("Còn thiếu bao nhiêu trạm thu mua nữa thì đạt kế hoạch?", "34 − 29 = 5", "5 trạm"),
        ("Sản lượng chè tăng bao nhiêu phần trăm so với cùng kỳ?", "(1.430 − 1.300) ÷ 1.300 = 10,0%", "tăng 10,0%"),
        ("Sản lượng quế đạt bao nhiêu phần trăm kế hoạch?", "640 ÷ 900 ≈ 71,1%", "khoảng 71,1%"),
        ("Sản lượng quế còn thiếu bao nhiêu tấn so với kế hoạch?", "900 − 640 = 260", "260 tấn"),
        ("Cả chè và quế có tổng cộng bao nhiêu tấn?", "1.430 + 640 = 2.070", "2.070 tấn"),
    ],
)
def test_what_stands_against_a_plan_or_the_year_before(question: str, expression: str, short: str) -> None:
    given = ask(question, AGAINST_THE_YEAR_BEFORE)
    assert given.computation is not None and given.computation.expression == expression
    assert given.short_answer == short


def test_the_same_period_of_a_table_is_that_of_the_column_beside_it() -> None:
    assert ask("9 tháng năm 2022 sản lượng chè là bao nhiêu?", AGAINST_THE_YEAR_BEFORE).short_answer == "1.300 tấn"


@pytest.mark.parametrize(
    "question",
    [
        "Còn mấy tuyến đê được giao mà chưa triển khai?",
        "Còn bao nhiêu tuyến kênh chưa kiên cố hóa?",
        "Mỗi hợp tác xã trung bình mấy nông dân?",
        "Có bao nhiêu gian hàng ẩm thực?",
        "Thu nhập bình quân năm 2020 là bao nhiêu?",
    ],
)
def test_what_is_not_told_together_makes_no_sum(question: str) -> None:
    assert ask(question, TOLD_TOGETHER).computation is None
