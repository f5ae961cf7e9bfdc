"""A question that asks for several figures -> the single questions in it, as text.

Patterns are written with accents; a question typed without is matched against the folded pattern, as in ``wants``.
Splitting is shy: every part has to be a quantity asked for, so that "nông nghiệp và phát triển nông thôn" stays whole.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from ingest.domain import Span
from ingest.vi.normalise import fold, unify
from ingest.vi.periods import find_periods
from ingest.vi.word_tables import entries
from service.understand.superlatives import without_accents

_HOW = r"(?:ra sao|thế nào|như thế nào)"
_ASK = (
    rf"bao nhiêu|mấy|tăng hay giảm|tăng giảm {_HOW}|so (?:với )?(?:cùng kỳ|kế hoạch|dự toán|năm trước|năm ngoái)"
    rf"(?: năm (?:trước|ngoái))?(?: thì)? {_HOW}"
)
_STRONG = r"\s*[,;:]\s*(?:và|còn|thì|với)?(?!\w)"
_WEAK = r"\s(?:và|với|còn|cùng)\s|\s(?=(?:tổng|kinh phí|trị giá|tổng kinh phí)\s)"
_EACH = (
    r"lần lượt|tương ứng|(?:mỗi|từng) (?:loại|khoản|bên|nơi|thứ|cái|nguồn|đàn|chỉ tiêu|vụ|mục|lĩnh vực)"
    r"|(?:thì )?cả hai|riêng từng (?:loại|khoản)"
)
_TOGETHER = r"tổng cộng|cộng lại|cả thảy|tất cả|gộp|chênh(?: lệch| nhau)?|hơn|kém|tổng của|bằng mấy phần"
_JOIN = r"\s*[,;]\s*(?:và\s)?|(?<!\sso)\s(?:và|với|cùng|cùng với)\s"
_AND = r"(?<!\sso)\s(?:và|với|cùng)\s|trong đó"
_LEFT_OUT = r"không (?:kể|tính|phải|bao gồm)|ngoài|trừ"
_TAIL_ASK = r"\s*(?:(?:thì|là|được|đạt|có|ước|hết|còn)\s)*(?:bao nhiêu|mấy)(?: ?%| phần trăm)?\s*[?.]*$"
_NUMBER_OF = r"(?:tổng số|tổng|số lượng|số)\s"
_VICTIMS = (
    r"(?P<ask>bao nhiêu|mấy|số) người (?P<one>chết|tử vong|thiệt mạng)(?:,| và|, và| với) "
    r"(?:người |số người )?(?P<two>bị thương)"
)
_VICTIMS_AFTER = r"(?P<one>chết|tử vong|thiệt mạng)(?:,| và| với) (?P<two>bị thương) (?P<ask>bao nhiêu|mấy) người"
_OR = r"\s(?:hay|hoặc|và|với|so với)\s"
_WHICH = (
    r"(?:cái|bên|nơi|loại|con|đàn|xã|phường|thôn|bản|ấp|khoản|ngành|đơn vị|địa phương|huyện|tỉnh|trường|nguồn|lĩnh vực"
    r"|số|kỳ|quý|năm|ai|dự án|công trình|cơ quan|sở|khối|nhóm)"
)
_COMPARED = (
    rf"(?:,\s*)?(?:thì\s)?(?:{_WHICH} nào\s(?P<does>(?:[^\W\d]+ ){{1,2}}?)|{_WHICH}(?: nào)?\s|đâu\s|cái nào\s)?"
    r"(?:là\s)?(?:đạt\s|có\s)?(?:nhiều|cao|lớn|đông|ít|thấp|nhỏ|khá|tốt"
    r"|nhanh|chậm|kém|mạnh|dài|rộng|nặng)(?P<what>(?: [^\W\d]+){0,5}?) hơn(?: cả)?"
)
_IS_MORE = r"(?:có\s)?(?:nhiều|cao|lớn|đông|ít|thấp|nhỏ) hơn(?: cả)?\s"
_EVERY_PERIOD = (
    r"qua (?:các|từng|mỗi) (?:năm|kỳ|quý|tháng|báo cáo)|theo từng (?:năm|kỳ|quý|tháng)|(?:từng|mỗi) (?:kỳ|quý)"
    r"|(?:các|tất cả các) (?:kỳ báo cáo|kỳ|quý)|từng năm"
)
_MAX_PARTS = 5
_TWO = 2


@dataclass(frozen=True, slots=True)
class Split:
    """The single questions of one; ``marked``: the question itself says that it asks for each.

    ``lead``: words before the first part that speak of all ("Quà Tết: mấy suất, kinh phí bao nhiêu"), "" for none.
    ``loose``: cut at every "và" and comma; only a report tells whether each part has a figure of its own.
    """

    parts: tuple[str, ...]
    marked: bool
    lead: str = ""
    loose: bool = False


WHOLE = Split((), marked=False)


def split(text: str, *, accents: bool) -> Split:
    """Return the single questions of canonical ``text``, in the order asked; ``WHOLE`` (no parts) for a single one."""
    text = _victims(text, accents=accents)
    asks = list(_pattern(_ASK, accents=accents).finditer(_reading(text, accents=accents)))
    if len(asks) > 1:
        head = text.find(":", 0, asks[0].start())
        parts = _at_asks(text, asks, accents=accents)
        if len(parts) < _TWO:
            return WHOLE
        lead, first = (text[:head], parts[0][head + 1 :].strip()) if head > 0 else ("", parts[0])
        return Split((first, *parts[1:]), marked=True, lead=lead.strip())
    found = _coordinated(text, accents=accents)
    return found if found.parts else _loose(text, accents=accents)


def alternatives(text: str, *, accents: bool) -> tuple[str, str] | None:
    """Return the two questions a comparison sets against each other ("A hay B nhiều hơn"), None for no comparison."""
    read = _reading(text, accents=accents).rstrip(" ?.")
    text = text[: len(read)]
    compared = _pattern(_COMPARED, accents=accents).search(read)
    if compared is None:
        return None
    what = " ".join(text[slice(*compared.span(name))] for name in ("does", "what") if compared[name])
    listed = _pattern(r"\s?:\s", accents=accents, bare=True).match(read, compared.end())
    if listed is not None:  # "đàn gà xã nào lớn hơn: A hay B"
        both = _pattern(_OR, accents=accents, bare=True).split(text[compared.end() :].strip(" :"))
        named = f"{text[: compared.start()].strip()} {what}".strip()
        return (f"{named} {both[0]}", f"{named} {both[1]}") if len(both) == _TWO else None
    before, after = text[: compared.start()].strip(" ,"), f"{what} {text[compared.end() :].strip(' ,')}".strip()
    joint = list(_pattern(_OR, accents=accents, bare=True).finditer(_reading(f"{before} ", accents=accents)))
    if joint:
        at = joint[-1]
        first, second = before[: at.start()].strip(" ,"), before[at.end() :].strip(" ,")
        between = _pattern(r"^(?:trong|giữa|so sánh|giữa hai)\s", accents=accents, bare=True)
        opening = between.match(_reading(first, accents=accents))
        first = first[opening.end() :] if opening else first
        if accents and not after and (shared := _said_of_both(first, second)):
            first = f"{first} {shared}"
        return (f"{first} {after}".strip(), f"{second} {after}".strip()) if first and second else None
    more = _pattern(_IS_MORE, accents=accents, bare=True).search(read)
    other = _pattern(r"\s*(?:hay không|không|phải không|chưa|so với)$", accents=accents, bare=True).sub("", after)
    ends = before and other and more is not None and other != after
    return (before, other) if ends else None


def _said_of_both(first: str, second: str) -> str:
    """Return what stands behind the name ``second`` opens with, where ``first`` is a name alone ("A hay B thu")."""
    words = second.split()
    named = next((n for n, word in enumerate(words) if not word[:1].isupper()), len(words))
    alone = all(word[:1].isupper() for word in first.split())
    rest = words[named:]
    ends = not any(word[:1].isupper() for word in rest)  # "Công viên Hồ Sen": the name goes on
    return " ".join(rest) if alone and named and ends else ""


def every_period(text: str, *, accents: bool) -> bool:
    """Tell whether the figure of every period is asked for ("qua các năm", "từng quý")."""
    return _pattern(_EVERY_PERIOD, accents=accents).search(_reading(text, accents=accents)) is not None


def without_comparing(text: str) -> str:
    """Return ``text`` with "so sánh" and "hơn trong" blanked: a period after them is asked for, no mere base."""
    masked = text
    for match in _pattern(r"so sánh|hơn(?= (?:trong|ở|tại|vào|là))", accents=unify(text) != fold(text)).finditer(
        unify(text) if unify(text) != fold(text) else fold(text)
    ):
        masked = _blank(masked, Span(match.start(), match.end()))
    return masked


def _at_asks(text: str, asks: Sequence[re.Match[str]], *, accents: bool) -> tuple[str, ...]:
    """Cut between every two question words: at the last comma there, else at the last "và"; else not."""
    read = _reading(text, accents=accents)
    cuts: list[tuple[int, int]] = []
    for left, right in pairwise(asks):
        between = [
            list(_pattern(joint, accents=accents, bare=True).finditer(read, left.end(), right.start()))
            for joint in (_STRONG, _WEAK)
        ]
        found = between[0] or between[1]
        if found:
            cuts.append((found[-1].start(), found[-1].end()))
    begin = 0
    parts: list[str] = []
    for start, end in cuts:
        parts.append(text[begin:start].strip(" ,;"))
        begin = end
    parts.append(text[begin:].strip(" ,;"))
    return tuple(p for p in parts if p)[:_MAX_PARTS]


def _coordinated(text: str, *, accents: bool) -> Split:
    """Split "diện tích, năng suất và sản lượng lúa là bao nhiêu": every member opens with a noun of quantity."""
    read = _reading(text, accents=accents)
    if _pattern(_TOGETHER, accents=accents).search(read):
        return WHOLE
    marked = _pattern(_EACH, accents=accents).search(read) is not None
    bare = _pattern(_EACH, accents=accents).sub(lambda m: " " * len(m.group()), read)
    kept = "".join(ch if b != " " or ch == " " else " " for ch, b in zip(text, bare, strict=True))
    ask = _pattern(_TAIL_ASK, accents=accents, bare=True).search(bare.rstrip())
    kept = kept[: ask.start()] if ask else kept.rstrip(" ?.")
    for span, _ in reversed(find_periods(kept)):
        kept = _blank(kept, span)
    members = [m.strip(" ,;:") for m in _cut(kept, accents=accents)]
    members = [m for m in members if m]
    before = ""
    while len(members) > _TWO and not _opens(members[0], accents=accents):
        before = f"{before} {members.pop(0)}".strip()
    if members and ":" in members[0]:
        head, _, members[0] = members[0].rpartition(":")
        before = f"{before} {head}".strip()
    if not 1 < len(members) <= _MAX_PARTS:
        return WHOLE
    total = _pattern(r"^tổng(?: số)?\s", accents=accents, bare=True)
    if not marked and sum(total.match(_reading(m, accents=accents)) is not None for m in members) == 1:
        return WHOLE  # "tổng đàn dê và đàn ngựa" asks for one sum
    lead, first = _lead(members[0], accents=accents)
    members = [first, *members[1:]]
    number_of = _pattern(rf"^{_NUMBER_OF}", accents=accents, bare=True)
    marked = marked or all(number_of.match(_reading(m, accents=accents)) for m in members)
    heads = [_quantity(m, accents=accents) for m in members]
    alike = marked and all(fold(m).split()[0] == fold(members[0]).split()[0] for m in members)
    if not alike and not all(heads):
        return WHOLE
    tail = members[-1][heads[-1] :].strip()
    full = [f"{m} {tail}" if h and h >= len(m) else m for m, h in zip(members, heads, strict=True)]
    if any(not _pattern(_NUMBER_OF, accents=accents, bare=True).sub("", f"{m} ").strip() for m in full):
        return WHOLE
    return Split(tuple(f"{lead} {m}".strip() for m in full), marked=marked, lead=before)


def _loose(text: str, *, accents: bool) -> Split:
    """Cut "Số học sinh mầm non, tiểu học, THCS" at its joints, whatever stands between them."""
    read = _reading(text, accents=accents)
    if _pattern(f"{_TOGETHER}|{_LEFT_OUT}", accents=accents).search(read):
        return WHOLE
    each = _pattern(_EACH, accents=accents).search(read) is not None
    bare = _pattern(f"{_EACH}|trong đó", accents=accents).sub(lambda m: " " * len(m.group()), read)
    kept = "".join(ch if b != " " or ch == " " else " " for ch, b in zip(text, bare, strict=True))
    for span, _ in reversed(find_periods(kept)):
        kept = _blank(kept, span)
    members = [m for part in _cut(kept.rstrip(" ?."), accents=accents) if (m := part.strip(" ,;:"))]
    if not each and members and _pattern("tổng", accents=accents).match(_reading(members[0], accents=accents)):
        return WHOLE  # one sum is asked for
    if len(members) == _TWO and not each and not _pattern(_AND, accents=accents, bare=True).search(read):
        return WHOLE  # one comma may part anything: "phí, lệ phí", "xã, thị trấn"
    return Split(tuple(members), marked=False, loose=True) if 1 < len(members) <= _MAX_PARTS else WHOLE


def _cut(text: str, *, accents: bool) -> list[str]:
    parts, begin = [], 0
    for match in _pattern(_JOIN, accents=accents, bare=True).finditer(_reading(text, accents=accents)):
        parts.append(text[begin : match.start()])
        begin = match.end()
    return [*parts, text[begin:]]


def _lead(member: str, *, accents: bool) -> tuple[str, str]:
    """Part the first member into what stands before its noun of quantity and the rest ("Vụ xuân | diện tích")."""
    words = list(re.finditer(r"\S+", member))
    for word in words:
        if _quantity(member[word.start() :], accents=accents):
            return member[: word.start()].strip(" ,"), member[word.start() :]
    return "", member


def _opens(member: str, *, accents: bool) -> bool:
    """Tell whether a noun of quantity stands anywhere in ``member``."""
    return any(_quantity(member[m.start() :], accents=accents) for m in re.finditer(r"\S+", member))


def _quantity(member: str, *, accents: bool) -> int:
    """Return how many characters the noun of quantity has that opens ``member``, 0 where none does."""
    read = _reading(member, accents=accents)
    number = _pattern(rf"^{_NUMBER_OF}", accents=accents, bare=True).match(read)
    if number is not None:
        return number.end() - 1
    words = [(m.group().strip(",;:?."), m.end()) for m in re.finditer(r"\S+", read)]
    for count in range(min(4, len(words)), 0, -1):
        phrase = " ".join(w for w, _ in words[:count])
        if phrase in _table("compounds.txt", accents=accents):
            return 0
        if phrase in _table("quantity.txt", accents=accents):
            return words[count - 1][1]
    return 0


def _victims(text: str, *, accents: bool) -> str:
    """Write "bao nhiêu người chết và bị thương" out: two figures are asked for."""
    for raw in (_VICTIMS, _VICTIMS_AFTER):
        match = _pattern(raw, accents=accents).search(_reading(text, accents=accents))
        if match is not None:
            ask, one, two = (text[slice(*match.span(name))] for name in ("ask", "one", "two"))
            people = "người" if accents else "nguoi"
            return f"{text[: match.start()]}{ask} {people} {one}, {ask} {people} {two}{text[match.end() :]}"
    return text


def _blank(text: str, span: Span) -> str:
    return f"{text[: span.start]}{' ' * len(span)}{text[span.end :]}"


def _reading(text: str, *, accents: bool) -> str:
    return unify(text) if accents else fold(text)


@lru_cache(maxsize=64)
def _pattern(raw: str, *, accents: bool, bare: bool = False) -> re.Pattern[str]:
    """Compile a pattern; as whole words unless ``bare``."""
    written = raw if accents else without_accents(raw)
    return re.compile(written if bare else rf"(?<!\w)(?:{written})(?!\w)")


@lru_cache(maxsize=4)
def _table(name: str, *, accents: bool) -> frozenset[str]:
    return frozenset(unify(p) if accents else fold(p) for p in entries("service.understand", name))
