from __future__ import annotations

from collections.abc import Callable

from eval.formats_compare import Tally, compare, parsed, readable

REPORT = """ỦY BAN NHÂN DÂN
HUYỆN AN BÌNH

BÁO CÁO
Tình hình kinh tế - xã hội quý I năm 2024

I. KẾT QUẢ THỰC HIỆN

1. Nông nghiệp

Diện tích lúa vụ Xuân¹ là 1.250 ha, đạt 98,5% kế hoạch. Đàn bò có 4.310 con, bằng 103% so với cùng kỳ.

2. Trật tự an toàn xã hội

Xảy ra 18 vụ tai nạn giao thông², 03 người chết.

II. NHIỆM VỤ QUÝ II

Phấn đấu trồng 250 ha rừng.

¹ Trong đó 320 ha lúa chất lượng cao.

² Trong đó 02 vụ trên quốc lộ.

Đơn vị tính: triệu đồng

| STT | Chỉ tiêu | Kế hoạch năm 2024 | Thực hiện quý I năm 2024 |
| --- | --- | --- | --- |
| 1 | Thu ngân sách | 12.500 | 3.125 |
| 2 | Chi ngân sách | 11.000 | 2.480 |
"""


def against(change: Callable[[str], str]) -> dict[str, Tally]:
    original = parsed(REPORT.encode(), name="a.txt")
    other = parsed(change(REPORT).encode(), name="b.txt")
    return {one.kind: one for one in compare(original, other)}


def replaced(old: str, new: str) -> dict[str, Tally]:
    assert old in REPORT
    return against(lambda text: text.replace(old, new))


def told(tally: Tally) -> list[tuple[str, tuple[str, ...]]]:
    return [(one.verdict, one.fields) for one in tally.differences]


def test_a_report_has_everything_of_itself_however_its_lines_break() -> None:
    for tally in against(lambda text: text.replace("đạt 98,5%", "đạt\n98,5%").replace("Xảy ra", "Xảy\nra")).values():
        assert tally.found == tally.total > 0
        assert tally.differences == ()


def test_a_lost_heading_is_missing_and_its_children_are_elsewhere() -> None:
    tally = replaced("I. KẾT QUẢ THỰC HIỆN\n\n", "")["sections"]
    assert ("missing", ()) in told(tally)
    assert [one.original for one in tally.differences if one.fields == ("place",)] == [
        "I. KẾT QUẢ THỰC HIỆN / 1. Nông nghiệp",
        "I. KẾT QUẢ THỰC HIỆN / 2. Trật tự an toàn xã hội",
    ]


def test_a_misread_heading_is_wrong_and_its_children_are_not() -> None:
    assert told(replaced("KẾT QUẢ THỰC", "KẾT QUÁ THỰC")["sections"]) == [("wrong", ("title",))]


def test_an_invented_heading_is_extra() -> None:
    tally = replaced("II. NHIỆM VỤ", "3. Văn hoá, thể thao\n\nTổ chức lễ hội.\n\nII. NHIỆM VỤ")["sections"]
    assert [(one.verdict, one.other) for one in tally.differences] == [
        ("extra", "I. KẾT QUẢ THỰC HIỆN / 3. Văn hoá, thể thao")
    ]


def test_a_footnote_bound_to_another_word() -> None:
    assert told(replaced("vụ Xuân¹ là 1.250 ha", "vụ Xuân là¹ 1.250 ha")["footnotes"]) == [("wrong", ("bound word",))]


def test_a_footnote_without_its_mark_with_other_words_or_gone() -> None:
    assert told(replaced("vụ Xuân¹", "vụ Xuân")["footnotes"]) == [("wrong", ("bound word",))]
    assert told(replaced("320 ha lúa", "820 ha lúa")["footnotes"]) == [("wrong", ("text",))]
    lost = against(lambda text: text.replace("² Trong đó 02 vụ trên quốc lộ.\n\n", "").replace("thông²", "thông"))
    assert told(lost["footnotes"]) == [("missing", ())]
    assert lost["figures"].count("missing") == 1


def test_a_lost_row_and_a_misread_cell() -> None:
    assert told(replaced("| 2 | Chi ngân sách | 11.000 | 2.480 |\n", "")["table rows"]) == [("missing", ())]
    assert told(replaced("| 11.000 |", "| 77.000 |")["table rows"]) == [("wrong", ("column 3",))]


def test_a_cell_in_the_wrong_column() -> None:
    tally = replaced("| 2 | Chi ngân sách | 11.000 | 2.480 |", "| 2 | Chi ngân sách |  | 11.000 2.480 |")["table rows"]
    assert told(tally) == [("wrong", ("column 3", "column 4"))]


def test_a_misread_figure_is_wrong_not_missing_and_extra() -> None:
    tally = replaced("18 vụ tai nạn", "13 vụ tai nạn")["figures"]
    assert told(tally) == [("wrong", ("value",))]
    assert tally.found == tally.total - 1


def test_a_lost_figure_is_missing_and_an_invented_one_extra() -> None:
    assert told(replaced(" Phấn đấu trồng 250 ha rừng.".strip(), "Phấn đấu trồng rừng.")["figures"]) == [
        ("missing", ())
    ]
    assert told(replaced("Phấn đấu trồng", "Có 12 cơ sở mới.\n\nPhấn đấu trồng")["figures"])[-1] == ("extra", ())


def test_equal_figures_are_counted_as_often_as_they_stand() -> None:
    twice = "Có 40 hộ nghèo.\n\nCó 40 hộ nghèo.\n\n"
    tally = against(lambda text: text.replace("Phấn đấu", twice + "Phấn đấu"))["figures"]
    assert tally.count("extra") == 2


def test_tallies_add_up() -> None:
    one = replaced("18 vụ tai nạn", "13 vụ tai nạn")["figures"]
    both = one + one
    assert (both.total, both.found, both.count("wrong")) == (2 * one.total, 2 * one.found, 2)


def test_words_come_in_one_order_without_marks() -> None:
    report = parsed(REPORT.encode(), name="a.txt").report
    text = readable(report)
    assert "Xuân là" in text
    assert text.endswith("Trong đó 320 ha lúa chất lượng cao.\nTrong đó 02 vụ trên quốc lộ.")
    assert "¹" not in text
