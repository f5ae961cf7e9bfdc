from __future__ import annotations

from ingest.domain import Severity
from ingest.parse.blocks import Block, Grid
from ingest.parse.text import read_text


def lone(*rows: list[str]) -> str:
    """One cell a line between lone bars, as converters print tables: each row has its own first and last bar."""
    return "\n".join("|\n" + "\n|\n".join(cell for cell in row) + "\n|" for row in rows).replace("\n\n", "\n") + "\n\n"


def grid(raw: str) -> tuple[list[list[str]], Grid]:
    source = read_text(raw, format_name="txt")
    found = [item for item in source.items if isinstance(item, Grid)]
    assert len(found) == 1
    return [[cell.of(source.text) for cell in row.cells] for row in found[0].rows], found[0]


def test_rows_of_bars() -> None:
    rows, found = grid("| STT | Chỉ tiêu | Số |\n|---|---|---|\n| 1 | Đàn **bò** |  |\n| 2 | Đàn lợn | 5\n")
    assert rows == [["STT", "Chỉ tiêu", "Số"], ["1", "Đàn **bò", ""], ["2", "Đàn lợn", "5"]]
    assert found.header_rows == 1


def test_two_heads_before_the_rule_and_an_index_row_after() -> None:
    raw = "| A | Giá trị |  |\n|  | Tháng 1 | Tháng 2 |\n|---|---|---|\n| (1) | (2) | (3) |\n| Bò | 5 | 6 |\n"
    assert grid(raw)[1].header_rows == 3


def test_a_head_table_is_read_cell_by_cell() -> None:
    raw = "| UBND HUYỆN X | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<br>Độc lập - Tự do - Hạnh phúc |\n| --- | --- |\n"
    source = read_text(raw, format_name="md")
    blocks = [item for item in source.items if isinstance(item, Block)]
    assert [(one.cell, one.span.of(source.text)) for one in blocks] == [
        (0, "UBND HUYỆN X"),
        (1, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        (1, "Độc lập - Tự do - Hạnh phúc"),
    ]


def test_a_head_table_of_lone_bars_keeps_wrapped_emphasis_together() -> None:
    raw = "|\n**ỦY BAN NHÂN\nDÂN**\nHUYỆN X\n-------\n|\n**CỘNG HÒA XÃ HỘI\nCHỦ NGHĨA VIỆT NAM**\n|\n\nBÁO CÁO"
    source = read_text(raw, format_name="md")
    blocks = [(one.cell, one.span.of(source.text)) for one in source.items if isinstance(one, Block)]
    assert blocks == [
        (0, "**ỦY BAN NHÂN\nDÂN**"),
        (0, "HUYỆN X"),
        (1, "**CỘNG HÒA XÃ HỘI\nCHỦ NGHĨA VIỆT NAM**"),
        (None, "BÁO CÁO"),
    ]


def test_rows_of_lone_bars_are_rebuilt_by_their_period() -> None:
    body = [[str(n), f"Chỉ tiêu {n}", "tỷ đồng", f"{n}.500", "" if n % 2 else "99,9"] for n in range(1, 9)]
    raw = lone(["**STT**", "**Tên**", "**ĐVT**", "**Năm 2024**", "**Năm 2025**"], *body)
    rows, found = grid(raw)
    assert rows[1:] == body and found.header_rows == 1 and found.aligned
    issues = read_text(raw, format_name="md").issues
    assert [(issue.code, issue.severity) for issue in issues] == [("table-uncertain", Severity.WARNING)]


def test_two_heads_are_placed_only_where_there_is_one_way() -> None:
    body = [[str(n), f"Xã {n}", "1", "2", "3", "4"] for n in range(1, 6)]
    even = lone(["TT", "Đơn vị", "Kế hoạch 2026", "Kế hoạch 2027"], ["Lượng", "Giá trị", "Lượng", "Giá trị"], *body)
    rows, found = grid(even)
    assert found.aligned and rows[0][2:] == ["Kế hoạch 2026", "", "Kế hoạch 2027", ""]
    odd = lone(["TT", "Đơn vị", "Năm 2025", "Dự kiến các năm"], ["Dự toán", "2026", "2027", "2028"], *body)
    assert not grid(odd)[1].aligned


def test_a_table_that_cannot_be_rebuilt_becomes_pieces() -> None:
    raw = "|\nA\n|\nThu nội địa\n|\n|\n5\n|\n|\nThu khác\n|\n7\n|\n9\n|\n12\n|\n|\n\nHết bảng."
    source = read_text(raw, format_name="md")
    pieces = [one.span.of(source.text) for one in source.items if isinstance(one, Block) and one.piped]
    assert pieces and "".join(pieces).count("Thu") == 2
    assert source.items[-1].span.of(source.text) == "Hết bảng."


def test_a_bar_that_is_never_closed_takes_nothing_along() -> None:
    source = read_text("|\n\nĐoạn một.\n\nĐoạn hai.", format_name="md")
    assert [item.span.of(source.text) for item in source.items] == ["Đoạn một.", "Đoạn hai."]
