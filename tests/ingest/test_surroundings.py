from ingest.chunk import make_passages
from ingest.domain import Figure, FigureRole, Report
from ingest.figures import report_figures
from ingest.parse.read import read_report
from ingest.surroundings import named_place, period_above, place_above, short_period, year_spoken_of
from ingest.vi.periods import period_label

PLAN = """KẾ HOẠCH SẢN XUẤT CỦA HUYỆN VÂN TRẠCH NĂM 2031

I. TRỒNG TRỌT NĂM 2031

Lúa mùa: 1.310,50 ha
Năng suất bình quân: 51,20 tạ/ha
Ngô: 96,00 ha, năng suất 40,10 tạ/ha

II. THEO ĐỊA BÀN NĂM 2031
1. Xã Mỹ Lâm
• Lúa mùa: 210,00 ha - 1.070,00 tấn
• Chăn nuôi: Trâu: 320, Bò: 411
2. Xã An Phước
• Lúa mùa: 105,00 ha

III. GIÁO DỤC NĂM HỌC 2031-2032
- Tỷ lệ đi học đúng độ tuổi:
- Tiểu học: 99,5%
- Mầm non: 91%
- Tổng số lớp: 412 lớp
"""


def read_all(text: str) -> tuple[Report, list[Figure]]:
    report = read_report(text.encode(), name="mau.txt")
    passages = make_passages(report, key="key")
    found = report_figures(report, passages)
    return report, [figure for passage in passages for figure in found[passage.id]]


def test_each_line_of_a_list_is_read_by_itself() -> None:
    _, figures = read_all(PLAN)
    assert [(f.text, f.indicator) for f in figures][:4] == [
        ("1.310,50 ha", "Lúa mùa"),
        ("51,20 tạ/ha", "Lúa mùa, Năng suất bình quân"),
        ("96,00 ha", "Ngô"),
        ("40,10 tạ/ha", "Ngô, năng suất"),
    ]
    assert ("411", "Chăn nuôi, Bò") in [(f.text, f.indicator) for f in figures]


def test_a_heading_that_is_a_place_places_its_figures() -> None:
    _, figures = read_all(PLAN)
    places = {f.text: f.place for f in figures}
    assert (places["210,00 ha"], places["320"], places["105,00 ha"]) == ("xã Mỹ Lâm", "xã Mỹ Lâm", "xã An Phước")
    assert places["96,00 ha"] == "huyện Vân Trạch"


def test_lines_hang_on_the_line_with_the_colon() -> None:
    _, figures = read_all(PLAN)
    told = {f.text: f.indicator for f in figures}
    assert told["99,5%"] == "Tỷ lệ đi học đúng độ tuổi, Tiểu học"
    assert told["91%"] == "Tỷ lệ đi học đúng độ tuổi, Mầm non"
    assert told["412 lớp"] == "Tổng số lớp"


def test_headings_give_the_period_where_no_title_does() -> None:
    report, figures = read_all(PLAN)
    assert report.meta.period is not None
    assert period_label(report.meta.period) == "năm 2031"
    assert year_spoken_of(report) == 2031
    span = report.meta.spans["period"]
    assert span.of(report.text) == "NĂM 2031"
    periods = {f.text: period_label(f.period) for f in figures if f.period}
    assert (periods["51,20 tạ/ha"], periods["91%"]) == ("năm 2031", "giai đoạn 2031-2032")


def test_what_is_above_the_root_is_the_report_itself() -> None:
    report, _ = read_all(PLAN)
    assert period_above(report, None) == report.meta.period
    assert place_above(report, None) == report.meta.area


def test_a_title_that_is_a_place() -> None:
    assert named_place("Xã Mỹ Lâm") == "xã Mỹ Lâm"
    assert named_place("UBND xã An Phước") == "xã An Phước"
    assert named_place("Đường giao thông xã Mỹ Lâm") is None
    assert named_place("") is None


def test_a_sentence_goes_on_with_the_year_across_passages() -> None:
    long = " ".join(f"Mô hình thứ {word} được duy trì ổn định." for word in ("một", "hai", "ba", "bốn") * 20)
    _, figures = read_all(f"Năm 2031, huyện Vân Trạch thu 41 tỷ đồng. {long} Đàn bò hiện có 310 con.\n")
    assert [(f.text, period_label(f.period)) for f in figures if f.period] == [
        ("41 tỷ đồng", "năm 2031"),
        ("310 con", "năm 2031"),
    ]


AIMS = """BÁO CÁO
Tình hình kinh tế - xã hội quý II năm 2031 huyện Vân Trạch

I. KẾT QUẢ THỰC HIỆN

1. Các chỉ tiêu kinh tế: Thu ngân sách 41 tỷ đồng.

II. PHƯƠNG HƯỚNG, NHIỆM VỤ QUÝ III

Trồng mới 52 ha rừng. Đàn bò hiện có 310 con, cả quý tăng thêm 15 con.
"""


def test_what_lies_ahead_is_an_aim_but_not_what_is_there_already() -> None:
    _, figures = read_all(AIMS)
    roles = {f.text: f.role for f in figures}
    assert roles["52 ha"] is FigureRole.TARGET
    assert roles["310 con"] is FigureRole.LEVEL


def test_the_month_in_the_title_is_the_last_of_the_months_so_far() -> None:
    def short(title: str) -> str:
        period = short_period(read_report(f"BÁO CÁO\n\n{title}\n\nI. KẾT QUẢ\n\nThu phí.".encode(), name="mau.txt"))
        return period_label(period) if period else ""

    assert short("Tình hình thu phí tháng 8 và 8 tháng đầu năm 2031; nhiệm vụ tháng 9") == "tháng 8/2031"
    assert short("Tình hình thu phí quý III và 9 tháng đầu năm 2031") == "quý III/2031"
    assert short("Tình hình thu phí 8 tháng đầu năm 2031; nhiệm vụ tháng 9") == ""
    assert short("Tình hình thu phí tháng 8 năm 2031") == ""
