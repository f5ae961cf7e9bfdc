from __future__ import annotations

from ingest.domain import Table
from ingest.parse.read import read_report


def tables(*lines: str) -> tuple[str, tuple[Table, ...]]:
    report = read_report("\n".join(["I. KẾT QUẢ", "", *lines, ""]).encode(), name="a.md")
    return report.text, report.tables


def cells(text: str, table: Table) -> list[list[str]]:
    return [[cell.of(text) for cell in row.cells] for row in table.rows]


ROWS = ("| Tên | Năm 2019 | Năm 2020 |", "|---|---|---|", "| Bò | 5 | 6 |", "| Dê | 7 | 8 |")


def test_a_numbered_caption_below_counts_where_none_stands_above() -> None:
    assert tables(*ROWS, "", "Bảng 2. Đàn gia súc")[1][0].caption == "Bảng 2. Đàn gia súc"
    above = tables("Bảng 1. Chăn nuôi", "", *ROWS, "", "Bảng 2. Trồng trọt", "", *ROWS)[1]
    assert [table.caption for table in above] == ["Bảng 1. Chăn nuôi", "Bảng 2. Trồng trọt"]


def test_the_caption_of_the_next_table_is_not_the_one_before() -> None:
    lines = ("**Biểu 1: Chăn nuôi**", "", *ROWS, "", "**Biểu 2: Trồng trọt**", "", "ĐVT: ha", "", *ROWS)
    report = read_report("\n".join(["I. KẾT QUẢ", "", *lines, ""]).encode(), name="a.md")
    told = [table.caption or report.sections[table.section].title for table in report.tables]
    assert told == ["Biểu 1: Chăn nuôi", "Biểu 2: Trồng trọt"]
    assert [table.caption for table in tables(*ROWS, "", "Bảng 2. Trồng trọt", "", "ĐVT: ha", "", *ROWS)[1]] == [
        "",
        "Bảng 2. Trồng trọt",
    ]


def test_heads_repeated_where_a_page_ended_are_no_rows() -> None:
    text, found = tables(*ROWS, "| Tên | Năm 2019 | Năm 2020 |", "| Lợn | 9 | 10 |")
    assert [row[0] for row in cells(text, found[0])] == ["Bò", "Dê", "Lợn"]


def test_lists_side_by_side_are_tables_of_their_own() -> None:
    rows = ("| Xã | Số hộ | Xã | Số hộ |", "|---|---|---|---|", "| A Bản | 5 | C Lũng | 6 |", "| B Đông | 7 | | |")
    text, found = tables(*rows)
    assert [cells(text, table) for table in found] == [[["A Bản", "5"], ["B Đông", "7"]], [["C Lũng", "6"]]]
    assert found[1].columns == ("Xã", "Số hộ") and found[1].rows[0].span.of(text) == "C Lũng | 6"


def test_a_second_row_of_heads_below_the_rule() -> None:
    rows = ("| Tên | Kết quả | |", "|---|---|---|", "| | Năm 2019 | Năm 2020 |", "| Bò | 5 | 6 |", "| Dê | 7 | 8 |")
    text, found = tables(*rows)
    assert found[0].columns == ("Tên", "Kết quả / Năm 2019", "Kết quả / Năm 2020")
    assert len(found[0].heads) == 2 and cells(text, found[0])[0] == ["Bò", "5", "6"]


def test_joined_heads_written_out_in_every_row_are_heads_of_two_levels() -> None:
    heads = ("| Tên | Kết quả | Kết quả |", "|---|---|---|", "| Tên | Tháng 5 | 5 tháng |")
    text, found = tables(*heads, "| Bò | 5 | 6 |", "| Dê | 7 | 8 |")
    assert found[0].columns == ("Tên", "Kết quả / Tháng 5", "Kết quả / 5 tháng")
    assert [row[0] for row in cells(text, found[0])] == ["Bò", "Dê"]


def test_the_unit_behind_a_caption_is_the_tables() -> None:
    found = tables("Bảng 3. Sản lượng cây công nghiệp (Đơn vị tính: nghìn tấn)", "", *ROWS)[1][0]
    assert (found.caption, found.unit) == ("Bảng 3. Sản lượng cây công nghiệp", "nghìn tấn")
