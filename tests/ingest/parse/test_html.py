"""Saved web pages: what a reader of the page sees, and what Word and LibreOffice write for notes and tables."""

from __future__ import annotations

import pytest

from ingest.domain import Report
from ingest.errors import UnreadableReport
from ingest.parse.html import page_text
from ingest.parse.read import read_report
from tests.ingest.vi.legacy_made import to_tcvn3, to_vni

HEAD = '<html><head><meta charset="utf-8"><title>Tiêu đề trang</title><style>p {color: red}</style></head><body>'


def page(body: str) -> Report:
    return read_report((HEAD + body + "</body></html>").encode(), name="a.html")


def test_headings_paragraphs_and_lists() -> None:
    found = page(
        "<h1>Báo  cáo</h1><p>Dòng\n một <b>đậm</b>.<br>Dòng hai</p>chữ rời<ul><li>một</li><li>hai</li></ul>"
        '<ol start="3"><li>ba</li><li>bốn</li></ol><pre>giữ  nguyên\ndòng</pre>'
    )
    assert found.text.split("\n\n") == [
        *("Báo cáo", "Dòng một đậm.\nDòng hai", "chữ rời", "- một", "- hai", "3. ba", "4. bốn"),
        "giữ  nguyên\ndòng",
    ]
    assert found.format == "html"


def test_the_number_of_an_item_stands_in_its_first_paragraph() -> None:
    found = page(
        '<ol type="I"><li><p>KẾT QUẢ</p></li><ol><li><p>Kinh tế</p><ul><li><p>Đạt 5 ha.</p><p>Thêm.</p></li></ul></li>'
        '</ol><li><p>NHIỆM VỤ</p></li></ol><ol type="i" start="4"><li>bốn</li>'
        "<li><table><tr><td>ô</td></tr></table></li></ol>"
    )
    lines = [line for line in found.text.split("\n\n") if "|" not in line]
    assert lines == ["I. KẾT QUẢ", "1. Kinh tế", "- Đạt 5 ha.", "Thêm.", "II. NHIỆM VỤ", "iv. bốn", "ô"]


def test_tables_with_joined_cells() -> None:
    found = page(
        '<table border="1"><thead><tr><th rowspan="2">Chỉ tiêu</th><th colspan="2">Năm</th></tr>'
        "<tr><th>2022</th><th>2023</th></tr></thead><tbody><tr><td>Sản lượng</td><td>1.200</td><td>1.350</td></tr>"
        "<tr><td>Diện tích</td><td>500</td><td>510</td></tr></tbody></table>"
    )
    assert found.tables[0].columns == ("Chỉ tiêu", "Năm / 2022", "Năm / 2023")
    assert [[cell.of(found.text) for cell in row.cells] for row in found.tables[0].rows] == [
        ["Sản lượng", "1.200", "1.350"],
        ["Diện tích", "500", "510"],
    ]


WORD_NOTE = (
    '<p>Tăng 5%<a href="#_ftn1" name="_ftnref1"><span class=MsoFootnoteReference>[1]</span></a> so với năm trước.</p>'
    '<div style="mso-element:footnote-list"><div id=ftn1><p><a href="#_ftnref1" name="_ftn1">[1]</a> Số ước tính.</p>'
    "</div></div>"
)
OFFICE_NOTE = (
    '<p>Tăng 5%<a class="sdfootnoteanc" name="sdfootnote1anc" href="#sdfootnote1sym"><sup>1</sup></a> so với năm trước.'
    '</p><div id="sdfootnote1"><p><a name="sdfootnote1sym" href="#sdfootnote1anc">1</a> Số ước tính.</p></div>'
)
PAGE_NOTE = (
    '<p>Tăng 5%<sup id="ref1"><a href="#n1">1</a></sup> so với năm trước.</p>'
    '<ol><li id="n1">Số ước tính. <a href="#ref1">↩</a></li></ol>'
)


@pytest.mark.parametrize("body", [WORD_NOTE, OFFICE_NOTE, PAGE_NOTE])
def test_footnotes_are_bound_to_their_marks(body: str) -> None:
    found = page(body)
    assert found.text == "Tăng 5%¹ so với năm trước.\n\n¹ Số ước tính."
    note = found.footnotes[0]
    assert note.mark is not None and note.mark.start == len("Tăng 5%")


def test_what_is_not_read_is_told() -> None:
    found = page(
        "<nav>Trang chủ</nav><script>var a = 1</script><p>Chữ<span style='display:none'> ẩn</span></p>"
        "<p hidden>ẩn nữa</p><img src='http://example.vn/a.png'><!-- chú thích -->"
    )
    assert found.text == "Chữ"
    assert {issue.code for issue in found.issues} == {"hidden-text", "page-parts-skipped", "image-skipped"}


def test_old_fonts() -> None:
    tcvn3, vni = to_tcvn3("sản lượng"), to_vni("đạt")
    body = f'<p><font face=".VnTime, Arial">{tcvn3}</font> <span style="font-family: \'VNI-Times\'">{vni}</span></p>'
    assert page(body).text == "sản lượng đạt"


@pytest.mark.parametrize(
    "data",
    [
        "<p>Báo cáo</p>".encode("utf-8-sig"),
        "<html><p>Báo cáo</p>".encode("utf-16"),
        '<meta http-equiv="Content-Type" content="text/html; charset=windows-1258"><p>Báo cáo</p>'.encode("cp1258"),
        '<?xml version="1.0" encoding="UTF-8"?><html><p>Báo cáo</p></html>'.encode(),
        '<meta charset="khong-co"><p>Báo cáo</p>'.encode(),
    ],
)
def test_character_sets(data: bytes) -> None:
    assert "<p>Báo cáo</p>" in page_text(data)


def test_archives_of_a_page() -> None:
    body = b"<html><body><p>S=E1=BA=A3n l=C6=B0=E1=BB=A3ng 5 t=E1=BA=A5n</p></body></html>"
    head = b'From: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\n'
    part = b'Content-Type: text/html; charset="utf-8"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n'
    found = read_report(head + part + body + b"\r\n--b--\r\n", name="a.mht")
    assert found.text == "Sản lượng 5 tấn" and found.format == "html"


def test_entities_of_a_dtd_are_not_read() -> None:
    bomb = '<!DOCTYPE html [<!ENTITY a SYSTEM "file:///etc/passwd">]><html><body><p>Chữ &a; hết</p></body></html>'
    assert "root:" not in read_report(bomb.encode(), name="a.html").text


def test_a_page_without_text_is_named_so() -> None:
    with pytest.raises(UnreadableReport) as caught:
        page("<script>x</script>")
    assert caught.value.code == "no-text"
