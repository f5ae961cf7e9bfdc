"""Which of the older office files these bytes are, and those that are no reports, told by their content."""

from __future__ import annotations

import re
import struct

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OPEN_DOCUMENT_TEXT = b"application/vnd.oasis.opendocument.text"
_SECTOR_OF = 512  # the header of a compound file; its directory entries are 128 bytes each
_ENTRY = 128
# A stream's name in the directory of a compound file, and what has it.
_OTHERS = (
    ("Workbook", "bảng tính Excel (.xls)"),
    ("Book", "bảng tính Excel (.xls)"),
    ("PowerPoint Document", "bản trình chiếu PowerPoint (.ppt)"),
    ("__properties_version1.0", "thư điện tử Outlook (.msg)"),
    ("VisioDocument", "bản vẽ Visio"),
)
_WORD_ENCRYPTED = 0x01  # in the byte at 0x0B of the WordDocument stream ([MS-DOC] 2.5.1, FibBase.fEncrypted)
_PAGE = re.compile(r"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta)(?![\w-])", re.IGNORECASE | re.DOTALL)
_XHTML = re.compile(r"\s*<\?xml[^>]*>.{0,1000}?<html(?![\w-])", re.IGNORECASE | re.DOTALL)
_ARCHIVE = re.compile(rb"(?:[\w-]{1,60}:[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*){0,20}?mime-version:", re.IGNORECASE)
_HEAD = 4_096


def is_word(data: bytes) -> bool:
    """Tell whether a compound file holds a Word document (.doc, .dot)."""
    return _entry(data, "WordDocument") is not None


def is_encrypted(data: bytes) -> bool:
    """Tell whether a compound file asks for a password before it shows its text."""
    if _entry(data, "EncryptedPackage") is not None:
        return True  # a .docx with a password
    entry = _entry(data, "WordDocument")
    if entry is None or len(data) < _SECTOR_OF:
        return False
    size = 1 << min(struct.unpack_from("<H", data, 30)[0], 16)
    stream = (struct.unpack_from("<I", data, entry + 116)[0] + 1) * size
    flags = data[stream + 11 : stream + 12]
    known = data[stream : stream + 2] in (b"\xec\xa5", b"\xdc\xa5")
    return known and bool(flags) and bool(flags[0] & _WORD_ENCRYPTED)


def other_compound(data: bytes) -> str:
    """Return the Vietnamese name of a compound file that is no Word document."""
    found = (what for name, what in _OTHERS if _entry(data, name) is not None)
    return next(found, "tệp Office đời cũ không phải văn bản Word")


def is_page(data: bytes) -> bool:
    """Tell whether ``data`` is a web page (.html) or an archive of one (.mht)."""
    head = data[:_HEAD]
    text = head.decode("utf-16", "replace") if head[:2] in (b"\xff\xfe", b"\xfe\xff") else head.decode("latin-1")
    text = text.removeprefix("ï»¿")
    archive = _ARCHIVE.match(head) is not None and b"multipart/related" in data[: _HEAD * 2].lower()
    return archive or _PAGE.match(text) is not None or _XHTML.match(text) is not None


def _entry(data: bytes, name: str) -> int | None:
    """Return the offset of the directory entry of the stream ``name``, None when there is none."""
    wanted = name.encode("utf-16-le") + b"\x00\x00"
    at = data.find(wanted, _SECTOR_OF)
    while at >= 0:
        length = data[at + 64 : at + 66]
        if (at - _SECTOR_OF) % _ENTRY == 0 and length == struct.pack("<H", len(wanted)) and at + _ENTRY <= len(data):
            return at
        at = data.find(wanted, at + 2)
    return None
