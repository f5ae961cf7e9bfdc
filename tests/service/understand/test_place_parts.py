"""A thôn named with its commune is one place, and the smaller one is meant."""

from __future__ import annotations

from service.understand.place_parts import closest, is_part, with_part
from service.understand.places import find_place, vocabulary

KNOWN = vocabulary(["xã Đồi Cam", "bản Nà Sao"])


def test_the_part_is_the_place_and_both_are_one_mention() -> None:
    text = "Thôn Nà Sao, xã Đồi Cam có mấy hộ?"
    placed = find_place(text, KNOWN)
    wide = with_part(placed, text)
    assert wide is not None
    assert (wide[0], wide[1].of(text)) == ("xã Đồi Cam", "Thôn Nà Sao, xã Đồi Cam")
    found = closest(placed, text, KNOWN)
    assert found is not None
    assert (found[0], found[1]) == ("bản Nà Sao", wide[1])


def test_a_part_no_report_names_stays_as_typed() -> None:
    text = "Thôn Gò Lau xã Đồi Cam có mấy hộ?"
    found = closest(find_place(text, KNOWN), text, KNOWN)
    assert found is not None
    assert found[0] == "thôn Gò Lau"


def test_without_a_part_nothing_changes() -> None:
    text = "Xã Đồi Cam có mấy hộ?"
    placed = find_place(text, KNOWN)
    assert with_part(placed, text) == closest(placed, text, KNOWN) == placed
    assert closest(None, text, KNOWN) is None
    assert is_part("bản Nà Sao")
    assert not is_part("xã Đồi Cam")
    assert not is_part("")


def test_a_name_that_begins_like_a_type_is_known_whole() -> None:
    known = vocabulary(["xã Làng Bưởi"])
    text = "Đàn trâu Làng Bưởi quý I có mấy con?"
    found = find_place(text, known)
    assert found is not None
    assert found[0] == "xã Làng Bưởi"


def test_another_type_is_another_place() -> None:
    found = find_place("Huyện Đồi Cam thu ngân sách bao nhiêu?", KNOWN)
    assert found is not None
    assert found[0] == "huyện Đồi Cam"
