"""Notes at the foot of printed pages: what goes on overleaf, what stands below tables."""

from __future__ import annotations

from typing import Any

from tests.ingest.parse.pdf_files import LEFT, RIGHT, put, read, rule


def test_notes_below_a_table_that_fills_the_page_and_behind_one_that_goes_on() -> None:
    def first(c: Any) -> None:
        end = put(c, LEFT + 28, 120, "Toàn huyện có 1.250 con bò")
        put(c, end, 115, "1", size=8)
        end = put(c, LEFT + 28, 140, "Toàn huyện có 320 con dê")
        put(c, end, 135, "2", size=8)
        rule(c, LEFT, 740, LEFT + 140, 740)
        put(c, LEFT, 756, "1 Gồm: xã An Lãng 340 con, xã Vân Trạch 410 con, xã Hoà Bình 200 con, xã Tân", size=10)

    def second(c: Any) -> None:
        for y in (100, 400, 700):
            rule(c, LEFT, y, RIGHT, y)
        for x in (LEFT, 300, RIGHT):
            rule(c, x, 100, x, 700)
        for y, left, right in ((120, "Xã", "Số hộ"), (420, "An Lãng", "340")):
            put(c, LEFT + 5, y, left)
            put(c, 305, y, right)
        rule(c, LEFT, 740, LEFT + 140, 740)
        put(c, LEFT, 756, "Lập 180 con, thị trấn 120 con.", size=10)
        put(c, LEFT, 772, "2 Không kể 12 con mới nhập.", size=10)

    report = read(first, second)
    said = [" ".join(span.of(report.text) for span in note.spans) for note in report.footnotes]
    assert said[0].endswith("xã Tân Lập 180 con, thị trấn 120 con.") and said[1] == "Không kể 12 con mới nhập."
    assert all(note.mark is not None for note in report.footnotes)
