from __future__ import annotations

import pytest

from ingest.domain import Period, PeriodKind
from ingest.vi.period_rules import quarter
from service.ground.periods import foreign_periods

OWN = [quarter(2023, 2)]
FIRE = "Quý II xảy ra 5 vụ cháy (tăng 1 vụ so với cùng kỳ năm 2022)"
POOR = "Cuối năm 2022 còn 512 hộ nghèo"


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        ("Quý II/2023 xảy ra 5 vụ cháy, tăng 1 vụ so với cùng kỳ năm 2022", FIRE),
        ("Năm 2023 xảy ra 5 vụ cháy trong quý II", FIRE),
        ("5 vụ, tăng 1 vụ so với quý II/2022", "Quý II xảy ra 5 vụ cháy (tăng 1 vụ so với cùng kỳ)"),
        ("Trong quý II/2023, cuối năm 2022 còn 512 hộ", POOR),
        ("Xảy ra 5 vụ", FIRE),
        ("Tháng 4/2023 có 2 vụ", "Tháng 4 có 2 vụ"),
    ],
)
def test_periods_that_may_be_named(claim: str, quote: str) -> None:
    assert foreign_periods(claim, [quote], allowed=OWN) == []


@pytest.mark.parametrize(
    ("claim", "quote", "bad"),
    [
        ("Quý I/2023 xảy ra 5 vụ cháy", FIRE, "Quý I/2023"),
        ("Năm 2022 xảy ra 5 vụ cháy", FIRE, "Năm 2022"),
        ("Xảy ra 5 vụ, tăng 1 vụ so với cùng kỳ năm 2023", FIRE, "năm 2023"),
        ("Cuối năm 2023 còn 512 hộ nghèo", POOR, "Cuối năm 2023"),
        ("Đề án giai đoạn 2022 - 2026", "Đề án giai đoạn 2023 - 2026", "giai đoạn 2022 - 2026"),
        ("Đề án giai đoạn 2023 - 2023", "Đề án giai đoạn 2021 - 2023", "2023 - 2023"),
    ],
)
def test_periods_that_may_not(claim: str, quote: str, bad: str) -> None:
    assert foreign_periods(claim, [quote], allowed=OWN) == [bad]


def test_headings_name_periods_too() -> None:
    assert foreign_periods("Tháng 5 có 2 vụ", ["có 2 vụ"], allowed=OWN) == ["Tháng 5"]
    assert foreign_periods("Tháng 5 có 2 vụ", ["có 2 vụ"], around=["Trong tháng 5/2023"], allowed=OWN) == []


def test_arithmetic_may_tell_of_the_base() -> None:
    claim = "Quý II/2022: 5 − 1 = 4 vụ"
    assert foreign_periods(claim, [FIRE], allowed=OWN) == ["Quý II/2022"]
    assert foreign_periods(claim, [FIRE], allowed=OWN, strict=False) == []


def test_without_periods_of_its_own_a_report_allows_those_of_the_quote_only() -> None:
    assert foreign_periods("Năm 2021 có 3 vụ", ["năm 2021: 3 vụ"], allowed=[]) == []
    assert foreign_periods("Năm 2020 có 3 vụ", ["năm 2021: 3 vụ"], allowed=[]) == ["Năm 2020"]
    several = Period(PeriodKind.RANGE, 2021, last_year=2025)
    assert foreign_periods("Năm 2025 có 3 vụ", ["có 3 vụ"], allowed=[several]) == []


@pytest.mark.parametrize(("year", "bad"), [(2022, []), (2021, ["năm 2021"])])
def test_a_base_may_be_named_by_the_head_of_a_table_alone(year: int, bad: list[str]) -> None:
    claim, head = f"Thu phí: 96,1% so với năm {year}", "So với năm 2022 (%)"
    assert foreign_periods(claim, ["| Thu phí | 96,1 |"], around=[head], allowed=OWN) == bad
