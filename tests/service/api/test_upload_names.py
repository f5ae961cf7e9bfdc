"""R26: whatever a file is called, its name is fit to be shown and to be saved under, and is never a path."""

from __future__ import annotations

import unicodedata
from urllib.parse import unquote

import pytest

from service.api.uploads import NAME_MAX_CHARS, attachment, safe_name

_ENDINGS = (".docx", ".pdf", ".txt", "")
_STEMS = (
    *("../../etc/passwd", "..\\..\\boot.ini", "/etc/shadow", "C:\\Windows\\win.ini", "a\x00b", "\x00", "con", "NUL"),
    *(
        "x" * 300,
        "báo cáo\u202efdp",
        "a\r\nX-Evil: 1",
        unicodedata.normalize("NFD", "Báo cáo quý"),
        "...",
        "-rf --help",
    ),
    *("a\"b'c`$(id);|&", "📊 số liệu 🐄", "\u200b\u2060ẩn", "a\x1b[31mđỏ", "%2e%2e%2fetc", "<script>alert(1)</script>"),
)


@pytest.mark.parametrize("name", [stem + ending for stem in _STEMS for ending in _ENDINGS])
def test_names_are_shown_and_saved_safely(name: str) -> None:
    safe = safe_name(name)
    assert 0 < len(safe) <= NAME_MAX_CHARS
    assert unicodedata.is_normalized("NFC", safe)
    assert not set(safe) & set("/\\")
    assert not safe.startswith((".", " "))
    assert not any(unicodedata.category(ch) in ("Cc", "Cf", "Cs", "Zl", "Zp") for ch in safe)
    assert safe_name(safe) == safe
    header = attachment(name)
    assert header.isascii()
    assert header.isprintable()
    plain, _, encoded = header.removeprefix('attachment; filename="').partition("\"; filename*=UTF-8''")
    assert not set(plain) & set('"\\;/%')
    assert unquote(encoded) == safe


def test_there_are_enough_of_them() -> None:
    assert len(_STEMS) * len(_ENDINGS) >= 60


def test_twins_in_another_form_get_one_name() -> None:
    name = "Báo cáo Quý.docx"
    assert safe_name(unicodedata.normalize("NFD", name)) == safe_name(name)
