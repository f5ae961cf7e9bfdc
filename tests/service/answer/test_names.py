"""Names asked for by their kind, over texts of our own."""

from __future__ import annotations

import pytest

from service.answer.names import kind_name_in, of_kind
from service.domain import Query
from service.understand.question import understand

STARS = "Xã có 05 sản phẩm OCOP, trong đó 01 sản phẩm 4 sao (trà Suối Thử) và 04 sản phẩm 3 sao (mật ong, gạo Mẫu)."


def read(question: str) -> Query:
    return understand(question, places={})


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("Sản phẩm nào được OCOP 4 sao?", STARS, "trà Suối Thử"),
        ("Sản phẩm nào được 3 sao?", STARS, "mật ong, gạo Mẫu"),
        (
            "Chợ nào làm chợ không rác?",
            'mô hình "chợ không rác" tại chợ Bến Mẫu và chợ Cầu Thử',
            "chợ Bến Mẫu và chợ Cầu Thử",
        ),
        ("Trường nào dạy thử?", "dạy thử tại Trường THCS Bến Mẫu 2, 04 lớp", "Trường THCS Bến Mẫu 2"),
        ("Xin nâng cấp tuyến đường nào?", "kiến nghị nâng cấp tuyến ĐT.999B đoạn qua xã dài 2 km", "tuyến ĐT.999B"),
        ("Dự án nào chậm?", "có 02 dự án chậm là cầu Thử và đường Mẫu; dự án khác đạt", "cầu Thử và đường Mẫu"),
        ("Dự án nào chậm?", "có 02 dự án chậm (tăng 01 dự án so với năm trước)", None),
    ],
)
def test_the_name_of_the_kind_asked_for(question: str, text: str, expected: str | None) -> None:
    assert kind_name_in(read(question), text) == expected


def test_the_words_of_the_kind_need_not_be_written() -> None:
    assert of_kind(read("Xin nâng cấp tuyến đường nào?")) == {"tuyến", "đường"}
    assert of_kind(read("Khi nào nâng cấp tuyến đường?")) == frozenset()
