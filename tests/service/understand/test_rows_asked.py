"""What a question picks among things set out side by side."""

from __future__ import annotations

from decimal import Decimal

import pytest

from service.understand.rows_asked import Bound, Condition, rows_asked


@pytest.mark.parametrize(
    ("question", "condition"),
    [
        ("Những bến nào đạt trên 80%?", Condition(Bound.MORE, Decimal(80), "%")),
        ("Xã nào có từ 15 tiêu chí trở lên?", Condition(Bound.AT_LEAST, Decimal(15), "tiêu chí")),
        ("Mấy xã chưa đến 50%?", Condition(Bound.LESS, Decimal(50), "%")),
        ("Khoản nào từ 5 tỷ đồng trở xuống?", Condition(Bound.AT_MOST, Decimal(5), "tỷ đồng")),
        ("Đơn vị nào đạt 100%?", Condition(Bound.EQUAL, Decimal(100), "%")),
        ("Mặt hàng nào tăng trên 10%?", Condition(Bound.MORE, Decimal(10), "%", "rise")),
        ("Mặt hàng nào giảm?", Condition(Bound.LESS, Decimal(0), "", "change")),
        ("Đơn vị nào chưa đạt kế hoạch?", Condition(Bound.LESS, Decimal(100), "%", "plan")),
        ("Đơn vị nào vượt dự toán?", Condition(Bound.MORE, Decimal(100), "%", "plan")),
        ("Liệt kê các bến", None),
    ],
)
def test_the_condition_a_row_has_to_meet(question: str, condition: Condition | None) -> None:
    asked = rows_asked(question)
    assert asked is not None
    assert asked.condition == condition


def test_all_of_them_or_how_many() -> None:
    assert rows_asked("Kể tên 5 bến lớn") == rows_asked("ke ten 5 ben lon")
    listed, counted, which = (rows_asked(q) for q in ("Những bến nào?", "Mấy bến dưới 50%?", "Bến nào giảm?"))
    assert listed is not None and listed.several and not listed.counted
    assert counted is not None and counted.counted
    assert which is not None and not which.several


@pytest.mark.parametrize("question", ["Thu ngân sách bao nhiêu?", "Ai ký báo cáo?", ""])
def test_a_question_that_picks_nothing(question: str) -> None:
    assert rows_asked(question) is None


@pytest.mark.parametrize(
    ("bound", "held"),
    [
        (Bound.MORE, [False, False, True]),
        (Bound.AT_LEAST, [False, True, True]),
        (Bound.LESS, [True, False, False]),
        (Bound.AT_MOST, [True, True, False]),
        (Bound.EQUAL, [False, True, False]),
    ],
)
def test_bounds(bound: Bound, held: list[bool]) -> None:
    assert [Condition(bound, Decimal(5)).holds(Decimal(n)) for n in (4, 5, 6)] == held
