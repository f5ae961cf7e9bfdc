"""The date a question asks for in a sentence: of its event, a deadline, a window, a day that comes again."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.domain import Period, PeriodKind, Span
from ingest.vi.normalise import fold, unify
from ingest.vi.periods import find_periods, is_base
from service.answer.events import beside_event, of_event
from service.answer.near import asked_words, nearest
from service.answer.spots import PROPER
from service.answer.times import asks_again, asks_clock, asks_day, clock_in, day_again, lunar, season_due
from service.answer.tokens import keys
from service.answer.views import Stretch
from service.domain import Query, Want

_DAY = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}")
_FIRST_DAY = re.compile(
    r"(?:(?:từ (?:ngày )?|ngày )\d{1,2}\s?(?:đến|-|–)\s?(?:hết )?"
    r"|(?:các )?ngày \d{1,2}(?:, \d{1,2})*(?:,| và) (?:ngày )?)$",
    re.IGNORECASE,
)
_WHOLE_WINDOW = re.compile(r"tu ngay nao den|thoi gian|giai doan|trong nhung ngay|tu khi nao den|keo dai")
_LAST_DAY = re.compile(r"(?:den|ket thuc|het)(?: vao)? (?:ngay|khi) nao|bao gio (?:het|ket thuc)")
_OF_DOCUMENT = re.compile(
    r"(?<!\w)(?:ky|ban hanh|quyet dinh|nghi quyet|nghi dinh|thong tu|ke hoach|cong van|to trinh|chi thi"
    r"|van ban)(?!\w)"
)
_SIGNING = frozenset(("ký", "ky", "ban", "hành", "hanh"))
_DOCUMENT_DATE = re.compile(r"\d/[^\s,;.]*[A-ZĐƯƠ][^\s,;]*,? $")
# "Luật Đất đai năm 2013": the year is part of the name.
_LAW = re.compile(r"(?<!\w)(?:Bộ luật|Luật|Hiến pháp|Pháp lệnh)(?: (?!từ |trong |vào )[^\W\d]+){0,9} $")
_SINCE_ASKED = re.compile(
    r"(?<!\w)(?:tu|ke tu)(?: khi| luc)? (?:bao gio|khi nao|luc nao|thang nao|nam nao|hoi nao)(?!\w)"
)
_SINCE = re.compile(r"(?<!\w)(?:từ|kể từ)(?: giữa| đầu| cuối)?(?: ngày)? $")
_DEADLINE_ASKED = re.compile(
    r"(?<!\w)(?:cham nhat|thoi han|han (?:chot|cuoi)|truoc (?:ngay|khi|thang)|phai [^?]{2,80} (?:khi nao|bao gio"
    r"|ngay nao"
    r"|luc nao|thang nao)|(?:khi nao|bao gio|ngay nao) [^?]{0,20}phai)(?!\w)"
)
_CLOCK = r"(?: \d{1,2} giờ(?: \d{2}(?: phút)?)?)?"
_DUE = re.compile(
    rf"(?<!\w)(?:trước|chậm nhất(?: là)?|trong|xong|hoàn thành|đến|hết|hạn(?: cuối| chót)?)(?: vào)?{_CLOCK}(?: ngày)?"
    r"(?: \d{1,2}(?:, \d{1,2})*(?:,| và))? $"
)
_AT_DAY = r"(?:(?:rạng sáng|sáng|trưa|chiều|tối|đêm|hết|ngày|hôm) ){0,3}\d{1,2}/\d{1,2}(?:/\d{4})?"
_FROM_TO = re.compile(rf"(?<!\w)từ {_AT_DAY} (?:đến|tới) {_AT_DAY}(?![\d/])")
# "dời sang hôm nào": not the day it was to be.
_MOVED_ASKED = re.compile(
    r"(?<!\w)(?:doi|lui|hoan|chuyen|sang|don)(?: lich| ngay| lai)?(?: \w+){0,3} (?:hom|ngay|thang|khi|bua) nao"
)
_MOVED = re.compile(r"(?<!\w)(?:sang|đến|tới|lại|thành|vào)(?: ngày| hôm| tháng)? $")
_DAYS = (PeriodKind.DATE, PeriodKind.RANGE)
_ANY_TIME = (PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.CUMULATIVE, PeriodKind.YEAR)
_TIMES = {
    "thang nao": (PeriodKind.MONTH, *_DAYS),
    "thang may": (PeriodKind.MONTH, *_DAYS),
    "quy nao": (PeriodKind.QUARTER, *_DAYS),
    "quy may": (PeriodKind.QUARTER, PeriodKind.MONTH, *_DAYS),
    "nam nao": (PeriodKind.YEAR, PeriodKind.RANGE, PeriodKind.DATE, PeriodKind.MONTH),
}


def date_in(query: Query, text: str) -> str | None:
    """Return the date of ``text`` nearest the words asked about, as written; None for none.

    "năm nào", "tháng nào", "quý nào" ask for that sort first. Of a window only the first day is given, the last one
    where its end is asked for, the whole where the question asks for a stretch of time.
    """
    if asks_clock(query):
        return clock_in(query, text)
    found = [
        (span, period)
        for span, period in find_periods(text)
        if not is_base(text, span.start) and period != query.period
    ]
    moons = lunar(text)
    found = [(s, p) for s, p in found if not any(day.start <= s.start < day.end for day in moons)]
    asked = fold(query.text)
    found = _of_event(query, _of_named(query, _free(found, text, asked), text), text)
    if (due := day_again(query, text)) is not None and (not found or asks_again(query)):
        return due
    if moons and (day := _by_moon(query, text, moons, found)) is not None:
        return day
    found = _in_its_part(query, found, text)
    wanted = next((kinds for words, kinds in _TIMES.items() if words in asked and not asks_day(query)), _DAYS)
    for kinds in ([wanted[0]], wanted, _ANY_TIME) if wanted is not _DAYS else (_DAYS, _ANY_TIME):
        fitting = [(span, period) for span, period in found if period.kind in kinds]
        if fitting:
            at = nearest(query, text, [Stretch(span.start, span.end) for span, _ in fitting])
            if _WHOLE_WINDOW.search(asked) and (whole := _window(text, fitting[at][0])) is not None:
                return whole
            return _of_window(asked, text, *fitting[at])
    return season_due(text) if not asks_day(query) else None


def without_signing(query: Query) -> tuple[str, ...]:
    """Return the content words of a question but for those that only ask for the date of a document ("ký hôm nào")."""
    if query.want is not Want.DATE or not _OF_DOCUMENT.search(fold(query.text)):
        return query.terms
    return tuple(term for term in query.terms if term not in _SIGNING) or query.terms


def _by_moon(query: Query, text: str, moons: Sequence[Stretch], found: Sequence[tuple[Span, Period]]) -> str | None:
    """Return the day of the lunar calendar that stands nearest to the question's words; None where another does."""
    days = [Stretch(span.start, span.end) for span, period in found if period.kind in _DAYS or not asks_day(query)]
    pieces = sorted([*moons, *days], key=lambda piece: piece.start)
    best = pieces[nearest(query, text, pieces)]
    return text[best.start : best.end] if best in moons else None


def _of_event(query: Query, found: list[tuple[Span, Period]], text: str) -> list[tuple[Span, Period]]:
    """Leave the dates of the parts of a sentence that tell the event asked about, and of these those it leads to.

    All for a question that names no event.
    """
    found = [(span, p) for span, p in found if of_event(query, _part(text, span))]
    starts = [0, *(span.end for span, _ in found)]
    beside = beside_event(query, [text[at : span.start] for at, (span, _) in zip(starts, found, strict=False)])
    return [found[n] for n in beside] or found


def _of_named(query: Query, found: list[tuple[Span, Period]], text: str) -> list[tuple[Span, Period]]:
    """Leave out the dates of parts between semicolons that name another thing than asked, which a third part names."""
    names = [fold(match[0]) for match in PROPER.finditer(query.text) if match.start() and query.accents]
    parts = [fold(part) for part in text.split(";")]
    told = [name for name in names if any(name in part for part in parts)]
    own = ((one, _part(text, one[0])) for one in found)
    return [one for one, part in own if PROPER.search(part) is None or all(name in fold(part) for name in told)]


def _in_its_part(query: Query, found: list[tuple[Span, Period]], text: str) -> list[tuple[Span, Period]]:
    """Leave the dates of the part between semicolons that says most of what is asked; all where several say as much."""
    asked = asked_words(query)
    told = [len(asked & {fold(k) for k in keys(_part(text, span))}) for span, _ in found]
    most = max(told, default=0)
    best = [one for one, words in zip(found, told, strict=True) if words == most]
    return best if 2 * most >= len(asked) else found


def _part(text: str, span: Span) -> str:
    """Return what stands around ``span`` between semicolons."""
    start = text.rfind(";", 0, span.start) + 1
    end = text.find(";", span.end)
    return text[start : end if end >= 0 else len(text)]


def _free(found: list[tuple[Span, Period]], text: str, asked: str) -> list[tuple[Span, Period]]:
    """Leave out the years of laws and, where no document is asked for, the dates of documents cited by number.

    Of the others those of a deadline are preferred where one is asked for ("chậm nhất", "thời hạn", "phải ... khi
    nào"), and those behind "từ" to "từ bao giờ".
    """
    found = [(span, p) for span, p in found if not _LAW.search(text[: span.start])]
    if not _OF_DOCUMENT.search(asked):
        free = [(span, p) for span, p in found if not _DOCUMENT_DATE.search(text[: span.start])]
        found = free or found
    if _DEADLINE_ASKED.search(asked) or _LAST_DAY.search(asked):
        due = [(span, p) for span, p in found if _DUE.search(unify(text[: span.start]))]
        # "phải ban hành trước ngày nào": the date under a document is no deadline.
        found = due if due or _OF_DOCUMENT.search(asked) else found
    if _MOVED_ASKED.search(asked):
        found = [(span, p) for span, p in found if _MOVED.search(unify(text[: span.start]))] or found
    if _SINCE_ASKED.search(asked):
        since = [(span, p) for span, p in found if _SINCE.search(unify(text[: span.start]))]
        found = since or found
    return found


def _window(text: str, one: Span) -> str | None:
    """Return the stretch of time of ``text`` that begins or ends with ``one`` ("từ chiều 12/3 đến hết ngày 14/3")."""
    found = (m for m in _FROM_TO.finditer(unify(text)) if m.start() <= one.start and one.end <= m.end())
    return next((text[m.start() : m.end()] for m in found), None)


def _of_window(asked: str, text: str, span: Span, period: Period) -> str:
    last = _LAST_DAY.search(asked) is not None and _WHOLE_WINDOW.search(asked) is None
    # "từ ngày 24 đến ngày 26/4/2026": its first day has no month of its own and is given with the last.
    opened = _FIRST_DAY.search(text[: span.start])
    if opened is not None and period.kind is PeriodKind.DATE and not last:
        return text[opened.start() : span.end]
    days = _DAY.findall(span.of(text))
    if period.kind is not PeriodKind.RANGE or not days or _WHOLE_WINDOW.search(asked):
        return span.of(text)
    return str(days[-1] if last else days[0])
