from ingest.domain import Figure, FigureRole, Span
from ingest.vi.figures import find_figures
from ingest.vi.openings import Defaults
from ingest.vi.period_rules import cumulative
from ingest.vi.periods import period_label
from ingest.vi.reading import read

AREA = "huyện Vân Trạch"


def figures(text: str, *, place_type: str = "") -> tuple[Figure, ...]:
    defaults = Defaults("", cumulative(2031, 9), AREA, place_type=place_type)
    return find_figures(read(text, [Span(0, len(text))]), canonical=text, defaults=defaults)


def told(text: str) -> list[tuple[str, str]]:
    return [(f.text, f.unit) for f in figures(text)]


def test_parts_in_brackets_have_the_unit_of_the_total() -> None:
    found = figures("Toàn huyện có 1.350 học sinh (tiểu học 720, THCS 630).")
    assert [(f.text, f.unit) for f in found] == [
        ("1.350 học sinh", "học sinh"),
        ("720", "học sinh"),
        ("630", "học sinh"),
    ]
    assert "tiểu học" in found[1].indicator and "THCS" in found[2].indicator


def test_parts_behind_of_which_do_not_exceed_the_total() -> None:
    assert told("Có 46 công trình, trong đó chuyển tiếp 29, khởi công mới 12.")[1:] == [
        ("29", "công trình"),
        ("12", "công trình"),
    ]
    assert told("Có 46 công trình, trong đó nhóm đầu 29, nhóm sau 88.") == [("46 công trình", "công trình")]


def test_free_parts_have_to_add_up() -> None:
    text = "Có 90 công trình cấp nước, hoạt động tốt 50, trung bình 30, hư hỏng {}."
    assert [unit for _, unit in told(text.format(10))] == ["công trình"] * 4
    assert told(text.format(11)) == [("90 công trình", "công trình")]


def test_a_list_of_places_that_adds_up_to_an_earlier_figure() -> None:
    found = figures("Tốc mái 60 nhà, ngập 7 nhà. Theo xã: Đông Hải 31, Tân Lập 20, Phú Vinh 9.")
    assert [(f.text, f.unit, f.place) for f in found[2:]] == [
        ("31", "nhà", "xã Đông Hải"),
        ("20", "nhà", "xã Tân Lập"),
        ("9", "nhà", "xã Phú Vinh"),
    ]


def test_places_of_a_list_in_brackets_are_each_their_own() -> None:
    found = figures("Có 34 ca (xã Đông Hải 17, Tân Lập 9, nơi khác 8), tăng 21 ca so với cùng kỳ.")
    assert [(f.text, f.place) for f in found] == [
        ("34 ca", AREA),
        ("17", "xã Đông Hải"),
        ("9", "xã Tân Lập"),
        ("8", AREA),
        ("21 ca", AREA),
    ]
    assert found[-1].role is FigureRole.CHANGE and found[-1].indicator == found[0].indicator


def test_the_thing_counted_may_stand_before_its_number() -> None:
    assert told("Đông Hải: 412 hộ; hộ nghèo 14; trồng rừng 12,4 ha.") == [
        ("412 hộ", "hộ"),
        ("14", "hộ nghèo"),
        ("12,4 ha", "ha"),
    ]
    assert told("Có 12 lớp; quyết định 88; tổ 3.") == [("12 lớp", "lớp")]


def test_bare_names_before_a_colon_are_places_in_a_section_about_each() -> None:
    assert {f.place for f in figures("Đông Hải: 412 hộ, 1.571 khẩu.", place_type="xã")} == {"xã Đông Hải"}
    assert {f.place for f in figures("Cộng toàn huyện: 412 hộ, 1.571 khẩu.", place_type="xã")} == {AREA}


def test_a_past_period_that_opens_a_bracket_rules_it() -> None:
    found = figures("Tiêu hủy 48 con (CKNT tiêu hủy 115 con).")
    assert [period_label(f.period) if f.period else "" for f in found] == [
        "9 tháng đầu năm 2031",
        "9 tháng đầu năm 2030",
    ]


def test_an_aim_in_brackets_rules_nothing_behind_it() -> None:
    found = figures("Hộ nghèo còn 36 hộ (mục tiêu còn 40 hộ), hộ cận nghèo 27 hộ.")
    assert [f.role for f in found] == [FigureRole.LEVEL, FigureRole.TARGET, FigureRole.LEVEL]


def test_month_and_whole_year_or_sum_to_date_before_a_number() -> None:
    found = figures("Thu ngân sách tháng 9 ước 6,4 tỷ đồng, cả năm 93,5 tỷ đồng, lũy kế từ đầu năm 68,9 tỷ đồng.")
    assert [(f.text, period_label(f.period) if f.period else "") for f in found] == [
        ("6,4 tỷ đồng", "tháng 9/2031"),
        ("93,5 tỷ đồng", "năm 2031"),
        ("68,9 tỷ đồng", "9 tháng đầu năm 2031"),
    ]
    assert {f.indicator for f in found} == {"Thu ngân sách"}


def test_a_plan_of_the_whole_year_is_a_target() -> None:
    found = figures("Tỷ lệ bao phủ đạt 96,3%, kế hoạch cả năm 97,5%.")
    assert [(f.role, period_label(f.period) if f.period else "") for f in found][1] == (FigureRole.TARGET, "năm 2031")


def test_what_a_bare_percentage_is_held_against() -> None:
    past, share = figures("Đàn gia cầm 28.450 con, bằng 107,2% năm 2030; 540/600 em đỗ, bằng 90%, hơn năm trước 2 em.")[
        1:4:2
    ]
    assert (past.role, past.base) == (FigureRole.YOY_RATIO, "năm 2030")
    assert share.role is FigureRole.LEVEL


def test_things_told_off_one_by_one_are_each_of_the_first_subject() -> None:
    found = figures("UBND huyện ban hành 214 quyết định, 63 kế hoạch, 47 tờ trình.")
    assert [f.indicator.rpartition(", ")[2] for f in found][1:] == ["kế hoạch", "tờ trình"]
    assert "kế hoạch" not in found[2].indicator


def test_a_road_between_two_villages_is_no_place_and_a_day_no_count() -> None:
    assert figures("Đường Bản Mới - Suối Lớn dài 14 km.")[0].place == AREA
    assert figures("Bàn giao cầu số 1 ngày 20/9/2031 cho xã.") == ()
