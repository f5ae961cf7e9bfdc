"""Is a document marked as a state secret? Then it may not be stored.

Luật Bảo vệ bí mật nhà nước số 117/2025/QH15 knows three degrees, stamped in capitals in a frame of their own: MẬT, TỐI
MẬT, TUYỆT MẬT. What counts is the stamp: alone in its line, column or cell, near the top, in a page header or a text
box. The word inside a sentence or a longer heading ("BẢO MẬT", "mật độ", "bí mật nhà nước") is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.domain import Span
from ingest.errors import RefusedReport
from ingest.parse.blocks import Grid, Para
from ingest.parse.patterns import is_capitals
from ingest.vi.normalise import canonical, unify

# Stamps stand within the first pieces of a document, its title included.
MAX_TOP_ITEMS = 12
_STAMP = re.compile(r"(?P<said>độ mật\s*:?\s*)?(?P<degree>(?:tuyệt |tối )?mật)(?:\W+(?:bản số|số bản)\b.{0,20})?")
_LETTERS = re.compile(r"[^\W\d_]")
# Columns of one typed line: tabs, rows of blanks, table bars.
_COLUMNS = re.compile(r"\n|\t|\||[ \xa0]{3,}")
# Letters set apart: "M Ậ T", "T Ố I  M Ậ T".
_SPACED = re.compile(r"(?:[^\W\d_] ){2,}[^\W\d_]")
# In one line with what stands beside it, the columns lost.
_BESIDE = re.compile(
    r"(?:tuyệt |tối )?mật(?=\s+cộng hòa xã hội chủ nghĩa|\s+đảng cộng sản)|(?<=hạnh phúc )(?:tuyệt |tối )?mật$"
)
_MAX_CHARS = 60


def refuse_secret(text: str, items: Sequence[Para | Grid], *, header_end: int, stamps: Sequence[str]) -> None:
    """Raise RefusedReport when the document bears the stamp of a state secret.

    ``text``: the canonical text that ``items`` are spans of; ``header_end``: first item after the header;
    ``stamps``: lines from page headers and text boxes that are not part of the text.
    """
    top = items[: max(MAX_TOP_ITEMS, header_end + 1)]
    lines = [*stamps, *(span.of(text) for item in top for span in _pieces(item))]
    for line in lines:
        stamp = find_stamp(line)
        if stamp:
            raise RefusedReport(
                f"Văn bản đóng dấu “{stamp}” là tài liệu bí mật nhà nước nên không được nạp; tệp chưa được lưu. "
                "Theo Luật Bảo vệ bí mật nhà nước số 117/2025/QH15, tài liệu này chỉ được lưu giữ, xử lý trên thiết bị "
                "độc lập hoặc mạng LAN độc lập, không nối với mạng khác."
            )


def find_stamp(line: str) -> str:
    """Return the stamp ("TỐI MẬT") that stands alone in ``line`` or in a column of it, "" when there is none."""
    line = canonical(line)
    for column in _COLUMNS.split(line) if len(line) < 2_000 else ():
        bare = _trimmed(column)
        if not bare or len(bare) > _MAX_CHARS:
            continue
        if _SPACED.fullmatch(" ".join(bare.split())):
            bare = _joined(bare)
        match = _STAMP.fullmatch(" ".join(unify(bare).split()))
        if match and (match["said"] or is_capitals(bare[: len(match["degree"])])):
            return match["degree"].upper()
    beside = _BESIDE.search(" ".join(unify(line[:200]).split())) if is_capitals(line[:4]) else None
    return beside[0].upper() if beside and beside[0].upper() in line else ""


def _pieces(item: Para | Grid) -> Iterator[Span]:
    if isinstance(item, Para):
        yield from item.spans
    else:
        for row in item.rows[:MAX_TOP_ITEMS]:
            yield from row.cells


def _trimmed(column: str) -> str:
    """Return ``column`` without frames, brackets, rules and emphasis around its letters (a final digit stays)."""
    found = _LETTERS.search(column)
    return column[found.start() :].rstrip(" .,;:!…-–—_=*~|[](){}<>\"'“”‘’«»\t\r\xa0") if found else ""


def _joined(spaced: str) -> str:
    words = re.split(r"\s{2,}", spaced)
    whole = "".join("".join(word.split()) + " " for word in words).strip()
    # "T Ố I M Ậ T" with one blank everywhere: the words are known.
    return re.sub(r"^(TUYỆT|TỐI)(?=MẬT$)", r"\1 ", whole)
