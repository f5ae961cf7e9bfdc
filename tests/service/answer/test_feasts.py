"""What happened on one feast is not told of another."""

from __future__ import annotations

import pytest

from service.domain import Abstention, Draft
from tests.service.answer.asking import ask

REPORT = """CÔNG AN HUYỆN VÂN TRẠCH

BÁO CÁO

Kết quả công tác 6 tháng đầu năm 2031

I. TAI NẠN

1. Giao thông: Tai nạn giao thông xảy ra 41 vụ. Dịp nghỉ lễ 30/4 và 01/5 xảy ra 06 vụ tai nạn giao thông; dịp Tết
Nguyên đán xảy ra 09 vụ
tai nạn giao thông.
"""


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("Dịp lễ 30/4 xảy ra mấy vụ tai nạn giao thông?", "06 vụ"),
        ("Nghỉ lễ 1/5 có bao nhiêu vụ tai nạn giao thông?", "06 vụ"),
        ("Dịp Tết Nguyên đán xảy ra bao nhiêu vụ tai nạn giao thông?", "09 vụ"),
    ],
)
def test_the_figure_is_of_the_feast_named(question: str, short: str) -> None:
    told = ask(question, REPORT)
    assert isinstance(told, Draft) and told.short_answer is not None and told.short_answer.startswith(short)


def test_a_feast_nobody_speaks_of_is_refused() -> None:
    assert isinstance(ask("Dịp lễ 2/9 xảy ra mấy vụ tai nạn giao thông?", REPORT), Abstention)
