"""Reasons given in a sentence: what follows "do", "vì", "nguyên nhân là", "nhờ" up to the end of its clause."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.vi.letters import pattern
from ingest.vi.normalise import fold, unify
from service.answer.near import nearest
from service.answer.tokens import bag
from service.answer.views import PassageView, SentenceView, Stretch
from service.domain import Query
from service.understand.stance import Direction, direction

# "do huyện quản lý", "do đồng chí ... chủ trì" name who does it; "do đó", "vì vậy" point back.
_DOER = (
    r"(?:đó|vậy|thế|đồng chí|ông|bà|ubnd|hđnd|ủy ban|uỷ ban|hội đồng|sở|phòng|ban|bộ|công ty|công an|cơ quan|đơn vị"
    r"|nhà nước|trung ương|tỉnh|thành phố|huyện|xã|cấp|chi cục|trung tâm|chủ đầu tư|chính phủ"
    r"|thủ tướng|các (?:sở|phòng|ban|ngành|đơn vị|địa phương|cơ quan|xã))(?!\w)"
    r"(?! (?:\w+ ){0,4}(?:chưa|không|thiếu|chậm|gặp|vướng|còn)(?!\w))"
)
_CAUSE = re.compile(
    r"(?<!\w)(?:"
    r"(?:(?:một trong những )?(?:nguyên nhân|lý do|lí do)(?: (?:chủ yếu|chính|cơ bản|khách quan|chủ quan))*"
    r"(?: (?:dẫn đến|gây ra|của)(?: \w+){1,8}?)?\s?(?:là do|là vì|do|là|:|vì|bởi)+)"
    rf"|(?:chủ yếu |một phần |phần lớn |chỉ )?(?<!tự )(?<!lý )(?<!mặc )do(?! {_DOER})"
    r"|(?<!lợi )vì(?! (?:vậy|thế|người nghèo|nhân dân|cộng đồng|sức khỏe|sự tiến bộ|mục tiêu|môi trường|một))"
    r"|bởi(?! vậy| thế)(?: vì)?|nhờ(?! (?:đó|vậy))|xuất phát từ|bắt nguồn từ|tại vì)\s*:?\s+"
)
# The little word belongs to the reason as people quote it: "do thiếu vắc xin".
_LITTLE_WORD = re.compile(r"(?:do|vì|bởi(?: vì)?|nhờ|tại vì)\s*:?\s+$")
# "nhằm mục đích gì", "vì sao phải": what something is for answers as well as what it comes from.
_PURPOSE = re.compile(r"(?<!\w)(?:nhằm|để|phục vụ|với mục đích)\s")
_PURPOSE_ASKED = re.compile(
    r"muc dich|(?:de|nham)(?: lam)? gi|(?:vi|tai) sao (?:phai|can|co|lai phai)(?!\w)|phuc vu gi"
)
_UP, _DOWN = re.compile(r"(?<!\w)(?:tăng|vượt|cao hơn)"), re.compile(r"(?<!\w)(?:giảm|thấp|hụt|sụt)")
_END = pattern(
    r";|\.(?=\s|$)"
    r"|,\s(?=(?:nên|vì vậy|vì thế|do đó|do vậy|tuy nhiên|song|nhưng|đạt|bằng|trong đó|hiện|đến nay|ước)(?!\w))"
    r"|\s(?=(?:nên|dẫn đến|khiến|làm cho)\s)"
)


def causes(text: str) -> list[Stretch]:
    """Return the reasons stated in ``text``, a little word before them ("do", "vì") included; [] for none."""
    return [Stretch(start, end) for _, start, end in _found(text)]


def reason_views(query: Query, view: PassageView) -> Iterator[SentenceView]:
    """Yield the part between two semicolons around each reason of a passage, with the words of its effect.

    A sentence that opens with its reason ("Nguyên nhân: ...") explains the one before it. To "vì sao ... giảm"
    only the reasons of a fall are offered.
    """
    before = ""
    for sentence in view.sentences:
        text = view.reading.text[sentence.at.start : sentence.at.end]
        for lead, start, end in _found(text) or (_purposes(text) if _PURPOSE_ASKED.search(fold(query.text)) else []):
            begin = text.rfind("; ", 0, lead) + 1
            effect = text[begin:lead]
            told = f"{before} {text[begin:end]}" if not effect.strip(" -+•–*") else text[begin:end]
            if _fits_direction(query, told):
                begin += len(text[begin:start]) - len(text[begin:start].lstrip())
                yield SentenceView(Stretch(sentence.at.start + begin, sentence.at.start + end), bag(told))
        before = text


def _fits_direction(query: Query, effect: str) -> bool:
    asked = direction(query)
    return asked is None or (_UP if asked is Direction.UP else _DOWN).search(unify(effect)) is not None


def reason_in(query: Query, text: str) -> Stretch | None:
    """Return the reason whose effect the question asks about: the one its words lead to; None for none."""
    found = _found(text) or (_purposes(text) if _PURPOSE_ASKED.search(fold(query.text)) else [])
    if not found:
        return None
    at = nearest(query, text, [Stretch(lead, end) for lead, _, end in found])
    _, start, end = found[at]
    return Stretch(start, end)


def _purposes(text: str) -> list[tuple[int, int, int]]:
    low = unify(text)
    match = _PURPOSE.search(low)
    return [(match.start(), match.start(), _end(text, low, match.end()))] if match else []


def _found(text: str) -> list[tuple[int, int, int]]:
    return list(_pieces(text, unify(text)))


def _pieces(text: str, low: str) -> Iterator[tuple[int, int, int]]:
    last = 0
    for match in _CAUSE.finditer(low):
        if match.start() < last:
            continue
        small = _LITTLE_WORD.search(match[0])
        start = match.start() + small.start() if small else match.end()
        end = _end(text, low, start)
        while end > start and text[end - 1] in " ,:":
            end -= 1
        if end > start:
            last = end
            yield match.start(), start, end


def _end(text: str, low: str, start: int) -> int:
    """Return where the clause of a reason ends: a border, or the bracket that was open before it closes."""
    stop = _END.search(low, start)
    end = stop.start() if stop else len(text)
    depth = 0
    for i in range(start, end):
        if text[i] in "([":
            depth += 1
        elif text[i] in ")]":
            depth -= 1
            if depth < 0:
                return i
    return end
