"""Reasons that no word marks."""

from __future__ import annotations

import pytest

from service.answer.findings import unmarked


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Tiến độ trạm bơm chậm: vướng cột điện, nhà thầu thiếu máy.", "vướng cột điện, nhà thầu thiếu máy"),
        ("Qua kiểm tra, van xả bị kẹt do rác, nước tràn.", "van xả bị kẹt do rác, nước tràn"),
        ("Lò sấy cháy; kết quả khám nghiệm xác định hở khí ga.", "hở khí ga"),
        ("Theo Trạm Thú y, đàn dê ăn phải cỏ ướt.", "đàn dê ăn phải cỏ ướt"),
    ],
)
def test_what_a_colon_or_a_finding_explains(text: str, reason: str) -> None:
    assert [text[start:end] for _, start, end in unmarked(text)] == [reason]


@pytest.mark.parametrize(
    "text",
    [
        "Hạn chế: tiến độ chậm, thiếu vốn.",
        "Một số xã đạt thấp: xã A 40%, xã B 35%.",
        "Ba xã chưa đạt chuẩn: Tân An, Vĩnh Lộc.",
        "Trồng được nhiều loại: lúa nếp, ngô lai, khoai lang.",
        "Theo kế hoạch, chợ mở lại ngày 05/6.",
        "Họp lúc 8:30 tại nhà văn hóa.",
    ],
)
def test_a_list_a_plan_or_a_clock_explains_nothing(text: str) -> None:
    assert unmarked(text) == []
