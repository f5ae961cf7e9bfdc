"""Sections of Word files by their styles and numbers, and annexes in the same file."""

from __future__ import annotations

from ingest.domain import Report, SectionKind
from ingest.parse.read import read_report
from tests.ingest.parse.word_files import cell, docx, para, run, styles, table

BOLD, CENTRE = "<w:b/>", '<w:jc w:val="center"/>'
TITLE = para(run("BÁO CÁO", BOLD), settings=CENTRE) + para(run("Tình hình quý I năm 2031", BOLD), settings=CENTRE)
SHEET = styles(
    "".join(
        f'<w:style w:type="paragraph" w:styleId="u{n}"><w:name w:val="{name} {n}"/></w:style>'
        for n, name in ((1, "heading"), (2, "heading"), (3, "Đầu đề"))
    )
    + '<w:style w:type="paragraph" w:styleId="Muc"><w:basedOn w:val="u2"/></w:style>'
    + '<w:style w:type="paragraph" w:styleId="Rieng"><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>'
)
LANDSCAPE = '<w:p><w:pPr><w:sectPr><w:pgSz w:orient="landscape"/></w:sectPr></w:pPr></w:p>'


def report(body: str) -> Report:
    return read_report(docx(body, {"styles.xml": SHEET}), name="a.docx")


def head(text: str, style: str) -> str:
    return para(text, settings=f'<w:pStyle w:val="{style}"/>')


def tree(found: Report) -> list[tuple[int, str]]:
    return [
        (section.level, f"{section.marker} {section.title}".strip())
        for section in found.sections
        if section.kind not in (SectionKind.ROOT, SectionKind.HEADER, SectionKind.SIGNATURE)
    ]


def test_headings_by_style_alone() -> None:
    body = TITLE + head("Kết quả", "u1") + head("Kinh tế", "u2") + head("Trồng trọt", "u3") + para("Lúa 5 ha.")
    body += head("Chăn nuôi", "Rieng") + para("Bò 6 con.") + head("Xã hội", "Muc") + para("Tốt.")
    body += head("Nhiệm vụ", "u1") + para("Làm tiếp.")
    assert tree(report(body)) == [
        (1, "Kết quả"), (2, "Kinh tế"), (3, "Trồng trọt"), (3, "Chăn nuôi"), (2, "Xã hội"), (1, "Nhiệm vụ")
    ]  # fmt: skip


def test_headings_by_style_under_numbered_ones() -> None:
    body = TITLE + head("I. KẾT QUẢ", "u1") + head("Kinh tế", "u2") + para("Tốt.") + head("Xã hội", "u2") + para("Khá.")
    body += head("II. NHIỆM VỤ", "u1") + head("Kinh tế", "u2") + para("Làm.")
    assert tree(report(body)) == [
        (1, "I. KẾT QUẢ"), (2, "Kinh tế"), (2, "Xã hội"), (1, "II. NHIỆM VỤ"), (2, "Kinh tế")
    ]  # fmt: skip


def test_numbered_headings_under_those_by_style() -> None:
    body = TITLE + head("KẾT QUẢ ĐẠT ĐƯỢC", "u1") + head("1. Kinh tế", "u2") + para("Tốt.") + head("2. Xã hội", "u2")
    body += para("Khá.") + head("NHIỆM VỤ TRỌNG TÂM", "u1") + head("3. Kinh tế", "u2") + para("Làm.")
    assert tree(report(body)) == [
        (1, "KẾT QUẢ ĐẠT ĐƯỢC"), (2, "1. Kinh tế"), (2, "2. Xã hội"), (1, "NHIỆM VỤ TRỌNG TÂM"), (2, "3. Kinh tế")
    ]  # fmt: skip


def test_a_paragraph_styled_as_heading_is_text() -> None:
    body = TITLE + head("Kết quả", "u1") + head("Trong quý huyện đã làm nhiều việc. " * 12, "u2") + para("Tốt.")
    assert tree(report(body)) == [(1, "Kết quả")]


def test_plain_numbers_where_there_are_no_styles() -> None:
    body = TITLE + para("I. KẾT QUẢ") + para("1. Kinh tế") + para("Tốt.") + para("1.1. Trồng trọt") + para("Lúa 5 ha.")
    body += para("2. Xã hội") + para("Khá.") + para("II. NHIỆM VỤ") + para("Làm.")
    assert tree(report(body)) == [
        (1, "I. KẾT QUẢ"), (2, "1. Kinh tế"), (3, "1.1. Trồng trọt"), (2, "2. Xã hội"), (1, "II. NHIỆM VỤ")
    ]  # fmt: skip


def test_an_annex_behind_the_signature_on_a_landscape_page() -> None:
    signature = table(cell(para("Nơi nhận:") + para("- Lưu: VT.")) + cell(para("CHỦ TỊCH") + para("Lê Văn Khởi")))
    annex = para(run("Phụ lục I", BOLD), settings=CENTRE) + para(run("SỐ LIỆU CHĂN NUÔI", BOLD), settings=CENTRE)
    annex += para("(Kèm theo Báo cáo số 12/BC-UBND)", settings=CENTRE)
    rows = table(cell("STT") + cell("Xã") + cell("Đàn bò (con)"), cell("1") + cell("Bản Mới") + cell("512"))
    second = para(run("Phụ lục II", BOLD), settings=CENTRE) + head("Chi tiết", "u1") + para("Rừng trồng 14 ha.")
    found = report(
        TITLE + para("I. KẾT QUẢ") + para("Tốt.") + signature + LANDSCAPE + annex + rows + LANDSCAPE + second
    )
    kinds = [(section.kind, section.level, section.marker, section.title) for section in found.sections[2:]]
    assert kinds[1][0] is SectionKind.SIGNATURE
    assert kinds[2:] == [
        (SectionKind.ANNEX, 1, "Phụ lục I", "SỐ LIỆU CHĂN NUÔI"),
        (SectionKind.ANNEX, 1, "Phụ lục II", ""),
        (SectionKind.RUN_IN, 2, "", "Chi tiết"),
    ]
    assert found.sections[found.tables[0].section].title == "SỐ LIỆU CHĂN NUÔI"


def test_a_body_typed_below_its_own_in_one_paragraph() -> None:
    def headed(*lines: str) -> tuple[str, str, str]:
        typed = "<w:br/>".join(f"<w:t>{line}</w:t>" for line in lines)
        body = f"<w:p><w:r>{typed}</w:r></w:p>" + TITLE + para("I. KẾT QUẢ") + para("Tốt.")
        meta = report(body).meta
        return meta.parent_issuer, meta.issuer, meta.area

    assert headed("UBND XÃ TÂN AN", "TRẠM Y TẾ") == ("UBND XÃ TÂN AN", "TRẠM Y TẾ", "xã Tân An")
    assert headed("SỞ KẾ HOẠCH", "VÀ ĐẦU TƯ")[:2] == ("", "SỞ KẾ HOẠCH VÀ ĐẦU TƯ")
