"""Members of one enumeration, with and without a unit of their own. Texts are our own."""

from __future__ import annotations

import pytest

from service.domain import Draft
from tests.service.answer.asking import ask

REPORT = """ỦY BAN NHÂN DÂN
HUYỆN VÂN TRẠCH

BÁO CÁO

Tình hình kinh tế - xã hội quý I năm 2023

I. KẾT QUẢ THỰC HIỆN

1. Đất đai: Kiểm kê đất trồng lúa 410 ha, trồng màu 95,5 ha, chưa dùng 12 ha; cấp 06 giấy.

2. Lao động: Đưa 48 lao động đi làm việc ở nước ngoài (Nhật Bản 29, Hàn Quốc 14, Ba Lan 05).

3. Thủy sản: Sản lượng cá 820 tấn, nuôi trên 140 ha. Tôm: 96 tấn, nuôi trên 22 ha.
"""


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Đất trồng lúa, trồng màu và chưa dùng là bao nhiêu ha?", ["410 ha", "95,5 ha", "12 ha"]),
        ("Số lao động đi Nhật Bản, Hàn Quốc và Ba Lan là bao nhiêu?", ["29", "14", "05"]),
        ("Sản lượng cá và tôm là bao nhiêu?", ["820 tấn", "96 tấn"]),
    ],
)
def test_each_member_has_its_own_figure(question: str, expected: list[str]) -> None:
    result = ask(question, REPORT)
    assert isinstance(result, Draft)
    assert [one.figure.text for one in result.figures] == expected


def test_members_that_no_place_names_together_are_none() -> None:
    result = ask("Số lao động đi Nhật Bản và Ai Cập là bao nhiêu?", REPORT)
    assert not isinstance(result, Draft) or len(result.figures) < 2
