"""How header, signature and table lines of Vietnamese administrative documents read (Nghị định 30/2020/NĐ-CP).

Patterns run on ``fold``ed or visible text of one block; each says which.
"""

from __future__ import annotations

import re

from ingest.vi.letters import pattern
from ingest.vi.normalise import fold

# The 29 named types of Điều 7 and the types of party and assembly papers, folded.
DOC_TYPES: dict[str, str] = {
    fold(name): name
    for name in (
        "báo cáo",
        "thông báo",
        "kế hoạch",
        "nghị quyết",
        "quyết định",
        "chỉ thị",
        "tờ trình",
        "chương trình",
        "quy chế",
        "quy định",
        "thông cáo",
        "hướng dẫn",
        "phương án",
        "đề án",
        "dự án",
        "biên bản",
        "hợp đồng",
        "công điện",
        "công văn",
        "bản ghi nhớ",
        "bản thỏa thuận",
        "giấy mời",
        "phiếu báo",
        "kết luận",
    )
}
_TYPE = "|".join(sorted(DOC_TYPES, key=len, reverse=True))
TYPE_LINE = re.compile(rf"(?:{_TYPE})")  # fullmatch on folded text
TYPE_START = re.compile(rf"({_TYPE})\s+\S")  # match on folded text of an all-capitals line

NATION = re.compile(r"cong hoa xa hoi(?: chu nghia viet nam)?|dang cong san viet nam")  # folded
MOTTO = re.compile(r"doc lap\s*-\s*tu do\s*-\s*hanh phuc")  # folded
NUMBER = re.compile(  # visible: "Số: 12/BC-UBND", "Số 87-TB/ĐU"
    r"^\s*Số\s*:?\s*(?P<number>[\d\s.…]*(?:[-–]\s*[A-ZĐ]{1,6}\s*)?/\s*[A-ZĐ0-9][\w&/-]*)", re.IGNORECASE
)
DATE = re.compile(
    r"(?P<place>[^,\n|]{2,40}),\s*ngày\s*(?P<day>\d{1,2}|[.…\s]*)\s*tháng\s*(?P<month>\d{1,2}|[.…\s]*)\s*"
    r"năm\s*(?P<year>\d{4})",
    re.IGNORECASE,
)  # visible
RECIPIENTS = re.compile(r"noi nhan\s*:?")  # match on folded text
ADDRESSEE = re.compile(r"kinh gui\s*:?")  # match on folded text
# Signing formula or office in capitals (box 7): visible text.
SIGNING = pattern(r"(?:TM|KT|TL|TUQ|Q)\s*\.\s*[{UP}]")
OFFICE = re.compile(
    r"(?:(?:QUYỀN|PHÓ)\s+)?(?:CHỦ TỊCH|CHỦ NHIỆM|BỘ TRƯỞNG|THỨ TRƯỞNG|GIÁM ĐỐC|CHÁNH VĂN PHÒNG|TRƯỞNG PHÒNG|"
    r"TRƯỞNG BAN|CỤC TRƯỞNG|CHI CỤC TRƯỞNG|VỤ TRƯỞNG|THỦ TƯỚNG|BÍ THƯ|VĂN PHÒNG|TỔNG CỤC TRƯỞNG|HIỆU TRƯỞNG|"
    r"CHÁNH THANH TRA|TRƯỞNG TRẠM|TRẠM TRƯỞNG|TRƯỞNG CÔNG AN|TRƯỞNG THÔN|ĐỘI TRƯỞNG|TỔ TRƯỞNG|VIỆN TRƯỞNG|CHÁNH ÁN)"
)
ANNEX = re.compile(
    r"(?:phu luc|phu bieu|mau bieu|bieu mau|bieu so|bieu)(?:\s+so)?"
    r"(?:\s*:?\s*(?P<no>[ivxlc]{1,5}|\d{1,3}[a-z]?)\b)?\s*[.:]?"
)  # fullmatch on folded text
UNIT_LINE = re.compile(r"\(?\s*(?:đơn vị(?: tính)?\s*:|(?:đvt|dvt)\s*:?)\s*(?P<unit>[^)]{1,60})\)?", re.IGNORECASE)
LAYOUT_WORDS = re.compile(
    rf"{NATION.pattern}|{MOTTO.pattern}|noi nhan\s*:|\bso\s*:\s*[\d.…\s]*/|, ngay .{{0,12}}thang .{{0,12}}nam|"
    r"\b(?:tm|kt|tl|tuq)\s*\. *(?:uy ban|ubnd|chu tich|bo truong|giam doc|chanh|truong|thu truong|hoi dong|ban )"
)  # folded

# No letter and no digit: rules (-----), emphasis left over (** **), dot leaders.
FURNITURE = re.compile(r"[\W_]*")


def is_capitals(text: str) -> bool:
    """Tell whether the letters of ``text`` are capitals (at least two of them, and 9 of 10)."""
    letters = [ch for ch in text if ch.isalpha()]
    return len(letters) >= 2 and sum(ch.isupper() for ch in letters) * 10 >= len(letters) * 9


def is_layout(text: str) -> bool:
    """Tell whether the text of a small table is that of a header or signature table."""
    return LAYOUT_WORDS.search(" ".join(fold(text).split())) is not None
