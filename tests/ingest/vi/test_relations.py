"""What one quantity of a sentence says of another."""

from ingest.domain import Figure, FigureRole, Span
from ingest.vi.figures import find_figures
from ingest.vi.openings import Defaults
from ingest.vi.period_rules import quarter
from ingest.vi.periods import period_label
from ingest.vi.reading import read


def figures(text: str) -> tuple[Figure, ...]:
    defaults = Defaults("", quarter(2031, 2), "huyện Vân Trạch")
    return find_figures(read(text, [Span(0, len(text))]), canonical=text, defaults=defaults)


def told(text: str) -> list[tuple[str, FigureRole, str]]:
    return [(f.text, f.role, f.indicator) for f in figures(text)]


def test_numbers_told_off_in_order_take_their_own_names() -> None:
    assert told("Diện tích ngô, lạc và vừng lần lượt là 41 ha, 32 ha và 9 ha.") == [
        ("41 ha", FigureRole.LEVEL, "Diện tích ngô"),
        ("32 ha", FigureRole.LEVEL, "lạc"),
        ("9 ha", FigureRole.LEVEL, "vừng"),
    ]


def test_a_structure_with_dashes_and_its_plan() -> None:
    text = "Cơ cấu kinh tế công nghiệp - dịch vụ - nông nghiệp là 51% - 30% - 19% (kế hoạch 50% - 31% - 19%)."
    found = figures(text)
    assert [f.indicator for f in found[:3]] == [
        "Cơ cấu kinh tế công nghiệp", "Cơ cấu kinh tế, dịch vụ", "Cơ cấu kinh tế, nông nghiệp",
    ]  # fmt: skip
    assert [f.indicator for f in found[3:]] == [f.indicator for f in found[:3]]
    assert [f.role for f in found] == [FigureRole.SHARE] * 3 + [FigureRole.TARGET] * 3


def test_names_of_another_number_are_not_told_off() -> None:
    found = figures("Thu phí, lệ phí, tiền phạt lần lượt là 4 tỷ đồng, 5 tỷ đồng.")
    assert len({f.indicator for f in found}) == 1


def test_parts_in_brackets_are_parts_of_the_total() -> None:
    assert told("Hỗ trợ nhà ở cho 42 hộ (xây mới: 30 hộ, sửa chữa: 12 hộ).")[1:] == [
        ("30 hộ", FigureRole.LEVEL, "Hỗ trợ nhà ở hộ, xây mới hộ"),
        ("12 hộ", FigureRole.LEVEL, "Hỗ trợ nhà ở hộ, sửa chữa hộ"),
    ]


def test_the_level_of_then_stands_behind_the_change() -> None:
    found = figures("Thu nội địa 105 tỷ đồng, tăng 5% so với cùng kỳ (100 tỷ đồng).")
    assert [(f.text, f.role, period_label(f.period) if f.period else "") for f in found] == [
        ("105 tỷ đồng", FigureRole.LEVEL, "quý II/2031"),
        ("5%", FigureRole.CHANGE, "quý II/2031"),
        ("100 tỷ đồng", FigureRole.LEVEL, "quý II/2030"),
    ]


def test_what_is_exceeded_stands_behind_it() -> None:
    found = figures("Thu nội địa 105 tỷ đồng, vượt 5% so với dự toán (100 tỷ đồng).")
    assert (found[2].role, found[2].indicator) == (FigureRole.TARGET, "Thu nội địa")


def test_done_against_planned_with_a_slash() -> None:
    found = figures("Chi đầu tư 86 tỷ đồng/100 tỷ đồng, đạt 86% kế hoạch.")
    assert [(f.text, f.role) for f in found] == [
        ("86 tỷ đồng", FigureRole.LEVEL),
        ("100 tỷ đồng", FigureRole.TARGET),
        ("86%", FigureRole.PLAN_RATIO),
    ]
    assert {f.indicator for f in found} == {"Chi đầu tư"}


def test_who_gave_the_target_is_told_behind_it() -> None:
    found = figures("Dân số trung bình năm: 30.100 người (tỉnh giao) / 30.050 người (huyện giao).")
    assert [(f.role, f.base) for f in found] == [(FigureRole.TARGET, "tỉnh giao"), (FigureRole.TARGET, "huyện giao")]
    assert found[0].indicator == found[1].indicator


def test_the_whole_country_is_another_place() -> None:
    found = figures("Xuất khẩu tăng 18,3% (bình quân cả nước tăng 16,2%).")
    assert [(f.place, f.indicator) for f in found] == [
        ("huyện Vân Trạch", "Xuất khẩu"),
        ("cả nước", "Xuất khẩu, bình quân cả nước"),
    ]


def test_a_total_behind_a_count_is_of_that_count() -> None:
    found = told("Thu hút 61 dự án nông nghiệp với tổng vốn 900 tỷ đồng và 7 dự án du lịch có số vốn 4 tỷ đồng.")
    assert [name for _, _, name in found] == [
        "Thu hút dự án nông nghiệp",
        "Thu hút dự án nông nghiệp, tổng vốn",
        "dự án du lịch",
        "dự án du lịch, số vốn",
    ]


def test_a_rate_of_growth_is_a_level() -> None:
    assert told("Tốc độ tăng trưởng kinh tế đạt 8% so với cùng kỳ.")[0][1] is FigureRole.LEVEL


def test_what_a_figure_is_set_against_counts_the_same_thing() -> None:
    found = figures("Tỷ lệ phủ sóng 6 tháng đạt 41,2%, thấp hơn so với mức bình quân chung của cả nước (55,3%).")
    assert [(f.text, f.indicator, f.place) for f in found] == [
        ("41,2%", "Tỷ lệ phủ sóng", "huyện Vân Trạch"),
        ("55,3%", "Tỷ lệ phủ sóng, bình quân chung của cả nước", "cả nước"),
    ]
    assert found[0].period == found[1].period


def test_what_stands_behind_a_stroke_is_an_aim_where_it_says_so() -> None:
    found = figures("Trồng rừng 132 ha/150 ha kế hoạch; lập hồ sơ cai nghiện 33 người/chỉ tiêu 60 người.")
    assert [(f.text, f.role) for f in found] == [
        ("132 ha", FigureRole.LEVEL),
        ("150 ha", FigureRole.TARGET),
        ("33 người", FigureRole.LEVEL),
        ("60 người", FigureRole.TARGET),
    ]


def test_by_how_much_an_aim_is_exceeded_is_no_aim() -> None:
    found = figures("Tỷ lệ điều tra đạt 89,1% (vượt chỉ tiêu 9,1 điểm phần trăm).")
    assert (found[1].role, found[1].base) == (FigureRole.CHANGE, "chỉ tiêu")
