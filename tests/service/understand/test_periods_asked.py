"""The periods a question asks about."""

from __future__ import annotations

import pytest

from ingest.vi.period_rules import cumulative, month
from ingest.vi.periods import Vague
from service.understand.periods_asked import times_asked


@pytest.mark.parametrize(
    "question",
    ["Dịp lễ 30/4 có mấy vụ cháy?", "Nhân ngày 27/7 tặng bao nhiêu suất quà?", "ky nghi le 2/9 may vu tai nan"],
)
def test_a_feast_is_spoken_of_and_no_period_asked_for(question: str) -> None:
    assert times_asked(question) == ((), None, ())


def test_a_day_is_asked_for_where_it_is_no_feast() -> None:
    periods, _, _ = times_asked("Nhận ngày 5/3 bao nhiêu hồ sơ?")
    assert [(one.day, one.first_month) for one in periods] == [(5, 3)]


@pytest.mark.parametrize(
    "question", ["Từ 1/7 tới giờ bán mấy con lợn?", "từ ngày 01/7/2031 đến nay thu được bao nhiêu"]
)
def test_since_a_day_is_so_far(question: str) -> None:
    periods, during, spans = times_asked(question)
    assert (periods, during) == ((), Vague.TO_DATE)
    assert spans[0].of(question).lower().startswith("từ")


def test_so_far_up_to_a_month_is_no_single_month() -> None:
    assert times_asked("Lũy kế đến tháng 11 thu được bao nhiêu?")[0] == (cumulative(None, 11),)
    assert times_asked("Tháng 11 thu được bao nhiêu?")[0] == (month(None, 11),)
