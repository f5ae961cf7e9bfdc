"""Compound files by what their directory names: no Office program needed, the containers are made here."""

from __future__ import annotations

import struct

import pytest

from ingest.errors import UnreadableReport
from ingest.parse.office_kinds import OLE
from ingest.parse.sniff import FileKind, sniff
from tests.ingest.parse.word_files import zipped


def compound(name: str, *, flags: int = 0) -> bytes:
    """Return a compound file whose directory holds ``name``, a stream in its second sector."""
    header = bytearray(512)
    header[:8], header[30:32] = OLE, struct.pack("<H", 9)
    entry, wide = bytearray(128), name.encode("utf-16-le") + b"\x00\x00"
    entry[: len(wide)], entry[64:66], entry[116:120] = wide, struct.pack("<H", len(wide)), struct.pack("<I", 1)
    stream = bytearray(512)
    stream[:2], stream[11] = b"\xec\xa5", flags
    return bytes(header + entry.ljust(512, b"\x00") + stream)


def refusal(data: bytes) -> UnreadableReport:
    with pytest.raises(UnreadableReport) as caught:
        sniff(data)
    return caught.value


def test_a_word_document_is_told_by_its_stream() -> None:
    assert sniff(compound("WordDocument")) is FileKind.DOC


@pytest.mark.parametrize(
    ("name", "what"),
    [("Workbook", ".xls"), ("PowerPoint Document", ".ppt"), ("__properties_version1.0", ".msg"), ("Khác", "Office")],
)
def test_other_compound_files_are_refused_by_name(name: str, what: str) -> None:
    error = refusal(compound(name))
    assert error.code == "unsupported-format" and what in error.message


@pytest.mark.parametrize("data", [compound("WordDocument", flags=1), compound("EncryptedPackage")])
def test_a_password_is_named(data: bytes) -> None:
    assert refusal(data).code == "encrypted-file"


def test_open_document_texts() -> None:
    kind = {"mimetype": b"application/vnd.oasis.opendocument.text"}
    assert sniff(zipped(kind)) is FileKind.ODT
    assert refusal(zipped({**kind, "META-INF/manifest.xml": b"<m:encryption-data/>"})).code == "encrypted-file"
    sheet = {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}
    assert refusal(zipped(sheet)).code == "unsupported-format"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"{\\rtf1\\ansi Bao cao}", FileKind.RTF),
        (b"<!DOCTYPE html><html><body>x</body></html>", FileKind.HTML),
        ("<HTML><p>x".encode("utf-16"), FileKind.HTML),
        (b"<?xml version='1.0'?>\n<html xmlns='x'/>", FileKind.HTML),
        (b"<!-- saved from url --><html>", FileKind.HTML),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\n", FileKind.HTML),
        (b"B\xc3\xa1o c\xc3\xa1o <html> trong b\xc3\xa0i", FileKind.TEXT),
    ],
)
def test_texts_told_apart(data: bytes, kind: FileKind) -> None:
    assert sniff(data) is kind
