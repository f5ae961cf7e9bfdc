import pytest

from ingest.domain import FigureRole, Table
from ingest.table_heads import plain_words, read_heading, role_in, unit_line, unit_of
from ingest.vi.period_rules import cumulative
from ingest.vi.periods import period_label


def table(unit: str) -> Table:
    return Table(0, "", unit, ("", ""), ())


@pytest.mark.parametrize(
    ("unit", "words", "expected"),
    [
        ("triệu đồng", "Thu phí", "triệu đồng"),
        ("1.000 đồng", "Thu phí", "nghìn đồng"),
        ("ha, tạ/ha, tấn", "Diện tích thực hiện", "ha"),
        ("ha, tạ/ha, tấn", "Năng suất", "tạ/ha"),
        ("ha, tạ/ha, tấn", "Sản lượng", "tấn"),
        ("ha, tạ/ha, tấn", "Số thửa", ""),
        ("ha, tạ/ha, phần", "Diện tích", ""),
        ("Diện tích: ha; năng suất: tạ/ha", "Năng suất lúa", "tạ/ha"),
        ("", "Diện tích", ""),
    ],
)
def test_one_line_may_name_the_units_of_several_columns(unit: str, words: str, expected: str) -> None:
    assert unit_line(table(unit), words) == expected


def test_headings_say_role_period_and_unit() -> None:
    report = cumulative(2031, 9)
    plan = read_heading("KH năm 2031", report)
    assert (plan.role, period_label(plan.period) if plan.period else "") == (FigureRole.TARGET, "năm 2031")
    lower = read_heading("Giai đoạn 2031 - 2035 / Năm 2033", report).period
    assert lower is not None and period_label(lower) == "năm 2033"
    assert read_heading("% so với dự toán", report).role is FigureRole.PLAN_RATIO
    assert read_heading("So với cùng kỳ (%)", report).role is FigureRole.YOY_RATIO
    assert read_heading("", report).role is FigureRole.LEVEL
    assert plain_words("TH 9 tháng năm 2031 (ha)") == plain_words("So sánh (%) / Với cùng kỳ") == ""
    assert unit_of("triệu  đồng") == "triệu đồng" and unit_of("xa lạ") == ""


@pytest.mark.parametrize(
    ("heading", "period"),
    [
        ("Thực hiện 9 tháng / Năm 2030", "9 tháng đầu năm 2030"),
        ("Năm 2030 / Quý III", "quý III/2030"),
        ("Tháng 9 / Cùng kỳ năm 2030", "tháng 9/2030"),
        ("Kế hoạch năm 2031 / 9 tháng", "9 tháng đầu năm 2031"),
        ("Thực hiện 9 tháng / So với năm 2030 (%)", "9 tháng đầu năm 2031"),
    ],
)
def test_a_time_and_its_year_may_stand_on_two_levels(heading: str, period: str) -> None:
    read = read_heading(heading, cumulative(2031, 9))
    assert read.period is not None and period_label(read.period) == period
    assert read.words == ""


def test_a_percentage_under_the_amount_of_work_done_tells_how_far_it_is() -> None:
    heading = read_heading("Khối lượng đến 30/9/2031", cumulative(2031, 9))
    assert role_in(heading, "%") is FigureRole.PROGRESS
    assert role_in(heading, "m³") is FigureRole.LEVEL


def test_months_may_be_written_with_a_letter() -> None:
    column = read_heading("TH 9T/2025 so với (%) / Kế hoạch", None)
    assert (column.role, column.words) == (FigureRole.PLAN_RATIO, "")
    assert read_heading("TH 6T/2024", None).period == cumulative(2024, 6)
    assert plain_words("Quặng 2T3") == "Quặng 2T3"
