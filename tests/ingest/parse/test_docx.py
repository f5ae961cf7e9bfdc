from __future__ import annotations

from collections.abc import Callable

import pytest

from ingest.domain import ParagraphKind, Report, Severity
from ingest.errors import RefusedReport, UnreadableReport
from ingest.parse.read import read_report
from tests.ingest.parse.word_files import cell, docx, field, mark, notes, para, part, run, table
from tests.ingest.vi.legacy_made import set_in_tcvn3_fonts, to_vni

BOLD, ITALIC, RAISED, HIDDEN = "<w:b/>", "<w:i/>", '<w:vertAlign w:val="superscript"/>', "<w:vanish/>"
CENTRE = '<w:jc w:val="center"/>'


def report(body: str, parts: dict[str, str] | None = None, *, headers: tuple[str, ...] = ()) -> Report:
    return read_report(docx(body, parts, headers=headers), name="a.docx")


def codes(found: Report) -> list[tuple[str, Severity]]:
    return [(issue.code, issue.severity) for issue in found.issues]


def test_paragraphs_are_parted_by_a_blank_line() -> None:
    found = report(para("Một ", run("hai", BOLD)) + para() + para(["Ba", "w:tab/>"][0]))
    assert found.text == "Một hai\n\nBa" and found.format == "docx"


def test_tabs_breaks_and_hyphens() -> None:
    body = "<w:p><w:r><w:t>A</w:t><w:tab/><w:t>B</w:t><w:br/><w:t>C</w:t><w:noBreakHyphen/><w:t>D</w:t></w:r></w:p>"
    assert report(body).text == "A\tB\nC-D"


def test_word_footnotes_and_endnotes() -> None:
    parts = {"footnotes.xml": notes("footnote", {7: "Chân trang hai.", 3: "Chân trang một.", 9: "Không ai nhắc."})}
    body = para("Xuân", mark(3), ". Đông", mark(7), ".") + para("Hết.")
    found = report(body, parts)
    assert found.text == "Xuân¹. Đông².\n\nHết.\n\n¹ Chân trang một.\n\n² Chân trang hai."
    assert [(n.label, n.mark and n.mark.of(found.text), n.spans[0].of(found.text)) for n in found.footnotes] == [
        ("1", "¹", "Chân trang một."),
        ("2", "²", "Chân trang hai."),
    ]
    assert len(found.paragraphs) == 2 and codes(found) == []


def test_endnotes_beside_footnotes_keep_their_own_numbers() -> None:
    parts = {"footnotes.xml": notes("footnote", {1: "Chân."}), "endnotes.xml": notes("endnote", {1: "Cuối."})}
    found = report(para("A", mark(1), " b", mark(1, "endnote"), "."), parts)
    assert found.text.startswith("A¹ b[i].") and [note.label for note in found.footnotes] == ["1", "i"]
    assert codes(found) == []


def test_a_reference_to_a_missing_note_is_a_warning() -> None:
    assert codes(report(para("A", mark(4), "."))) == [("mark-without-note", Severity.WARNING)]


def test_raised_digits_become_superscripts_and_notes_typed_by_hand_are_bound() -> None:
    found = report(
        para("Rộng 5 m", run("2", RAISED), " đất", run("1", RAISED), ".") + para(run("1", RAISED), " Đất ở.")
    )
    assert found.text == "Rộng 5 m² đất¹.\n\n¹ Đất ở."
    assert [note.spans[0].of(found.text) for note in found.footnotes] == ["Đất ở."]


def test_page_fields_and_deleted_text_are_dropped_and_inserted_text_is_kept() -> None:
    gone = '<w:del w:id="1"><w:r><w:delText>cũ</w:delText></w:r></w:del>'
    new = f'<w:ins w:id="2">{run("mới")}</w:ins>'
    found = report(para("Trang ", field("PAGE", "7"), "số ", field("REF a", "12"), " ", gone, new))
    assert found.text == "Trang số 12 mới" and codes(found) == [("tracked-changes", Severity.INFO)]


def test_hidden_text_is_dropped_with_a_warning() -> None:
    found = report(para("Thấy ", run("ẩn", HIDDEN), "được"))
    assert found.text == "Thấy được" and codes(found) == [("hidden-text", Severity.WARNING)]


def test_capitals_by_format_and_accents_split_over_runs() -> None:
    assert report(para(run("báo cáo", "<w:caps/>"))).text == "BÁO CÁO"
    assert report(para("Tô", run("\u0309", BOLD), "ng")).text == "Tổng"


def levels(*pairs: tuple[str, str]) -> str:
    body = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for n, (form, text) in enumerate(pairs)
    )
    lists = '<w:num w:numId="5"><w:abstractNumId w:val="1"/></w:num>'
    return part("numbering", f'<w:abstractNum w:abstractNumId="1">{body}</w:abstractNum>{lists}')


def numbered(text: str, level: int) -> str:
    return para(text, settings=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="5"/></w:numPr>')


def test_automatic_numbers_are_written_as_read() -> None:
    parts = {
        "numbering.xml": levels(("upperRoman", "%1."), ("decimal", "%2."), ("lowerLetter", "%3)"), ("bullet", "\uf0b7"))
    }
    order = [("Một", 0), ("Hai", 1), ("Ba", 1), ("Bốn", 2), ("Năm", 2), ("Sáu", 3), ("Bảy", 0), ("Tám", 1)]
    found = report("".join(numbered(text, level) for text, level in order), parts)
    assert found.text.split("\n\n") == ["I. Một", "1. Hai", "2. Ba", "a) Bốn", "b) Năm", "• Sáu", "II. Bảy", "1. Tám"]
    assert [section.marker for section in found.sections[1:]] == ["I.", "1.", "2.", "a)", "b)", "II.", "1."]


def test_a_number_of_several_levels() -> None:
    parts = {"numbering.xml": levels(("decimal", "%1."), ("decimal", "%1.%2."))}
    found = report("".join(numbered(t, n) for t, n in [("A", 0), ("B", 1), ("C", 1), ("D", 0), ("E", 1)]), parts)
    assert found.text.split("\n\n") == ["1. A", "1.1. B", "1.2. C", "2. D", "2.1. E"]


HEAD = table(
    cell(para("ỦY BAN NHÂN DÂN") + para(run("HUYỆN VÂN TRẠCH", BOLD)))
    + cell(para("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") + para("Độc lập - Tự do - Hạnh phúc")),
    cell("Số: 12/BC-UBND") + cell("Vân Trạch, ngày 02 tháng 5 năm 2023"),
)
TITLE = para(run("BÁO CÁO", BOLD), settings=CENTRE) + para(run("Tình hình tháng 4 năm 2023", BOLD), settings=CENTRE)


def test_head_and_signature_tables_are_read_cell_by_cell() -> None:
    recipients = para("Nơi nhận:") + para("- Sở KH&amp;ĐT;") + para("- Lưu: VT.")
    signer = para("KT. CHỦ TỊCH") + para("PHÓ CHỦ TỊCH") + para() + para("Ngô Thị Sáng")
    found = report(HEAD + TITLE + para("I. KẾT QUẢ") + para("Tốt./.") + table(cell(recipients) + cell(signer)))
    meta = found.meta
    assert (meta.issuer, meta.number) == ("ỦY BAN NHÂN DÂN HUYỆN VÂN TRẠCH", "12/BC-UBND")
    assert (meta.title, meta.signer, meta.signer_role) == ("Tình hình tháng 4 năm 2023", "Ngô Thị Sáng", "PHÓ CHỦ TỊCH")
    assert meta.recipients == ("Sở KH&ĐT", "Lưu: VT") and found.tables == ()
    assert [section.kind.value for section in found.sections] == ["root", "header", "roman", "signature"]


def test_a_title_broken_by_hand_is_two_lines() -> None:
    broken = (
        f"<w:p><w:pPr>{CENTRE}</w:pPr><w:r><w:t>BÁO CÁO</w:t><w:br/><w:t>Tình hình quý I năm 2024</w:t></w:r></w:p>"
    )
    found = report(HEAD + broken + para("I. KẾT QUẢ") + para("Tốt."))
    assert (found.meta.doc_type, found.meta.title) == ("báo cáo", "Tình hình quý I năm 2024")


def test_a_data_table_with_joined_cells() -> None:
    join = '<w:gridSpan w:val="2"/>'
    top, below = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    rows = (
        cell("STT", top) + cell("Chỉ tiêu", top) + cell("Quý I", join),
        cell("", below) + cell("", below) + cell("Lượng") + cell("So kế hoạch"),
        cell("1") + cell("Đàn bò") + cell("502") + cell(para("127,7") + para("%")),
        cell("2") + cell("Đàn lợn") + cell("") + cell("95%"),
    )
    found = report(para("II. SỐ LIỆU") + para("Biểu số liệu chăn nuôi") + para("Đơn vị tính: con") + table(*rows))
    one = found.tables[0]
    assert (one.caption, one.unit, one.section) == ("Biểu số liệu chăn nuôi", "con", 1)
    assert one.columns == ("STT", "Chỉ tiêu", "Quý I / Lượng", "Quý I / So kế hoạch")
    assert [[c.of(found.text) for c in row.cells] for row in one.rows] == [
        ["1", "Đàn bò", "502", "127,7 %"],
        ["2", "Đàn lợn", "", "95%"],
    ]
    assert one.rows[0].span.of(found.text) == "| 1 | Đàn bò | 502 | 127,7 % |"
    assert sum(p.kind is ParagraphKind.TABLE_ROW for p in found.paragraphs) == 4


def test_a_note_in_a_table_cell() -> None:
    rows = (cell("Tên") + cell("Số") + cell("Ghi"), cell(para("Bò", mark(1))) + cell("5") + cell("6"))
    found = report(table(*rows, head=1), {"footnotes.xml": notes("footnote", {1: "Cả bê."})})
    note = found.footnotes[0]
    assert found.text.startswith("| Tên | Số | Ghi |\n| Bò¹ | 5 | 6 |") and note.paragraph == 1


def test_bold_lines_are_headings_and_runs_in_italics_as_well() -> None:
    body = para("I. KẾT QUẢ") + para(run("Về kinh tế", BOLD)) + para(run("Trồng trọt:", ITALIC), " Lúa 5 ha.")
    found = report(body + para("Đạt ", run("kế hoạch", BOLD), " năm."))
    assert [(s.title, s.kind.value) for s in found.sections[2:]] == [("Về kinh tế", "run_in"), ("Trồng trọt", "run_in")]


def test_a_text_box_is_read_where_it_hangs_and_only_once() -> None:
    box = f"<w:txbxContent>{para('Trong khung')}</w:txbxContent>"
    both = f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    drawn = f"<w:r><mc:AlternateContent>{both}</mc:AlternateContent></w:r>"
    assert report(para("Trước ", drawn) + para("Sau")).text == "Trước\n\nTrong khung\n\nSau"


def test_a_secret_stamp_in_a_box_or_page_header_is_refused() -> None:
    stamped = table(cell(para(run("TỐI MẬT", BOLD)))) + HEAD + TITLE + para("I. KẾT QUẢ") + para("Tốt.")
    with pytest.raises(RefusedReport):
        report(stamped)
    with pytest.raises(RefusedReport):
        read_report(docx(HEAD + TITLE + para("Tốt."), headers=(para("MẬT"),)), name="a.docx")


@pytest.mark.parametrize("body", ["", para(), para(run("ẩn", HIDDEN)), "<w:p><w:r><w:drawing/></w:r></w:p>"])
def test_a_file_without_text_is_named_so(body: str) -> None:
    with pytest.raises(UnreadableReport) as caught:
        report(body)
    assert caught.value.code == "no-text"


def test_pictures_and_old_fonts_are_reported() -> None:
    picture = '<w:r><w:drawing><x:blip xmlns:x="urn:x"/></w:drawing></w:r>'
    found = report(para("Ảnh ", picture, run("cũ", '<w:rFonts w:ascii=".VnTime"/>')))
    assert codes(found) == [("image-skipped", Severity.INFO), ("legacy-font", Severity.INFO)]


def old_fonts(text: str, fonts: Callable[[str], list[tuple[str, str]]]) -> str:
    runs = [(made, f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}"/>') for made, font in fonts(text)]
    return "".join(run(made, look) for made, look in runs)


def in_vni(text: str) -> list[tuple[str, str]]:
    # Each letter in a run of its own, its mark in the next: as files look that were corrected by hand.
    return [(ch, "VNI-Times") for ch in to_vni(text)]


@pytest.mark.parametrize("fonts", [set_in_tcvn3_fonts, in_vni])
def test_old_fonts_read_as_unicode(fonts: Callable[[str], list[tuple[str, str]]]) -> None:
    lines = ["BÁO CÁO Ở HUYỆN", "Tổng diện tích gieo trồng ước đạt 1.214,5 ha, bằng 98,3% (31/3/2004).", "nước Ấm"]
    found = report("".join(para(old_fonts(line, fonts)) for line in [*lines]) + para("Chữ Unicode: sản lượng"))
    assert found.text == "\n\n".join([*lines, "Chữ Unicode: sản lượng"])
    assert codes(found) == [("legacy-font", Severity.INFO)]


def test_old_fonts_named_by_a_style_and_soft_hyphens_as_word_writes_them() -> None:
    fonts = '<w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/>'
    style = f'<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:rPr>{fonts}</w:rPr></w:style>'
    word = "<w:r><w:t>N</w:t><w:softHyphen/><w:t>\xedc</w:t></w:r>"
    body = para(word, " s\xb9ch") + para(run("b\xb8o c\xb8o", "<w:caps/>"))
    assert report(body, {"styles.xml": part("styles", style)}).text == "Nước sạch\n\nBÁO CÁO"


def test_unicode_under_an_old_fonts_name_stays() -> None:
    look = '<w:rFonts w:ascii=".VnTime"/>'
    assert report(para(run("Báo cáo ", look), run("kết quả", look))).text == "Báo cáo kết quả"
