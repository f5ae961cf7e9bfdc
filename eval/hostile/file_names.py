"""Names that uploads may come under to do harm (R26): folders, devices, control signs, turned directions, twins."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from eval.hostile.cases import HostileFile

_TEXT = "BÁO CÁO\nKết quả thử tên tệp số {}\n\nI. KẾT QUẢ\n\nToàn xã có 12 hộ nghèo.\n"
_FOLDERS = (
    "../",
    "../../../",
    "..\\..\\",
    "/",
    "/tmp/",
    "/etc/cron.d/",
    "C:\\Windows\\",
    "\\\\may\\chung\\",
    "./",
    "~/",
)
_DEVICES = ("CON", "PRN", "AUX", "NUL", "COM1", "LPT9", "nul.txt", "aux.docx", "con .txt", "CLOCK$")
_SIGNS = (
    "\x00",
    "\r\nSet-Cookie: a=b",
    "\n",
    "\t",
    "\x1b[2J",
    "\x7f",
    "\u202e",
    "\u200b",
    "\u2028",
    "\ufeff",
    '"',
    "'",
)
_SHELL = (
    "; rm -rf .txt",
    "$(id).txt",
    "`id`.txt",
    "|cat.txt",
    "&&dir.txt",
    "*.txt",
    "?.txt",
    "%00.txt",
    "%2e%2e%2f.txt",
)
_BARE = ("", ".", "..", "...", " ", ".txt", ".htaccess", "__proto__", "-rf", "a.txt.exe", "a.txt ", "a.txt.", "🙂.txt")


def named_files() -> tuple[HostileFile, ...]:
    """Return one honest text under each name; no two texts are the same, so that none is taken for another."""
    return tuple(
        HostileFile(kind, name, _TEXT.format(number).encode()) for number, (kind, name) in enumerate(_names(), start=1)
    )


def _names() -> Iterator[tuple[str, str]]:
    for folder in _FOLDERS:
        yield "name with folders", f"{folder}bao-cao.txt"
    for device in _DEVICES:
        yield "name of a device", device
    for sign in _SIGNS:
        yield "name with signs", f"bao{sign}cao.txt"
    for text in _SHELL:
        yield "name for a shell", text
    for bare in _BARE:
        yield "bare or odd name", bare
    for length in (255, 300, 5_000):
        yield "long name", "á" * length + ".txt"
    yield "turned ending", "bao-cao\u202etxt.exe"
    for form in ("NFC", "NFD"):
        yield "twins (NFC and NFD)", unicodedata.normalize(form, "báo cáo quý một.txt")
