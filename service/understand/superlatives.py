"""Questions for the first or last of several: "xã nào cao nhất", "top 3", "A hay B nhiều hơn".

Patterns are written with accents; a question typed without is matched against the folded pattern, as in ``wants``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from ingest.vi.normalise import fold, unify
from service.domain import Extreme

_MOST = (
    r"(?:cao|nhiều|lớn|to|đông|mạnh|nhanh|tốt|dài|rộng|nặng|đắt|khá|đầy|sâu|dày|xa|khỏe|giỏi) nhất"
    r"|dẫn đầu|đứng đầu|xếp (?:thứ )?nhất"
    r"|(?:nhiều|đông|lớn|cao)(?: [^\W\d]+){1,8}? nhất"
)
_LEAST = (
    r"(?:thấp|ít|nhỏ|kém|chậm|yếu|ngắn|hẹp|nhẹ|rẻ|cạn|nông|mỏng|vắng|thưa) nhất|đứng cuối|xếp cuối|đội sổ|cuối bảng"
    r"|(?:ít|thấp|chậm)(?: [^\W\d]+){1,8}? nhất"
)
_NO_SUPERLATIVE = r"(?:thống|hợp|duy|đồng|hạng|giải) nhất|nhất (?:là|trí|thiết|quán|định)|(?:ít|nhiều) nhất (?:là )?\d"
_MORE = r"(?:cao|nhiều|lớn|đông|mạnh|nhanh|tốt|dài|rộng|nặng|khá)(?: [^\W\d]+){0,5}? hơn"
_LESS = r"(?:thấp|ít|nhỏ|kém|chậm|ngắn|hẹp|nhẹ)(?: [^\W\d]+){0,5}? hơn"
_WHICH = (
    r"(?P<among>xã|phường|thị trấn|huyện|quận|tỉnh|thôn|địa phương|đơn vị|nơi|chỗ|khoản|nguồn|sắc thuế"
    r"|mặt hàng|sản phẩm|ngành|lĩnh vực|khu vực|cây trồng|cây|con vật|vật nuôi"
    r"|thị trường|nước|quốc gia|dự án|công trình|tuyến đường|trường|nhóm|loại hình|loại|chỉ tiêu|cơ quan|chương trình"
    r"|doanh nghiệp|cái|bên|con gì|hàng|dịch vụ|đàn|vụ|giống|nghề|môn|khối|cấp học|bậc học"
    r"|hình thức|vùng|(?:năm|tháng|quý)(?! \d))(?P<more>(?: \w+){0,4}?) (?:nào|gì)"
)
# Any other kind of thing that opens the question: "cơ sở khám bệnh nào", "hạng mục nào".
_ANY_WHICH = r"^(?P<among>(?!(?:tại|ở|vào|do|từ|trong|theo) )[^\W\d]+(?: [^\W\d]+){0,3}?)(?P<more>) (?:nào|gì)(?!\w)"
_TOP = (
    r"(?:(?:top|tốp) ?(?P<digits>\d{1,2})"
    r"|(?P<number>\d{1,2}|hai|ba|bốn|năm)(?= (?:xã|đơn vị|khoản|huyện|nơi|địa phương)))"
    r"(?: (?P<kind>xã|phường|đơn vị|khoản|huyện|nơi|địa phương|tỉnh|thôn))?"
)
_CHOICE = (
    r"(?:trong|giữa) (?:số )?(?:\d+|các|những|tất cả các) (?:xã|phường|thị trấn|huyện|đơn vị|địa phương|khoản|nguồn)"
    r"(?: thì|,)?"
)
_USED = re.compile(
    r"cao|nhieu|lon|to|dong|manh|nhanh|tot|dai|rong|nang|dat|kha|nhat|dan|dau|dung|xep|thu|thap|it|nho|kem|cham|yeu|ngan"
    r"|hep|nhe|re|cuoi|bang|doi|so|hon|day|sau|xa|khoe|gioi|can|nong|mong|vang|thua"
)
_NUMBERS = {"hai": 2, "ba": 3, "bốn": 4, "bon": 4, "năm": 5, "nam": 5}


@dataclass(frozen=True, slots=True)
class Superlative:
    """Which end is asked for, how many of it, among what ("" when not said); ``used`` the folded words that say so."""

    extreme: Extreme
    top: int
    among: str
    used: frozenset[str]


def superlative(text: str, *, accents: bool) -> Superlative | None:
    """Return what is asked for among several; None for a question that picks nothing.

    ``text`` is unified, folded for a question without accents. A superlative counts when the question also asks which
    ("nào", "gì", "đâu", "ai") or for the first few; "ít nhất 5" and "nhất là" are none.
    """
    picked = _find(_MOST, text, accents=accents), _find(_LEAST, text, accents=accents)
    which = _which(text, accents=accents)
    if which is not None and not which.start() and not any(picked):
        # "học kỳ nào cấp nhiều gạo hơn": of two, with nothing named to set against.
        ends = r"(?: cả)?\s*[?.!]*$"
        picked = _find(f"(?:{_MORE}){ends}", text, accents=accents), _find(f"(?:{_LESS}){ends}", text, accents=accents)
    match = picked[1] or picked[0]
    choice = _find(_CHOICE, text, accents=accents)
    top = _find(_TOP, text[choice.end() :] if choice else text, accents=accents)
    if match is None or not (which or top or _find(r"nơi nào|ở đâu|ai|đâu", text, accents=accents)):
        return None
    if _find(_NO_SUPERLATIVE, text, accents=accents):
        return None
    used = {word for word in fold(match.group()).split() if _USED.fullmatch(word)}
    among = ""
    if which is not None:
        among = which["among"]
        used |= set(fold(which["among"]).split()) | {"nao", "gi"}
    elif top is not None and top["kind"]:
        among = top["kind"]
        used |= set(fold(among).split())
    if top is not None and top["digits"]:
        used |= {"top", top["digits"]}
    return Superlative(Extreme.LEAST if picked[1] else Extreme.MOST, _count(top), among, frozenset(used))


def versus(text: str, *, accents: bool) -> Extreme | None:
    """Return which of two is asked for by a comparative ("nhiều hơn", "thấp hơn"); None for none."""
    if _find(_LESS, text, accents=accents):
        return Extreme.LEAST
    return Extreme.MOST if _find(_MORE, text, accents=accents) else None


def without_choice(text: str, *, accents: bool) -> str:
    """Return ``text`` without what it chooses from: "trong 11 xã thì xã nào", "trong số các đơn vị"."""
    read = unify(text) if accents else fold(text)
    match = _find(_CHOICE, read, accents=accents)
    rest = text if match is None else f"{text[: match.start()]} {text[match.end() :]}"
    return without_which(rest, accents=accents)


def without_which(text: str, *, accents: bool) -> str:
    """Return ``text`` without "xã nào", "nơi nào", that name no figure; of "khoản chi nào" "chi" stays."""
    match = _which(unify(text) if accents else fold(text), accents=accents)
    return text if match is None else f"{text[: match.start()]}{match['more']} {text[match.end() :]}"


def without_accents(pattern: str) -> str:
    """Return an expression with its letters folded and its syntax left alone ("(?P<x>", "\\W" hold capitals)."""
    return "".join(ch if ch.isascii() else fold(ch) for ch in pattern)


def _which(text: str, *, accents: bool) -> re.Match[str] | None:
    return _find(_WHICH, text, accents=accents) or _find(_ANY_WHICH, text, accents=accents)


def _count(top: re.Match[str] | None) -> int:
    if top is None:
        return 1
    said = top["digits"] or top["number"]
    return int(said) if said.isdigit() else _NUMBERS.get(said, 1)


def _find(pattern: str, text: str, *, accents: bool) -> re.Match[str] | None:
    return _pattern(pattern, accents=accents).search(text)


@lru_cache(maxsize=32)
def _pattern(raw: str, *, accents: bool) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{raw if accents else without_accents(raw)})(?!\w)")
