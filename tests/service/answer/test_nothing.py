"""None of it: "không có tử vong" answers how many died, and the number of cases beside it does not."""

from __future__ import annotations

import pytest

from service.domain import Abstention, Draft
from tests.service.answer.asking import ask

REPORT = """ỦY BAN NHÂN DÂN
HUYỆN VÂN TRẠCH

BÁO CÁO

Tình hình kinh tế - xã hội quý I năm 2023

I. XÃ HỘI

1. Y tế: Ghi nhận 96 ca tay chân miệng (giảm 14 ca so với cùng kỳ), không có tử vong; 11 ca thủy đậu, 01 ca tử vong.

2. An ninh: Xảy ra 05 vụ trộm cắp tài sản; không để xảy ra cháy, nổ trên địa bàn.
Lập biên bản 18 trường hợp vi phạm tải trọng.
"""


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("Có bao nhiêu ca tử vong do tay chân miệng?", "không có tử vong"),
        ("tay chan mieng co may ca tu vong", "không có tử vong"),
        ("Xảy ra bao nhiêu vụ cháy, nổ trên địa bàn?", "không để xảy ra cháy, nổ trên địa bàn"),
        ("Có bao nhiêu ca tay chân miệng?", "96 ca"),
        ("Tay chân miệng giảm bao nhiêu ca so với cùng kỳ?", "giảm 14 ca"),
        ("Có bao nhiêu vụ trộm cắp tài sản?", "05 vụ"),
        ("Bao nhiêu trường hợp vi phạm tải trọng?", "18 trường hợp"),
    ],
)
def test_what_is_denied_is_none_and_what_is_counted_is_told(question: str, short: str) -> None:
    told = ask(question, REPORT)
    assert isinstance(told, Draft)
    assert told.short_answer == short


def test_a_count_of_the_very_thing_stands_beside_a_denial_of_it_elsewhere() -> None:
    told = ask("Có bao nhiêu ca tử vong do thủy đậu?", REPORT)
    assert isinstance(told, Draft) and told.short_answer is not None
    assert told.short_answer.startswith("01 ca")


def test_what_is_denied_of_another_year_answers_nothing() -> None:
    assert isinstance(ask("Năm 2019 có bao nhiêu ca tử vong do tay chân miệng?", REPORT), Abstention)
