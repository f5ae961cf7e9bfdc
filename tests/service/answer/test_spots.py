"""Places of every form over texts of our own: rows, numbers for names, what follows "tại"."""

from __future__ import annotations

import pytest

from service.answer.listed import enumerations
from service.answer.spots import numbered, place_in
from service.domain import Query
from service.understand.question import understand


def read(question: str) -> Query:
    return understand(question, places={})


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("Thôn nào ngập nặng?", "Ngập nặng tại thôn 3 và thôn 5, 12 hộ phải sơ tán.", "thôn 3 và thôn 5"),
        ("Tổ dân phố nào làm điểm?", "lấy tổ dân phố số 8 làm điểm, xã Đồi Cam theo sau", "tổ dân phố số 8"),
        (
            "Bể nước làm ở đâu?",
            "Xây 04 bể nước tại bến Cây Sung (02 bể), chợ Vân Sen và dốc Ba Cây.",
            "bến Cây Sung (02 bể), chợ Vân Sen và dốc Ba Cây",
        ),
        ("Họp dân ở đâu?", "Buổi họp dân mở tại Nhà văn hóa xóm, ghi trong 02 ngày.", "Nhà văn hóa xóm"),
        ("Hội làng mở ở đâu?", "Hội làng mở ngày 02/3 tại bản Mẫu Thử 1, đón 300 lượt khách.", "bản Mẫu Thử 1"),
        ("Xã nào còn hộ chưa dời?", "Chưa dời còn xã Mẫu Thử 64 hộ.", "xã Mẫu Thử"),
        ("Lễ cúng bến làm ở chỗ nào?", "Lễ cúng bến tổ chức tại miếu Bà Đá, do tộc trưởng đứng lễ.", "miếu Bà Đá"),
    ],
)
def test_the_place_asked_for(question: str, text: str, expected: str) -> None:
    assert place_in(read(question), text) == expected


def test_numbers_that_count_name_no_place() -> None:
    assert numbered("thành lập tổ 5 người; thôn 12,5 ha; xóm 40 hộ") == []
    text = "Mất nước ở các tổ dân phố số 2, số 6 và số 11 do vỡ ống."
    assert [items for _, items in enumerations(text)] == [("tổ dân phố số 2", "số 6", "số 11")]
