"""The shortest complete answer inside a sentence, by what was asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.domain import Period, PeriodKind, Span
from ingest.vi.letters import pattern
from ingest.vi.normalise import fold, unify
from ingest.vi.periods import find_periods, is_base
from ingest.vi.places import Place, find_places
from service.answer.fits import EVERY, QUOTED
from service.answer.listed import items_in
from service.answer.names import asks_rank, kind_name_in
from service.answer.near import nearest
from service.answer.offices import asks_office, office_above, office_in
from service.answer.persons import person_in
from service.answer.phrases import LIST_MARK
from service.answer.reasons import reason_in
from service.answer.views import PassageView, Stretch
from service.domain import Query, Want

SHORT_MAX_CHARS = 200
_DAY = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}")
_WHOLE_WINDOW = re.compile(r"tu ngay nao den|thoi gian|giai doan|trong nhung ngay|tu khi nao den|keo dai")
_LAST_DAY = re.compile(r"(?:den|ket thuc|het)(?: vao)? (?:ngay|khi) nao|bao gio (?:het|ket thuc)")
_OF_DOCUMENT = re.compile(
    r"(?<!\w)(?:ky|ban hanh|quyet dinh|nghi quyet|nghi dinh|thong tu|ke hoach|cong van|to trinh|chi thi"
    r"|van ban)(?!\w)"
)
_DOCUMENT_DATE = re.compile(r"\d/[^\s,;.]*[A-ZĐƯƠ][^\s,;]*,? $")
_DEADLINE_ASKED = re.compile(
    r"(?<!\w)(?:cham nhat|thoi han|han (?:chot|cuoi)|truoc (?:ngay|khi|thang)|phai [^?]{2,80} (?:khi nao|bao gio"
    r"|ngay nao"
    r"|luc nao|thang nao)|(?:khi nao|bao gio|ngay nao) [^?]{0,20}phai)(?!\w)"
)
_DUE = re.compile(r"(?<!\w)(?:trước|chậm nhất(?: là)?|trong|xong|hoàn thành|đến|hết)(?: vào)?(?: ngày)? $")
_DAYS = (PeriodKind.DATE, PeriodKind.RANGE)
_ANY_TIME = (PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.CUMULATIVE, PeriodKind.YEAR)
_TIMES = {
    "thang nao": (PeriodKind.MONTH, *_DAYS),
    "quy nao": (PeriodKind.QUARTER, *_DAYS),
    "nam nao": (PeriodKind.YEAR, PeriodKind.RANGE, PeriodKind.DATE, PeriodKind.MONTH),
}
_TYPE_ASKED = re.compile(
    r"(?<!\w)(thon|ban|ap|lang|buon|to dan pho|khu pho|xom|xa|phuong|thi tran|thi xa|huyen|quan|thanh pho|tinh)"
    r"(?:,? (?:xa|phuong|thi tran))? nao(?!\w)"
)
_AT = re.compile(r"(?<!\w)(?:tại|ở|trên địa bàn|thuộc)\s+")
_PLACE_END = re.compile(r"[,;:.()](?!\d)|\s(?=(?:để|nhằm|với|do|làm|phục vụ|từ|vào|trong|được|bị|đã|có)\s)")
_EVERY_ASKED = re.compile(r"(?<!\w)(?:hang|moi) (thang|quy|nam)(?!\w)")
_WHERE = re.compile(r"(?<!\w)(?:o|tai) (?:dau|cho nao|noi nao)(?!\w)")
_CHAIN = re.compile(r"\s?(?:,|và|;)\s?(?:tại )?")
# What follows the thing named: "chủ đề ... là X", "với tên gọi X".
_NAMED = pattern(r"(?:(?<!\w)(?:là|tên|tên gọi|mang tên)|:)\s+(?=[{UP}“\"«])")
_NAME_END = re.compile(r"[.;](?!\d)|[()]")


def short_text(query: Query, view: PassageView, stretch: Stretch) -> str | None:
    """Return the shortest complete answer inside ``stretch``; None when only the whole, long sentence will do."""
    text = view.reading.text[stretch.start : stretch.end].strip()
    short = _shorter(query, view, text)
    if short is not None and 0 < len(short) <= SHORT_MAX_CHARS:
        return short
    if query.want is Want.DATE:
        return None
    whole = LIST_MARK.sub("", text).rstrip(" ;,")
    return whole if len(whole) <= SHORT_MAX_CHARS else None


def _shorter(query: Query, view: PassageView, text: str) -> str | None:
    if query.want is Want.DATE:
        return date_in(query, text)
    office = None
    if asks_office(query) and query.want is not Want.LIST:
        office = office_in(query, text, above=office_above(view.passage.section_path))
    if query.want is Want.PERSON:
        return person_in(query, text) or office
    if office:
        return office
    if query.want is Want.PLACE:
        return place_in(query, text)
    if query.want is Want.LIST:
        return items_in(query, text)
    if query.want is Want.REASON:
        found = reason_in(query, text)
        return text[found.start : found.end] if found is not None else None
    if query.want is Want.NAME or asks_rank(query):
        return kind_name_in(query, text) or name_in(query, text)
    return None


def date_in(query: Query, text: str) -> str | None:
    """Return the date of ``text`` nearest the words asked about, as written; None for none.

    "năm nào", "tháng nào", "quý nào" ask for that sort first. Of a window only the first day is given, the last one
    where its end is asked for, the whole where the question asks for a stretch of time.
    """
    found = [
        (span, period)
        for span, period in find_periods(text)
        if not is_base(text, span.start) and period != query.period
    ]
    asked = fold(query.text)
    found = _free(found, text, asked)
    if (due := _every(query, text)) is not None and (not found or _EVERY_ASKED.search(asked)):
        return due
    wanted = next((kinds for words, kinds in _TIMES.items() if words in asked and "ngay" not in asked), _DAYS)
    for kinds in ([wanted[0]], wanted, _ANY_TIME) if wanted is not _DAYS else (_DAYS, _ANY_TIME):
        fitting = [(span, period) for span, period in found if period.kind in kinds]
        if fitting:
            at = nearest(query, text, [Stretch(span.start, span.end) for span, _ in fitting])
            return _of_window(asked, text, *fitting[at])
    return None


def _every(query: Query, text: str) -> str | None:
    """Return the day of every month, quarter or year in ``text`` ("ngày 25 hằng tháng") that is asked for; or None."""
    found = [Stretch(m.start(), m.end()) for m in EVERY.finditer(unify(text))]
    sort = _EVERY_ASKED.search(fold(query.text))
    if sort is not None:
        found = [s for s in found if fold(text[s.start : s.end]).endswith(sort[1])]
    return text[(best := found[nearest(query, text, found)]).start : best.end] if found else None


def _free(found: list[tuple[Span, Period]], text: str, asked: str) -> list[tuple[Span, Period]]:
    """Leave out the dates of documents cited by number, where no document is asked for; prefer those of a deadline.

    A deadline is asked for by "chậm nhất", "thời hạn", "phải ... khi nào".
    """
    if not _OF_DOCUMENT.search(asked):
        free = [(span, p) for span, p in found if not _DOCUMENT_DATE.search(text[: span.start])]
        found = free or found
    if _DEADLINE_ASKED.search(asked):
        due = [(span, p) for span, p in found if _DUE.search(unify(text[: span.start]))]
        found = due or found
    return found


def _of_window(asked: str, text: str, span: Span, period: Period) -> str:
    days = _DAY.findall(span.of(text))
    if period.kind is not PeriodKind.RANGE or not days or _WHOLE_WINDOW.search(asked):
        return span.of(text)
    return str(days[-1] if _LAST_DAY.search(asked) else days[0])


def place_in(query: Query, text: str) -> str | None:
    """Return the place of ``text`` nearest the words asked about: "thôn A, xã B"; "xã A và xã B"; None for none.

    Only places of the type asked for ("xã nào"); to "ở đâu" what follows "tại" or "ở" answers as well.
    """
    asked = fold(query.text)
    places = [p for p in find_places(text, unify(text)) if fold(p.name) not in asked]
    kind = _TYPE_ASKED.search(asked)
    if kind is not None:
        places = [p for p in places if fold(p.name).startswith(kind.group(1) + " ")]
    found = _chains(text, places)
    if kind is None and _WHERE.search(asked):
        spots = [s for s in _spots(text) if not any(s.start <= c.start < s.end for c in found)]
        found = sorted([*found, *spots], key=lambda s: s.start)
    if not found:
        return None
    best = found[nearest(query, text, found)]
    return text[best.start : best.end].strip() or None


def _spots(text: str) -> list[Stretch]:
    """Return what follows "tại", "ở" in ``text``, in order, each to the end of its phrase."""
    spots = []
    for match in _AT.finditer(unify(text)):
        stop = _PLACE_END.search(text, match.end())
        spots.append(Stretch(match.end(), stop.start() if stop else len(text)))
    return spots


def _chains(text: str, places: Sequence[Place]) -> list[Stretch]:
    """Join places that only a comma or "và" parts into one stretch."""
    joined: list[Stretch] = []
    for place in places:
        if joined and _CHAIN.fullmatch(text, joined[-1].end, place.start):
            joined[-1] = Stretch(joined[-1].start, place.end)
        else:
            joined.append(Stretch(place.start, place.end))
    return joined


def name_in(query: Query, text: str) -> str | None:
    """Return the quoted name nearest the words asked about, else what a capital letter opens after "là" or ":"."""
    quoted = [Stretch(m.start(1), m.end(1)) for m in QUOTED.finditer(text)]
    if quoted:
        best = quoted[nearest(query, text, quoted)]
        return text[best.start : best.end]
    if " la gi" not in fold(query.text) and "ten" not in fold(query.text):
        return None
    named = []
    for match in _NAMED.finditer(text):
        stop = _NAME_END.search(text, match.end())
        named.append(Stretch(match.end(), stop.start() if stop else len(text)))
    if len(named) != 1:
        return None
    return text[named[0].start : named[0].end].strip(" ,") or None
