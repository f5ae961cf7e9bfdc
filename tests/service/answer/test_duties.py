"""What an organisation is charged with, as a list. Texts are our own."""

from __future__ import annotations

import pytest

from service.answer.duties import asked_office
from service.domain import Abstention, Draft
from service.understand.question import understand
from tests.service.answer.asking import ask

DIRECTIVE = """CHỈ THỊ

Về tăng cường quản lý chợ huyện Vân Trạch năm 2025

1. Phòng Kinh tế

a) Rà soát quầy hàng. Báo cáo kết quả hằng quý.

b) Hướng dẫn ban quản lý chợ thu phí.

2. Phòng Tài chính

- Bố trí kinh phí sửa chợ.

Chủ tịch UBND huyện yêu cầu các phòng, xã thực hiện nghiêm Chỉ thị này.

3. Kiến nghị

Giao Công an huyện tuần tra ban đêm quanh chợ.
"""


@pytest.mark.parametrize(
    ("question", "office"),
    [
        ("Phòng Kinh tế được giao những nhiệm vụ gì?", "Phòng Kinh tế"),
        ("Theo chỉ thị này, Công an huyện phải làm những việc gì?", "Công an huyện"),
        ("Nhiệm vụ của Phòng Tài chính là gì?", "Phòng Tài chính"),
        ("Phòng Kinh tế làm gì với quầy hàng bỏ trống?", None),
        ("Phòng Kinh tế báo cáo khi nào?", None),
        ("phong kinh te lam gi", None),
    ],
)
def test_whose_tasks_are_asked_for(question: str, office: str | None) -> None:
    assert asked_office(understand(question, places={})) == office


@pytest.mark.parametrize(
    ("question", "short", "claims"),
    [
        (
            "Phòng Kinh tế được giao những nhiệm vụ gì?",
            "Rà soát quầy hàng; Báo cáo kết quả hằng quý; Hướng dẫn ban quản lý chợ thu phí",
            3,
        ),
        ("Nhiệm vụ của Phòng Tài chính là gì?", "Bố trí kinh phí sửa chợ", 1),
        ("Công an huyện phải làm những việc gì?", "tuần tra ban đêm quanh chợ", 1),
    ],
)
def test_duties_of_a_list_or_of_a_sentence_that_charges(question: str, short: str, claims: int) -> None:
    told = ask(question, DIRECTIVE)
    assert isinstance(told, Draft)
    assert told.short_answer == short
    assert len(told.claims) == claims
    assert all(claim.evidence for claim in told.claims)


def test_who_is_charged_with_nothing_is_not_answered_with_the_duties_of_others() -> None:
    assert isinstance(ask("Phòng Y tế được giao những nhiệm vụ gì?", DIRECTIVE), Abstention)
