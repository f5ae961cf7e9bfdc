"""What a table says in words: who, by when, how judged. Texts are our own."""

from __future__ import annotations

import pytest

from service.domain import Abstention, Draft
from tests.service.answer.asking import ask

PLAN = """ỦY BAN NHÂN DÂN
HUYỆN VÂN TRẠCH

KẾ HOẠCH

Phát triển nghề nấm năm 2025

I. NHIỆM VỤ

| TT | Nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Thời hạn hoàn thành | Kinh phí (triệu đồng) |
| --- | --- | --- | --- | --- | --- |
| 1 | Dựng nhà trồng nấm tập trung | Phòng Kinh tế | UBND xã Đồi Cam | 30/6/2025 | 1.250 |
| 2 | Tập huấn kỹ thuật ủ phôi | Trung tâm Dịch vụ nông nghiệp | Hội Nông dân huyện | Quý II/2025 | 140 |
| 3 | Mở sàn bán nấm trên mạng | Phòng Văn hóa và Thông tin | Phòng Kinh tế | Thường xuyên | 85 |

II. CHỈ TIÊU

| TT | Chỉ tiêu | Đơn vị tính | Kế hoạch | Thực hiện | Đánh giá |
| --- | --- | --- | --- | --- | --- |
| 1 | Tỷ lệ hộ trồng nấm có hợp đồng bao tiêu | % | 60 | 52,5 | Chưa đạt |
| 2 | Tỷ lệ phôi nấm sản xuất tại chỗ | % | 40 | 44 | Đạt |
"""


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("Cơ quan nào chủ trì dựng nhà trồng nấm tập trung?", "Phòng Kinh tế"),
        ("Đơn vị nào phối hợp dựng nhà trồng nấm tập trung?", "UBND xã Đồi Cam"),
        ("Tập huấn kỹ thuật ủ phôi bao giờ phải xong?", "Quý II/2025"),
        ("Hạn chót dựng nhà trồng nấm tập trung là ngày nào?", "30/6/2025"),
        ("Tỷ lệ hộ trồng nấm có hợp đồng bao tiêu đã đạt chưa?", "Chưa đạt"),
    ],
)
def test_the_row_is_named_and_the_column_is_asked_for(question: str, short: str) -> None:
    told = ask(question, PLAN)
    assert isinstance(told, Draft), told
    assert told.short_answer == short
    assert told.evidence[0].passage.text.count("|") > 3


@pytest.mark.parametrize(
    "question",
    ["Cơ quan nào chủ trì trồng rừng ngập mặn?", "Dựng nhà kho lạnh tập trung bao giờ phải xong?"],
)
def test_another_task_is_not_answered_from_a_row_that_is_like_it(question: str) -> None:
    assert isinstance(ask(question, PLAN), Abstention)
