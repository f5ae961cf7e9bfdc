from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.domain import Figure, FigureRole, Span
from ingest.vi.figures import find_figures
from ingest.vi.openings import Defaults
from ingest.vi.period_rules import quarter
from ingest.vi.periods import period_label
from ingest.vi.reading import read

QUARTER = quarter(2023, 2)


def figures(text: str, *, subject: str = "", skip: tuple[Span, ...] = ()) -> tuple[Figure, ...]:
    reading = read(text, [Span(0, len(text))])
    found = find_figures(reading, canonical=text, defaults=Defaults(subject, QUARTER, "huyện Mẫu"), skip=skip)
    assert all(figure.span.of(text) == figure.text for figure in found)
    assert all(figure.sentence.covers(figure.span) for figure in found)
    return found


def check(text: str, expected: list[tuple[str, str, FigureRole, str]]) -> None:
    assert [(f.text, format(f.value, "f"), f.role, f.indicator) for f in figures(text)] == expected


def test_a_subject_is_carried_across_clauses() -> None:
    check(
        "Đàn dê hiện có 1.215 con, đạt 104,2% kế hoạch, bằng 98,7% so với cùng kỳ; đàn thỏ 87 con, tăng 3,5%.",
        [
            ("1.215 con", "1215", FigureRole.LEVEL, "Đàn dê"),
            ("104,2%", "104.2", FigureRole.PLAN_RATIO, "Đàn dê"),
            ("98,7%", "98.7", FigureRole.YOY_RATIO, "Đàn dê"),
            ("87 con", "87", FigureRole.LEVEL, "đàn thỏ"),
            ("3,5%", "3.5", FigureRole.CHANGE, "đàn thỏ"),
        ],
    )


def test_taken_together_goes_on_with_the_subject() -> None:
    found = figures("Chỉ số giá tháng 6 tăng 0,3% so với tháng trước; tính chung 6 tháng tăng 2,1% so với cùng kỳ.")
    assert [(f.text, f.indicator) for f in found] == [("0,3%", "Chỉ số giá"), ("2,1%", "Chỉ số giá")]


def test_month_and_cumulative_in_one_clause() -> None:
    found = figures(
        "Ước thu ngân sách tháng 6 là 31,407 tỷ đồng, 06 tháng là 205,118 tỷ đồng, đạt 47,3% so với dự toán."
    )
    assert [(f.text, period_label(f.period) if f.period else "", f.base) for f in found] == [
        ("31,407 tỷ đồng", "tháng 6/2023", ""),
        ("205,118 tỷ đồng", "6 tháng đầu năm 2023", ""),
        ("47,3%", "6 tháng đầu năm 2023", "dự toán"),
    ]
    assert {f.indicator for f in found} == {"thu ngân sách"}
    assert found[0].hedge == "ước"


def test_changes_in_brackets_belong_to_the_figure_of_the_same_unit() -> None:
    check(
        "Quý II, xảy ra 12 vụ cháy, 04 người bị thương (tăng 05 vụ, 01 người bị thương so với cùng kỳ năm 2022).",
        [
            ("12 vụ", "12", FigureRole.LEVEL, "xảy ra vụ cháy"),
            ("04 người", "4", FigureRole.LEVEL, "người bị thương"),
            ("05 vụ", "5", FigureRole.CHANGE, "xảy ra vụ cháy"),
            ("01 người", "1", FigureRole.CHANGE, "người bị thương"),
        ],
    )
    assert {f.base for f in figures("Có 9 vụ (giảm 02 vụ, 01 người so với cùng kỳ).")} == {"", "cùng kỳ"}


def test_less_is_negative_and_a_new_level_is_no_change() -> None:
    found = figures("Tiếp 18 lượt/25 người (tăng 04 lượt và giảm 07 người). Hộ nghèo giảm còn 2,4%.")
    assert [(f.text, int(f.value), f.role) for f in found[:4]] == [
        ("18 lượt", 18, FigureRole.LEVEL),
        ("25 người", 25, FigureRole.LEVEL),
        ("04 lượt", 4, FigureRole.CHANGE),
        ("07 người", -7, FigureRole.CHANGE),
    ]
    assert (found[4].value, found[4].role) == (Decimal("2.4"), FigureRole.LEVEL)


def test_part_and_whole() -> None:
    found = figures(
        "Xã Đông Hải: đã hoàn thành 07/19 công trình, tiến độ đạt 41%. 88,2% (15/17 văn bản) văn bản được ký số."
    )
    assert [(f.text, f.whole, f.role, f.place) for f in found[:2]] == [
        ("07/19 công trình", Decimal(19), FigureRole.PROGRESS, "xã Đông Hải"),
        ("41%", None, FigureRole.PROGRESS, "xã Đông Hải"),
    ]
    percent, part = found[2:]
    assert percent.indicator == part.indicator == "văn bản được ký số"
    assert part.whole == 17


@pytest.mark.parametrize(
    ("text", "role", "value", "unit", "base"),
    [
        ("Dịch vụ chiếm 36,4% trong cơ cấu.", FigureRole.SHARE, "36.4", "%", ""),
        ("Phấn đấu giá trị xuất khẩu đạt 520 triệu USD.", FigureRole.TARGET, "520", "triệu USD", ""),
        ("Tỷ lệ che phủ: tỉnh giao 64%", FigureRole.TARGET, "64", "%", "tỉnh giao"),
        ("Xuất khẩu đạt 27 tỷ 305 triệu đô la Mỹ.", FigureRole.LEVEL, "27.305", "tỷ USD", ""),
        ("Số tiền trúng (vượt giá khởi điểm 4,5 tỷ đồng)", FigureRole.CHANGE, "4.5", "tỷ đồng", "giá khởi điểm"),
        ("Giải ngân đạt 57% dự toán Trung ương giao.", FigureRole.PLAN_RATIO, "57", "%", "dự toán Trung ương giao"),
        ("Tốc độ tăng bình quân 05 - 06%/năm.", FigureRole.LEVEL, "5", "%/năm", ""),
        (
            "Tỷ lệ đó cao hơn cùng kỳ năm 2022 1,9 điểm phần trăm.",
            FigureRole.CHANGE,
            "1.9",
            "điểm %",
            "cùng kỳ năm 2022",
        ),
        ("Doanh thu gấp 1,7 lần so với cùng kỳ.", FigureRole.YOY_RATIO, "1.7", "lần", "cùng kỳ"),
    ],
)
def test_roles(text: str, role: FigureRole, value: str, unit: str, base: str) -> None:
    [figure] = figures(text)
    assert (figure.role, figure.value, figure.unit, figure.base) == (role, Decimal(value), unit, base)


@pytest.mark.parametrize(
    "text",
    [
        "Thực hiện Kế hoạch số 215/KH-UBND ngày 03/4/2023 và Nghị quyết số 17/2021/NQ-HĐND.",
        "Quy hoạch chi tiết tỷ lệ 1/500, đường TL 359, ĐH 12, lý trình Km7+250, lô KT4.",
        "Kỳ họp thứ 15 khóa XIX thông qua Điều 7, khoản 2; lớp 4, lớp 8; đợt 1; Nghị quyết 08-NQ/HU.",
        "Kỷ niệm 60 năm, tầm nhìn đến năm 2050, giai đoạn 2021 - 2025, dịp lễ 30/4, 1/5.",
        "1. Nhiệm vụ (2) theo Nghị định 30/2020/NĐ-CP, Tết 2024, lúc 13h30 tại thôn 5.",
    ],
)
def test_these_digits_are_no_figures(text: str) -> None:
    assert figures(text) == ()


def test_glued_units_footnote_marks_and_skipped_digits() -> None:
    text = "Thu gom 7.260m³, san lấp 9.405,3m² và 85m đường; ký 6 hồ sơ."
    at = text.index("6 hồ")
    assert [f.text for f in figures(text, skip=(Span(at, at + 1),))] == ["7.260m³", "9.405,3m²", "85m"]


def test_places_named_in_brackets_and_sentences() -> None:
    found = figures(
        "Quá hạn 07 hồ sơ (Đông Hải: 02 hồ sơ, thị trấn An Sơn: 05 hồ sơ). Tại xã Bình Minh có 3 hộ. Có 2 hộ."
    )
    assert [f.place for f in found] == ["huyện Mẫu", "Đông Hải", "thị trấn An Sơn", "xã Bình Minh", "huyện Mẫu"]


def test_a_bare_subject_takes_the_one_before() -> None:
    found = figures(
        "Hỗ trợ quà cho hộ khó khăn 1.240 suất, kinh phí 3,1 tỷ đồng. Tổng số 15 tỷ đồng.", subject="Thu phí"
    )
    assert [f.indicator for f in found] == [
        "Hỗ trợ quà cho hộ khó khăn",
        "Hỗ trợ quà cho hộ khó khăn, kinh phí",
        "Thu phí, Tổng số",
    ]


def test_a_bracket_speaks_of_what_stands_before_it() -> None:
    [figure] = figures("Về điều chuyển số vốn dư trong năm 2022 (khoảng 15 tỷ đồng) từ nguồn hỗ trợ.")
    assert (figure.indicator, figure.hedge) == ("Về điều chuyển số vốn dư", "khoảng")


def test_the_end_of_a_year_dates_its_whole_sentence() -> None:
    found = figures("Kết quả rà soát cuối năm 2022 theo chuẩn mới, huyện còn 640 hộ nghèo; 810 hộ cận nghèo.")
    assert [(f.indicator, period_label(f.period) if f.period else "") for f in found] == [
        ("hộ nghèo", "năm 2022"),
        ("hộ cận nghèo", "năm 2022"),
    ]
    [level, change] = figures("Toàn huyện còn 640 hộ nghèo, giảm 85 hộ so với cuối năm 2022.")
    assert level.period == change.period == QUARTER and change.base == "cuối năm 2022"


def test_a_window_in_brackets_leaves_the_named_period() -> None:
    [figure, *_] = figures("Quý II (từ ngày 15/3/2023 đến ngày 14/6/2023), xảy ra 12 vụ cháy.")
    assert figure.period == QUARTER


def test_a_cut_off_date_dates_its_clause() -> None:
    found = figures(
        "Dung tích hồ chứa đến ngày 15/6/2023 đạt 2,35 triệu m³, bằng 61,4% dung tích thiết kế; trồng 40 ha."
    )
    assert [(f.indicator, period_label(f.period) if f.period else "", f.role) for f in found] == [
        ("Dung tích hồ chứa", "ngày 15/6/2023", FigureRole.LEVEL),
        ("Dung tích hồ chứa", "ngày 15/6/2023", FigureRole.LEVEL),
        ("trồng", "quý II/2023", FigureRole.LEVEL),
    ]
    assert found[1].base == "dung tích thiết kế"
    [stretch] = figures("Mưa kéo dài từ ngày 14 đến ngày 22/6/2023 làm ngập 38 ha.")
    assert stretch.period == QUARTER


def test_a_plan_in_brackets_is_a_target_of_its_base() -> None:
    found = figures("Cấp 84 giấy phép, đạt 21% kế hoạch (400 giấy), đạt 24% dự toán HĐND huyện giao (520 tỷ đồng).")
    assert [(f.text, f.role, f.base) for f in found if f.role is FigureRole.TARGET] == [
        ("400 giấy", FigureRole.TARGET, "kế hoạch"),
        ("520 tỷ đồng", FigureRole.TARGET, "dự toán HĐND huyện giao"),
    ]


def test_what_is_done_after_a_target_is_none() -> None:
    found = figures("Đặt mục tiêu hỗ trợ 31 nhà ở; đã khởi công 12/31 nhà.")
    assert [f.role for f in found] == [FigureRole.TARGET, FigureRole.LEVEL]


def test_what_follows_a_count_says_which_are_counted() -> None:
    check(
        "Có 06/11 xã đạt chuẩn nâng cao, 07 sản phẩm 4 sao; 46 người đi làm việc ở nước ngoài.",
        [
            ("06/11 xã", "6", FigureRole.LEVEL, "xã đạt chuẩn nâng cao"),
            ("07 sản phẩm", "7", FigureRole.LEVEL, "sản phẩm 4 sao"),
            ("46 người", "46", FigureRole.LEVEL, "người đi làm việc ở nước ngoài"),
        ],
    )


def test_lines_joined_without_a_stop_keep_their_labels() -> None:
    check(
        "Diện tích lúa: 1.763 ha Sản lượng thóc: 6.012 tấn • Ngô: 161 ha - Sắn: 40 ha",
        [
            ("1.763 ha", "1763", FigureRole.LEVEL, "Diện tích lúa"),
            ("6.012 tấn", "6012", FigureRole.LEVEL, "Sản lượng thóc"),
            ("161 ha", "161", FigureRole.LEVEL, "Ngô"),
            ("40 ha", "40", FigureRole.LEVEL, "Sắn"),
        ],
    )


@settings(deadline=None, max_examples=150)
@given(
    st.lists(
        st.sampled_from(
            ["đạt 95,2% kế hoạch", "12 vụ", "(tăng 3 vụ", ")", ";", ",", ".", "tháng 3 là", "1.250,5 tỷ đồng", "*",
             "\n", "16/24 công trình", "27 tỷ 781 triệu đồng", "xã Đông Hải:", "so với cùng kỳ năm 2022", "từ 7,5-8%"]
        ),
        max_size=14,
    )
)  # fmt: skip
def test_spans_read_back_whatever_the_text(parts: list[str]) -> None:
    text = " ".join(parts)
    found = figures(text)
    assert [f.span for f in found] == sorted(f.span for f in found)
    assert all(not any(ch.isdigit() for ch in f.indicator) for f in found)


def test_a_base_ends_where_the_next_subject_begins() -> None:
    check(
        "Lúa nương đã gieo 310 ha, giảm 4,5% so với cùng kỳ và lúa rẫy đã gieo 90 ha, đạt 104% kế hoạch.",
        [
            ("310 ha", "310", FigureRole.LEVEL, "Lúa nương đã gieo"),
            ("4,5%", "-4.5", FigureRole.CHANGE, "Lúa nương đã gieo"),
            ("90 ha", "90", FigureRole.LEVEL, "lúa rẫy đã gieo"),
            ("104%", "104", FigureRole.PLAN_RATIO, "lúa rẫy đã gieo"),
        ],
    )


def test_a_range_behind_a_labelling_word_is_counted() -> None:
    check(
        "Dự kiến phục vụ 3 - 4 triệu lượt khách tham quan.",
        [("3 - 4 triệu lượt khách", "3", FigureRole.LEVEL, "Dự kiến phục vụ lượt khách tham quan")],
    )


def test_points_of_a_list_in_one_sentence_have_their_own_subjects() -> None:
    check(
        "Theo nguồn: a) Vốn xổ số 52,190 tỷ đồng, đạt 66,4%; b) Vốn hỗ trợ có mục tiêu 16,2 tỷ đồng, đạt 47%.",
        [
            ("52,190 tỷ đồng", "52.190", FigureRole.LEVEL, "Theo nguồn, Vốn xổ số"),
            ("66,4%", "66.4", FigureRole.LEVEL, "Theo nguồn, Vốn xổ số"),
            ("16,2 tỷ đồng", "16.2", FigureRole.LEVEL, "Vốn hỗ trợ có mục tiêu"),
            ("47%", "47", FigureRole.LEVEL, "Vốn hỗ trợ có mục tiêu"),
        ],
    )


def test_of_a_long_run_of_tasks_only_the_last_is_what_the_number_is_of() -> None:
    check(
        "Phân công từng đồng chí lãnh đạo trực tiếp theo dõi, đôn đốc các công trình trọng điểm và các chương trình lớn"
        " của tỉnh, quyết tâm nghiệm thu 90% khối lượng.",
        [("90%", "90", FigureRole.TARGET, "quyết tâm nghiệm thu khối lượng")],
    )


def test_what_is_counted_in_the_first_place_is_counted_in_the_next() -> None:
    text = "Đàn dê ở xã Đồi Cam đông nhất với 90 con, tiếp đến là xã Đồi Sim 40 con; ít nhất là xã Suối Lạ với 12 con."
    assert [(f.indicator, f.place) for f in figures(text)[1:]] == [
        ("Đàn dê, xã Đồi Sim", "xã Đồi Sim"),
        ("Đàn dê, xã Suối Lạ", "xã Suối Lạ"),
    ]
    text = "Xã Đồi Cam có diện tích chè lớn nhất với 90 ha, tiếp đến là xã Đồi Sim 40 ha và xã Suối Lạ 12 ha."
    assert [f.indicator for f in figures(text)[1:]] == ["diện tích chè, xã Đồi Sim", "diện tích chè, xã Suối Lạ"]
