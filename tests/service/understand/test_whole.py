"""A question opened up: parts with the whole's period, places beside each other, the end asked for."""

from __future__ import annotations

from ingest.domain import FigureRole, Period, PeriodKind
from service.domain import Extreme, Query
from service.understand.places import vocabulary
from service.understand.question import understand

PLACES = vocabulary(["xã Đồi Cam", "xã Đồi Chanh", "huyện Vân Trạch"])


def read(question: str) -> Query:
    return understand(question, places=PLACES)


def test_parts_take_the_period_of_the_whole() -> None:
    query = read("Quý I/2023 thu và chi ngân sách là bao nhiêu?")
    quarter = Period(PeriodKind.QUARTER, 2023, 1, 3)
    assert [part.period for part in query.parts] == [quarter, quarter]


def test_places_of_one_level_stand_beside_each_other() -> None:
    query = read("So sánh số hộ nghèo của xã Đồi Cam và xã Đồi Chanh")
    assert (query.place, query.beside) == ("xã Đồi Cam", ("xã Đồi Chanh",))
    assert read("Số hộ nghèo xã Đồi Cam, huyện Vân Trạch").beside == ()


def test_compared_periods_are_asked_for_and_no_base() -> None:
    query = read("So sánh đàn dê quý I/2023 và quý I/2024")
    assert [p.year for p in (query.period, *query.others) if p is not None] == [2023, 2024]


def test_the_words_of_a_superlative_name_no_figure() -> None:
    query = read("Xã nào có số hộ nghèo giảm nhiều nhất?")
    assert (query.extreme, query.role, query.among) == (Extreme.MOST, FigureRole.CHANGE, "xã")
    assert query.terms == ("hộ", "nghèo")


def test_places_named_without_their_type_stand_beside_each_other() -> None:
    query = read("Năm 2030 Đồi Cam và Đồi Chanh, xã nào thu ngân sách cao hơn?")
    assert (query.place, query.beside, query.extreme) == ("xã Đồi Cam", ("xã Đồi Chanh",), Extreme.MOST)
    assert query.terms == ("thu", "ngân", "sách")


def test_what_is_counted_stays_where_only_the_choice_names_it() -> None:
    query = read("Học sinh cấp nào đông nhất?")
    assert (query.extreme, query.terms) == (Extreme.MOST, ("học", "sinh"))
    assert read("Dự án nào chậm nhất?").terms == ()


def test_a_base_is_no_second_figure() -> None:
    assert read("Thu ngân sách có cao hơn dự toán không?").parts == ()
    assert read("Giải ngân có cao hơn bình quân cả nước không?").parts == ()
    assert len(read("Đàn dê có nhiều hơn đàn ngựa không?").parts) == 2
