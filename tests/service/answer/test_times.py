"""Hours, days of the week, days that come again or are told by the moon: over texts of our own."""

from __future__ import annotations

import pytest

from service.answer.dates import date_in
from service.answer.times import again, asks_day, clock_in, lunar
from service.domain import Query, Want
from service.understand.question import understand

OPENING = (
    "Phiên chợ đêm mở vào thứ Sáu và thứ Bảy hằng tuần, từ 18 giờ đến 22 giờ 30; khai trương lúc 19h00 ngày 05/5/2031."
)


def read(question: str) -> Query:
    return understand(question, places={})


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Chợ đêm mở vào ngày nào trong tuần?", "thứ Sáu và thứ Bảy hằng tuần"),
        ("Phiên chợ mở vào thứ mấy?", "thứ Sáu và thứ Bảy hằng tuần"),
        ("Chợ đêm mở lúc mấy giờ?", "từ 18 giờ đến 22 giờ 30"),
        ("Khai trương lúc mấy giờ?", "19h00"),
    ],
)
def test_hours_and_days_of_the_week(question: str, expected: str) -> None:
    query = read(question)
    assert query.want is Want.DATE
    assert clock_in(query, OPENING) == expected
    assert date_in(query, OPENING) == expected


def test_a_sentence_without_an_hour_answers_none() -> None:
    assert clock_in(read("Khai trương lúc mấy giờ?"), "Khai trương ngày 05/5/2031, làm thêm 40 giờ làm việc.") is None
    assert read("Nghị quyết xếp thứ mấy?").want is not Want.DATE


def test_days_by_the_moon() -> None:
    text = "Hội vật từ mùng 4 đến mùng 6 tháng Giêng; trình hồ sơ công nhận hội vật trong quý II/2031."
    assert [text[s.start : s.end] for s in lunar(text)] == ["từ mùng 4 đến mùng 6 tháng Giêng"]
    assert date_in(read("Hội vật mở những ngày nào?"), text) == "từ mùng 4 đến mùng 6 tháng Giêng"
    assert date_in(read("Hồ sơ công nhận hội vật trình khi nào?"), text) == "quý II/2031"
    assert again("Lễ cúng bến vào rằm tháng Bảy")
    assert not again("Lễ cúng bến ngày 12/8/2031")


def test_days_that_come_again() -> None:
    text = "Các đơn vị báo cáo trước ngày 20 tháng cuối quý; họp giao ban ngày 25 hằng tháng."
    assert date_in(read("Các đơn vị báo cáo trước ngày nào?"), text) == "ngày 20 tháng cuối quý"
    assert date_in(read("Hằng tháng họp giao ban ngày nào?"), text) == "ngày 25 hằng tháng"


def test_a_window_within_one_month_is_given_whole() -> None:
    text = "Hội thao diễn ra từ ngày 14 đến ngày 16/6/2031 tại sân xã."
    assert date_in(read("Hội thao diễn ra ngày nào?"), text) == "từ ngày 14 đến ngày 16/6/2031"
    assert date_in(read("Hội thao mở đến ngày nào?"), text) == "ngày 16/6/2031"


def test_a_word_with_day_in_it_asks_for_no_day() -> None:
    query = read("Ngày hội đan lưới tổ chức vào tháng mấy?")
    assert not asks_day(query)
    assert date_in(query, "Ngày hội đan lưới tổ chức vào tháng 11 hằng năm") == "tháng 11"


def test_a_season_is_a_deadline_where_no_date_is_told() -> None:
    text = "Trạm bơm Gò Vả sửa xong trước mùa mưa; Trạm bơm Bến Thử nghiệm thu ngày 05/4/2031."
    assert date_in(read("Trạm bơm Gò Vả khi nào phải sửa xong?"), text.partition(";")[0]) == "trước mùa mưa"
    assert date_in(read("Trạm bơm Gò Vả sửa xong ngày nào?"), text.partition(";")[0]) is None
    assert date_in(read("Trạm bơm Bến Thử bao giờ nghiệm thu?"), text) == "ngày 05/4/2031"
