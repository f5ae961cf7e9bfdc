from __future__ import annotations

import pytest

from ingest.domain import Report, Severity
from ingest.parse.read import read_report


def report(raw: str) -> Report:
    return read_report(raw.encode(), name="a.txt")


def bound(found: Report) -> list[tuple[str, str, str]]:
    """(label, the six characters up to the end of the mark, the note's text)."""
    return [
        (
            note.label,
            found.text[max(0, note.mark.end - 6) : note.mark.end] if note.mark else "",
            " ".join(span.of(found.text) for span in note.spans),
        )
        for note in found.footnotes
    ]


def codes(found: Report) -> list[tuple[str, Severity]]:
    return [(issue.code, issue.severity) for issue in found.issues]


def test_superscripts_after_words_figures_and_full_stops() -> None:
    found = report("Cây vụ Xuân¹. Đạt 350.195 tỷ đồng² và 87,9³. Hết.¹⁰\n\n¹ Một.\n\n² Hai.\n\n³ Ba.\n\n¹⁰ Mười.")
    assert bound(found) == [
        ("1", " Xuân¹", "Một."),
        ("2", " đồng²", "Hai."),
        ("3", " 87,9³", "Ba."),
        ("10", "Hết.¹⁰", "Mười."),
    ]
    assert codes(found) == [("note-order", Severity.INFO)]
    assert all(note.paragraph == 0 for note in found.footnotes)


def test_exponents_of_units_are_no_notes() -> None:
    found = report("Rộng 9.905,3m² và 12 km², giá 5 triệu đồng/m². Rác 8.128m³ thu gom¹.\n\n¹ Bằng xe 10 m³.")
    assert [note.label for note in found.footnotes] == ["1"] and codes(found) == []


def test_a_mark_after_an_exponent_keeps_the_exponent() -> None:
    found = report("Một¹. Hai². Thu gom 8.128m³³ rác.\n\n¹ A.\n\n² B.\n\n³ C.")
    assert bound(found)[2] == ("3", ".128m³³"[-6:], "C.")
    mark = found.footnotes[2].mark
    assert mark is not None and found.text[: mark.end].endswith("m³³") and len(mark) == 1


def test_an_exponent_is_a_mark_only_where_its_number_is_due() -> None:
    due = report("Một¹. Diện tích 500 m² có rừng. Ba³.\n\n¹ A.\n\n² B.\n\n³ C.")
    assert bound(due)[1][1].endswith("500 m²") and codes(due) == []
    taken = report("Một¹. Diện tích 500 m² có rừng². Ba³.\n\n¹ A.\n\n² B.\n\n³ C.")
    assert bound(taken)[1][1].endswith("rừng²")


def test_a_paragraph_cut_by_notes_is_one_paragraph() -> None:
    found = report("I. QUY HOẠCH\n\nPhê duyệt¹ đồ án tại xã Đông Trạch, huyện\n\n¹ Đợt 1.\n\nVân Trạch; nhiệm vụ khác.")
    # A capital goes on only where the first half is long or ends openly.
    assert len([p for p in found.paragraphs if p.section == 1]) == 2
    lower = report("Phê duyệt¹ đồ án quy hoạch của\n\n¹ Đợt 1.\n\n² Đợt 2.\n\nhuyện Vân Trạch². Hết.")
    assert len(lower.paragraphs) == 1 and len(lower.paragraphs[0].spans) == 2
    assert [note.paragraph for note in lower.footnotes] == [0, 0]
    assert bound(lower)[1][1].endswith("Trạch²")


def test_a_long_cut_paragraph_goes_on_with_a_capital() -> None:
    first = "Phê duyệt nhiệm vụ quy hoạch chi tiết tỷ lệ 1/500 của mười điểm dân cư nông thôn mới " * 2 + "tại huyện"
    found = report(f"{first}¹\n\n¹ Đợt 1.\n\nVân Trạch; nhiệm vụ khác.")
    assert [len(paragraph.spans) for paragraph in found.paragraphs] == [2]


@pytest.mark.parametrize("head", ["1. Kinh tế¹:", "II. THỰC HIỆN CHỦ ĐỀ NĂM¹", "Hoàn thành kế hoạch¹."])
def test_a_heading_or_whole_sentence_before_notes_is_not_cut(head: str) -> None:
    found = report(f"I. MỘT\n\n{head}\n\n¹ Ghi chú.\n\nThực hiện chủ đề năm 2024 đạt khá.")
    last = found.paragraphs[-1]
    assert [span.of(found.text) for span in last.spans] == ["Thực hiện chủ đề năm 2024 đạt khá."]


def test_bracket_notes_at_the_end() -> None:
    found = report(
        "Thu 560 tỷ đồng *[1]*, bằng 81%.\n\nGiảm thu* [2]*.\n\n[1]\nNộp 30 tỷ đồng.\n\n[2] Cụ thể: giảm thuế."
    )
    assert [(label, text) for label, _, text in bound(found)] == [("1", "Nộp 30 tỷ đồng."), ("2", "Cụ thể: giảm thuế.")]
    assert codes(found) == []


def test_brackets_without_any_notes_are_one_remark() -> None:
    found = report("KCN Mỹ An 1,[30] 2,[31] và 3.[32]")
    assert found.footnotes == () and codes(found) == [("marks-without-notes", Severity.INFO)]


def test_a_list_numbered_in_brackets_is_text() -> None:
    found = report("Danh mục gồm:\n\n[1] Quyết định một.\n\n[2] Quyết định hai.")
    assert found.footnotes == () and len(found.paragraphs) == 3


def test_a_note_without_mark_and_a_mark_without_note_are_warnings() -> None:
    found = report("Đàn bò 5 con² tăng khá.\n\n¹ Không ai nhắc.")
    assert codes(found) == [("note-without-mark", Severity.WARNING), ("mark-without-note", Severity.WARNING)]
    assert found.footnotes[0].mark is None and found.footnotes[0].paragraph is None


def test_labels_that_start_again_on_each_page() -> None:
    found = report("Bò¹ tăng.\n\n¹ Trang một.\n\nLợn¹ giảm.\n\n¹ Trang hai.")
    assert [(before.strip(), text) for _, before, text in bound(found)] == [
        ("Bò¹", "Trang một."),
        ("Lợn¹", "Trang hai."),
    ]


def test_powers_of_ten_are_no_marks() -> None:
    assert codes(report("Mật độ 10⁶ tế bào, 5 phút⁻¹.")) == []
