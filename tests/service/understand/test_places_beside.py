"""Places a question names beside the first one, with or without their type. Names are our own."""

from __future__ import annotations

import pytest

from service.understand.places import find_place, vocabulary
from service.understand.places_beside import places_beside

PLACES = vocabulary(["xã Đồi Cam", "xã Đồi Chanh", "xã Nà Sao"])


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Số hộ nghèo Đồi Cam và Đồi Chanh là bao nhiêu?", ["xã Đồi Cam"]),
        ("Quý I năm 2030 Đồi Cam và Nà Sao, xã nào thu nhiều hơn?", ["xã Nà Sao"]),
        ("Đàn dê xã Đồi Cam, xã Đồi Chanh và xã Nà Sao?", ["xã Đồi Cam", "xã Nà Sao"]),
        ("Chợ Đồi Cam thu được bao nhiêu?", []),
        ("Trường Đồi Cam ở xã Nà Sao có mấy lớp?", []),
    ],
)
def test_a_bare_name_joined_to_a_place_is_one(question: str, names: list[str]) -> None:
    first = find_place(question, PLACES)
    found = places_beside(question, first[1], PLACES) if first is not None else ()
    assert [name for name, _ in found] == names
