"""Who has a task: organisations of a sentence, of the heading above a list of duties, and whom something goes to."""

from __future__ import annotations

import pytest

from service.answer.offices import office_above, office_in
from service.domain import Draft, Query
from service.understand.question import understand
from tests.service.answer.asking import ask

PLAN = """ỦY BAN NHÂN DÂN
HUYỆN VÂN TRẠCH

KẾ HOẠCH

Phát triển nghề trồng nấm năm 2025

V. TỔ CHỨC THỰC HIỆN

1. Phòng Kinh tế

a) Chủ trì, phối hợp với các phòng, ban, UBND các xã

- Hướng dẫn các hộ dựng nhà trồng nấm đúng quy cách; cấp phôi giống cho các xã.

- Thẩm định hồ sơ vay vốn trồng nấm, gửi Ngân hàng Chính sách huyện giải ngân.

2. Đề nghị Hội Nông dân huyện, Hội Phụ nữ huyện

- Vận động hội viên vào tổ hợp tác trồng nấm.
"""


def read(question: str) -> Query:
    return understand(question, places={})


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (("III. TỔ CHỨC THỰC HIỆN", "2. Sở Nông nghiệp và Môi trường"), "Sở Nông nghiệp và Môi trường"),
        (("3. Phòng Kinh tế, hạ tầng và đô thị chủ trì",), "Phòng Kinh tế, hạ tầng và đô thị"),
        (("1. Công an xã", "a) Chủ trì, phối hợp với các ngành"), "Công an xã"),
        (("4. Đề nghị các doanh nghiệp chế biến nấm",), "các doanh nghiệp chế biến nấm"),
        (("4. Doanh nghiệp chế biến nấm",), None),
        (("1. Sở Y tế", "2. Hội nghị chuyên đề"), None),
        (("5. Phòng, chống dịch bệnh",), None),
        ((), None),
    ],
)
def test_duties_are_of_who_the_heading_begins_with(path: tuple[str, ...], expected: str | None) -> None:
    assert office_above(path) == expected


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("Đơn vị nào hướng dẫn các hộ dựng nhà trồng nấm?", "Phòng Kinh tế"),
        ("Phòng nào cấp phôi giống nấm cho các xã?", "Phòng Kinh tế"),
        ("Ai vận động hội viên vào tổ hợp tác trồng nấm?", "Hội Nông dân huyện, Hội Phụ nữ huyện"),
        ("Hồ sơ vay vốn trồng nấm gửi cơ quan nào?", "Ngân hàng Chính sách huyện"),
    ],
)
def test_who_does_it_is_said_above_the_list_and_told_before_the_duty(question: str, short: str) -> None:
    told = ask(question, PLAN)
    assert isinstance(told, Draft)
    assert told.short_answer == short
    assert short in told.claims[0].text


def test_a_sentence_that_charges_somebody_itself_is_believed() -> None:
    text = "- Giao Thanh tra huyện rà soát, báo cáo UBND huyện."
    assert office_in(read("Cơ quan nào rà soát?"), text, above="Phòng Nội vụ") == "Thanh tra huyện"
    assert (
        office_in(read("Cơ quan nào rà soát?"), "- Rà soát, gửi Thanh tra huyện.", above="Phòng Nội vụ")
        == "Phòng Nội vụ"
    )
