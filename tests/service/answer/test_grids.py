"""Tables laid open: labels, figures by column, what leads to them. Texts are our own."""

from __future__ import annotations

from decimal import Decimal

from service.answer.grids import Grid
from tests.service.answer.asking import opened

REPORT = """BÁO CÁO

I. BẾN KHÁCH

Lượng khách qua các bến như sau:

| STT | Tên bến | Lượt khách |
| --- | --- | --- |
| 1 | Bến Gáo | 9.430 |
| 2 | Bến Vại | 5.120 |
|  | Tổng cộng | 14.550 |

II. CHI PHÍ

| Nội dung | Số tiền (triệu đồng) |
| --- | --- |
| Sửa chữa | 310 |
| - Bến Gáo | 200 |
| - Bến Vại | 110 |
"""


def grids() -> list[Grid]:
    return [grid for _, grid in opened(REPORT).tables()]


def test_rows_with_their_labels_and_figures() -> None:
    first = grids()[0]
    assert [row.label for row in first.members] == ["Bến Gáo", "Bến Vại"]
    assert [row.sums_up for row in first.rows] == [False, False, True]
    assert first.rows[0].figures[2].figure.value == Decimal(9430)
    assert first.lead == "Lượng khách qua các bến như sau:"
    assert {"bến", "khách"} <= first.about.exact


def test_rows_below_others_are_not_beside_them() -> None:
    assert [grid.level for grid in grids()] == [True, False]
