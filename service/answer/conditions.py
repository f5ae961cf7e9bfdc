"""On what condition something is done: "trường hợp nào", "với điều kiện gì", "khi nào" where no date is told."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.vi.normalise import fold, unify
from service.answer.near import nearest
from service.answer.views import Stretch
from service.domain import Query, Want

_ASKED = re.compile(
    r"(?<!\w)(?:truong hop nao|truong hop gi|dieu kien (?:nao|gi|(?:[^?]{1,100} )?(?:la gi|ra sao|the nao))"
    r"|khi nao thi|trong dieu kien|voi dieu kien)(?!\w)"
)
_WHEN = re.compile(r"(?<!\w)(?<!từ )(?:khi nào(?! thì)|lúc nào)(?!\w)(?![^?]* phải )", re.IGNORECASE)
_ASKING_WORDS = frozenset(("dieu", "kien", "truong", "hop"))
# "Trường hợp A thì B", "B nếu A", "chỉ B khi A".
_CONDITION = re.compile(
    r"(?<!\w)(?:(?:trong |đối với |với )?(?:các |những )?trường hợp(?! (?:sau|đặc biệt|này|đó))|nếu"
    r"|với điều kiện(?: là)?|miễn là"
    r"|(?:chỉ )?(?:sau |trước )?(?<!trong )khi(?! (?:đó|ấy|này|đang|triển khai|thực hiện)(?!\w)))\s"
)
_LED = re.compile(r"(?<!\w)điều kiện(?: [^\W\d]+){0,8}?\s?(?:là|gồm|:)\s")
_REQUIRED = re.compile(
    r"(?<!\w)(?:muốn|xin|đăng ký|được|để|khi|người|hộ|đơn vị)\s[^;.]{2,120}?"
    r"(?P<must>(?<!\w)(?:phải|cần)\s(?:có|là|được|đạt|đủ|thuộc|bảo đảm|đáp ứng|nộp)\s)"
)
# Where it ends: at what follows from it, or at the next part of the sentence.
_END = re.compile(
    r"\s(?=thì(?!\w))|;|\.(?=\s|$)|,\s(?=(?:thì|báo cáo|đề nghị|giao|[^\W\d]+ (?:sẽ|được|phải|không))(?!\w))"
)


def asks_condition(query: Query) -> bool:
    """Tell whether a question asks on what condition something is ("trường hợp nào", "điều kiện ... là gì")."""
    return _ASKED.search(fold(query.text)) is not None


def as_condition(query: Query) -> Query | None:
    """Return a question for a date as one for a condition ("mở lại khi nào": "khi nước rút"); None for any other."""
    if query.want is not Want.DATE or _WHEN.search(query.text) is None:
        return None
    return replace(query, text=_WHEN.sub("khi nào thì", query.text), want=Want.NAME)


def without_asking(query: Query) -> tuple[str, ...]:
    """Return the content words of a question but for those that only ask for a condition."""
    if not asks_condition(query):
        return query.terms
    return tuple(term for term in query.terms if fold(term) not in _ASKING_WORDS) or query.terms


def condition_in(query: Query, text: str) -> str | None:
    """Return the condition of ``text`` nearest the question's words, with the word that opens it; None for none.

    "Điều kiện hỗ trợ là có hợp đồng" gives what follows "là".
    """
    found = _conditions(text)
    if not found:
        return None
    best = found[nearest(query, text, found)]
    return text[best.start : best.end].strip(" ,:") or None


def _conditions(text: str) -> list[Stretch]:
    low = unify(text)
    found = [Stretch(m.end(), _end(text, low, m.end())) for m in _LED.finditer(low)]
    for match in _CONDITION.finditer(low):
        end = _end(text, low, match.end())
        if not any(one.start <= match.start() < one.end for one in found):
            found.append(Stretch(match.start(), end))
    return sorted(found or _required(text, low), key=lambda one: one.start)


def _required(text: str, low: str) -> list[Stretch]:
    """Return what whoever wants something must be or have: "Người muốn vay phải có ... và được ..."."""
    return [Stretch(m.start("must"), _end(text, low, m.end())) for m in _REQUIRED.finditer(low)]


def _end(text: str, low: str, start: int) -> int:
    stop = _END.search(low, start)
    return stop.start() if stop else len(text)
