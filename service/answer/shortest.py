"""The shortest complete answer inside a sentence, by what was asked for."""

from __future__ import annotations

import re

from ingest.vi.letters import pattern
from ingest.vi.normalise import fold
from service.answer.conditions import asks_condition, condition_in
from service.answer.dates import date_in
from service.answer.fits import QUOTED
from service.answer.listed import items_in
from service.answer.names import asks_rank, asks_source, kind_name_in, names_of_kind, source_in
from service.answer.near import nearest
from service.answer.offices import asks_office, office_above, office_in
from service.answer.persons import person_in, persons_of_post
from service.answer.phrases import LIST_MARK
from service.answer.reasons import reason_in
from service.answer.spots import place_in
from service.answer.views import PassageView, Stretch
from service.domain import Query, Want

SHORT_MAX_CHARS = 200
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
    if asks_condition(query):
        return condition_in(query, text)
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
    if asks_source(query) and (source := source_in(query, text)):
        return source
    if query.want is Want.LIST:
        if several := persons_of_post(query, text):
            return "; ".join(several)
        return items_in(query, text) or "; ".join(names_of_kind(query, text)) or None
    if query.want is Want.REASON:
        found = reason_in(query, text)
        return text[found.start : found.end] if found is not None else None
    if query.want is Want.NAME or asks_rank(query):
        return kind_name_in(query, text) or name_in(query, text)
    return None


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
