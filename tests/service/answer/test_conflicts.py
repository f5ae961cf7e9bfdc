"""Figures that contradict each other are shown side by side; neighbours are not. Texts are our own."""

from __future__ import annotations

import pytest

from service.domain import Draft
from tests.service.answer.asking import ask

REPORT = """ỦY BAN NHÂN DÂN
HUYỆN VÂN TRẠCH

BÁO CÁO

Tình hình kinh tế - xã hội quý I năm 2023

I. KẾT QUẢ THỰC HIỆN

1. Cải cách hành chính: Tỷ lệ hồ sơ trực tuyến đạt 87,36%. Thu phí chợ đêm 12,5 tỷ đồng.

2. Chuyển đổi số: {second}
"""


def told(second: str, question: str = "Tỷ lệ hồ sơ trực tuyến đạt bao nhiêu?") -> Draft:
    result = ask(question, REPORT.format(second=second))
    assert isinstance(result, Draft)
    return result


def test_both_figures_are_shown_with_their_sources() -> None:
    result = told("Tỷ lệ hồ sơ trực tuyến đạt 87,63%.")
    assert result.short_answer is not None
    assert set(result.short_answer.split("; nơi khác ghi ")) == {"87,36%", "87,63%"}
    assert len({e.span for e in result.evidence}) == 2
    assert "conflicting-figures" in {w.code for w in result.warnings}


@pytest.mark.parametrize(
    "second",
    [
        "Tỷ lệ hồ sơ trực tuyến đạt 87,4%.",  # rounded
        "Tỷ lệ hồ sơ trực tuyến cấp xã đạt 81,2%.",  # of a part
        "Tỷ lệ hồ sơ trực tuyến năm 2022 đạt 70,1%.",  # of another year
        "Tỷ lệ hồ sơ trực tuyến tăng 5,1% so với cùng kỳ.",  # a change
        "Tỷ lệ hồ sơ trực tuyến xã Đồi Cam đạt 60,5%.",  # of another place
    ],
)
def test_neighbours_are_no_contradiction(second: str) -> None:
    result = told(second)
    assert result.short_answer == "87,36%"
    assert "conflicting-figures" not in {w.code for w in result.warnings}
