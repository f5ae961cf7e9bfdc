"""What a question presumes or wants confirmed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ingest.domain import FigureRole
from service.domain import Query, Want
from service.understand.question import understand
from service.understand.stance import Bound, Direction, Sign, as_figure, asks_done, asks_plan, bound, direction


def read(question: str) -> Query:
    return understand(question, places={})


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Vì sao đàn dê giảm?", Direction.DOWN),
        ("vi sao dan de giam", Direction.DOWN),
        ("Thu ngân sách tăng bao nhiêu?", Direction.UP),
        ("Số vụ tăng hay giảm?", None),
        ("Tốc độ tăng trưởng bao nhiêu?", None),
        ("Công tác giảm nghèo thế nào?", None),
    ],
)
def test_the_one_direction_of_a_question(question: str, expected: Direction | None) -> None:
    assert direction(read(question)) is expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Có vượt 100 vụ không?", Bound(Sign.OVER, Decimal(100), "vụ")),
        ("Thu có đạt 120 tỷ đồng không?", Bound(Sign.AT_LEAST, Decimal(120), "tỷ đồng")),
        ("Số vụ có dưới 20 vụ không?", Bound(Sign.UNDER, Decimal(20), "vụ")),
        ("Có 18 vụ cháy phải không?", Bound(Sign.EQUAL, Decimal(18), "vụ")),
        ("Quý I năm 2023 có cháy không?", None),
        ("Kế hoạch số 15 đã ban hành chưa?", None),
    ],
)
def test_the_number_a_figure_is_held_against(question: str, expected: Bound | None) -> None:
    assert bound(read(question)) == expected


def test_plan_and_end_of_work() -> None:
    assert asks_plan(read("Đàn dê có vượt kế hoạch không?")) and not asks_plan(read("Kế hoạch có mấy chỉ tiêu?"))
    assert asks_done(read("Cầu đã xong chưa?")) and not asks_done(read("Có cháy không?"))


def test_the_question_for_the_figure_behind_a_stance() -> None:
    asked = as_figure(read("Số vụ cháy có vượt 100 vụ so với cùng kỳ không?"), FigureRole.CHANGE)
    assert asked.want is Want.FIGURE and asked.role is FigureRole.CHANGE
    assert "cháy" in asked.terms and not {"vượt", "100", "kỳ"} & set(asked.terms) and "100" not in asked.text
