"""Tables of PDF files, drawn by the tests themselves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ingest.domain import Report
from tests.ingest.parse.pdf_files import PARAGRAPH, SECOND, column, paragraphs, put, read, rule


def grid(c: Any, xs: list[float], ys: list[float], *, skip: tuple[tuple[str, int, int], ...] = ()) -> None:
    """Draw all rules of a table but those in ``skip``: ("level"|"upright", row, column)."""
    for i, y in enumerate(ys):
        for j in range(len(xs) - 1):
            if ("level", i, j) not in skip:
                rule(c, xs[j], y, xs[j + 1], y)
    for j, x in enumerate(xs):
        for i in range(len(ys) - 1):
            if ("upright", i, j) not in skip:
                rule(c, x, ys[i], x, ys[i + 1])


HEAD = [(90, "TT"), (125, "Chỉ tiêu"), (305, "Kế hoạch"), (425, "Thực hiện")]
XS = [85.0, 115.0, 300.0, 420.0, 540.0]


def table_page(rows: list[tuple[str, str, str, str]], *, caption: bool) -> Callable[[Any], object]:
    def page(c: Any) -> None:
        if caption:
            column(c, PARAGRAPH, top=100)
            put(c, 400, 190, "Đơn vị tính: triệu đồng", size=12, face="Body-Italic")
        top = 200.0 if caption else 100.0
        ys = [top + 24 * n for n in range(len(rows) + 2)]
        grid(c, XS, ys)
        for x, text in HEAD:
            put(c, x, top + 16, text, size=12, face="Body-Bold")
        for number, row in enumerate(rows, start=1):
            for (x, _), text in zip(HEAD, row, strict=True):
                put(c, x, top + 24 * number + 16, text, size=12)

    return page


def cells(report: Report, number: int = 0) -> list[list[str]]:
    return [[cell.of(report.text) for cell in row.cells] for row in report.tables[number].rows]


def test_a_ruled_table_over_two_pages_is_one_table_with_one_head() -> None:
    first = [("1", "Thu nội địa", "120.500", "31.240"), ("2", "Thu tiền đất", "45.000", "9.870")]
    second = [("3", "Thu khác", "8.200", "2.150")]
    report = read(table_page(first, caption=True), table_page(second, caption=False))
    assert len(report.tables) == 1
    table = report.tables[0]
    assert table.columns == ("TT", "Chỉ tiêu", "Kế hoạch", "Thực hiện")
    assert table.unit == "triệu đồng"
    assert cells(report) == [list(row) for row in first + second]


LONG = "Hỗ trợ sửa chữa các trường học cũ"  # nearly as wide as its column


def test_a_row_that_a_page_end_cuts_is_one_row() -> None:
    first = [("1", "Thu nội địa", "120.500", "31.240"), ("2", LONG, "45.000", "9.870")]
    second = [("", "đợt hai", "", ""), ("3", "Thu khác", "8.200", "2.150")]
    report = read(table_page(first, caption=True), table_page(second, caption=False))
    assert cells(report) == [list(first[0]), ["2", f"{LONG} đợt hai", "45.000", "9.870"], list(second[1])]
    page = report.pages[1]
    assert "đợt" not in [word.span.of(report.text) for word in page.words]


@pytest.mark.parametrize("row", [("", "đợt hai", "", "1.500"), ("B", "CHI NGÂN SÁCH", "", ""), ("", "Gồm", "", "")])
def test_a_row_that_says_something_of_its_own_stays_one(row: tuple[str, str, str, str]) -> None:
    label = "Thu" if row[1] == "Gồm" else LONG
    first = [("1", "Thu nội địa", "120.500", "31.240"), ("2", label, "45.000", "9.870")]
    report = read(
        table_page(first, caption=True), table_page([row, ("3", "Thu khác", "8.200", "2.150")], caption=False)
    )
    assert list(row) in cells(report)


def test_numbers_broken_by_a_narrow_cell_are_whole() -> None:
    def page(c: Any) -> None:
        grid(c, [85, 125, 300, 350], [100, 124, 172])
        for x, text in ((90, "TT"), (130, "Nội dung"), (305, "Số tiền")):
            put(c, x, 116, text, size=12, face="Body-Bold")
        put(c, 90, 140, "1", size=12)
        put(c, 130, 140, "Trả ngày 01/02/202", size=12)
        put(c, 130, 156, "6 xong", size=12)
        put(c, 305, 140, "12.680.5", size=12)
        put(c, 305, 156, "00", size=12)

    assert cells(read(page)) == [["1", "Trả ngày 01/02/2026 xong", "12.680.500"]]


def test_joined_cells_of_a_head_in_two_levels() -> None:
    def page(c: Any) -> None:
        ys = [100.0, 124.0, 148.0, 172.0]
        grid(c, XS, ys, skip=(("level", 1, 0), ("level", 1, 1), ("upright", 0, 3)))
        put(c, 90, 128, "TT", size=12)
        put(c, 125, 128, "Chỉ tiêu", size=12)
        put(c, 380, 116, "Năm 2024", size=12)
        put(c, 305, 140, "Kế hoạch", size=12)
        put(c, 425, 140, "Thực hiện", size=12)
        for x, text in zip((90, 125, 305, 425), ("1", "Đàn bò", "1.200", "1.250"), strict=True):
            put(c, x, 164, text, size=12)

    report = read(page)
    assert report.tables[0].columns == ("TT", "Chỉ tiêu", "Năm 2024 / Kế hoạch", "Năm 2024 / Thực hiện")
    assert cells(report) == [["1", "Đàn bò", "1.200", "1.250"]]


def test_a_border_round_the_page_is_no_table() -> None:
    def page(c: Any) -> None:
        grid(c, [40.0, 560.0], [40.0, 800.0])
        column(c, PARAGRAPH + SECOND)

    report = read(page)
    assert not report.tables
    assert len(paragraphs(report)) == 2
