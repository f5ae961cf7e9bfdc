"""Of which period a figure is."""

from __future__ import annotations

from service.domain import Draft
from tests.service.answer.asking import ask

FOUNDED = """ỦY BAN NHÂN DÂN
XÃ VÂN TRẠCH

BÁO CÁO

Tình hình kinh tế - xã hội tháng 10 năm 2031

I. NGÂN SÁCH

1. Thu: Từ tháng 7 đến tháng 10 năm 2031, thu ngân sách xã đạt 812 triệu đồng.

2. Giải ngân: Trong 6 tháng cuối năm, vốn bảo trì đường: quý III giải ngân 95 triệu đồng,
quý IV dự kiến giải ngân 140 triệu đồng.
"""


def test_a_window_that_ends_with_the_asked_months_is_of_them() -> None:
    told = ask("Lũy kế đến tháng 10 thu ngân sách xã được bao nhiêu?", FOUNDED)
    assert isinstance(told, Draft) and told.short_answer == "812 triệu đồng"


def test_the_quarter_named_last_before_a_figure_is_its_own() -> None:
    told = ask("Quý III giải ngân vốn bảo trì đường bao nhiêu?", FOUNDED)
    assert isinstance(told, Draft) and told.short_answer == "95 triệu đồng"
