"""What a report sets against others' average or an earlier time in words. Texts are our own."""

from __future__ import annotations

import pytest

from service.answer.against import Stand, asked_stand, others_average
from service.domain import Draft
from service.understand.question import understand
from tests.service.answer.asking import ask

REPORT = """ỦY BAN NHÂN DÂN
HUYỆN VÂN TRẠCH

BÁO CÁO

Tình hình kinh tế - xã hội 9 tháng năm 2023

I. KẾT QUẢ THỰC HIỆN

1. Đầu tư: Giải ngân vốn sửa chữa hồ chứa 12,4 tỷ đồng, đạt 61,5% kế hoạch, cao hơn mức bình quân chung của tỉnh (52,3%)
nhưng thấp hơn cùng kỳ năm 2022 (66,1%).

2. Trật tự: Số vụ trộm chó 11 vụ, bằng cùng kỳ, thiệt hại 64 triệu đồng. Tỷ lệ đơn thư gửi vượt cấp còn 3,1%, giảm so
với 5,4% của tháng 6.

Tỷ lệ hộ bỏ rẫy giảm từ 4,4% xuống còn 2,6%. Sạt lở 08 vụ,
làm chết 03 người, bị thương 09 người (tăng 02 vụ, giảm 01 người chết, tăng 04 người bị thương so với cùng kỳ).
Trạm hạ thế sửa 18 lượt, thay 07 máy, tăng 02 máy.

3. Thu phí bến bãi 9 tháng 840 triệu đồng, vượt 5,2% dự toán năm, tăng 7,7% so với cùng kỳ. Đường Đồi Hạ chưa mở rộng.

II. NHIỆM VỤ

Mở rộng đường Đồi Hạ trước ngày 20/12/2023.
"""


@pytest.mark.parametrize(
    ("question", "stand", "average"),
    [
        ("Giải ngân có cao hơn bình quân cả nước không?", Stand.UP, True),
        ("Vì sao giải ngân thấp hơn mức chung của tỉnh?", Stand.DOWN, True),
        ("Giải ngân có bằng mặt bằng chung không?", Stand.EVEN, True),
        ("Năm 2023 có hơn năm 2022 không?", Stand.UP, False),
        ("Thu nhập bình quân bao nhiêu?", None, False),
    ],
)
def test_how_a_question_takes_its_subject_to_stand(question: str, stand: Stand | None, *, average: bool) -> None:
    query = understand(question, places={})
    assert asked_stand(query) is stand
    assert others_average(query) is average


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("Giải ngân vốn sửa chữa hồ chứa có cao hơn bình quân của tỉnh không?", "Có"),
        ("Giải ngân vốn sửa chữa hồ chứa có bằng mức bình quân chung không?", "Không"),
        ("Giải ngân vốn sửa chữa hồ chứa có cao hơn cùng kỳ không?", "Không"),
        ("Tỷ lệ đơn thư gửi vượt cấp có giảm so với tháng 6 không?", "Có"),
        ("Thu phí bến bãi đã vượt dự toán năm chưa?", "Có"),
    ],
)
def test_yes_or_no_by_the_words_that_compare(question: str, short: str) -> None:
    told = ask(question, REPORT)
    assert isinstance(told, Draft)
    assert told.short_answer == short


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("Vì sao giải ngân vốn sửa chữa hồ chứa thấp hơn bình quân của tỉnh?", "cao hơn mức bình quân chung của tỉnh"),
        ("Nhờ đâu giải ngân vốn sửa chữa hồ chứa cao hơn cùng kỳ năm 2022?", "thấp hơn cùng kỳ năm 2022"),
        ("Vì sao đơn thư gửi vượt cấp tăng so với tháng 6?", "giảm so với 5,4% của tháng 6"),
        ("Vì sao số người bị thương do sạt lở giảm?", "tăng 04 người bị thương so với cùng kỳ"),
        ("Nguyên nhân nào khiến tỷ lệ hộ bỏ rẫy tăng?", "giảm từ 4,4% xuống còn 2,6%"),
    ],
)
def test_a_premise_told_the_other_way_round_is_corrected(question: str, short: str) -> None:
    told = ask(question, REPORT)
    assert isinstance(told, Draft)
    assert told.short_answer == short
    assert [notice.code for notice in told.warnings] == ["false-premise"]


def test_what_rose_behind_another_thing_is_not_said_of_the_first() -> None:
    assert not isinstance(ask("Vì sao trạm hạ thế sửa giảm?", REPORT), Draft)


def test_a_name_says_neither_more_nor_less_and_a_task_to_come_tells_of_nothing_done() -> None:
    told = ask("Đường Đồi Hạ mở rộng xong chưa?", REPORT)
    assert not isinstance(told, Draft) or told.short_answer != "Có"
