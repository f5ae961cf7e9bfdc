"""Reasons given in a sentence: what follows "do", "vì", "nguyên nhân là", "nhờ" up to the end of its clause."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from ingest.vi.letters import pattern
from ingest.vi.normalise import fold, unify
from service.answer.asked_why import asks_failure, asks_help
from service.answer.findings import POORLY, unmarked
from service.answer.near import asked_words, nearest
from service.answer.spots import PROPER
from service.answer.tokens import bag, keys
from service.answer.views import PassageView, SentenceView, Stretch
from service.domain import Query
from service.understand.places import bare_name
from service.understand.stance import Direction, direction

# "do huyện quản lý", "do đồng chí ... chủ trì" name who does it; "do đó", "vì vậy" point back.
_DOER = (
    r"(?:đó|vậy|thế|đồng chí|ông|bà|ubnd|hđnd|ủy ban|uỷ ban|hội đồng|sở|phòng|ban|bộ|công ty|công an|cơ quan|đơn vị"
    r"|nhà nước|trung ương|tỉnh|thành phố|huyện|xã|cấp|chi cục|trung tâm|chủ đầu tư|chính phủ"
    r"|thủ tướng|các (?:sở|phòng|ban|ngành|đơn vị|địa phương|cơ quan|xã))(?!\w)"
    r"(?! (?:\w+ ){0,4}(?:chưa|không|thiếu|chậm|gặp|vướng|còn)(?!\w))"
    r"| (?:(?!chưa|không|thiếu|chậm|gặp|vướng|còn|nhiều)[^\W\d]+ ){1,7}"
    r"(?:thực hiện|chủ trì|đảm nhận|đảm nhiệm|thi công|phụ trách|biên soạn|tài trợ|chủ biên)"
    r"(?=\s?[,.;)]|$|\s(?:với|theo|tại|từ|vào|trong)\s)"
)
_CAUSE = re.compile(
    r"(?<!\w)(?:"
    r"(?:(?:một trong những |các |do (?:các )?|một số )?(?:nguyên nhân|lý do|lí do)"
    r"(?: (?:chủ yếu|chính|cơ bản|khách quan|chủ quan))*"
    r"(?: \w+){0,8}?\s?(?:là do|là vì|do|là|như|gồm|:|vì|bởi)+)"
    rf"|(?:chủ yếu |một phần |phần lớn |chỉ )?(?<!tự )(?<!lý )(?<!mặc )do(?! {_DOER})"
    r"|(?<!lợi )vì(?! (?:vậy|thế|người nghèo|nhân dân|cộng đồng|sức khỏe|sự tiến bộ|mục tiêu|môi trường|một))"
    r"|bởi(?! vậy| thế)(?: vì)?|nhờ(?! (?:đó|vậy))|xuất phát từ|bắt nguồn từ|tại vì)\s*:?\s+"
)
# The little word belongs to the reason as people quote it: "do thiếu vắc xin".
_LITTLE_WORD = re.compile(r"(?:do|vì|bởi(?: vì)?|nhờ|tại vì)\s*:?\s+$")
# "nhằm mục đích gì", "vì sao phải": what something is for answers as well as what it comes from.
_PURPOSE = re.compile(r"(?<!\w)(?:nhằm|(?<!không )(?<!chưa )để|phục vụ|với mục đích)\s")
# What something is for, and not what it comes from.
_AIM_ASKED = re.compile(r"(?<!\w)muc dich(?: (?:gi|nao|\w+(?: \w+){0,12} la gi))|(?<!\w)nham (?:lam )?gi(?!\w)")
_AIM = re.compile(r"(?<!\w)mục đích(?: [^\W\d]+){0,6}?\s?(?:là|:)\s")
_PURPOSE_ASKED = re.compile(
    r"muc dich|(?:de|nham)(?: lam)? gi|(?:vi|tai) sao (?:phai|can|co|lai phai)(?!\w)|phuc vu gi"
)
_UP, _DOWN = re.compile(r"(?<!\w)(?:tăng|vượt|cao hơn|nâng)"), re.compile(r"(?<!\w)(?:giảm|thấp|hụt|sụt)")
# What is not done was not helped.
_UNDONE = re.compile(r"(?<!\w)(?:chưa|không|chậm|kém|khó khăn|vướng)(?!\w)")
# An effect that points back is told by the sentence before it.
_POINTS_BACK = re.compile(r"(?<!\w)(?:nêu trên|trên đây|kể trên|nói trên|này|đó)(?!\w)")
# "Do mưa lớn nên ...": the effect stands behind its reason.
_BEHIND = re.compile(
    r"\s*,?\s*(?:nên|dẫn đến|khiến(?: cho)?|làm cho|làm|gây(?: ra| nên)?"
    r"|vì vậy|vì thế|do đó|do vậy)\s[^;.]*(?:\.\d[^;.]*)*"
)
_CONTRAST = re.compile(r"^\W*(?:tuy nhiên|mặc dù|song|nhưng|trong khi)(?!\w)", re.IGNORECASE)
_LINKS = re.compile(
    r"^\W*(?:tuy nhiên|mặc dù|song|nhưng|đồng thời|bên cạnh đó|trong đó|cụ thể|ngoài ra|trong khi)?\W*$", re.IGNORECASE
)
_BRIEF_WORDS = 6  # an effect this short leans on the sentence before it
# A sentence that names no reason by a word of its own: all before "nên" is the reason.
_SO = re.compile(r"(?<!\w)(?:cho nên|nên|dẫn đến|khiến(?: cho)?|làm cho|gây(?: ra| nên)?)\s")
_CONCESSION = re.compile(r"^\W*(?:tuy|mặc dù|dù)(?!\w)[^;.]*?(?<!\w)(?:nhưng|song)\s|^\W+")
_END = pattern(
    r";|\.(?=\s|$)"
    r"|,\s(?=(?:nên|vì vậy|vì thế|do đó|do vậy|tuy nhiên|song|nhưng|đạt|bằng|trong đó|hiện|đến nay|ước)(?!\w))"
    r"|\s(?=(?:nên|dẫn đến|khiến|làm cho)\s)"
)


_COMMA = re.compile(r",\s")
_CLAUSE_END = re.compile(r";|\.(?=\s|$)")
_CAUSE_NAMED = re.compile(r"(?:\w+ ){0,4}?(?:nguyên nhân|lý do|lí do)(?!\w)")
_LINKS_ON = re.compile(
    r"\W*(?:tuy nhiên|mặc dù|song|nhưng|đồng thời|bên cạnh đó|trong đó|cụ thể|ngoài ra|trong khi|đang|đã|hiện|cần|sẽ"
    r"|đề nghị|giao|yêu cầu)(?!\w)"
)
_VAGUE = re.compile(r"(?:cả |nhiều |các |một số |những )*(?:yếu tố|nguyên nhân|lý do)(?!\w)")
_FEWEST_WORDS = 3
_SMALL_WORDS = pattern(r"[{LOW}]+ (?=[{LOW}])[^()]*")
_WENT = frozenset("tang giam dat cham thap cao con chua khong bi duoc la co lai da van nay".split())  # noqa: SIM905
_ECHO = 0.75


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
        for lead, start, end in _given(query, text):
            begin = text.rfind(";", 0, lead) + 1
            stop = end
            effect = text[begin:lead]
            said = effect
            behind = _effect_behind(text, lead, end)
            if behind > end:
                stop = behind
                said = effect = text[end:stop]
            brief = len(effect.split()) <= _BRIEF_WORDS or _POINTS_BACK.search(unify(effect)) is not None
            lead_in = text[:begin] or before
            leans = behind == end and brief and not _CONTRAST.match(effect) and not _of_another(query, effect)
            lead_in = lead_in if leans else ""
            if _fits_direction(query, f"{lead_in} {effect} {text[lead:start]}") and not _echoes(
                query, text[start:end], said
            ):
                begin += len(text[begin:start]) - len(text[begin:start].lstrip())
                # What is asked about has to be the effect: a reason in the same words explains something else.
                effect = f"{effect} {text[lead:start]}"  # "nguyên nhân chủ quan" is asked for by its sort
                at = Stretch(sentence.at.start + begin, sentence.at.start + stop)
                yield SentenceView(at, bag(effect), bag(lead_in) if lead_in else None)
        before = text


def _opens(text: str, lead: int) -> bool:
    """Tell whether nothing but a label or a linking word stands before a reason in its clause."""
    begin = max(text.rfind(";", 0, lead), text.rfind(": ", 0, lead)) + 1
    return _LINKS.match(text[begin:lead]) is not None


def _effect_behind(text: str, lead: int, end: int) -> int:
    """Return where the effect of a reason that opens its clause ends: "Do mưa lớn nên X", "Nhờ A, X"; else ``end``."""
    if not _opens(text, lead):
        return end
    if (behind := _BEHIND.match(text, end)) is not None:
        return behind.end()
    if text[end : end + 1] != ",":
        return end
    stop = _CLAUSE_END.search(text, end)
    return stop.start() if stop else len(text)


def _before_effect(query: Query, text: str, found: tuple[int, int, int]) -> tuple[int, int, int]:
    """Leave the effect out of a reason that opens its clause: it begins behind the comma that parts off most of what
    is asked, the last of those that do.
    """
    lead, start, end = found
    asked = asked_words(query)
    if not asked or not _opens(text, lead) or _CAUSE_NAMED.match(unify(text), lead):
        return found
    best, at = 0, end
    for comma in _COMMA.finditer(text, start, end):
        front, rest = (asked & bag(part).folded for part in (text[start : comma.start()], text[comma.end() : end]))
        if 2 * len(rest) >= len(asked) and (most := len(rest) - len(front)) > 0 and most >= best:
            best, at = most, comma.start()
    return lead, start, at


def _of_another(query: Query, effect: str) -> bool:
    """Tell whether an effect names another thing of the kind asked about: "điểm môn A" where "môn B" is asked."""
    asked = [fold(k) for k in keys(query.text)]
    told = [fold(k) for k in keys(effect)]
    content = asked_words(query)
    follow = {a: b for a, b in pairwise(told) if a in content}
    return any(
        a in follow and follow[a] != b and b not in told and follow[a] not in asked and follow[a] not in _WENT
        for a, b in pairwise(asked)
        if a in content and b in content
    )


def _echoes(query: Query, reason: str, effect: str) -> bool:
    """Tell whether a reason says what was to be explained, more than its effect does."""
    asked = asked_words(query)
    own, told = asked & bag(reason).folded, asked & bag(effect).folded
    return len(own) > _ECHO * len(asked) and len(own) > len(told)


def _fits_direction(query: Query, effect: str) -> bool:
    if _PURPOSE_ASKED.search(fold(query.text)):
        return True
    if asks_help(query) and _UNDONE.search(unify(effect)):
        return False
    if asks_failure(query):
        return POORLY.search(unify(effect)) is not None
    asked = direction(query)
    return asked is None or (_UP if asked is Direction.UP else _DOWN).search(unify(effect)) is not None


def reason_in(query: Query, text: str) -> Stretch | None:
    """Return the reason whose effect the question asks about: the one its words lead to; None for none."""
    found = _given(query, text)
    if not found:
        return None
    at = nearest(query, text, [Stretch(lead, end) for lead, _, end in found])
    _, start, end = found[at]
    return Stretch(start, end)


def _given(query: Query, text: str) -> list[tuple[int, int, int]]:
    """Return what ``text`` gives as reasons; as purposes where only those, or those as well, are asked for."""
    asked = fold(query.text)
    if _AIM_ASKED.search(asked):
        return _purposes(text)
    low = unify(text)
    told = list(_pieces(text, low)) or unmarked(text) or _before_so(text, low)
    if told:
        return [_before_effect(query, text, one) for one in told]
    return _purposes(text) if _PURPOSE_ASKED.search(asked) else _in_brackets(query, text)


def _in_brackets(query: Query, text: str) -> list[tuple[int, int, int]]:
    """Return what stands in brackets behind the name asked about: "02 xã chưa đạt: xã A (thiếu trường), xã B (...)".

    Only what begins small, as a reason does; an office, a place or a number is none.
    """
    named = [match[0] for match in PROPER.finditer(query.text)] + ([bare_name(query.place)] if query.place else [])
    folded = fold(text)
    found = (re.search(rf"(?<!\w){re.escape(fold(name))}\s?\(", folded) for name in named if query.accents)
    told = [(m.end(), text.find(")", m.end()) % (len(text) + 1)) for m in found if m is not None]
    return [(start - 1, start, end) for start, end in told if _SMALL_WORDS.match(text, start, end)][:1]


def _purposes(text: str) -> list[tuple[int, int, int]]:
    low = unify(text)
    if (aim := _AIM.search(low)) is not None:
        return [(aim.start(), aim.end(), _end(text, low, aim.end()))]
    match = _PURPOSE.search(low)
    return [(match.start(), match.start(), _end(text, low, match.end()))] if match else []


def _found(text: str) -> list[tuple[int, int, int]]:
    low = unify(text)
    return list(_pieces(text, low)) or _before_so(text, low)


def _before_so(text: str, low: str) -> list[tuple[int, int, int]]:
    """Return what stands before "nên", "dẫn đến" as the reason; a concession that leads to it is left out."""
    match = _SO.search(low)
    if match is None:
        return []
    lead = begin = low.rfind("; ", 0, match.start()) + 1
    conceded = _CONCESSION.match(low[begin : match.start()])
    begin += conceded.end() if conceded else 0
    end = match.start()
    while end > begin and text[end - 1] in " ,:":
        end -= 1
    return [(lead, begin, end)] if len(text[begin:end].split()) >= _FEWEST_WORDS else []


def _pieces(text: str, low: str) -> Iterator[tuple[int, int, int]]:
    last = 0
    for match in _CAUSE.finditer(low):
        if match.start() < last:
            continue
        if _VAGUE.match(low, match.end()):
            continue  # "do nhiều yếu tố, trong đó ...": the causes follow
        small = _LITTLE_WORD.search(match[0])
        start = match.start() + small.start() if small else match.end()
        end = _end(text, low, start)
        if _CAUSE_NAMED.match(match[0]):
            end = _end_of_list(text, low, end)
        while end > start and text[end - 1] in " ,:":
            end -= 1
        if end > start:
            last = end
            yield match.start(), start, end


def _end_of_list(text: str, low: str, end: int) -> int:
    """Return where the row of causes ends that "nguyên nhân là A; B; C" opens, before one that has its own cause."""
    while text[end : end + 1] == ";":
        stop = _end(text, low, end + 1)
        part = low[end + 1 : stop]
        if _CAUSE.search(part) or _SO.search(part) or _LINKS_ON.match(part):
            break
        end = stop
    return end


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
