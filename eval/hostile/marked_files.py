"""Documents that bear the stamp of a state secret, and documents that only speak of secrets (R35)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from eval.hostile.cases import HostileFile
from eval.hostile.word_files import plain_docx, word_cell, word_header, word_table, word_text_box

_DEGREES = ("MẬT", "TỐI MẬT", "TUYỆT MẬT")
_TOP = ("UBND TỈNH MẪU", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Số: 12/BC-UBND")
_TITLE = ("BÁO CÁO", "Tình hình kinh tế - xã hội quý I năm 2030")
_BODY = ("I. KẾT QUẢ", "1. Nông nghiệp", "Toàn tỉnh có 12.345 con bò, tăng 2,5% so với cùng kỳ.")
# What speaks of secrets, or of honey and density, and is no stamp.
_HARMLESS = (
    *("BẢO MẬT", "MẬT ONG", "MẬT ĐỘ DÂN SỐ", "I. CÔNG TÁC BẢO VỆ BÍ MẬT NHÀ NƯỚC", "Mật độ dân số: 250 người/km²."),
    *(
        "Tài liệu này không thuộc bí mật nhà nước.",
        "Đã giải mật 12 tài liệu, trong đó có 03 tài liệu MẬT.",
        "KHÔNG MẬT",
    ),
    *("2. Mật ong", "- Văn bản mật đến: 15 văn bản.", "Độ mật: Không", "a) Tối mật: 02 văn bản; b) Mật: 10 văn bản."),
    *("Dấu TUYỆT MẬT được quản lý đúng quy định.", "HỘI THẢO BẢO MẬT THÔNG TIN", "Cơ mật", "MẬT KHẨU", "Thân mật"),
    *("Sản lượng mật đạt 1.200 lít.", "CÔNG TÁC CƠ YẾU, BẢO MẬT", "MẬT THIẾT", "Mía, mật: 250 tấn", "Đường mật"),
)


def marked_files() -> tuple[HostileFile, ...]:
    """Return the stamped documents: each way of stamping, in each degree, in text, Markdown and Word."""
    return tuple(
        HostileFile(kind, name, make(_DEGREES[number % 3]), must_refuse=True)
        for kind, name, make in _ways()
        for number in range(3)
    )


def harmless_files() -> tuple[HostileFile, ...]:
    """Return the documents that may be kept."""
    made: list[HostileFile] = []
    for words in _HARMLESS:
        lines = (*_TOP, *_TITLE, *_BODY, words, "Hết.")
        made.append(HostileFile("speaks of it, as text", "a.txt", _text(lines)))
        made.append(HostileFile("speaks of it, in Word", "a.docx", plain_docx(*lines)))
        above = (words, *_TITLE, *_BODY) if words.isupper() else (*_TITLE, words, *_BODY)
        made.append(HostileFile("speaks of it at the top", "a.txt", _text(above)))
    return tuple(made)


Make = Callable[[str], bytes]


def _ways() -> Iterator[tuple[str, str, Make]]:
    for kind, lines in _LINES.items():
        yield f"{kind}, as text", "a.txt", _texting(lines)
        yield f"{kind}, in Word", "a.docx", _wording(lines)
    yield "two columns, as text", "a.txt", lambda stamp: _text((f"{stamp:<30}{_TOP[1]}", *_TOP[2:], *_TITLE, *_BODY))
    yield "table bars, as text", "a.md", lambda stamp: _text((f"| {stamp} | {_TOP[1]} |", "", *_TITLE, "", *_BODY))
    yield "bold, in Markdown", "a.md", lambda stamp: _text((f"**{stamp}**", "", *_TITLE, "", *_BODY))
    yield "cell of the header table, in Word", "a.docx", _in_cell
    yield "page header, in Word", "a.docx", _in_header
    yield "text box, in Word", "a.docx", lambda stamp: plain_docx(*_TOP, *_TITLE, *_BODY, extra=word_text_box(stamp))


def _in_cell(stamp: str) -> bytes:
    table = word_table((word_cell(_TOP[0], stamp), word_cell(*_TOP[1:3])))
    return plain_docx(*_TITLE, *_BODY, before=table)


def _in_header(stamp: str) -> bytes:
    links, parts = word_header(stamp)
    return plain_docx(*_TOP, *_TITLE, *_BODY, links=links, parts=parts)


# {} is the stamp, [] the stamp with its letters apart.
_LINES: Mapping[str, Sequence[str]] = {
    "first line": ("{}", *_TOP, *_TITLE, *_BODY),
    "below the number": (*_TOP, "{}", *_TITLE, *_BODY),
    "below the title": (*_TOP, *_TITLE, "{}", *_BODY),
    "in brackets": (*_TOP, "[ {} ]", *_TITLE, *_BODY),
    "without a header": ("{}", *_BODY),
    "letters apart": ("[]", *_TOP, *_TITLE, *_BODY),
    "with the number of the copy": (*_TOP, "{} - Bản số: 03", *_TITLE, *_BODY),
}


def _filled(lines: Sequence[str], stamp: str) -> list[str]:
    return [line.format(stamp) if "{}" in line else " ".join(stamp) if line == "[]" else line for line in lines]


def _texting(lines: Sequence[str]) -> Make:
    return lambda stamp: _text(_filled(lines, stamp))


def _wording(lines: Sequence[str]) -> Make:
    return lambda stamp: plain_docx(*_filled(lines, stamp))


def _text(lines: Sequence[str]) -> bytes:
    return "\n".join(lines).encode()
