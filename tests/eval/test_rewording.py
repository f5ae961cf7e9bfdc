from __future__ import annotations

import pytest

from eval.rewording import WAYS


@pytest.mark.parametrize(
    ("way", "text", "figure", "other"),
    [
        ("smaller scale", "Thu 1,5 tỷ đồng", "", "Thu 1.500 triệu đồng"),
        ("smaller scale", "Thu 27 tỷ 781 triệu đồng", "", "Thu 27.781 triệu đồng"),
        ("smaller scale", "Có 5 vụ", "", None),
        ("zero dropped", "Có 02 vụ, ngày 02/3", "", "Có 2 vụ, ngày 02/3"),
        ("zero dropped", "Có 20 vụ", "", None),
        ("zero added", "Có 2 vụ và 12 người", "", "Có 02 vụ và 12 người"),
        ("clause only", "Trồng 5 ha chè, đốn 12 ha bạch đàn", "12 ha", "Đốn 12 ha bạch đàn"),
        ("clause only", "Trồng 5 ha chè", "5 ha", None),
        ("other words", "Trong quý xảy ra 5 vụ", "", "Theo báo cáo, trong quý ghi nhận 5 vụ"),
        ("other words", "UBND huyện họp", "", "Theo báo cáo, UBND huyện họp"),
    ],
)
def test_said_otherwise(way: str, text: str, figure: str, other: str | None) -> None:
    assert WAYS[way](text, figure) == other
