"""With what a question and a figure compare."""

from __future__ import annotations

import pytest

from service.answer.compared import base_asked, compared_with
from service.understand.question import understand


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("Thu tháng 11 giảm bao nhiêu so với tháng 10?", {"month"}),
        ("Số vụ tháng 6 tăng mấy vụ so với cùng kỳ?", {"same period"}),
        ("Hộ nghèo giảm bao nhiêu so với đầu năm?", {"turn of the year"}),
        ("Trồng rừng đạt bao nhiêu phần trăm so với kế hoạch?", {"plan"}),
        ("Số vụ tháng 6 là bao nhiêu?", set()),
        ("so vu thang 6 tang bao nhieu", set()),
    ],
)
def test_what_a_question_sets_something_against(question: str, kinds: set[str]) -> None:
    assert base_asked(understand(question, places={})) == kinds


def test_the_same_time_of_another_year_is_no_month() -> None:
    assert compared_with("cùng kỳ tháng 6/2030") == {"same period"}
    assert compared_with("tháng trước") == {"month"}
