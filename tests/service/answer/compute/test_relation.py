"""Which difference a question asks for: what is set against what, on which sides, which way."""

from __future__ import annotations

import pytest

from service.answer.compute.relation import Against, relation
from service.understand.question import understand


@pytest.mark.parametrize(
    ("question", "against"),
    [
        ("Trồng dừa còn thiếu bao nhiêu ha so với kế hoạch?", Against.PLAN),
        ("Còn phải thu bao nhiêu nữa mới đủ dự toán?", Against.PLAN),
        ("Số trạm giảm mấy trạm so với cùng kỳ?", Against.TIME),
        ("so tram giam may tram so voi cung ky", Against.TIME),
        ("Số trạm bớt đi bao nhiêu?", Against.TIME),
        ("Bao nhiêu hộ chưa có đồng hồ nước?", Against.WHOLE),
        ("Dừa nhiều hơn cau bao nhiêu ha?", Against.OTHER),
        ("Dừa và cau chênh nhau bao nhiêu ha?", Against.OTHER),
    ],
)
def test_what_an_amount_is_set_against(question: str, against: Against) -> None:
    found = relation(understand(question, places={}))
    assert found is not None and found.against is against


@pytest.mark.parametrize(
    "question",
    [
        "Có bao nhiêu ha dừa?",
        "Dừa gấp mấy lần cau?",
        "Thuế giá trị gia tăng thu bao nhiêu?",
        "Thiếu nước thì mỗi hộ được hỗ trợ bao nhiêu?",
        "Dừa hơn cau không?",
        "Năm nay phấn đấu tăng bao nhiêu ha dừa?",
    ],
)
def test_other_questions_ask_for_no_difference(question: str) -> None:
    assert relation(understand(question, places={})) is None


def test_the_sides_have_only_what_tells_them_apart() -> None:
    found = relation(understand("Diện tích dừa nhiều hơn diện tích cau bao nhiêu ha?", places={}))
    assert found is not None and found.sides == (("dừa",), ("cau",))
    assert found.falls is False


def test_what_is_denied_the_year_of_the_base_and_who_set_the_plan_are_kept_apart() -> None:
    undone = relation(understand("Còn bao nhiêu cầu chưa nghiệm thu?", places={}))
    earlier = relation(understand("Số cầu tăng mấy cầu so với năm 2021?", places={}))
    given = relation(understand("Còn thiếu bao nhiêu so với dự toán huyện giao?", places={}))
    assert undone is not None and undone.denied == ("nghiệm", "thu")
    assert earlier is not None and earlier.year == 2021
    assert given is None or given.giver == ("huyện",)
