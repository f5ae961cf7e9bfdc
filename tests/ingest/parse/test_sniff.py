from __future__ import annotations

import io
import zipfile

import pytest

from ingest.errors import UnreadableReport
from ingest.parse import sniff as module
from ingest.parse.read import read_report
from ingest.parse.sniff import FileKind, decode, open_package, read_part, sniff
from tests.ingest.parse.word_files import docx, para, zipped


def check_refused(data: bytes, code: str, *words: str) -> None:
    with pytest.raises(UnreadableReport) as caught:
        read_report(data, name="báo cáo.docx")
    assert caught.value.code == code
    for word in words:
        assert word in caught.value.message


@pytest.mark.parametrize("data", [b"", b"  \n\r\n", b"\xef\xbb\xbf", b"\x00" * 40])
def test_an_empty_file_is_named_so(data: bytes) -> None:
    check_refused(data, "empty-file", "rỗng")


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"GIF89a\x01\x00\x01\x00", "GIF"),
        (b"BM\x46\x00\x00\x00\x00\x00", "BMP"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "Office"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><text>18 v\xe1\xbb\xa5</text></svg>', "XML"),
    ],
)
def test_another_kind_of_file_is_named_whatever_its_name_says(data: bytes, what: str) -> None:
    check_refused(data, "unsupported-format", what, ".docx")


def test_another_zip_is_named() -> None:
    check_refused(zipped({"xl/workbook.xml": b"<x/>", "[Content_Types].xml": b"<x/>"}), "unsupported-format", "Excel")
    check_refused(zipped({"a.txt": b"x"}), "unsupported-format", "ZIP")


def test_a_cut_word_file_is_damaged() -> None:
    whole = docx(para("Báo cáo tình hình kinh tế"))
    for size in (30, len(whole) // 2, len(whole) - 1):
        check_refused(whole[:size], "damaged-file", "hỏng")


def test_a_word_file_with_broken_xml_or_a_dtd_is_damaged() -> None:
    kinds = {"[Content_Types].xml": b"<x/>"}
    check_refused(zipped({**kinds, "word/document.xml": b"<w:document"}), "damaged-file")
    bomb = b'<!DOCTYPE d [<!ENTITY a "aaaa">]><d>&a;</d>'
    check_refused(zipped({**kinds, "word/document.xml": bomb}), "damaged-file", "DTD")


def test_too_many_entries_are_refused() -> None:
    check_refused(zipped({f"part{i}": b"" for i in range(module.MAX_ENTRIES + 1)}), "damaged-file")


def test_a_zip_bomb_is_refused_before_and_while_inflating(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = zipped({"word/document.xml": b" " * 3_000_000, "[Content_Types].xml": b"<x/>"})
    check_refused(bomb, "damaged-file", "nén")
    with open_package(zipped({"big": b"ab" * 3_000})) as package:
        monkeypatch.setattr(module, "MAX_ENTRY_BYTES", 100)
        with pytest.raises(UnreadableReport):
            read_part(package, "big")


def test_a_word_file_is_told_by_its_parts() -> None:
    assert sniff(docx(para("x"))) is FileKind.DOCX
    assert sniff(b"%PDF-1.7\n%\xe2\xe3") is FileKind.PDF
    assert sniff(b"\r\n%PDF-1.4\n") is FileKind.PDF
    assert sniff("PKH là Phòng Kế hoạch".encode()) is FileKind.TEXT


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_text_is_read_in_the_usual_encodings(encoding: str) -> None:
    assert decode("Tổng thu 12 tỷ".encode(encoding)) == "Tổng thu 12 tỷ"


def test_windows_1258_types_its_accents_apart() -> None:
    typed = "Đơn vi\u0323 tính"
    assert decode(typed.encode("cp1258")) == typed
    assert read_report(typed.encode("cp1258"), name="a.txt").text == "Đơn vị tính"


def test_a_text_cut_inside_a_letter_is_still_read() -> None:
    assert decode("Hạn chế".encode()[:-1]) == "Hạn ch"


def test_bytes_that_are_no_text_are_refused() -> None:
    check_refused(bytes(range(1, 32)) * 20, "unsupported-format", "không phải văn bản")


def test_a_missing_part_is_none() -> None:
    buffer = io.BytesIO(zipped({"a": b"x"}))
    with zipfile.ZipFile(buffer) as package:
        assert read_part(package, "b") is None
        assert read_part(package, "a") == b"x"
