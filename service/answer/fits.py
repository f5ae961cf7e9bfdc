"""Whether a sentence can hold the kind of thing a question asks for."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.domain import PassageKind, Period, PeriodKind
from ingest.vi.letters import pattern
from ingest.vi.normalise import fold, unify
from ingest.vi.periods import contains, find_periods, resolve, same
from service.answer.called import names_it, ordinal_fits
from service.answer.conditions import asks_condition, condition_in
from service.answer.dates import date_in
from service.answer.denials import denies
from service.answer.events import of_event
from service.answer.listed import enumerations
from service.answer.names import asked_document, asks_rank, asks_source, documents, ranks, source_in
from service.answer.offices import asks_called, asks_office, asks_role, office_above, office_in, offices, part_asked
from service.answer.persons import holder_in, holds_title, nobody, persons
from service.answer.scope import period_fits, place_fits
from service.answer.spots import holds_place
from service.answer.times import again, asks_clock, asks_day, season_due
from service.answer.views import PassageView, SentenceView
from service.domain import Hit, Query, Want

QUOTED = re.compile(r"[“\"«]([^”\"»]{3,200})[”\"»]")
_DOCUMENT = re.compile(
    r"(?<!\w)(?:nghi quyet|quyet dinh|ke hoach|chi thi|thong bao|cong van|to trinh|nghi dinh|thong tu|cong dien|nq"
    r"|qd)"
    r"(?: so)?:? ?0*(\d{1,4}(?:\.\d{1,2})?)(?![\d%.,]| ?(?:%|phan tram))"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_ATTACHED = ("(kèm theo", "(ban hành kèm theo")  # the line that ties an annex to its report says nothing itself
# What is said of one of these is not said of another; the rest is written in too many ways.
_AUTHORITIES = ("bo ", "so ", "phong ", "cuc ", "tap doan ", "tong cong ty ")
_NAME_WORDS = 3
_HIGHEST = re.compile(r"(?<!\w)(?:quoc hoi|bo chinh tri|ban bi thu)(?!\w)")
_LAW = pattern(r"(?<!\w)Luật (?:[{UP}][{LOW}]+)(?: [{UP}{LOW}]+)?")
_WHO_OR_WHAT = (Want.NAME, Want.PERSON, Want.PLACE, Want.LIST)
_DAYS = (PeriodKind.DATE, PeriodKind.RANGE)


def fits_want(query: Query, hit: Hit, view: PassageView, sentence: SentenceView) -> bool:
    """Tell whether a sentence of the right period and place holds a date, a name, a reason ... as asked."""
    text = view.reading.text[sentence.at.start : sentence.at.end]
    if not _of_period(query, hit, view, text) or not place_fits(query, hit, view, None):
        return False
    if view.passage.kind is PassageKind.TABLE_ROW:
        return False  # a row is no sentence; its figures are found as figures
    if not _names_documents(query, view) or not _names_offices(query, hit, view) or not names_it(query, hit, view):
        return False
    if unify(text).startswith(_ATTACHED):
        by_number = query.want is Want.DATE and _DOCUMENT.search(fold(query.text)) is not None
        return by_number or (asked_document(query) or "") != ""
    if query.want in _WHO_OR_WHAT and denies(query, text, view.passage.context, *view.passage.section_path):
        return False
    if query.want is Want.PERSON and nobody(query, text):
        return False
    if not ordinal_fits(query, text, *reversed(view.passage.section_path), view.reading.text):
        return False
    if asks_condition(query):
        return condition_in(query, text) is not None
    return _holds_date(query, text) if query.want is Want.DATE else _holds(query, view, text)


def _holds_date(query: Query, text: str) -> bool:
    date = date_in(query, text)
    if not of_event(query, text) or date is None:
        return False
    if asks_clock(query):
        return True
    kinds = _DAYS if asks_day(query) else (*_DAYS, PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.YEAR)
    told = [p for _, p in find_periods(text) if p.kind in kinds]
    if asks_day(query):  # "năm học 2025 - 2026" is no day
        told = [p for _, p in find_periods(date) if p.kind in _DAYS and p.first_month is not None]
    return bool(told) or again(text) or season_due(text) == date


def _holds(query: Query, view: PassageView, text: str) -> bool:
    """Tell whether a sentence has an organisation, a place, a document, a person as asked."""
    if asks_office(query) and query.want is not Want.LIST:
        part = part_asked(query)
        if part.removeprefix("chu ") not in fold(" ".join((text, *view.passage.section_path))):
            return False
        above = office_above(view.passage.section_path)
        if office_in(query, text, above=above) is not None:
            return True
        if asks_role(query) or asks_called(query):
            return False  # a place or a person does not do what an office is charged with
    if query.want is Want.PLACE:
        if view.passage.kind is PassageKind.HEADER:
            return False  # names the area of everything
        return holds_place(query, text)
    if asks_rank(query):
        return bool(ranks(text))
    if asks_source(query):
        return source_in(query, text) is not None
    if query.want is Want.LIST and text.strip(" :.") == (view.passage.section_path or ("",))[-1].strip(" :."):
        return bool(enumerations(text))  # a heading names the list, it is not one
    if (kind := asked_document(query)) is not None:
        return bool(documents(text, kind))
    if query.want is Want.PERSON:
        named = bool(persons(text)) and holds_title(query, text)
        return named or holder_in(query, text) is not None
    return view.passage.kind not in (PassageKind.HEADER, PassageKind.SIGNATURE)


def document_numbers(query: Query) -> tuple[str, ...]:
    """Return the numbers of the documents a question names ("nghị quyết 52"), without leading zeros; () for none."""
    return tuple(m[1] for m in _DOCUMENT.finditer(fold(query.text)) if not _YEAR.fullmatch(m[1]))


def _names_documents(query: Query, view: PassageView) -> bool:
    """Tell whether a passage or its heading has each document the question calls by number ("nghị quyết 52")."""
    asked = document_numbers(query)
    folded = fold(" ".join((view.reading.text, *view.passage.section_path)))
    return all(re.search(rf"(?:(?<![\d.,/])0*{re.escape(n)}\s?[/-]|\bso:? 0*{re.escape(n)}\b)", folded) for n in asked)


def _names_offices(query: Query, hit: Hit, view: PassageView) -> bool:
    """Tell whether a passage, its headings or its report's title name each organisation the question names."""
    asked = [" ".join(fold(query.text[s.start : s.end]).split()[:_NAME_WORDS]) for s in offices(query.text)]
    around = (view.reading.text, view.passage.context, *view.passage.section_path, hit.report.title, hit.report.issuer)
    folded = fold(" ".join(around))
    named = [m[0] for m in _HIGHEST.finditer(fold(query.text))] + [fold(m[0]) for m in _LAW.finditer(query.text)]
    return all(name in folded or not name.startswith(_AUTHORITIES) for name in asked) and all(
        name in folded for name in named
    )


def _of_period(query: Query, hit: Hit, view: PassageView, text: str) -> bool:
    """Tell whether a sentence is of the asked period: the report's, or one that it, its heading or the title names.

    A reason may stand behind the sentence that names it. Without a year, "ngày 11/4" is that day of any year named.
    """
    asked, own = query.period, hit.report.period
    if period_fits(asked, None, own):
        return True
    if asked is not None and asked.year is None and own is not None:
        asked = resolve(asked, own)
    if not isinstance(asked, Period):
        return False
    title = (hit.report.title,) if own is None else ()
    told = view.reading.text if query.want is Want.REASON else text
    named = [p for part in (told, *view.passage.section_path, *title) for _, p in find_periods(part)]
    year = own.year if own else None
    return any(_covers(asked if asked.year else replace(asked, year=p.year), p, year) for p in named)


def _covers(asked: Period, told: Period, year: int | None) -> bool:
    whole = asked.kind in (PeriodKind.YEAR, PeriodKind.QUARTER, PeriodKind.MONTH)
    return same(asked, told, default_year=year) or (whole and contains(asked, told, default_year=year))
