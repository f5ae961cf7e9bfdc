"""A thing called by its number is not told of another of its kind."""

from __future__ import annotations

import pytest

from service.domain import Abstention, Draft
from tests.service.answer.asking import ask

REPORT = """ỦY BAN NHÂN DÂN
XÃ VÂN TRẠCH

BÁO CÁO

Tình hình kinh tế - xã hội quý III năm 2031

I. THIÊN TAI

1. Thiệt hại: Bão số 3 làm tốc mái 24 nhà, thiệt hại 310 triệu đồng; bão số 7 làm sập 05 nhà,
thiệt hại 2.450 triệu đồng.

2. Công trình: Trạm bơm số 2 tưới 86 ha, trạm bơm số 4 tưới 132 ha.
"""


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("Bão số 3 thiệt hại bao nhiêu tiền?", "310 triệu đồng"),
        ("Bão số 7 thiệt hại bao nhiêu tiền?", "2.450 triệu đồng"),
        ("Trạm bơm số 4 tưới được bao nhiêu ha?", "132 ha"),
    ],
)
def test_the_figure_is_of_the_one_called_by_that_number(question: str, short: str) -> None:
    told = ask(question, REPORT)
    assert isinstance(told, Draft) and told.short_answer == short


def test_another_number_is_refused() -> None:
    assert isinstance(ask("Bão số 5 thiệt hại bao nhiêu tiền?", REPORT), Abstention)
