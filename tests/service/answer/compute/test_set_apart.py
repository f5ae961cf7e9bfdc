"""How far two amounts lie apart, in many wordings; what is stated comes first, the uncertain is refused."""

from __future__ import annotations

import pytest

from service.domain import Status
from tests.service.answer.compute.test_compute import ask

TEXT = """ỦY BAN NHÂN DÂN
HUYỆN SÔNG MƠ

BÁO CÁO

Tình hình kinh tế - xã hội năm 2023

I. KẾT QUẢ THỰC HIỆN

1. Thủy lợi: Kiên cố 46,5 km kênh, kế hoạch giao 60 km. Tổng số 128 cống phải sửa chữa, đã sửa 97 cống. Nạo vét 318 m \
mương/400 m mương theo kế hoạch.

2. Chăn nuôi: Đàn dê từ 2.350 con hồi đầu năm còn 1.980 con do bán giống. Đàn ngựa 214 con, cùng kỳ 190 con. Sản lượng \
mật ong 7,4 tấn (hộ gia đình 5,1 tấn, hợp tác xã 2,3 tấn), năm 2022 là 6,8 tấn.

3. Thư viện: Số bạn đọc là nam 3.120 người, nữ 3.415 người. Có 1.240 cuốn sách đăng ký mượn, 85 cuốn chưa trả. Mượn \
máy đọc 64 lượt trong số 90 lượt được duyệt.

4. Bưu chính: Bưu cục Bến Gỗ có 12 nhân viên phát 5.260 thư, bưu cục Đò Lau có 07 nhân viên phát 3.890 thư. \
Tỷ lệ phát đúng giờ đạt 91,4%, thấp hơn chỉ tiêu giao (95%).

5. Nước sạch: Giảm tỷ lệ thất thoát từ 18,2% xuống còn 15,7%. Lắp mới 530 đồng hồ, vượt kế hoạch 30 đồng hồ.

6. Lỗi thường gặp ở cơ sở sấy: không che chắn (48 cơ sở); không ghi sổ sấy (27 cơ sở).
"""


@pytest.mark.parametrize(
    ("question", "expression", "short"),
    [
        ("Kiên cố kênh còn thiếu bao nhiêu km so với kế hoạch?", "60 − 46,5 = 13,5", "13,5 km"),
        ("Kênh kiên cố hụt kế hoạch mấy km?", "60 − 46,5 = 13,5", "13,5 km"),
        ("Còn bao nhiêu cống chưa sửa?", "128 − 97 = 31", "31 cống"),
        ("So cong chua sua con bao nhieu?", "128 − 97 = 31", "31 cống"),
        ("Nạo vét mương còn thiếu bao nhiêu m nữa mới đủ kế hoạch?", "400 − 318 = 82", "82 m"),
        ("Đàn dê bớt mất bao nhiêu con so với đầu năm?", "2.350 − 1.980 = 370", "giảm 370 con"),
        ("Ngựa nhiều hơn cùng kỳ mấy con?", "214 − 190 = 24", "tăng 24 con"),
        ("Sản lượng mật ong chênh so với năm 2022 là bao nhiêu?", "7,4 − 6,8 = 0,6", "tăng 0,6 tấn"),
        ("Bạn đọc nữ hơn bạn đọc nam bao nhiêu người?", "3.415 − 3.120 = 295", "295 người"),
        ("Bến Gỗ phát nhiều thư hơn Đò Lau là bao nhiêu?", "5.260 − 3.890 = 1.370", "1.370 thư"),
        ("Phát đúng giờ còn kém chỉ tiêu bao nhiêu điểm phần trăm?", "95% − 91,4% = 3,6%", "3,6 điểm phần trăm"),
        ("Tỷ lệ thất thoát nước giảm được mấy điểm?", "18,2% − 15,7% = 2,5%", "giảm 2,5 điểm phần trăm"),
        ("Còn bao nhiêu lượt mượn máy đọc được duyệt mà chưa mượn?", "90 − 64 = 26", "26 lượt"),
    ],
)
def test_the_difference_is_worked_out_of_the_two_figures_it_is_about(
    question: str, expression: str, short: str
) -> None:
    given = ask(question, TEXT)
    assert given.computation is not None and given.computation.expression == expression
    assert given.short_answer == short


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("Đồng hồ lắp mới vượt kế hoạch bao nhiêu cái?", "30 đồng hồ"),
        ("Có mấy cuốn sách chưa trả?", "85 cuốn"),
        ("Bao nhiêu cơ sở sấy không ghi sổ?", "27 cơ sở"),
    ],
)
def test_what_the_report_states_is_given_as_stated(question: str, short: str) -> None:
    given = ask(question, TEXT)
    assert given.computation is None and given.short_answer is not None
    assert given.short_answer.endswith(short)


@pytest.mark.parametrize(
    "question",
    [
        "Đàn ngựa còn thiếu bao nhiêu con so với kế hoạch?",
        "Bưu cục Rạch Sâu phát nhiều hơn Đò Lau bao nhiêu thư?",
        "Mật ong nhiều hơn năm 2020 mấy tấn?",
    ],
)
def test_a_base_that_is_not_told_is_not_replaced_by_another(question: str) -> None:
    given = ask(question, TEXT)
    assert given.computation is None
    assert given.status is Status.NOT_FOUND
