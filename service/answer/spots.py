"""The place a question asks for: a named or numbered one, or what follows "tại" and "ở"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.vi.letters import pattern
from ingest.vi.normalise import fold, unify
from ingest.vi.places import Place, find_places
from service.answer.near import nearest
from service.answer.views import Stretch
from service.domain import Query
from service.understand.places import place_names

# A proper name: two or more capitalised syllables in a row.
PROPER = pattern(r"(?:[{UP}][{LOW}]+ ){1,3}[{UP}][{LOW}]+")
_TYPE_ASKED = re.compile(
    r"(?<!\w)(thon|ban|ap|lang|buon|to dan pho|khu pho|xom|xa|phuong|thi tran|thi xa|huyen|quan|thanh pho|tinh)"
    r"(?:,? (?:xa|phuong|thi tran))? (?:nao|so may)(?!\w)"
)
# Places that have numbers for names: "tổ dân phố số 4, số 7 và số 12", "thôn 3".
_WITH_NUMBER = r"(?:thôn|bản|ấp|làng|buôn|tổ dân phố|khu phố|xóm|khóm|khu vực|tổ)"
_NUMBER_END = (
    r"(?=\s?[,;.():](?!\d)|\s?$"
    r"|\s(?:và|mỗi|do|bị|có|với|được|thường|hay|là|đã|làm|để|trên|của|thuộc|tại|xã|phường|khi)\s)"
)
_NUMBERED = re.compile(
    rf"(?<!\w){_WITH_NUMBER} (?:số )?\d{{1,2}}[a-z]?{_NUMBER_END}"
    rf"(?:(?:, | và )(?:{_WITH_NUMBER} )?(?:số )?\d{{1,2}}[a-z]?{_NUMBER_END})*"
)
_AT = re.compile(r"(?<!\w)(?:tại|ở|trên địa bàn|thuộc)\s+")
_LED = re.compile(r"(?<!\w)(?:tại|ở)\s+(?:(?:các|những|khu vực)\s)?$")
_PLACE_END = re.compile(r"[,;:.()](?!\d)|\s(?=(?:để|nhằm|với|do|làm|phục vụ|từ|vào|trong|được|bị|đã|có)\s)")
# "bến A (02 nhà), chợ B và đèo C": each with a proper name, the last one behind "và".
_SPOT = (
    r"(?:(?!\s(?:để|nhằm|với|do|làm|phục vụ|từ|vào|trong|được|bị|đã|có|và)\s)[^,;:.()])*[{UP}][^,;:.()\s]*"
    r"(?: \([^()]*\))?"
)
_ROW = pattern(rf"{_SPOT}(?:, {_SPOT})*,? và {_SPOT}(?=[,;:.()]|$|\s)")
_WHERE = re.compile(r"(?<!\w)(?:o|tai) (?:dau|cho nao|noi nao)(?!\w)")
# What says where without a name: "tại trụ sở xã", "ở trường đăng ký".
_BUILDING = re.compile(
    r"(?:các |mỗi )?(?:trường|trụ sở|nhà|trạm|bến|chợ|sân|hội trường|phòng|bộ phận|trung tâm|điểm|khu|bệnh viện|kho"
    r"|bãi|văn phòng|ubnd|đình|đền|chùa|quảng trường|thư viện)(?!\w)"
)
# "bản A 1", "trường B 2": the number that tells it from its sisters; "xã A 64 hộ", "xã A 12,5 ha" count something.
_SISTER = re.compile(rf" (?:số )?\d{{1,2}}{_NUMBER_END}")
_LABEL = re.compile(r"\W*địa điểm(?: [^\W\d]+){0,4}\s?:\s")
_CHAIN = re.compile(r"\s?(?:,|và|;)\s?(?:tại )?")


def numbered_end(text: str, end: int) -> int:
    """Return where a proper name that ends at ``end`` ends with the number behind it ("bản A 1"); ``end`` for none."""
    sister = _SISTER.match(text, end)
    return sister.end() if sister is not None else end


def holds_place(query: Query, text: str) -> bool:
    """Tell whether ``text`` has something a question for a place can be answered with."""
    if _LABEL.match(unify(text)) or place_names(text) or PROPER.search(text) or numbered(text):
        return True
    # "tại Trung tâm Hội nghị tỉnh": a building with a name of its own.
    where = _WHERE.search(fold(query.text)) is not None
    return where and any(
        any(ch.isupper() for ch in text[spot.start : spot.end]) or _BUILDING.match(unify(text), spot.start)
        for spot in _told(query, text)
    )


def numbered(text: str) -> list[Stretch]:
    """Return the rows of places of ``text`` that have numbers for names ("thôn 3 và thôn 5"), in order; [] for none."""
    return [Stretch(m.start(), m.end()) for m in _NUMBERED.finditer(unify(text))]


def place_in(query: Query, text: str) -> str | None:
    """Return the place of ``text`` nearest the words asked about: "thôn A, xã B"; "xã A và xã B"; None for none.

    Only places of the type asked for ("xã nào"); to "ở đâu" what follows "tại" or "ở" answers as well.
    """
    asked = fold(query.text)
    label = _LABEL.match(unify(text))
    if label is not None and _WHERE.search(asked):
        return text[label.end() :].strip(" .;") or None
    places = [p for p in find_places(text, unify(text)) if fold(p.name) not in asked]
    kind = _TYPE_ASKED.search(asked)
    if kind is not None:
        places = [p for p in places if fold(p.name).startswith(kind.group(1) + " ")]
    found = _chains(text, places)
    rows = [s for s in numbered(text) if kind is None or fold(text[s.start : s.end]).startswith(kind.group(1) + " ")]
    found = sorted([*found, *rows], key=lambda s: s.start)
    if kind is None and _WHERE.search(asked):
        spots = [s for s in _told(query, text) if not any(_names_all(c, s) for c in found)]
        inside = [c for c in found if any(s.start <= c.start < s.end for s in spots)]
        found = sorted([*(c for c in found if c not in inside), *spots], key=lambda s: s.start)
        # "ở các xã biên giới tại điểm cầu chính (xã A)": what has no name of its own says the least.
        found = [s for s in found if any(ch.isupper() for ch in text[s.start : s.end])] or found
        found = [s for s in found if _LED.search(unify(text[: s.start]))] or found
    if not found:
        return None
    best = found[nearest(query, text, found)]
    return text[best.start : best.end].strip() or None


def _names_all(place: Stretch, spot: Stretch) -> bool:
    """Tell whether what follows "tại" is a place from its first word on, or ends inside one ("thôn A, xã B")."""
    return spot.start == place.start or spot.start <= place.start < spot.end < place.end


def _told(query: Query, text: str) -> list[Stretch]:
    """Return the spots of ``text`` that the question does not name itself."""
    asked = fold(query.text)
    return [s for s in _spots(text) if fold(text[s.start : s.end]) not in asked]


def _spots(text: str) -> list[Stretch]:
    """Return what follows "tại", "ở" in ``text``, in order, each to the end of its phrase, or of its row of places."""
    spots = []
    for match in _AT.finditer(unify(text)):
        stop = _PLACE_END.search(text, match.end())
        row = _ROW.match(text, match.end())
        spots.append(Stretch(match.end(), row.end() if row else stop.start() if stop else len(text)))
    return spots


def _chains(text: str, places: Sequence[Place]) -> list[Stretch]:
    """Join places that only a comma or "và" parts into one stretch."""
    joined: list[Stretch] = []
    for place in places:
        end = numbered_end(text, place.end)
        if joined and _CHAIN.fullmatch(text, joined[-1].end, place.start):
            joined[-1] = Stretch(joined[-1].start, end)
        else:
            joined.append(Stretch(place.start, end))
    return joined
