"""Places of texts and of questions, read by the one reader of ``ingest.vi.places``."""

from __future__ import annotations

import pytest

from ingest.domain import Span
from service.understand.places import bare_name, find_place, nameless_place, place_names, vocabulary

PLACES = vocabulary(["xã Đồi Cam", "thị trấn Sông Mơ", "huyện Sông Mơ", "thôn Đồi Cam"])


def test_a_heading_in_capitals_gives_no_places() -> None:
    assert place_names("THU NGÂN SÁCH XÃ HƯỞNG THEO PHÂN CẤP; xã HỘI QUÝ I NĂM; huyện SÔNG MƠ") == frozenset()


def test_a_bare_name_stands_for_the_place_of_the_larger_type() -> None:
    assert PLACES["doi cam"] == "xã Đồi Cam"
    assert PLACES["song mo"] == "thị trấn Sông Mơ"
    assert bare_name("TX. Bãi Dài") == "Bãi Dài"


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("Thôn Đồi Cam có mấy hộ?", "thôn Đồi Cam"),
        ("ở đồi cam có mấy hộ", "xã Đồi Cam"),
        ("Chợ Đồi Cam có mấy ki-ốt?", None),
        ("Cụm công nghiệp Đồi Cam và chợ ở Đồi Cam?", "xã Đồi Cam"),
        ("Dân số xã Bãi Dài?", "xã Bãi Dài"),
        ("Dân số các xã?", None),
    ],
)
def test_the_place_of_a_question(question: str, name: str | None) -> None:
    found = find_place(question, PLACES)
    assert (found[0] if found else None) == name


def test_a_type_without_a_name_is_the_only_place_of_its_type_or_no_place_known() -> None:
    assert nameless_place("Thị trấn thu được bao nhiêu?", PLACES) == ("thị trấn Sông Mơ", Span(0, 8))
    found = nameless_place("Thị trấn thu được bao nhiêu?", {})
    assert found is not None and found[0] == "thị trấn"
    assert nameless_place("Các thị trấn thu được bao nhiêu?", {}) is None
    assert nameless_place("Có bao nhiêu xã, thị trấn?", {}) is None


def test_where_the_place_stands() -> None:
    question = "Có mấy hộ ở xã Đồi Cam?"
    found = find_place(question, PLACES)
    assert found is not None and found[1] == Span(12, 22)
