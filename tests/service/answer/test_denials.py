"""How many are not is not answered with how many are."""

from __future__ import annotations

import pytest

from service.domain import Abstention, Draft
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
