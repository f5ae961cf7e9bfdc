"""Every number is accounted for once: in a figure, or left out for a reason."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ingest.accounting import Quality, Reason, account, quality, summary
from ingest.chunk import make_passages
from ingest.domain import Balance
from ingest.figures import report_figures
from ingest.parse.read import read_report

TEXT = """BÁO CÁO
Tình hình kinh tế - xã hội quý II năm 2023 huyện Mẫu

I. KẾT QUẢ THỰC HIỆN

Xảy ra 18 vụ tai nạn giao thông[1]. Thực hiện Kế hoạch số 15/KH-UBND ngày 02/3/2023 về lô DV16.

| STT | Chỉ tiêu | ĐVT | Thực hiện |
|---|---|---|---|
| 1 | Đàn dê | con | 1.215 |

Bản đồ tỷ lệ 1/2000 đã xong; mở quốc lộ 5; thiếu vắc xin 5 trong 1.

[1] Làm chết 11 người.
"""
CLEAN = Balance(9, 4, 4, 1, 100, 20, 20, numbers=140, in_figures=120, left_out={"period": 20})


def test_numbers_in_figures_and_left_out_by_reason() -> None:
    report = read_report(TEXT.encode(), name="a.txt")
    figures = report_figures(report, make_passages(report, key="k"))
    spans = {figure.span for found in figures.values() for figure in found}
    numbers, left_out = account(report, spans)
    assert {span.of(report.text) for span in spans} == {"18 vụ", "1.215", "11 người"}
    assert numbers - sum(left_out.values()) == 3
    # quý II năm 2023 stands in the header; ngày 02/3/2023 is three numbers, 1/2000 two, the notes' [1] two.
    assert left_out == {
        Reason.FRAME: 1,
        Reason.PERIOD: 3,
        Reason.DOCUMENT: 1,
        Reason.NAME: 2,
        Reason.NUMBERING: 1,
        Reason.SCALE: 2,
        Reason.MARK: 2,
        Reason.UNEXPLAINED: 2,  # "5 trong 1"
    }


def test_without_numbers_nothing_is_left_out() -> None:
    report = read_report("BÁO CÁO\nKhông có gì.".encode(), name="a.txt")
    assert account(report, ()) == (0, {})


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, Quality.FULL),
        ({"warnings": 1}, Quality.MOSTLY),
        ({"footnotes_found": 10, "footnotes_bound": 9}, Quality.MOSTLY),
        ({"footnotes_found": 10, "footnotes_bound": 7}, Quality.CHECK),
        ({"doubtful": 1}, Quality.MOSTLY),
        ({"doubtful": 10}, Quality.CHECK),
        ({"pages": 8, "pages_empty": 1}, Quality.MOSTLY),
        ({"pages": 8, "pages_empty": 2}, Quality.CHECK),
        ({"left_out": {"unexplained": 5}}, Quality.MOSTLY),
        ({"left_out": {"unexplained": 14}}, Quality.CHECK),
        ({"indexed": 19}, Quality.CHECK),
    ],
)
def test_how_well_a_report_was_read(change: dict[str, object], expected: Quality) -> None:
    assert quality(replace(CLEAN, **change)) is expected  # type: ignore[arg-type]


def test_a_sheet_of_an_older_version_is_judged_by_what_it_has() -> None:
    assert quality(Balance(9, 4, 4, 1, 100, 20, 20)) is Quality.FULL


def test_the_sheet_in_one_line() -> None:
    assert summary(CLEAN) == "Đã đọc: 9 mục, 4/4 chú thích, 1 bảng, 100 số liệu"
    scanned = replace(CLEAN, pages=5, pages_recognised=5, pages_empty=1, footnotes_found=0, tables=0)
    assert summary(scanned) == "Đã đọc: 4/5 trang (5 trang quét), 9 mục, 100 số liệu"
