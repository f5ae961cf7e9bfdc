from __future__ import annotations

import pytest

from ingest.domain import Table
from ingest.parse.read import read_report
from ingest.table_rows import labels_of, layout_of, period_of_row, place_under, plain_label, unit_of_row
from ingest.vi.periods import period_label

TABLE = """I. KẾT QUẢ

| TT | Nội dung | ĐVT | 2020 |
|---|---|---|---|
| I | Trồng trọt | | |
| 1 | Lúa | ha | 5 |
| | Sản lượng | tấn | 6 |
| 2 | Ngô (tạ) | " | 7 |
| | Sản lượng | nt | 8 |
"""


def table(raw: str = TABLE) -> tuple[str, Table]:
    report = read_report(raw.encode(), name="a.md")
    return report.text, report.tables[0]


def test_columns_labels_and_units() -> None:
    text, one = table()
    layout = layout_of(text, one)
    assert (layout.numbering, layout.units, layout.labels) == (0, 2, (1,))
    assert [labels_of(text, one, layout, n) for n in range(5)] == [
        ["Trồng trọt"], ["Lúa"], ["Lúa", "Sản lượng"], ["Ngô"], ["Ngô", "Sản lượng"]
    ]  # fmt: skip
    assert [unit_of_row(text, one, layout, n) for n in range(5)] == ["", "ha", "tấn", "tạ", "tấn"]


@pytest.mark.parametrize(
    ("name", "head", "place"),
    [
        ("Tân Lập", "Xã", "xã Tân Lập"),
        ("Bản Mới", "Xã", "xã Bản Mới"),
        ("Xã Bản Mới", "Chỉ tiêu", "xã Bản Mới"),
        ("Tân Lập", "Đơn vị", "Tân Lập"),
        ("Tân Lập", "Xã, thị trấn", "Tân Lập"),
        ("Thu phí", "Xã", None),
        ("Tân Lập", "Nội dung", None),
    ],
)
def test_a_name_is_a_place_under_the_head_that_says_so(name: str, head: str, place: str | None) -> None:
    assert place_under(name, head) == place


def test_a_label_may_be_a_period() -> None:
    text, one = table("I. A\n\n| Năm | Số hộ | Số xã |\n|---|---|---|\n| 2019 | 5 | 6 |\n| 2020 | 7 | 8 |\n")
    found = period_of_row(one, layout_of(text, one), "2019")
    assert found is not None and period_label(found) == "năm 2019"
    assert period_of_row(one, layout_of(text, one), "Lúa") is None


def test_labels_lose_units_and_marks() -> None:
    assert plain_label("1. Thu phí (triệu đồng)") == "Thu phí" and plain_label("Số hộ (1)") == "Số hộ"
    assert plain_label("Đất (trừ đất rừng)") == "Đất (trừ đất rừng)"


def test_a_row_with_a_sign_for_a_number_belongs_to_the_one_above() -> None:
    text, one = table("""I. MỤC TIÊU

| TT | Chỉ tiêu | ĐVT | Năm 2031 |
|---|---|---|---|
| II | Hươu sao | | |
| - | Tổng đàn | con | 28.010 |
""")
    assert labels_of(text, one, layout_of(text, one), 1) == ["Hươu sao", "Tổng đàn"]
