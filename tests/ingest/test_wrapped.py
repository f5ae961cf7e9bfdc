"""Lines broken by a page's width are read as one paragraph; lines of a list are not."""

from __future__ import annotations

import pytest

from ingest.parse.read import read_report
from ingest.wrapped import unwrapped

HEAD = "BÁO CÁO\n\nTình hình kinh tế - xã hội quý I năm 2023\n\nI. KẾT QUẢ\n\n"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("Tổng đàn dê toàn huyện có 840 con, trong kỳ xuất chuồng 120 con, đạt", "kế hoạch giao."), 1),
        (("Thu phí chợ được 834 triệu đồng.", "Chi đầu tư 12 tỷ đồng."), 2),
        (("Lúa mùa: 120 ha", "Lúa rẫy: 45 ha"), 2),
        (("Kiểm tra các cơ sở kinh doanh trên địa bàn huyện trong dịp Tết, gồm:", "- 12 cơ sở ăn uống"), 2),
        (("Tổng đàn dê toàn huyện có 840 con, trong kỳ xuất chuồng 120 con, đạt", "", "kế hoạch giao."), 2),
    ],
)
def test_lines_that_go_on_are_one_paragraph(lines: tuple[str, ...], expected: int) -> None:
    report = read_report((HEAD + "\n".join(lines) + "\n").encode(), name="a.txt")
    body = [p for p in unwrapped(report) if p.section == report.paragraphs[-1].section]
    assert len(body) == expected
    assert [s for p in body for s in p.spans] == [
        s for p in report.paragraphs if p.section == body[0].section for s in p.spans
    ]
