"""How many are not is not answered with how many are."""

from __future__ import annotations

import pytest

from service.answer.denials import denies
from service.domain import Abstention, Draft
from service.understand.question import understand
from tests.service.answer.asking import ask

REPORT = """ỦY BAN NHÂN DÂN
HUYỆN VÂN TRẠCH

BÁO CÁO

Tình hình kinh tế - xã hội quý I năm 2023

I. XÃ HỘI

1. Sát hạch: Tổ chức cho 931 lượt thí sinh, trong đó 702 em đạt.

2. Kiểm tra: 45 cơ sở đạt yêu cầu, 12 cơ sở không đạt yêu cầu.
"""


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("Bao nhiêu cơ sở không đạt yêu cầu?", "12 cơ sở"),
        ("Bao nhiêu lượt thí sinh sát hạch?", "931 lượt"),
    ],
)
def test_what_is_denied_is_told_where_the_report_denies_it(question: str, short: str) -> None:
    told = ask(question, REPORT)
    assert isinstance(told, Draft) and told.short_answer is not None and told.short_answer.startswith(short)


def test_those_that_are_do_not_answer_for_those_that_are_not() -> None:
    assert isinstance(ask("Bao nhiêu thí sinh sát hạch không đạt?", REPORT), Abstention)


def test_who_is_not_is_not_told_of_those_who_are() -> None:
    absent = understand("Phó chủ tịch nào không dự họp?", places={})
    assert denies(absent, "Cùng dự có các Phó Chủ tịch: Trần Văn Mẫu, Lê Thị Nháp.")
    assert not denies(absent, "Phó Chủ tịch Đỗ Văn Thử vắng mặt do đi công tác.")
    assert not denies(understand("Phó chủ tịch nào dự họp?", places={}), "Cùng dự có Phó Chủ tịch Trần Văn Mẫu.")
