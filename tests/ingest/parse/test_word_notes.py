"""Footnotes of Word files, wherever their marks stand and however they are made."""

from __future__ import annotations

from ingest.domain import Report
from ingest.parse.read import read_report
from tests.ingest.parse.word_files import cell, docx, field, mark, notes, para, part, run, table

RAISED = '<w:vertAlign w:val="superscript"/>'


def report(body: str, parts: dict[str, str] | None = None) -> Report:
    return read_report(docx(body, parts), name="a.docx")


def bound(found: Report) -> list[tuple[str, str | None, str]]:
    text = found.text
    return [(n.label, text[: n.mark.start][-4:] if n.mark else None, n.spans[0].of(text)) for n in found.footnotes]


def own_mark(identity: int, sign: str) -> str:
    return f'<w:r><w:footnoteReference w:customMarkFollows="1" w:id="{identity}"/><w:t>{sign}</w:t></w:r>'


def test_marks_of_the_authors_own() -> None:
    parts = {"footnotes.xml": notes("footnote", {1: "* Số ước.", 2: "Đã kiểm.", 3: "* Tạm tính."})}
    found = report(para("Lúa", own_mark(1, "*"), " ngô", mark(2), " lạc", own_mark(3, "*"), "."), parts)
    assert found.text.startswith("Lúa* ngô¹ lạc*.")
    assert bound(found) == [("*", "Lúa", "Số ước."), ("1", " ngô", "Đã kiểm."), ("*", " lạc", "Tạm tính.")]
    assert not found.issues


def test_a_note_of_several_paragraphs_and_a_table() -> None:
    inside = para("Đoạn một.") + para("Đoạn hai.") + table(cell("A") + cell("B"))
    parts = {"footnotes.xml": part("footnotes", f'<w:footnote w:id="1">{inside}</w:footnote>')}
    assert bound(report(para("Lúa", mark(1), "."), parts)) == [("1", "Lúa", "Đoạn một.\nĐoạn hai.\nA\nB")]


def test_marks_in_headings_boxes_and_tables() -> None:
    parts = {"footnotes.xml": notes("footnote", {1: "Ở mục.", 2: "Ở khung.", 3: "Ở bảng."})}
    box = f"<w:r><w:pict><w:txbxContent>{para('Trong khung', mark(2))}</w:txbxContent></w:pict></w:r>"
    rows = table(cell("Tên") + cell("Số") + cell("Ghi"), cell("Bò") + cell(para("5", mark(3))) + cell("x"))
    found = report(para("I. KẾT QUẢ", mark(1)) + para("Tốt.", box) + rows, parts)
    assert [one[0::2] for one in bound(found)] == [("1", "Ở mục."), ("2", "Ở khung."), ("3", "Ở bảng.")]
    assert found.sections[1].title == "KẾT QUẢ" and found.footnotes[0].paragraph is None


def test_several_references_to_one_note() -> None:
    parts = {"footnotes.xml": notes("footnote", {1: "Chung.", 2: "Riêng."})}
    first = '<w:bookmarkStart w:id="0" w:name="_Ref1"/>' + mark(1) + '<w:bookmarkEnd w:id="0"/>'
    found = report(para("Lúa", first, " ngô", mark(2)) + para("Lạc", field("NOTEREF _Ref1 \\f \\h", "1"), "."), parts)
    assert found.text.startswith("Lúa¹ ngô²\n\nLạc¹.")
    assert bound(found) == [("1", "Lúa", "Chung."), ("2", " ngô", "Riêng.")]
    assert [issue.code for issue in found.issues] == ["mark-repeated"]


def test_notes_typed_under_a_rule() -> None:
    body = para("Lúa 5 ha", run("1", RAISED), ", ngô", run("(2)", RAISED), " và m", run("2", RAISED), ".")
    found = report(body + para("________") + para("1. Số ước.") + para("(2) Cả ngô vụ đông.") + para("Đoạn sau."))
    assert bound(found) == [("1", "5 ha", "Số ước."), ("2", " ngô", "Cả ngô vụ đông.")]
    assert not found.issues and len(found.paragraphs) == 2


def test_typed_notes_beside_words_own() -> None:
    parts = {"footnotes.xml": notes("footnote", {1: "Của Word."})}
    body = para("Lúa", mark(1), ", ngô", run("2", RAISED), " rộng 3 m", run("2", RAISED), ".") + para(
        run("2", RAISED), " Gõ tay."
    )
    found = report(body, parts)
    assert bound(found) == [("2", " ngô", "Gõ tay."), ("1", "Lúa", "Của Word.")] and not found.issues


def test_a_raised_star_under_a_rule() -> None:
    found = report(para("Lúa", run("(*)", RAISED), ".") + para("-----") + para("(*) Ước tính."))
    assert bound(found) == [("*", "Lúa", "Ước tính.")]
