from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from ingest.chunk import make_passages
from ingest.domain import Figure, FigureRole, Report, Span
from ingest.figures import report_figures
from ingest.parse.read import read_report
from ingest.vi.periods import period_label

REPORTS = Path(__file__).parents[2].parent / "shared" / "reports"
TABLE = """BÁO CÁO
Tình hình kinh tế - xã hội quý II năm 2023 huyện Mẫu

I. KẾT QUẢ THỰC HIỆN

Kết quả như sau[1]:

| STT | Chỉ tiêu | ĐVT | Kế hoạch năm 2023 | Thực hiện quý II | % so với kế hoạch | % so với cùng kỳ |
|---|---|---|---|---|---|---|
| 1 | Đàn dê | con | 1.300 | 1.215 | 93,5 | 98,7 |
|  | - Dê sữa | con | - | 215 |  | 101,2 |
| 2 | Thu phí | tỷ đồng | 12,500 | 6,250 | 50,0 | 104,1 |

1. Trồng trọt

Lúa mùa năm 2022 đạt 3.120 ha. Diện tích ngô 412 ha[2].

[1] Đến ngày 15/6/2023 đã kiểm kê 14 hộ.
[2] Xã Đông Hải: 210 ha.
"""


def read_all(data: bytes, name: str) -> tuple[Report, list[Figure]]:
    report = read_report(data, name=name)
    passages = make_passages(report, key="key")
    found = report_figures(report, passages)
    assert set(found) == {passage.id for passage in passages}
    figures = [figure for passage in passages for figure in found[passage.id]]
    for figure in figures:
        assert figure.span.of(report.text) == figure.text
        assert figure.sentence.covers(figure.span)
        assert figure.clause.covers(figure.span)
        assert figure.indicator
    return report, figures


def shared(name: str) -> tuple[Report, list[Figure]]:
    path = REPORTS / name
    if not path.exists():
        pytest.skip(f"no {name} in ../shared/reports")
    return read_all(path.read_bytes(), name)


def test_table_cells_take_row_and_column() -> None:
    _, figures = read_all(TABLE.encode(), "mau.md")
    rows = [f for f in figures if f.indicator in ("Đàn dê", "Đàn dê, Dê sữa", "Thu phí")]
    assert [(f.text, f.unit, f.role, f.base, period_label(f.period) if f.period else "") for f in rows[:4]] == [
        ("1.300", "con", FigureRole.TARGET, "", "năm 2023"),
        ("1.215", "con", FigureRole.LEVEL, "", "quý II/2023"),
        ("93,5", "%", FigureRole.PLAN_RATIO, "kế hoạch", "quý II/2023"),
        ("98,7", "%", FigureRole.YOY_RATIO, "cùng kỳ", "quý II/2023"),
    ]
    assert [(f.indicator, f.text) for f in rows[4:6]] == [("Đàn dê, Dê sữa", "215"), ("Đàn dê, Dê sữa", "101,2")]
    assert (rows[6].value, rows[6].unit) == (Decimal("12.500"), "tỷ đồng")


def test_notes_and_paragraphs_of_the_same_report() -> None:
    _, figures = read_all(TABLE.encode(), "mau.md")
    told = {f.text: f for f in figures}
    assert told["3.120 ha"].indicator == "Lúa mùa"
    assert told["412 ha"].indicator == "Diện tích ngô"
    assert told["210 ha"].place == "xã Đông Hải"
    assert told["14 hộ"].role is FigureRole.LEVEL


ANNEX = """BÁO CÁO
Tình hình quý II năm 2023 huyện Mẫu

Phụ lục
THU PHÍ QUÝ II NĂM 2023
Đơn vị tính: triệu đồng

| STT | Đơn vị | Dự toán năm 2023 | TH quý II năm 2023 / Giá trị | TH quý II năm 2023 / So với dự toán (%) |~
 So với cùng kỳ năm 2022 (%) | KH 2024 (%) |
|---|---|---|---|---|---|---|
|  | Tổng số | 900 | 450 | 50,0 | 101,5 | 104,0 |
|  | Trong đó: |  |  |  |  |  |
|  | - Phí chợ | 300 | 120 | 40,0 | 99,1 | 103,0 |
| 1 | Xã Đông Hải | 600 | 330 | 55,0 | 102,4 | 105,0 |
""".replace("~\n", "")


def test_an_annex_by_place() -> None:
    _, figures = read_all(ANNEX.encode(), "mau.md")
    by_text = {f.text: f for f in figures}
    assert [by_text[text].role for text in ("600", "330", "55,0", "102,4", "105,0")] == [
        FigureRole.TARGET, FigureRole.LEVEL, FigureRole.PLAN_RATIO, FigureRole.YOY_RATIO, FigureRole.TARGET
    ]  # fmt: skip
    assert {by_text[text].place for text in ("600", "330", "55,0")} == {"xã Đông Hải"}
    assert (by_text["102,4"].base, by_text["55,0"].base) == ("cùng kỳ năm 2022", "dự toán")
    assert by_text["120"].indicator.endswith("Tổng số, Phí chợ")
    assert (by_text["330"].unit, by_text["55,0"].unit) == ("triệu đồng", "%")


def test_every_shared_report_reads_back() -> None:
    paths = sorted(REPORTS.glob("*-*"))
    if not paths:
        pytest.skip("no ../shared/reports")
    counts = {path.name: len(read_all(path.read_bytes(), path.name)[1]) for path in paths}
    assert sum(counts.values()) >= 1_500
    assert sum(1 for count in counts.values() if count >= 15) >= 10


@pytest.mark.parametrize(
    ("text", "role", "value", "period", "place"),
    [
        ("502 con", FigureRole.LEVEL, "502", "quý I/2024", "huyện Kiến Thụy"),
        ("127,7%", FigureRole.PLAN_RATIO, "127.7", "quý I/2024", "huyện Kiến Thụy"),
        ("102,8%", FigureRole.YOY_RATIO, "102.8", "quý I/2024", "huyện Kiến Thụy"),
        ("58,878 tỷ đồng", FigureRole.LEVEL, "58.878", "tháng 3/2024", "huyện Kiến Thụy"),
        ("123,643 tỷ đồng", FigureRole.LEVEL, "123.643", "3 tháng đầu năm 2024", "huyện Kiến Thụy"),
        ("28,4%", FigureRole.PLAN_RATIO, "28.4", "3 tháng đầu năm 2024", "huyện Kiến Thụy"),
        ("16/24 công trình", FigureRole.PROGRESS, "16", "quý I/2024", "xã Du Lễ"),
        ("8.128m³", FigureRole.LEVEL, "8128", "3 tháng đầu năm 2024", "huyện Kiến Thụy"),
        ("18 vụ", FigureRole.LEVEL, "18", "quý I/2024", "huyện Kiến Thụy"),
        ("11 vụ", FigureRole.CHANGE, "11", "quý I/2024", "huyện Kiến Thụy"),
        ("92 người", FigureRole.CHANGE, "-92", "quý I/2024", "huyện Kiến Thụy"),
        ("1.557.000 liều", FigureRole.LEVEL, "1557000", "quý I/2024", "huyện Kiến Thụy"),
        ("34,257 tỷ đồng", FigureRole.CHANGE, "34.257", "quý I/2024", "xã Thanh Sơn"),
        ("1,56%", FigureRole.TARGET, "1.56", "quý I/2024", "huyện Kiến Thụy"),
    ],
)
def test_the_reference_report(text: str, role: FigureRole, value: str, period: str, place: str) -> None:
    _, figures = shared("kien-thuy-2024-quy-1.txt")
    figure = next(f for f in figures if f.text == text)
    assert figure.period is not None
    assert (figure.role, figure.value, period_label(figure.period), figure.place) == (
        role,
        Decimal(value),
        period,
        place,
    )


def test_the_reference_report_has_no_names_among_its_figures() -> None:
    report, figures = shared("kien-thuy-2024-quy-1.txt")
    assert 175 <= len(figures) <= 210
    for digits in ("1/500", "1/2000", "141/KH-UBND", "52/2019/NQ-HĐND", "TL 354", "ĐH 405", "Km9+500", "lớp 4"):
        at = report.text.index(digits)
        assert not [f for f in figures if f.span.start < at + len(digits) and at < f.span.end]


def test_compound_money_and_two_plan_bases() -> None:
    _, figures = shared("binhduong-2019-kinh-te-wiki.md")
    export = next(f for f in figures if f.value == Decimal("27.781"))
    assert (export.unit, export.indicator, export.hedge) == ("tỷ USD", "Kim ngạch xuất khẩu", "ước")
    _, figures = shared("vpcp-2025-11-thong-bao-623-dak-lak-10-thang.md")
    bases = {f.text: f.base for f in figures if f.role is FigureRole.PLAN_RATIO}
    assert (bases["104,24%"], bases["85,63%"]) == ("dự toán Trung ương giao", "dự toán tỉnh giao")


def test_dotted_decimals_of_a_spreadsheet_table() -> None:
    _, figures = shared("lamdong-huyen-da-huoai-2015-2025-bang-tham-dinh.md")
    first = next(f for f in figures if f.text == "2248.2")
    assert (first.value, period_label(first.period) if first.period else "") == (Decimal("2248.2"), "năm 2018")


ANNEXES = """BÁO CÁO
Tình hình kinh tế - xã hội 9 tháng đầu năm 2031 huyện Vân Trạch

I. KẾT QUẢ THỰC HIỆN

Kết quả gieo trồng như sau:

Đơn vị tính: ha, tạ/ha, tấn

| Cây trồng | Diện tích KH | Diện tích thực hiện | Năng suất | Sản lượng |
|---|---|---|---|---|
| Ngô cả năm | 1.150 | 1.162 | 58,4 | 6.786 |
| Tổng cộng | 1.150 | 1.162 | - | 6.786 |

II. NHIỆM VỤ 3 THÁNG CUỐI NĂM

1. Về sản xuất: Gieo trồng 780 ha cây vụ đông.

Phụ lục
KẾT QUẢ MỘT SỐ CHỈ TIÊU THEO XÃ

1. Xã Bản Mới: 2.148 hộ; hộ nghèo 61; trồng rừng 12,4 ha.
2. Xã Tân Lập: 1.236 hộ; hộ nghèo 148; trồng rừng 38,5 ha.
Cộng toàn huyện: 3.384 hộ; hộ nghèo 209; trồng rừng 50,9 ha.
"""


def test_an_annex_behind_the_tasks_reports_results_place_by_place() -> None:
    _, figures = read_all(ANNEXES.encode(), "phu-luc.txt")
    rows = [f for f in figures if f.text in ("148", "38,5 ha", "209", "2.148 hộ")]
    assert {(f.text, f.place) for f in rows} == {
        ("2.148 hộ", "xã Bản Mới"),
        ("148", "xã Tân Lập"),
        ("38,5 ha", "xã Tân Lập"),
        ("209", "huyện Vân Trạch"),
    }
    assert {(f.role, period_label(f.period) if f.period else "") for f in rows} == {
        (FigureRole.LEVEL, "9 tháng đầu năm 2031")
    }


def test_a_table_of_several_units_and_its_total_row() -> None:
    _, figures = read_all(ANNEXES.encode(), "phu-luc.txt")
    table = [(f.text, f.unit, f.indicator) for f in figures if f.text in ("1.162", "58,4", "6.786")]
    assert table == [
        ("1.162", "ha", "Ngô cả năm, Diện tích"),
        ("58,4", "tạ/ha", "Ngô cả năm, Năng suất"),
        ("6.786", "tấn", "Ngô cả năm, Sản lượng"),
        ("1.162", "ha", "Tổng cộng, Diện tích"),
        ("6.786", "tấn", "Tổng cộng, Sản lượng"),
    ]


def test_figures_of_doubtful_pieces_say_so() -> None:
    text = "I. KẾT QUẢ\n\nXảy ra 14 vụ cháy, thiệt hại 350 triệu đồng. Trồng mới 120 ha rừng.\n"
    report = read_report(text.encode(), name="quet.txt")
    unclear = text.index("350") + 1
    report = replace(report, doubtful=(Span(0, 3), Span(unclear, unclear + 2)))
    figures = [one for found in report_figures(report, make_passages(report, key="key")).values() for one in found]
    assert {one.text: one.doubtful for one in figures} == {"14 vụ": False, "350 triệu đồng": True, "120 ha": False}
