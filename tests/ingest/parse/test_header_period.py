"""What a report without a period in its title is about."""

from __future__ import annotations

import pytest

from ingest.domain import Period, PeriodKind
from ingest.parse.read import read_report

TEXT = """ỦY BAN NHÂN DÂN
HUYỆN SÔNG MƠ
-------
Số: 12/{number}-UBND
Sông Mơ, ngày 05 tháng 11 năm 2023

{kind}

Về phát triển đàn dê

I. {heading}

Đàn dê có 840 con.
"""


@pytest.mark.parametrize(
    ("kind", "number", "heading", "expected"),
    [
        ("THÔNG BÁO", "TB", "NHIỆM VỤ GIAI ĐOẠN 2026 - 2030", None),
        ("THÔNG BÁO", "TB", "KẾT QUẢ 10 THÁNG NĂM 2023", Period(PeriodKind.CUMULATIVE, 2023, 1, 10)),
        ("KẾ HOẠCH", "KH", "MỤC TIÊU GIAI ĐOẠN 2026 - 2030", Period(PeriodKind.RANGE, 2026, last_year=2030)),
        ("THÔNG BÁO", "TB", "PHƯƠNG HƯỚNG NĂM 2024", None),
    ],
)
def test_headings_of_tasks_are_no_period_of_a_report(
    kind: str, number: str, heading: str, expected: Period | None
) -> None:
    text = TEXT.format(kind=kind, number=number, heading=heading)
    assert read_report(text.encode(), name="a.txt").meta.period == expected
