"""The same figure of several periods and places, side by side. Texts are our own."""

from __future__ import annotations

from service.domain import Draft
from tests.service.answer.asking import ask

REPORT = """ỦY BAN NHÂN DÂN
HUYỆN VÂN TRẠCH

BÁO CÁO

Tình hình kinh tế - xã hội quý I năm 2023

I. KẾT QUẢ THỰC HIỆN

1. Nông nghiệp: Đàn dê 840 con, đạt 105% kế hoạch. Đã trồng rừng ở các xã: xã Đồi Cam 15 ha, xã Đồi Chanh 27 ha.
"""
LATER = REPORT.replace("2023", "2024").replace("840", "910")


def test_two_periods_with_a_line_each() -> None:
    result = ask("So sánh đàn dê quý I/2023 và quý I/2024", REPORT, LATER)
    assert isinstance(result, Draft)
    assert result.short_answer == "quý I/2023: 840 con; quý I/2024: 910 con"
    assert [c.text for c in result.claims] == ["Quý I/2023: 840 con", "\nQuý I/2024: 910 con"]
    assert [e.report.version_id for e in result.evidence] == ["v0", "v1"]


def test_a_missing_period_is_said_to_be_missing() -> None:
    result = ask("So sánh đàn dê quý I/2022 và quý I/2024", REPORT, LATER)
    assert isinstance(result, Draft)
    assert result.short_answer == "quý I/2024: 910 con"
    assert [w.code for w in result.warnings] == ["missing-period"]


def test_every_period_there_is() -> None:
    result = ask("Đàn dê qua các kỳ báo cáo", LATER, REPORT)
    assert isinstance(result, Draft)
    assert result.short_answer == "quý I/2023: 840 con; quý I/2024: 910 con"


def test_two_places_the_larger_first() -> None:
    result = ask("Xã Đồi Cam và xã Đồi Chanh, xã nào trồng nhiều rừng hơn?", REPORT)
    assert isinstance(result, Draft)
    assert result.short_answer == "xã Đồi Chanh: 27 ha; xã Đồi Cam: 15 ha"
