"""What a question presumes or wants confirmed: a direction of change, a plan met, a bound, a thing done.

Each pattern is written with accents and matched over unified text; a question typed without accents is matched
against the folded pattern, as in ``wants``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from ingest.domain import FigureRole
from ingest.vi.normalise import fold, unify
from ingest.vi.periods import find_periods
from ingest.vi.quantities import Quantity, find_quantities
from service.domain import Query, Want

# "tăng trưởng", "giảm nghèo" name a thing; only the bare words say that something changed.
_UP = r"tăng(?! trưởng| cường| gia(?!\w)| ca(?!\w)| thêm chuyên)|(?:nhiều|cao|lớn|có) hơn|vượt(?! cấp| khó)|tiến bộ hơn"
_DOWN = r"giảm(?! nghèo| thiểu| nhẹ| phát| trừ| tải| ngập)|(?:ít|thấp|nhỏ|kém) hơn|sụt|hụt"
_PLAN = (
    r"(?:đạt|vượt|hoàn thành|bằng|đủ|kịp|xong|hụt|thấp hơn|cao hơn|không đạt)"
    r"(?: (?!bao|mấy)\w+){0,3} (?:kế hoạch|dự toán|chỉ tiêu|mục tiêu|kh)"
)
_PLAN_WORDS = "đạt vượt hoàn thành bằng đủ kịp xong hụt so kế hoạch dự toán chỉ tiêu mục tiêu kh thấp cao hơn"
_CHANGE_WORDS = (
    "tăng giảm vượt sụt hụt nhiều ít cao thấp lớn nhỏ kém hơn lên xuống đi thêm mạnh cùng kỳ trước ngoái so nguyên nhân"
    " đầu cuối thời điểm"
)
_BOUND_WORDS = "vượt trên dưới quá hơn mức ngưỡng tới ít nhất tối thiểu phải đúng"
_OVER = r"(?:vượt|trên|hơn|quá|cao hơn|nhiều hơn|lớn hơn)(?: (?:mức|con số|ngưỡng))?\s*$"
_UNDER = r"(?:dưới|chưa (?:đến|tới|đầy)|thấp hơn|ít hơn|nhỏ hơn|không (?:đến|tới|quá))(?: (?:mức|con số|ngưỡng))?\s*$"
_AT_LEAST = r"(?:đạt|được|tới|đến|ít nhất|tối thiểu)(?: (?:mức|con số|ngưỡng|mục tiêu|kế hoạch|chỉ tiêu))?\s*$"
_DONE = r"(?:đã|xong|hoàn thành|hoàn tất|hết|đủ)(?!\w)[^?]*(?:chưa|không)"
_YET = r"chưa(?: (?:ạ|vậy|nhỉ|rồi|hả|thế))?\W*$"
_MENTIONS = (
    r"có (?:\w+ ){0,2}?(?:đề cập|nhắc|nói|nêu|yêu cầu|quy định|đặt ra|kiến nghị|đề nghị|chỉ đạo|định hướng|chủ trương)"
    r"(?!\w)[^?]*không"
)
_MENTION_WORDS = (
    "đề cập nhắc nói nêu yêu cầu quy định đặt ra kiến nghị chỉ đạo định hướng chủ trương đến tới về việc"
    " văn bản báo cáo nghị quyết chỉ thị kế hoạch thông báo"
)
# A number right after one of these (folded) names something and counts nothing.
_NAMING = re.compile(r"(?:so|dieu|quyet dinh|nghi quyet|ke hoach|duong|quoc lo|khoa|ky|dot|lop|cap|hang|thu|de an)\s*$")
_EXACTLY = r"(?:phải|đúng) (?:không|ko|chứ)|có (?:phải|đúng)"


_MORE = re.compile(
    r"^(?P<left>.+?) (?:co )?(?P<word>nhieu|cao|lon|it|thap|nho|kem) hon (?:so voi )?(?P<right>.+?)"
    r",?(?: (?:khong|chua|ko|phai khong|dung khong))[ ?.!]*$"
)
_BASE = re.compile(
    r"(?<!\w)(?:ke hoach|du toan|chi tieu|muc tieu|cung ky|truoc|ngoai|nay|trung binh|binh quan)(?!\w)|\d"
)


class Direction(StrEnum):
    """Where a figure went."""

    UP = "up"
    DOWN = "down"


class Sign(StrEnum):
    """How a figure is to stand to a number of the question."""

    OVER = ">"
    UNDER = "<"
    AT_LEAST = ">="
    EQUAL = "="


@dataclass(frozen=True, slots=True)
class Bound:
    """A number of a question: ``value`` in ``unit`` (canonical, "" for none)."""

    sign: Sign
    value: Decimal
    unit: str


def direction(query: Query) -> Direction | None:
    """Return the one direction of change a question speaks of; None for none or both ("tăng hay giảm")."""
    up, down = _has(query, _UP), _has(query, _DOWN)
    if up == down:
        return None
    return Direction.UP if up else Direction.DOWN


def asks_plan(query: Query) -> bool:
    """Tell whether a question sets something against its plan ("có đạt kế hoạch không", "vượt dự toán bao nhiêu")."""
    return _has(query, _PLAN)


def asks_mention(query: Query) -> bool:
    """Tell whether a question asks if the document speaks of something ("có đề cập đến ... không")."""
    return _has(query, _MENTIONS)


def mentioned(query: Query) -> Query:
    """Return the query without the words of mentioning: what is to be spoken of; unchanged when nothing is left."""
    words = set((_MENTION_WORDS if query.accents else fold(_MENTION_WORDS)).split())
    terms = tuple(term for term in query.terms if term not in words)
    return replace(query, terms=terms or query.terms)


def asks_done(query: Query) -> bool:
    """Tell whether a question asks if something is finished ("đã ... chưa")."""
    return _has(query, _DONE)


def asks_exactly(query: Query) -> bool:
    """Tell whether a question wants its own number confirmed ("... phải không")."""
    return _has(query, _EXACTLY)


def bound(query: Query) -> Bound | None:
    """Return the number of a yes/no question a figure is held against; None without exactly one number.

    Numbers of periods and of documents ("số 15") bound nothing, nor do those that say of whom something is asked
    ("42 hộ nhận tiền chưa").
    """
    text = query.text
    found = _numbers(query)
    if len(found) != 1:
        return None
    before = _reading(query, text[: found[0].start])
    for sign, pattern in ((Sign.UNDER, _UNDER), (Sign.OVER, _OVER), (Sign.AT_LEAST, _AT_LEAST)):
        if _pattern(pattern, accents=query.accents).search(before):
            return Bound(sign, found[0].value, found[0].unit)
    if not asks_exactly(query) and _has(query, _YET):
        return None
    return Bound(Sign.EQUAL, found[0].value, found[0].unit)


def given_number(query: Query) -> Bound | None:
    """Return the one number with a unit that a question takes for granted; None for none or several."""
    found = [one for one in _numbers(query) if one.unit]
    return Bound(Sign.EQUAL, found[0].value, found[0].unit) if len(found) == 1 else None


def compared(query: Query) -> tuple[str, str, Direction] | None:
    """Return the two things of "X có nhiều hơn Y không" as typed and which way; None for a base such as a plan."""
    match = _MORE.match(fold(query.text))
    if match is None or _BASE.search(match["right"]):
        return None
    sides = [query.text[match.start(name) : match.end(name)] for name in ("left", "right")]
    return sides[0], sides[1], Direction.DOWN if match["word"] in ("it", "thap", "nho", "kem") else Direction.UP


def without_numbers(query: Query) -> Query:
    """Return the query as if its numbers were not typed: a figure may then answer that is equal to one."""
    text, digits = query.text, set()
    for one in reversed(_numbers(query)):
        digits.add(text[one.start : one.unit_start].strip())
        text = f"{text[: one.start]}{text[one.end :]}"
    return replace(query, text=" ".join(text.split()), terms=tuple(t for t in query.terms if t not in digits))


def as_figure(query: Query, role: FigureRole | None, *, unit: str = "") -> Query:
    """Return the question for the figure that decides ``query``: its content words without those of the stance."""
    left_out = {FigureRole.PLAN_RATIO: _PLAN_WORDS, FigureRole.CHANGE: _CHANGE_WORDS, None: _BOUND_WORDS}.get(role, "")
    words = frozenset((left_out if query.accents else fold(left_out)).split())
    bare = without_numbers(query)
    return replace(bare, terms=tuple(t for t in bare.terms if t not in words), want=Want.FIGURE, role=role, unit=unit)


def _numbers(query: Query) -> list[Quantity]:
    text = query.text
    mask = bytearray(len(text))
    for span, _ in find_periods(text):
        mask[span.start : span.end] = b"\1" * len(span)
    found = find_quantities(text, unify(text), mask)
    return [q for q in found if _NAMING.search(fold(text[: q.start])) is None]


def _has(query: Query, pattern: str) -> bool:
    return _pattern(pattern, accents=query.accents).search(_reading(query, query.text)) is not None


def _reading(query: Query, text: str) -> str:
    return unify(text) if query.accents else fold(text)


@lru_cache(maxsize=64)
def _pattern(raw: str, *, accents: bool) -> re.Pattern[str]:
    # Folding keeps ASCII, so the syntax of the expression survives it.
    return re.compile(rf"(?<!\w)(?:{raw if accents else fold(raw)})(?!\w)")
