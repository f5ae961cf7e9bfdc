"""What stands in runs: fields, symbols, formulas, hidden letters, tracked changes, what is counted and not read."""

from __future__ import annotations

import pytest

from ingest.domain import Report, Severity
from ingest.errors import RefusedReport
from ingest.parse.read import read_report
from tests.ingest.parse.word_files import cell, docx, field, para, part, run, styles, table

BOX = "<w:txbxContent>{}</w:txbxContent>"
M = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'


def report(body: str, parts: dict[str, str] | None = None, *, headers: tuple[str, ...] = ()) -> Report:
    return read_report(docx(body, parts, headers=headers), name="a.docx")


def raw(inside: str) -> str:
    return f"<w:r>{inside}</w:r>"


def issues(found: Report) -> dict[str, Severity]:
    return {issue.code: issue.severity for issue in found.issues}


def message(found: Report, code: str) -> str:
    return next(issue.message for issue in found.issues if issue.code == code)


@pytest.mark.parametrize(
    ("inside", "shown"),
    [
        (field("PAGE", "7"), ""),
        (field("NUMPAGES \\* MERGEFORMAT", "12"), ""),
        (field('HYPERLINK "http://a.vn"', "trang web"), "trang web"),
        (field("SEQ Bang \\* ARABIC", "3"), "3"),
        (field("=SUM(ABOVE)", "1.250"), "1.250"),
        (field(' FORMTEXT "x"', "đã điền"), "đã điền"),
        (field("IF 1 = 1", field("PAGE", "9") + run("có")), "có"),
        ('<w:fldSimple w:instr=" PAGE ">' + run("4") + "</w:fldSimple>", ""),
        ('<w:fldSimple w:instr=" REF a ">' + run("Bảng 2") + "</w:fldSimple>", "Bảng 2"),
        ("<w:hyperlink>" + run("liên kết") + "</w:hyperlink>", "liên kết"),
        (run("a") + raw("<w:softHyphen/>") + run("b"), "ab"),
        (run("a") + raw("<w:noBreakHyphen/>") + run("b"), "a-b"),
        (run("a") + raw('<w:br w:type="page"/>') + run("b"), "a\nb"),
        (run("a") + raw("<w:cr/>") + run("b"), "a\nb"),
        (raw('<w:sym w:font="Symbol" w:char="F0B3"/>') + run(" 97%"), "≥ 97%"),
        (raw('<w:sym w:font="Wingdings" w:char="F0FC"/>') + run(" đạt"), "✓ đạt"),
        (run("\uf0a3 5 ha", '<w:rFonts w:ascii="Symbol"/>'), "≤ 5 ha"),
        (raw("<w:ruby><w:rt>" + run("chú âm") + "</w:rt><w:rubyBase>" + run("gốc") + "</w:rubyBase></w:ruby>"), "gốc"),
        ('<w:smartTag w:element="x">' + run("thẻ") + "</w:smartTag>", "thẻ"),
        ('<w:bdo w:val="ltr">' + run("chiều") + "</w:bdo>", "chiều"),
        (
            "<w:sdt><w:sdtPr><w:dropDownList/></w:sdtPr><w:sdtContent>" + run("Quý II") + "</w:sdtContent></w:sdt>",
            "Quý II",
        ),
        (run("chữ hoa nhỏ", "<w:smallCaps/>"), "chữ hoa nhỏ"),
        (run("m") + run("2", '<w:vertAlign w:val="superscript"/>'), "m²"),
    ],
)
def test_what_a_reader_sees_of_a_run(inside: str, shown: str) -> None:
    assert report(para("A[", inside, "]")).text == f"A[{shown}]"


def test_a_formula_is_a_line_of_text() -> None:
    part_of = "<m:f><m:num><m:r><m:t>a+b</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f>"
    power = "<m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup>"
    found = report(
        f"<w:p><m:oMathPara {M}><m:oMath>{part_of}<m:r><m:t> = </m:t></m:r>{power}</m:oMath></m:oMathPara></w:p>"
    )
    assert found.text == "(a+b)/2 = x²"


def test_a_form_shows_its_ticks_and_choices() -> None:
    tick = '<w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox>'
    choice = '<w:ddList><w:result w:val="1"/><w:listEntry w:val="Xã A"/><w:listEntry w:val="Xã B"/></w:ddList>'
    signs = "".join(
        raw(f'<w:fldChar w:fldCharType="begin"><w:ffData>{data}</w:ffData></w:fldChar>')
        + raw("<w:instrText> FORM </w:instrText>") + raw('<w:fldChar w:fldCharType="end"/>')
        for data in (tick, choice)
    )  # fmt: skip
    assert report(para("Có: ", signs)).text == "Có: ☒Xã B"


def test_a_contents_list_is_left_out_and_counted() -> None:
    begin = raw('<w:fldChar w:fldCharType="begin"/>') + raw("<w:instrText>TOC \\o</w:instrText>")
    first = para(begin + raw('<w:fldChar w:fldCharType="separate"/>') + run("I. Kết quả 1"))
    last = para(run("II. Nhiệm vụ 3") + raw('<w:fldChar w:fldCharType="end"/>'))
    found = report(first + last + para("I. Kết quả") + para("Tốt."))
    assert found.text == "I. Kết quả\n\nTốt." and "2 dòng" in message(found, "contents-skipped")


def test_a_field_that_is_never_ended_swallows_nothing() -> None:
    begin = raw('<w:fldChar w:fldCharType="begin"/>') + raw("<w:instrText>TOC \\o</w:instrText>")
    found = report(para(begin + raw('<w:fldChar w:fldCharType="separate"/>') + run("Mục lục")) + para("Đoạn sau."))
    assert found.text == "Đoạn sau."


WHITE, TINY, HIDDEN = '<w:color w:val="FFFFFF"/>', '<w:sz w:val="2"/>', "<w:vanish/>"


def test_letters_that_nobody_sees_are_dropped_and_counted() -> None:
    sheet = styles('<w:style w:type="character" w:styleId="An"><w:rPr><w:vanish/></w:rPr></w:style>')
    body = para("Thấy ", run("ẩn1", HIDDEN), run("ẩn2", '<w:rStyle w:val="An"/>'), run("trắng", WHITE), run("bé", TINY))
    found = report(body, {"styles.xml": sheet})
    assert found.text == "Thấy" and issues(found) == {"hidden-text": Severity.WARNING}
    assert [
        count in message(found, "hidden-text") for count in ("6 ký tự chữ ẩn", "5 ký tự chữ trắng", "2 ký tự chữ cỡ")
    ]
    assert all(count in message(found, "hidden-text") for count in ("6 ký tự chữ ẩn", "5 ký tự chữ trắng", "2 ký tự"))


def test_white_letters_on_a_colour_are_seen() -> None:
    shade = '<w:shd w:val="clear" w:fill="1F3864"/>'
    rows = (cell(para(run("Tên", WHITE)), shade) + cell("Số") + cell("Ghi"), cell("Bò") + cell("5") + cell("6"))
    found = report(para(run("Nền đen", WHITE + '<w:highlight w:val="black"/>')) + table(*rows))
    assert found.text.startswith("Nền đen\n\n| Tên | Số |") and not issues(found)
    unseen = report(para("A ", run("trắng", WHITE + '<w:shd w:val="clear" w:fill="FFFFFF"/>')))
    assert unseen.text == "A"


def test_tracked_changes_are_read_as_accepted() -> None:
    gone, kept = '<w:{0} w:id="1">', "</w:{0}>"
    moved = gone.format("moveFrom") + run("chỗ cũ") + kept.format("moveFrom")
    here = gone.format("moveTo") + run("chỗ mới") + kept.format("moveTo")
    deleted_mark = (
        '<w:p><w:pPr><w:rPr><w:del w:id="9"/></w:rPr></w:pPr><w:r><w:t xml:space="preserve">Nửa đầu </w:t></w:r></w:p>'
    )
    found = report(para("A ", moved, here) + deleted_mark + para("nửa sau."))
    assert found.text == "A chỗ mới\n\nNửa đầu nửa sau."
    assert "2 chỗ" in message(found, "tracked-changes")


def test_deleted_rows_and_cells_are_gone() -> None:
    head = cell("Tên") + cell("Số") + cell("Năm")
    lost = '<w:tr><w:trPr><w:del w:id="1"/></w:trPr>' + cell("Lợn") + cell("1") + cell("2") + "</w:tr>"
    rows = table(head, cell("Bò") + cell("5", '<w:cellDel w:id="2"/>') + cell("6") + cell("7"))
    found = report(rows.replace("</w:tbl>", lost + "</w:tbl>"))
    assert found.text == "| Tên | Số | Năm |\n| Bò | 6 | 7 |"


def test_boxes_of_every_make_are_read_once() -> None:
    new = '<mc:Choice Requires="wps">' + BOX.format(para("Khung mới")) + "</mc:Choice>"
    old = (
        "<mc:Fallback><w:pict><v:textbox xmlns:v='urn:v'>"
        + BOX.format(para("Khung mới"))
        + "</v:textbox></w:pict></mc:Fallback>"
    )
    alone = "<w:pict><v:textbox xmlns:v='urn:v'>" + BOX.format(para("Khung cũ")) + "</v:textbox></w:pict>"
    both = raw(f"<mc:AlternateContent>{new}{old}</mc:AlternateContent>")
    only = raw(f"<mc:AlternateContent>{old.replace('mới', 'lùi')}</mc:AlternateContent>")
    assert report(para("A", both) + para("B", raw(alone)) + para("C", only)).text.split("\n\n") == [
        "A", "Khung mới", "B", "Khung cũ", "C", "Khung lùi"
    ]  # fmt: skip


def test_a_box_in_a_table_cell_is_read_with_the_cell() -> None:
    box = raw("<w:pict>" + BOX.format(para("ghi thêm")) + "</w:pict>")
    found = report(table(cell("Tên") + cell("Số") + cell("Chú"), cell("Bò") + cell("5") + cell(para("x", box))))
    assert "| Bò | 5 | x ghi thêm |" in found.text


def test_what_is_not_read_is_counted() -> None:
    chart = raw('<w:drawing><c:chart xmlns:c="urn:c" r:id="r1"/></w:drawing>')
    smart = raw('<w:drawing><d:relIds xmlns:d="urn:d"/></w:drawing>')
    ole = raw('<w:object><v:imagedata xmlns:v="urn:v"/><o:OLEObject xmlns:o="urn:o"/></w:object>')
    big = raw('<w:drawing><wp:extent xmlns:wp="urn:p" cx="5400000" cy="7200000"/><a:blip xmlns:a="urn:a"/></w:drawing>')
    art = raw('<w:pict><v:textpath xmlns:v="urn:v" string="DỰ THẢO"/></w:pict>')
    prompt = (
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>" + run("Bấm vào đây") + "</w:sdtContent></w:sdt>"
    )
    unknown = raw('<w:sym w:font="Webdings" w:char="F099"/>')
    body = para("Chữ", chart, smart, ole, big, art, prompt, unknown) + '<w:altChunk r:id="r9"/>'
    comments = part("comments", '<w:comment w:id="1">' + para("Xem lại") + "</w:comment>")
    found = report(body, {"comments.xml": comments, "vbaProject.bin": "x"}, headers=(para("Văn phòng"),))
    assert found.text == "Chữ•"
    assert issues(found) == {
        "object-skipped": Severity.WARNING,
        "drawing-skipped": Severity.WARNING,
        "large-image-skipped": Severity.WARNING,
        "word-art-skipped": Severity.WARNING,
        "import-skipped": Severity.WARNING,
        "macros-ignored": Severity.INFO,
        "comments-skipped": Severity.INFO,
        "page-header-skipped": Severity.INFO,
        "prompts-skipped": Severity.INFO,
        "symbols-unknown": Severity.INFO,
    }
    assert "1 biểu đồ và 1 sơ đồ" in message(found, "drawing-skipped") and "8 ký tự" in message(
        found, "page-header-skipped"
    )


def test_the_strict_flavour_is_read_alike() -> None:
    data = docx(para("I. KẾT QUẢ") + para("Đạt."), strict=True)
    assert read_report(data, name="a.docx").text == "I. KẾT QUẢ\n\nĐạt."


def test_a_stamp_in_a_box_behind_the_title_or_as_word_art_is_refused() -> None:
    box = raw("<w:pict>" + BOX.format(para("TỐI MẬT")) + "</w:pict>")
    art = raw('<w:pict><v:textpath xmlns:v="urn:v" string="MẬT"/></w:pict>')
    for drawn in (box, art):
        with pytest.raises(RefusedReport):
            report(para("BÁO CÁO") + para("I. KẾT QUẢ") + para("Tốt.") * 20 + para("Chữ", drawn))
