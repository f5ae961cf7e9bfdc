"""What a file is, told by its content and never by its name."""

from __future__ import annotations

import codecs
import io
import re
import zipfile
import zlib
from enum import StrEnum

from ingest.errors import UnreadableReport
from ingest.parse.office_kinds import OLE, OPEN_DOCUMENT_TEXT, is_encrypted, is_page, is_word, other_compound
from ingest.parse.page_bundle import image_ending, pages_in

# Limits of a zip container; a report is far below all of them.
MAX_ENTRIES = 2_000
MAX_TOTAL_BYTES = 200_000_000
MAX_ENTRY_BYTES = 50_000_000
MAX_RATIO = 200
RATIO_FREE_BYTES = 1_000_000
# ``zipfile`` makes an object of every entry before anyone can count them: the directory's own size is held first.
MAX_DIRECTORY_BYTES = 1_000_000
_ZIP_END, _ZIP64_PLACE, _ZIP64_END = b"PK\x05\x06", b"PK\x06\x07", b"PK\x06\x06"

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"GIF8", "ảnh GIF"),
    (b"BM", "ảnh BMP"),
    (b"RIFF", "tệp ảnh hoặc âm thanh (RIFF)"),
    (b"Rar!", "tệp nén RAR"),
    (b"7z\xbc\xaf", "tệp nén 7z"),
    (b"\x1f\x8b", "tệp nén GZIP"),
    (b"MZ", "chương trình Windows"),
    (b"\x7fELF", "chương trình"),
)
_OTHER_ZIPS: tuple[tuple[str, str], ...] = (
    ("xl/workbook.xml", "bảng tính Excel (.xlsx)"),
    ("ppt/presentation.xml", "bản trình chiếu PowerPoint (.pptx)"),
    ("META-INF/manifest.xml", "tệp OpenDocument"),
    ("mimetype", "tệp OpenDocument hoặc EPUB"),
)
_PDF, _PDF_WITHIN = b"%PDF-", 1024  # readers take a PDF whose header stands within the first kilobyte (Acrobat does)
_ADVICE = "Hãy lưu báo cáo thành tệp Word (.docx, .doc), PDF hoặc văn bản thuần (.txt, .md) rồi nạp lại."
_XML = re.compile(r"\s*<(?:svg|\?xml)(?![\w-])", re.IGNORECASE)


class FileKind(StrEnum):
    """The kinds of file that are read."""

    DOCX = "docx"
    PDF = "pdf"
    DOC = "doc"
    ODT = "odt"
    RTF = "rtf"
    HTML = "html"
    IMAGE = "image"
    TEXT = "text"


def sniff(data: bytes) -> FileKind:
    """Return the kind of ``data``.

    Raises UnreadableReport: empty-file, damaged-file, encrypted-file, unsupported-format (the message says what it is).
    """
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise UnreadableReport("Tệp rỗng, không có nội dung để đọc.", code="empty-file")
    if data[:2] == b"PK" and data[2:3] < b" ":
        return _sniff_zip(data)
    if data.startswith(OLE):
        return _sniff_compound(data)
    if data.startswith(b"{\\rtf"):
        return FileKind.RTF
    if is_page(data):
        return FileKind.HTML
    if _PDF in data[:_PDF_WITHIN]:
        return FileKind.PDF
    if image_ending(data[:16]) is not None:
        return FileKind.IMAGE
    for magic, what in _MAGIC:
        if data.startswith(magic) and not (len(magic) == 2 and _is_plain(data)):
            raise UnreadableReport(f"Đây là {what}, chưa đọc được. {_ADVICE}", code="unsupported-format")
    return FileKind.TEXT


def open_package(data: bytes) -> zipfile.ZipFile:
    """Return the zip container in ``data``, its directory checked against the limits.

    Raises UnreadableReport (damaged-file) for a broken or oversized container.
    """
    if _directory_bytes(data) > MAX_DIRECTORY_BYTES:
        raise _damaged("Tệp Word chứa quá nhiều phần so với một báo cáo.")
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, zipfile.LargeZipFile, ValueError, OSError, EOFError, NotImplementedError) as error:
        raise _damaged("Tệp Word bị hỏng hoặc tải lên chưa hết.") from error
    entries = package.infolist()
    if len(entries) > MAX_ENTRIES or sum(e.file_size for e in entries) > MAX_TOTAL_BYTES:
        raise _damaged("Tệp Word chứa quá nhiều dữ liệu nén so với một báo cáo.")
    for entry in entries:
        suspicious = entry.file_size > RATIO_FREE_BYTES and entry.file_size > MAX_RATIO * max(entry.compress_size, 1)
        if entry.file_size > MAX_ENTRY_BYTES or suspicious:
            raise _damaged("Tệp Word chứa phần nén bất thường.")
    return package


def read_part(package: zipfile.ZipFile, name: str) -> bytes | None:
    """Return one part of ``package``, None when there is none of that name.

    The declared size is not trusted: reading stops at the limits. Raises UnreadableReport (damaged-file).
    """
    try:
        entry = package.getinfo(name)
    except KeyError:
        return None
    try:
        with package.open(entry) as stream:
            body = stream.read(MAX_ENTRY_BYTES + 1)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError) as error:
        raise _damaged("Tệp Word bị hỏng: không giải nén được nội dung.") from error
    inflated = len(body) > RATIO_FREE_BYTES and len(body) > MAX_RATIO * max(entry.compress_size, 1)
    if len(body) > MAX_ENTRY_BYTES or inflated:
        raise _damaged("Tệp Word chứa phần nén bất thường.")
    return body


def _directory_bytes(data: bytes) -> int:
    """Return the size of a container's directory as ``zipfile`` will take it, 0 where it will find none."""
    at = len(data) - 22 if data[-22:-18] == _ZIP_END and data.endswith(b"\x00\x00") else data.rfind(_ZIP_END, -65_557)
    if at < 0 or at + 22 > len(data):
        return 0
    large = data[at - 76 : at - 20]
    if data[at - 20 : at - 16] == _ZIP64_PLACE and large.startswith(_ZIP64_END):
        return int.from_bytes(large[40:48], "little")
    return int.from_bytes(data[at + 12 : at + 16], "little")


def decode(data: bytes) -> str:
    """Return the characters of a text file: UTF-8, UTF-16 with or without a byte order mark, else Windows-1258.

    The bytes of TCVN3 and VNI come out as the characters of Windows-1258: ``vi.recognise`` reads them.

    Raises UnreadableReport (unsupported-format) for bytes that are no text.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return _refuse_garbage(data.decode("utf-16"))
        except UnicodeDecodeError as error:
            raise _not_text() from error
    if (order := _order_of_utf16(data)) is not None:
        return _refuse_garbage(data.decode(order, errors="replace"))
    try:
        return _refuse_garbage(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        # A file cut in the middle of a character is still a UTF-8 file.
        if error.start >= len(data) - 4 and error.start > 0:
            return _refuse_garbage(data[: error.start].decode("utf-8-sig"))
        return _refuse_garbage(data.decode("cp1258", errors="replace"))


def _order_of_utf16(data: bytes) -> str | None:
    """Return the codec of a text whose every second byte is small: UTF-16 without a byte order mark."""
    sample = data[:4096]
    if len(sample) < 8 or len(data) % 2:
        return None
    first, second = sample[::2], sample[1::2]
    # Blanks, digits and bare letters have a zero byte, Vietnamese letters 1 or 0x1E.
    if second.count(0) * 2 > len(second) and not first.count(0):
        return "utf-16-le"
    return "utf-16-be" if first.count(0) * 2 > len(first) and not second.count(0) else None


def _sniff_zip(data: bytes) -> FileKind:
    with open_package(data) as package:
        names = set(package.namelist())
        kind = _sniff_open_document(package)
        if kind is None and pages_in(package):
            return FileKind.IMAGE
    if "word/document.xml" in names and "[Content_Types].xml" in names:
        return FileKind.DOCX
    if kind is not None:
        return kind
    what = next((label for part, label in _OTHER_ZIPS if part in names), "tệp nén ZIP")
    raise UnreadableReport(f"Đây là {what}, chưa đọc được. {_ADVICE}", code="unsupported-format")


def _sniff_open_document(package: zipfile.ZipFile) -> FileKind | None:
    if not (read_part(package, "mimetype") or b"").startswith(OPEN_DOCUMENT_TEXT):
        return None
    if b"encryption-data" in (read_part(package, "META-INF/manifest.xml") or b""):
        raise _encrypted()
    return FileKind.ODT


def _sniff_compound(data: bytes) -> FileKind:
    if is_encrypted(data):
        raise _encrypted()
    if is_word(data):
        return FileKind.DOC
    raise UnreadableReport(f"Đây là {other_compound(data)}, chưa đọc được. {_ADVICE}", code="unsupported-format")


def _encrypted() -> UnreadableReport:
    message = "Tệp có mật khẩu mở. Hãy bỏ mật khẩu (Lưu thành tệp mới, không đặt mật khẩu) rồi nạp lại."
    return UnreadableReport(message, code="encrypted-file")


def _is_plain(data: bytes) -> bool:
    # "BM" and "MZ" may open an ordinary text as well.
    return b"\x00" not in data[:4096]


def _refuse_garbage(text: str) -> str:
    sample = text[:20_000]
    bad = sum(
        1 for ch in sample if (ch < " " and ch not in "\t\n\r\f\v") or ch in "\ufffd\x7f" or "\x80" <= ch <= "\x9f"
    )
    if bad * 50 > len(sample) or "\x00" in sample:
        raise _not_text()
    if _XML.match(sample):
        raise UnreadableReport(f"Đây là tệp XML, chưa đọc được. {_ADVICE}", code="unsupported-format")
    return text


def _not_text() -> UnreadableReport:
    return UnreadableReport(f"Tệp không phải văn bản. {_ADVICE}", code="unsupported-format")


def _damaged(message: str) -> UnreadableReport:
    return UnreadableReport(f"{message} Hãy mở lại bằng Word, lưu lại rồi nạp lần nữa.", code="damaged-file")
