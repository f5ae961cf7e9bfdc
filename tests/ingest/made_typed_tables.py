"""Made-up tables typed with upright bars."""

from __future__ import annotations

from tests.ingest.made_tables import Expected, Made, across, bars, number, typed


def _groups() -> Made:
    rows = bars(
        ["STT", "Nội dung", "ĐVT", "Thực hiện năm 2019", "Thực hiện năm 2020"],
        ["A", "THU NGÂN SÁCH", "triệu đồng", "91.100", "92.200"],
        ["I", "Thu nội địa", '"', "61.310", "62.420"],
        ["1", "Thuế ngoài quốc doanh", '"', "21.530", "22.640"],
        ["", "Trong đó:", "", "", ""],
        ["", "- Thuế giá trị gia tăng", '"', "11.750", "12.860"],
        ["", "- Thuế tài nguyên", '"', "3.970", "4.080"],
        ["2", "Lệ phí trước bạ", "nt", "1.190", "1.280"],
        ["B", "DÂN SỐ", "", "", ""],
        ["1", "Dân số trung bình", "người", "81.370", "82.460"],
        ["2", "Tỷ lệ hộ nghèo", "%", "5,31", "4,21"],
    )
    years = ["năm 2019", "năm 2020"]
    cells: list[Expected] = []
    for label, unit, texts in (
        ("thu ngân sách", "triệu đồng", ["91.100", "92.200"]),
        ("Thu nội địa", "triệu đồng", ["61.310", "62.420"]),
        ("Thuế ngoài quốc doanh", "triệu đồng", ["21.530", "22.640"]),
        ("Thuế giá trị gia tăng", "triệu đồng", ["11.750", "12.860"]),
        ("Thuế tài nguyên", "triệu đồng", ["3.970", "4.080"]),
        ("Lệ phí trước bạ", "triệu đồng", ["1.190", "1.280"]),
        ("Dân số trung bình", "người", ["81.370", "82.460"]),
        ("Tỷ lệ hộ nghèo", "%", ["5,31", "4,21"]),
    ):
        cells += across(label, texts, [unit] * 2, years)
    return Made("groups A, I, 1, -, 'Trong đó', ditto units", "nhom.md", typed(*rows), tuple(cells))


def _transposed() -> Made:
    rows = bars(
        ["Năm", "Diện tích lúa (ha)", "Sản lượng lúa (tấn)", "Thu nhập bình quân (triệu đồng/người)"],
        ["2017", "1.271", "6.617", "31,7"],
        ["2018", "1.282", "6.628", "32,8"],
        ["2019", "1.293", "6.639", "33,9"],
        ["2020", "1.304", "6.640", "34,1"],
    )
    names, units = ["Diện tích lúa", "Sản lượng lúa", "Thu nhập"], ["ha", "tấn", "triệu đồng/người"]
    cells = [
        Expected(text, number(text), unit, f"năm {year}", (name,))
        for year, texts in {
            2017: ["1.271", "6.617", "31,7"],
            2018: ["1.282", "6.628", "32,8"],
            2019: ["1.293", "6.639", "33,9"],
            2020: ["1.304", "6.640", "34,1"],
        }.items()
        for text, unit, name in zip(texts, units, names, strict=True)
    ]
    return Made("years down the rows", "xoay.md", typed("Bảng 6. Kết quả qua các năm", "", *rows), tuple(cells))


def _beside() -> Made:
    rows = bars(
        ["STT", "Xã", "Số hộ nghèo (hộ)", "STT", "Xã", "Số hộ nghèo (hộ)"],
        ["1", "Bản Mới", "117", "4", "Nà Tông", "147"],
        ["2", "Tân Lập", "127", "5", "Phú Hải", "157"],
        ["3", "Suối Lớn", "137", "6", "Đông Sơn", "167"],
    )
    cells = [
        Expected(text, text, "hộ", "năm 2020", ("hộ nghèo",), f"xã {place}")
        for place, text in (
            ("Bản Mới", "117"), ("Tân Lập", "127"), ("Suối Lớn", "137"),
            ("Nà Tông", "147"), ("Phú Hải", "157"), ("Đông Sơn", "167"),
        )
    ]  # fmt: skip
    return Made("two lists side by side", "hai-ben.md", typed(*rows), tuple(cells))


def _dotted() -> Made:
    rows = bars(
        ["STT", "Chỉ tiêu", "ĐVT", "TH 2019", "ƯTH 2020"],
        ["1", "Giá trị sản xuất nông nghiệp", "tỷ đồng", "642.09", "689.4"],
        ["2", "Giá trị sản xuất công nghiệp", "tỷ đồng", "1.905", "2.118"],
        ["3", "Vốn đầu tư", "tỷ đồng", "73.5", "81.25"],
        ["4", "Thu ngân sách", "tỷ đồng", "48.16", "50.07"],
    )
    years = ["năm 2019", "năm 2020"]
    cells = [
        Expected(text, text, "tỷ đồng", year, (label,))
        for label, texts in (
            ("nông nghiệp", ["642.09", "689.4"]),
            ("công nghiệp", ["1.905", "2.118"]),
            ("Vốn đầu tư", ["73.5", "81.25"]),
            ("Thu ngân sách", ["48.16", "50.07"]),
        )
        for text, year in zip(texts, years, strict=True)
    ]
    return Made("decimals with a dot", "cham.md", typed(*rows), tuple(cells))


def _typed_notes() -> Made:
    rows = bars(
        ["STT", "Chỉ tiêu", "Đơn vị tính", "Kế hoạch 2020", "Thực hiện 2020 (*)"],
        ["1", "Số doanh nghiệp (1)", "doanh nghiệp", "241", "252"],
        ["2", "Số hợp tác xã", "hợp tác xã", "31", "32(2)"],
        ["3", "Lao động có việc làm", "người", "4.410", "4.521"],
    )
    below = [
        "Ghi chú:",
        "(1) Không gồm hộ kinh doanh.",
        "(2) Đã trừ 02 hợp tác xã giải thể.",
        "(*) Số liệu ước đến 31/12.",
    ]
    cells = [
        Expected("241", "241", "doanh nghiệp", "năm 2020", ("doanh nghiệp",), note="(1)"),
        Expected("252", "252", "doanh nghiệp", "năm 2020", ("doanh nghiệp",), note="(*)"),
        Expected("31", "31", "hợp tác xã", "năm 2020", ("hợp tác xã",)),
        Expected("32", "32", "hợp tác xã", "năm 2020", ("hợp tác xã",), note="(2)"),
        Expected("4.410", "4410", "người", "năm 2020", ("Lao động",)),
        Expected("4.521", "4521", "người", "năm 2020", ("Lao động",), note="(*)"),
    ]
    return Made(
        "typed notes below the table", "ghi-chu.md", typed(*rows, "", *below, "", "Đoạn sau bảng."), tuple(cells)
    )


def _captioned() -> Made:
    rows = bars(
        ["Ngành", "Giá trị", "Tỷ trọng (%)"],
        ["Nông nghiệp", "61,13", "51,3"],
        ["Công nghiệp", "31,24", "26,2"],
        ["Dịch vụ", "26,79", "22,5"],
    )
    caption = "Bảng 12. Giá trị sản xuất năm 2018 của xã Nà Tông"
    cells = [
        Expected(text, number(text), unit, "năm 2018", (label,), "xã Nà Tông")
        for label, texts in (
            ("Nông nghiệp", ["61,13", "51,3"]),
            ("Công nghiệp", ["31,24", "26,2"]),
            ("Dịch vụ", ["26,79", "22,5"]),
        )
        for text, unit in zip(texts, ["tỷ đồng", "%"], strict=True)
    ]
    return Made(
        "place, period and unit in the caption",
        "tua-bang.md",
        typed(caption, "(Đơn vị: tỷ đồng)", "", *rows),
        tuple(cells),
    )


def _one_cell_a_line() -> Made:
    rows = [
        ["TT", "Chỉ tiêu", "Đơn vị tính", "Năm 2018", "Năm 2019", "Năm 2020"],
        ["1", "Trường học", "trường", "41", "42", "43"],
        ["2", "Trạm y tế", "trạm", "11", "12", "13"],
        ["3", "Chợ xã", "chợ", "21", "22", "23"],
        ["4", "Nhà máy", "cơ sở", "", "7", "8"],
    ]
    lines = [
        line for one in rows for line in ("|", *("|\n".join(f"{text}\n" for text in one)).split("\n"), "|") if line
    ]
    years = ["năm 2018", "năm 2019", "năm 2020"]
    cells: list[Expected] = []
    for one in rows[1:]:
        cells += across(one[1], one[3:], [one[2]] * 3, years)
    return Made("one cell a line", "moi-o-mot-dong.md", typed(*lines, ""), tuple(cells))


def _shares() -> Made:
    """A measure under several groups without numbers, rates among amounts, an English export's thousands."""
    rows = bars(
        ["Chỉ tiêu", "2019", "2020"],
        ["Lúa mùa", "", ""],
        ["Diện tích (ha)", "1,117.5", "1,127.5"],
        ["Sản lượng (tấn)", "5,117.25", "5,127.25"],
        ["Cây sắn", "", ""],
        ["Diện tích (ha)", "317.5", "327.5"],
        ["Sản lượng (tấn)", "2,417", "2,427"],
        ["Tỷ lệ cơ giới hóa", "61.7", "62.7"],
    )
    cells = [
        Expected(text, text.replace(",", ""), unit, year, words)
        for words, unit, texts in (
            (("Lúa mùa", "Diện tích"), "ha", ["1,117.5", "1,127.5"]),
            (("Lúa mùa", "Sản lượng"), "tấn", ["5,117.25", "5,127.25"]),
            (("Cây sắn", "Diện tích"), "ha", ["317.5", "327.5"]),
            (("Cây sắn", "Sản lượng"), "tấn", ["2,417", "2,427"]),
            (("cơ giới hóa",), "%", ["61.7", "62.7"]),
        )
        for text, year in zip(texts, ["năm 2019", "năm 2020"], strict=True)
    ]
    return Made("groups without numbers, English thousands", "nhom-khong-so.md", typed(*rows), tuple(cells))


def typed_tables() -> tuple[Made, ...]:
    """Return every one of them."""
    return (
        _groups(),
        _transposed(),
        _beside(),
        _dotted(),
        _typed_notes(),
        _captioned(),
        _one_cell_a_line(),
        _shares(),
    )
