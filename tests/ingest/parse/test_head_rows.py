from __future__ import annotations

from ingest.domain import Span, TableRow
from ingest.parse.head_rows import count_header, count_titles, is_index_row


def rows(*lines: str) -> tuple[str, list[TableRow]]:
    """Return a text of ``a|b|c`` lines and its rows."""
    text, found = "", []
    for line in lines:
        start, cells = len(text), []
        for part in line.split("|"):
            cells.append(Span(len(text), len(text) + len(part)))
            text += part + "|"
        found.append(TableRow(Span(start, len(text)), tuple(cells)))
    return text, found


def test_titles_heads_and_index_rows_are_counted_together() -> None:
    text, found = rows("Bảng 1||", "ĐVT: ha||", "Tên|Kết quả|", "|Năm 2019|2020", "A|1|2", "Lúa|5|6", "Ngô|7|8")
    assert count_titles(text, found) == 2 and count_header(text, found, 0) == 5


def test_rows_with_amounts_are_no_heads() -> None:
    text, found = rows("Tên|Số|Tỷ lệ", "|5,5 ha|12%", "Lúa|5|6")
    assert count_header(text, found, 0) == 1
    assert count_header(*rows("Tên|Số|Tỷ lệ"), 0) == 0


def test_index_rows() -> None:
    assert is_index_row(["(1)", "(2)", "(3)"]) and is_index_row(["A", "B", "1", "2=1/3"])
    assert not is_index_row(["1", "Lúa", "3"]) and not is_index_row(["5", "3", "4"])
