"""On what condition something is done, out of the sentence that says so."""

from __future__ import annotations

import pytest

from service.answer.conditions import asks_condition, condition_in
from service.domain import Abstention
from service.understand.question import understand
from tests.service.answer.asking import ask

NOTICE = """THÔNG BÁO
I. Hỗ trợ
Hộ kinh doanh được hoàn tiền đặt cọc nếu trả lại ki-ốt trước ngày 15/5/2026.
Trường hợp nước rút chậm thì chợ Đò Cũ mở cửa lại sau ngày 20/5/2026.
"""


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("Trường hợp nào được miễn phí?", "Hộ nghèo được miễn phí nếu có sổ; hộ khác nộp đủ.", "nếu có sổ"),
        ("Điều kiện vay vốn là gì?", "Điều kiện vay vốn là có phương án khả thi.", "có phương án khả thi"),
        ("Khi nào thì đóng cống?", "Đóng cống khi độ mặn trên 2 g/lít.", "khi độ mặn trên 2 g/lít"),
        ("Trường hợp nào bị phạt?", "Trường hợp nộp chậm thì bị phạt 5%.", "Trường hợp nộp chậm"),
        ("Muốn vay cần điều kiện gì?", "Hộ muốn vay phải có sổ; mức vay 5 triệu đồng.", "phải có sổ"),
        ("Trường hợp nào bị phạt?", "Có 12 hộ bị phạt.", None),
    ],
)
def test_the_condition_as_written(question: str, text: str, expected: str | None) -> None:
    query = understand(question, places={})
    assert asks_condition(query)
    assert condition_in(query, text) == expected


def test_a_date_is_not_asked_by_a_condition() -> None:
    assert not asks_condition(understand("Khi nào đóng cống?", places={}))


def test_when_without_any_date_is_told_by_the_condition() -> None:
    draft = ask(
        "Bãi xe tạm đóng cửa khi nào?", "THÔNG BÁO\nI. Bãi xe\nBãi xe tạm đóng cửa khi bến mới được nghiệm thu.\n"
    )
    assert not isinstance(draft, Abstention)
    assert draft.short_answer == "khi bến mới được nghiệm thu"


def test_answered_by_the_sentence_that_sets_the_condition() -> None:
    draft = ask("Trường hợp nào hộ kinh doanh được hoàn tiền đặt cọc?", NOTICE)
    assert not isinstance(draft, Abstention)
    assert draft.short_answer == "nếu trả lại ki-ốt trước ngày 15/5/2026"
