"""The first months of a year, out of the months so far and the last of them; what plans and debts leave."""

from __future__ import annotations

import pytest

from tests.service.answer.compute.test_compute import ask

HALF = """ỦY BAN NHÂN DÂN
HUYỆN SÔNG MƠ

BÁO CÁO

Tình hình thu phí quý II và 6 tháng đầu năm 2023

I. KẾT QUẢ THỰC HIỆN

1. Phí bến bãi: quý II thu 14,2 tỷ đồng; lũy kế 6 tháng 25,9 tỷ đồng, đạt 51,8% dự toán năm (50 tỷ đồng).

2. Đến hết quý II đã cấp 230 thẻ, riêng quý II cấp 150 thẻ.

3. Tổng nợ phí đến 30/6/2023 là 7,5 tỷ đồng, tăng 1,2 tỷ đồng so với 31/12/2022. Phí quảng cáo 640 triệu đồng \
(cùng kỳ 590 triệu đồng).

4. Tiền phạt 830 triệu đồng, đã nộp 610 triệu đồng.
"""


@pytest.mark.parametrize(
    ("question", "expression", "short"),
    [
        ("Phí bến bãi quý I thu được bao nhiêu?", "25,9 − 14,2 = 11,7", "11,7 tỷ đồng"),
        ("Quý I cấp được mấy thẻ?", "230 − 150 = 80", "80 thẻ"),
        ("Phí bến bãi còn thiếu bao nhiêu so với dự toán?", "50 − 25,9 = 24,1", "24,1 tỷ đồng"),
        ("Cuối năm 2022 tổng nợ phí là bao nhiêu?", "7,5 − 1,2 = 6,3", "6,3 tỷ đồng"),
        ("Tiền phạt còn bao nhiêu chưa nộp?", "830 − 610 = 220", "220 triệu đồng"),
    ],
)
def test_the_months_so_far_and_their_last_tell_the_first_and_the_plan_tells_the_rest(
    question: str, expression: str, short: str
) -> None:
    given = ask(question, HALF)
    assert given.computation is not None and given.computation.expression == expression
    assert given.short_answer == short


def test_quarter_and_months_so_far_are_each_asked_for() -> None:
    assert ask("Đến hết quý II cấp được bao nhiêu thẻ?", HALF).short_answer == "230 thẻ"
    assert ask("Riêng quý II cấp bao nhiêu thẻ?", HALF).short_answer == "150 thẻ"
    assert ask("Tháng 2 cấp bao nhiêu thẻ?", HALF).computation is None
