"""Made-up tables in Word files."""

from __future__ import annotations

from tests.ingest.made_tables import BELOW, TOP, Expected, Made, across, number, over, row, word
from tests.ingest.parse.word_files import cell, mark, notes, para, table


def _two_levels() -> Made:
    rows = [
        cell("STT", TOP) + cell("Chỉ tiêu", TOP) + cell("Năm 2019", over(2)) + cell("Năm 2020", over(2)),
        cell("", BELOW) + cell("", BELOW) + row("Kế hoạch", "Thực hiện", "Kế hoạch", "Thực hiện"),
        row("(1)", "(2)", "(3)", "(4)", "(5)", "(6)"),
        row("1", "Thu phí chợ", "1.210", "1.234", "1.300", "1.345"),
        row("2", "Thu thuế đất", "2.410", "2.502,5", "2.600", "0,00"),
        row("", "Tổng cộng", "3.620", "3.736,5", "3.900", "-"),
    ]
    data = word(para("Bảng 1. Thu ngân sách"), para("Đơn vị tính: triệu đồng"), table(*rows))
    years = ["năm 2019", "năm 2019", "năm 2020", "năm 2020"]
    units = ["triệu đồng"] * 4
    cells = [
        *across("Thu phí chợ", ["1.210", "1.234", "1.300", "1.345"], units, years),
        *across("Thu thuế đất", ["2.410", "2.502,5", "2.600", "0,00"], units, years),
        *across("Tổng cộng", ["3.620", "3.736,5", "3.900", "-"], units, years, words=("cộng",)),
    ]
    return Made("two-level heads, unit line, index row", "hai-tang.docx", data, tuple(cells))


def _joined_labels() -> Made:
    rows = [row("Cây trồng", "Nội dung", "ĐVT", "Năm 2018", "Năm 2019", "Năm 2020")]
    cells: list[Expected] = []
    crops = {
        "Lúa": [("1.101", "1.102", "1.103"), ("52,1", "52,2", "52,3"), ("5.736", "5.752", "5.769")],
        "Ngô": [("401", "402", "403"), ("41,1", "41,2", "41,3"), ("1.648", "1.656", "1.664")],
    }
    measures = [("Diện tích", "ha"), ("Năng suất", "tạ/ha"), ("Sản lượng", "tấn")]
    for crop, amounts in crops.items():
        for at, ((measure, unit), texts) in enumerate(zip(measures, amounts, strict=True)):
            rows.append(cell(crop if not at else "", BELOW if at else TOP) + row(measure, unit, *texts))
            years = ["năm 2018", "năm 2019", "năm 2020"]
            cells += across(measure, texts, [unit] * 3, years, words=(crop, measure))
    return Made("labels joined over rows, unit column", "gop-hang.docx", word(table(*rows, head=1)), tuple(cells))


def _title_inside() -> Made:
    rows = [
        cell("Bảng 3. Giá trị sản xuất nông nghiệp", over(3)),
        cell("Đơn vị tính: tỷ đồng", over(3)),
        row("Lĩnh vực", "Năm 2019", "Năm 2020"),
        row("Trồng trọt", "310,5", "322,7"),
        row("Chăn nuôi", "210,4", "231,9"),
        row("Thủy sản", "58,3", "60,2"),
        row("Tổng số", "579,2", "614,8"),
    ]
    years = ["năm 2019", "năm 2020"]
    cells = [
        *across("Trồng trọt", ["310,5", "322,7"], ["tỷ đồng"] * 2, years),
        *across("Chăn nuôi", ["210,4", "231,9"], ["tỷ đồng"] * 2, years),
        *across("Thủy sản", ["58,3", "60,2"], ["tỷ đồng"] * 2, years),
        *across("Tổng số", ["579,2", "614,8"], ["tỷ đồng"] * 2, years, words=("Giá trị sản xuất nông nghiệp",)),
    ]
    return Made("title and unit line inside the table", "tieu-de-trong.docx", word(table(*rows)), tuple(cells))


def _three_levels() -> Made:
    rows = [
        cell("Xã", TOP) + cell("Năm 2020", over(4)),
        cell("", BELOW) + cell("Thu ngân sách", over(2)) + cell("Giải ngân vốn", over(2)),
        cell("", BELOW) + row("Số tiền (triệu đồng)", "So kế hoạch (%)", "Số tiền (tỷ đồng)", "Tỷ lệ (%)"),
        row("Xã Bản Mới", "1.411", "101,2", "12,41", "91,7"),
        row("Xã Tân Lập", "1.522", "102,3", "13,52", "92,8"),
        row("Xã Suối Lớn", "1.633", "103,4", "14,63", "93,9"),
    ]
    units = ["triệu đồng", "%", "tỷ đồng", "%"]
    names = [("thu ngân sách",), ("thu ngân sách",), ("giải ngân",), ("giải ngân",)]
    cells = []
    for place, texts in (
        ("xã Bản Mới", ["1.411", "101,2", "12,41", "91,7"]),
        ("xã Tân Lập", ["1.522", "102,3", "13,52", "92,8"]),
        ("xã Suối Lớn", ["1.633", "103,4", "14,63", "93,9"]),
    ):
        for text, unit, words in zip(texts, units, names, strict=True):
            cells.append(Expected(text, number(text), unit, "năm 2020", words, place))
    return Made("three-level heads, units in heads, places in rows", "ba-tang.docx", word(table(*rows)), tuple(cells))


def _places_in_heads() -> Made:
    rows = [
        cell("Chỉ tiêu", TOP) + cell("Đơn vị tính", TOP) + cell("Chia theo xã", over(3)),
        cell("", BELOW) + cell("", BELOW) + row("Bản Mới", "Tân Lập", "Xã Suối Lớn"),
        row("Đàn bò", "con", "518", "528", "538"),
        row("Rừng trồng", "ha", "61,8", "62,8", "63,8"),
        row("Số hộ", "hộ", "1.718", "1.728", "1.738"),
    ]
    cells = [
        Expected(text, number(text), unit, "năm 2020", (label,), place)
        for label, unit, texts in (
            ("Đàn bò", "con", ["518", "528", "538"]),
            ("Rừng trồng", "ha", ["61,8", "62,8", "63,8"]),
            ("Số hộ", "hộ", ["1.718", "1.728", "1.738"]),
        )
        for text, place in zip(texts, ["xã Bản Mới", "xã Tân Lập", "xã Suối Lớn"], strict=True)
    ]
    return Made("places in the heads", "xa-o-cot.docx", word(table(*rows)), tuple(cells))


def _corrected() -> Made:
    parts = {
        "footnotes.xml": notes(
            "footnote", {1: "Đã điều chỉnh theo kiểm kê.", 2: "Số ước tính.", 3: "Số đúng là 2.399 tấn."}
        )
    }
    rows = [
        cell("Sản phẩm", TOP) + cell("Năm 2019", over(2)) + cell(para("Năm 2020", mark(2)), over(2)),
        cell("", BELOW) + row("Sản lượng (tấn)", "Giá trị (tỷ đồng)", "Sản lượng (tấn)", "Giá trị (tỷ đồng)"),
        cell(para("Chè búp", mark(1))) + row("2.119", "21,9", "2.219", "22,9"),
        row("Cà phê", "2.129", "23,9") + cell(para("2.329", mark(3))) + cell("24,9"),
        row("Hồ tiêu", "219", "25,9", "229", "26,9"),
    ]
    years = ["năm 2019", "năm 2019", "năm 2020", "năm 2020"]
    units = ["tấn", "tỷ đồng", "tấn", "tỷ đồng"]
    cells = [
        *across("Chè búp", ["2.119", "21,9"], units[:2], years[:2], note="2"),
        *across("Chè búp", ["2.219", "22,9"], units[2:], years[2:], note="1"),
        *across("Cà phê", ["2.129", "23,9"], units[:2], years[:2]),
        *across("Cà phê", ["2.329"], ["tấn"], ["năm 2020"], note="3"),
        *across("Cà phê", ["24,9"], ["tỷ đồng"], ["năm 2020"], note="1"),
        *across("Hồ tiêu", ["219", "25,9"], units[:2], years[:2]),
        *across("Hồ tiêu", ["229", "26,9"], units[2:], years[2:], note="1"),
    ]
    body = table(*rows) + para("Bảng 10. Sản phẩm chủ lực")
    return Made(
        "Word notes on label, head and cell; title below", "chu-thich.docx", word(body, parts=parts), tuple(cells)
    )


def _broken() -> Made:
    head = row("TT", "Nội dung", "Đơn vị", "Năm 2019", "Năm 2020")
    rows = [
        head,
        row("1", "Đường nhựa", "km", "121,6", "122,6"),
        row("2", "Kênh mương", "km", "81,6", "82,6"),
        head,
        row("3", "Cầu bản", "cái", "316", "326"),
        row("4", "Nhà văn hóa", "nhà", "216", "226"),
    ]
    years = ["năm 2019", "năm 2020"]
    cells: list[Expected] = []
    for label, unit, texts in (
        ("Đường nhựa", "km", ["121,6", "122,6"]),
        ("Kênh mương", "km", ["81,6", "82,6"]),
        ("Cầu bản", "cái", ["316", "326"]),
        ("Nhà văn hóa", "nhà", ["216", "226"]),
    ):
        cells += across(label, texts, [unit] * 2, years)
    return Made("heads repeated where a page ended", "qua-trang.docx", word(table(*rows)), tuple(cells))


def word_tables() -> tuple[Made, ...]:
    """Return every one of them."""
    return (
        _two_levels(),
        _joined_labels(),
        _title_inside(),
        _three_levels(),
        _places_in_heads(),
        _corrected(),
        _broken(),
    )
