"""Asking back: what a question leaves open. Texts are our own."""

from __future__ import annotations

import pytest

from service.domain import Abstention, Status
from tests.service.answer.asking import ask

REPORT = """ỦY BAN NHÂN DÂN
HUYỆN VÂN TRẠCH

BÁO CÁO

Tình hình chăn nuôi quý I năm 2023

I. KẾT QUẢ

1. Chăn nuôi: Đàn dê 840 con, đạt 105% kế hoạch; đàn ngựa 56 con, đạt 91% kế hoạch; đàn ong 70 đàn.
"""


def test_a_question_that_names_no_matter_is_asked_back_with_those_that_could_be_meant() -> None:
    told = ask("Đạt bao nhiêu phần trăm kế hoạch?", REPORT)
    assert isinstance(told, Abstention)
    assert told.status is Status.CLARIFY
    assert told.suggestions == (
        "Đàn dê đạt bao nhiêu phần trăm kế hoạch?",
        "Đàn ngựa đạt bao nhiêu phần trăm kế hoạch?",
    )


@pytest.mark.parametrize("question", ["Bao nhiêu?", "Tăng bao nhiêu so với cùng kỳ?"])
def test_without_two_things_to_choose_from_nothing_is_asked_back(question: str) -> None:
    told = ask(question, REPORT)
    assert isinstance(told, Abstention)
    assert (told.status, told.suggestions) == (Status.NOT_FOUND, ())
