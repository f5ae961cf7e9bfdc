"""Who is meant of several persons of a sentence: the one who holds the office asked for, or all of a row."""

from __future__ import annotations

import pytest

from service.answer.persons import asks_holder, holds_title, nobody, person_in, persons_of_post
from service.domain import Query
from service.understand.question import understand

BOARD = (
    "Ban Tổ chức do đồng chí Trần Văn Mẫu, Chủ tịch UBND xã làm Trưởng ban; bà Lê Thị Nháp, Phó Chủ tịch UBND xã làm"
    " Phó Trưởng ban Thường trực."
)
TERMS = (
    "Chủ tịch UBND xã Đông Thử là ông Trần Văn Mẫu (đến tháng 3/2025) và bà Lê Thị Nháp (từ tháng 4/2025 đến nay);"
    " Chủ tịch UBND xã Tây Thử là ông Đỗ Văn Thử."
)


def read(question: str) -> Query:
    return understand(question, places={})


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("Ai là Trưởng ban Tổ chức?", BOARD, "đồng chí Trần Văn Mẫu, Chủ tịch UBND xã"),
        ("Phó Trưởng ban Thường trực là ai?", BOARD, "bà Lê Thị Nháp, Phó Chủ tịch UBND xã"),
        ("Tổ trưởng là ai?", "Tổ trưởng: ông Đỗ Văn Thử; Thư ký: bà Hồ Thị Vở.", "ông Đỗ Văn Thử"),
        ("Chủ tịch xã Đông Thử hiện nay là ai?", TERMS, "bà Lê Thị Nháp"),
        ("Trước đây ai làm chủ tịch xã Đông Thử?", TERMS, "ông Trần Văn Mẫu"),
        ("Chủ tịch xã Tây Thử là ai?", TERMS, "ông Đỗ Văn Thử"),
        (
            "Trách nhiệm thuộc về ai?",
            "Trách nhiệm thuộc về ông Đỗ Văn Thử, Phó Chủ tịch UBND xã và công chức địa chính Hồ Thị Vở.",
            "ông Đỗ Văn Thử, Phó Chủ tịch UBND xã và công chức địa chính Hồ Thị Vở",
        ),
        (
            "Ai là chủ tịch hội đồng chấm?",
            "Chủ tịch Hội đồng coi thi là Phó Giám đốc Sở Lê Thị Nháp;"
            " Chủ tịch Hội đồng chấm là Giám đốc Sở Đỗ Văn Thử.",
            "Đỗ Văn Thử",
        ),
        ("Ai duyệt giá?", "Giá do Giám đốc Sở duyệt hằng quý.", "Giám đốc Sở"),
        ("Ai dạy nghề?", "giao nghệ nhân Lò Thị Tạm và ông Bùi Văn Thử dạy nghề đan", "Lò Thị Tạm và ông Bùi Văn Thử"),
    ],
)
def test_who_holds_the_office_or_does_it_together(question: str, text: str, expected: str) -> None:
    assert person_in(read(question), text) == expected


def test_the_head_of_another_board_is_not_the_one_asked_for() -> None:
    text = "Chủ tịch Hội đồng coi thi là bà Lê Thị Nháp."
    assert holds_title(read("Chủ tịch Hội đồng coi thi là ai?"), text)
    assert not holds_title(read("Chủ tịch Hội đồng ra đề là ai?"), text)


def test_those_who_hold_a_post_are_listed() -> None:
    text = "Cùng dự có các Phó Chủ tịch UBND xã: Trần Văn Mẫu, Lê Thị Nháp; ông Đỗ Văn Thử, Trưởng ấp."
    assert persons_of_post(read("Những phó chủ tịch nào dự họp?"), text) == ("Trần Văn Mẫu", "Lê Thị Nháp")
    assert persons_of_post(read("Những ai dự họp?"), text) == ()
    assert persons_of_post(read("Những trưởng ấp nào dự họp?"), text) == ()


def test_what_nobody_has_is_of_none_of_the_others() -> None:
    text = "Nghề hàn: giải nhất thuộc về anh Đỗ Văn Thử; nghề điện không có giải nhất."
    assert nobody(read("Ai giải nhất nghề điện?"), text)
    assert not nobody(read("Ai giải nhất nghề hàn?"), text)


def test_who_holds_an_office_is_asked_for() -> None:
    assert asks_holder(read("Bí thư Đoàn xã là ai?"))
    assert not asks_holder(read("Phó Chủ tịch nào theo dõi nợ lương?"))


def test_who_is_said_to_do_what_is_asked() -> None:
    text = (
        "Chức danh Trưởng trạm khuyến nông khuyết vì ông Trần Văn Mẫu chuyển công tác; hiện cử bà Lê Thị Nháp,"
        " Phó Trưởng trạm, điều hành."
    )
    assert person_in(read("Ai đang tạm điều hành trạm khuyến nông?"), text) == "bà Lê Thị Nháp, Phó Trưởng trạm"


def test_a_grade_before_a_name_is_no_part_of_it() -> None:
    text = "Giám đốc là bác sĩ chuyên khoa II Trần Văn Mẫu; Phó Giám đốc là bà Lê Thị Nháp."
    assert person_in(read("Giám đốc là ai?"), text) == "Trần Văn Mẫu"
