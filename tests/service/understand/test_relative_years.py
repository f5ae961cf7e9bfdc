"""Years told from the year of the newest report."""

from __future__ import annotations

import pytest

from service.understand.relative_years import years_written


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("Quý I năm ngoái thu bao nhiêu?", "Quý I năm 2025 thu bao nhiêu?"),
        ("thang 3 nam ngoai co may vu chay", "thang 3 nam 2025 co may vu chay"),
        ("6 tháng đầu năm ngoái, đàn lợn có mấy con?", "6 tháng đầu năm 2025, đàn lợn có mấy con?"),
        ("Quý II của năm nay đạt bao nhiêu?", "Quý II của năm 2026 đạt bao nhiêu?"),
        ("Tăng bao nhiêu so với quý I năm ngoái?", "Tăng bao nhiêu so với quý I năm ngoái?"),
        ("So với cùng kỳ năm ngoái thì sao?", "So với cùng kỳ năm ngoái thì sao?"),
    ],
)
def test_only_the_year_of_a_part_is_written(typed: str, written: str) -> None:
    assert years_written(typed, 2026) == written
    assert years_written(written, 2026) == written


def test_without_a_year_nothing_is_told() -> None:
    assert years_written("Quý I năm ngoái?", None) == "Quý I năm ngoái?"
