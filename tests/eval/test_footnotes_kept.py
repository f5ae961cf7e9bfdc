from __future__ import annotations

import pytest

from eval.footnotes_kept import Kept, kept_in_reading, kept_in_text
from ingest.parse.read import read_report

TEXT = """BÁO CÁO
Tình hình quý I năm 2024

I. KẾT QUẢ

Tổng số hồ sơ tiếp nhận là 5.028¹ trong cả quý. Mọi việc khác giữ như kế hoạch đã giao từ đầu năm cho các đơn vị.

¹ Cấp huyện 570 hồ sơ, còn lại là cấp xã.
"""
REPORT = read_report(TEXT.encode(), name="a.txt")
NOTE = "Cấp huyện 570 hồ sơ, còn lại là cấp xã."
BEFORE, AFTER = "Tổng số hồ sơ tiếp nhận là 5.028", " trong cả quý."
FAR = " Mọi việc khác giữ như kế hoạch đã giao từ đầu năm cho các đơn vị. "


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{BEFORE}{AFTER}{FAR}", Kept(1, 0, 0, 0)),
        (f"{BEFORE}1{AFTER}{FAR}1 {NOTE}", Kept(1, 1, 0, 0)),
        (f"{BEFORE}[[1]](#footnote-1){AFTER}{FAR}{NOTE}", Kept(1, 1, 0, 1)),
        (f"{BEFORE}¹{AFTER} [{NOTE}]", Kept(1, 1, 1, 1)),
        (f"{BEFORE} <sup>1</sup>{AFTER}", Kept(1, 0, 0, 1)),
        (f"{NOTE} {BEFORE}{AFTER}", Kept(1, 1, 0, 0)),
    ],
    ids=["lost", "glued at the page's end", "linked at the end", "beside", "mark only", "before its mark"],
)
def test_what_plain_text_keeps(text: str, expected: Kept) -> None:
    assert kept_in_text(REPORT, text) == expected


def test_what_a_reading_keeps() -> None:
    assert kept_in_reading(REPORT, REPORT) == Kept(1, 1, 1, 1)
    unmarked = read_report(TEXT.replace("5.028¹", "5.028").encode(), name="b.txt")
    assert kept_in_reading(REPORT, unmarked) == Kept(1, 1, 0, 0)
    elsewhere = read_report(TEXT.replace("5.028¹ trong", "5.028 trong¹").encode(), name="c.txt")
    assert kept_in_reading(REPORT, elsewhere) == Kept(1, 1, 0, 1)
