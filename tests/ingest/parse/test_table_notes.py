from __future__ import annotations

from ingest.domain import Report
from ingest.parse.read import read_report

TABLE = """I. KẾT QUẢ

| STT | Chỉ tiêu | Năm 2020 (*) |
|---|---|---|
| (1) | (2) | (3) |
| 1 | Số hợp tác xã (1) | 32(2) |
| 2 | **Số hộ** | 41 |

"""


def read(below: str) -> Report:
    return read_report((TABLE + below).encode(), name="a.md")


def bound(found: Report) -> list[tuple[str, str, str]]:
    text = found.text
    return [
        (note.label, text[: note.mark.start].rstrip()[-4:], note.spans[0].of(text))
        for note in found.footnotes
        if note.mark is not None
    ]


def test_labelled_lines_below_a_table_are_its_notes() -> None:
    found = read("Ghi chú:\n\n(1) Gồm cả liên hiệp.\n\n(2) Ước tính.\n\n(*) Đến 31/12.\n\nĐoạn sau.\n")
    assert bound(found) == [
        ("(1)", "c xã", "Gồm cả liên hiệp."),
        ("(2)", "| 32", "Ước tính."),
        ("(*)", "2020", "Đến 31/12."),
    ]
    assert not found.issues and [p.spans[0].of(found.text) for p in found.paragraphs][-1] == "Đoạn sau."
    assert found.tables[0].columns[2] == "Năm 2020"


def test_a_title_and_the_first_note_on_one_line() -> None:
    assert bound(read("Ghi chú: (1) Gồm cả liên hiệp.\n")) == [("(1)", "c xã", "Gồm cả liên hiệp.")]


def test_lines_whose_label_no_cell_carries_stay_text() -> None:
    found = read("(5) Một việc khác.\n\n**Đậm** và tiếp.\n")
    assert not found.footnotes
    assert "(5) Một việc khác." in [p.spans[0].of(found.text) for p in found.paragraphs]
