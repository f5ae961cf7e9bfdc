"""Word tables: which only place text, joined cells, nested tables."""

from __future__ import annotations

from ingest.domain import Report
from ingest.parse.read import read_report
from tests.ingest.parse.word_files import cell, docx, para, run, table

BOLD, CENTRE = "<w:b/>", '<w:jc w:val="center"/>'
TITLE = para(run("BÁO CÁO", BOLD), settings=CENTRE) + para(run("Tình hình tháng 4 năm 2023", BOLD), settings=CENTRE)
AGENCY = para("ỦY BAN NHÂN DÂN") + para(run("HUYỆN VÂN TRẠCH", BOLD))
NATION = para("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") + para("Độc lập - Tự do - Hạnh phúc")
TOP, BELOW = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def span(count: int) -> str:
    return f'<w:gridSpan w:val="{count}"/>'


def report(body: str) -> Report:
    return read_report(docx(body), name="a.docx")


def cells(found: Report, number: int = 0) -> list[list[str]]:
    return [[c.of(found.text) for c in row.cells] for row in found.tables[number].rows]


def test_a_head_of_three_columns_with_joined_cells_and_a_table_inside() -> None:
    inner = table(cell("Số: 12/BC-UBND"))
    head = table(
        cell(AGENCY, span(2)) + cell("") + cell(NATION),
        cell(inner) + cell("", span(2)) + cell("Vân Trạch, ngày 02 tháng 5 năm 2023"),
    )
    found = report(head + TITLE + para("I. KẾT QUẢ") + para("Tốt."))
    meta = found.meta
    assert (meta.issuer, meta.number) == ("ỦY BAN NHÂN DÂN HUYỆN VÂN TRẠCH", "12/BC-UBND")
    assert (meta.issued_at, meta.title) == ("Vân Trạch", "Tình hình tháng 4 năm 2023") and not found.tables


def test_a_signature_of_three_columns() -> None:
    signer = cell("NGƯỜI LẬP BIỂU") + cell("TRƯỞNG PHÒNG") + cell(para("CHỦ TỊCH") + para("Lê Văn Khởi"))
    found = report(TITLE + para("I. KẾT QUẢ") + para("Tốt.") + table(signer))
    assert not found.tables and "Lê Văn Khởi" in found.text


def test_a_frame_around_the_whole_report_is_no_header() -> None:
    body = TITLE + para("I. KẾT QUẢ") + para("Tốt. " * 700) + para("II. NHIỆM VỤ") + para("Làm.")
    found = report(table(cell(body)))
    assert [section.marker for section in found.sections if section.marker] == ["I.", "II."]


def test_labels_joined_over_rows_count_for_each_and_amounts_only_once() -> None:
    rows = (
        cell("Cây") + cell("Mục", "") + cell("Năm 2020", span(2)),
        cell("") + cell("") + cell("Kế hoạch") + cell("Thực hiện"),
        cell("Lúa", TOP) + cell("Diện tích") + cell("10") + cell("11"),
        cell("", BELOW) + cell("Sản lượng") + cell("60") + cell("66"),
        cell("Cộng chung", span(2)) + cell("70") + cell("77"),
    )
    found = report(para("I. SỐ LIỆU") + table(*rows, head=2))
    assert found.tables[0].columns == ("Cây", "Mục", "Năm 2020 / Kế hoạch", "Năm 2020 / Thực hiện")
    assert cells(found) == [
        ["Lúa", "Diện tích", "10", "11"],
        ["Lúa", "Sản lượng", "60", "66"],
        ["Cộng chung", "", "70", "77"],
    ]
    assert found.text.count("Lúa") == 1


def test_two_data_tables_side_by_side_in_a_frame_stay_tables() -> None:
    left = table(cell("Tên") + cell("Số"), cell("Bò") + cell("5"), cell("Dê") + cell("6"))
    right = table(cell("Cây") + cell("Lượng"), cell("Lúa") + cell("7"), cell("Ngô") + cell("8"))
    found = report(para("I. SỐ LIỆU") + table(cell(left) + cell(right)))
    assert [cells(found, n) for n in (0, 1)] == [[["Bò", "5"], ["Dê", "6"]], [["Lúa", "7"], ["Ngô", "8"]]]


def test_a_table_in_a_cell_of_a_table_is_told() -> None:
    inner = table(cell("Xã A") + cell("3"), cell("Xã B") + cell("2"))
    found = report(table(cell("Tên") + cell("Số") + cell("Gồm"), cell("Bò") + cell("5") + cell(inner)))
    assert cells(found) == [["Bò", "5", "Xã A 3 Xã B 2"]]
    assert [issue.code for issue in found.issues] == ["nested-table"]


def test_rows_and_cells_in_content_controls() -> None:
    row = "<w:sdt><w:sdtContent><w:tr>" + cell("Bò") + cell("5") + cell("x") + "</w:tr></w:sdtContent></w:sdt>"
    one = "<w:sdt><w:sdtContent>" + cell("6") + "</w:sdtContent></w:sdt>"
    body = table(cell("Tên") + cell("Số") + cell("Ghi"), cell("Dê") + one + cell("y")).replace(
        "</w:tbl>", row + "</w:tbl>"
    )
    assert cells(report(body)) == [["Dê", "6", "y"], ["Bò", "5", "x"]]
