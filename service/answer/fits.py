"""Whether a sentence can hold the kind of thing a question asks for."""

from __future__ import annotations

import re

from ingest.domain import PassageKind, PeriodKind
from ingest.vi.letters import pattern
from ingest.vi.normalise import unify
from ingest.vi.periods import find_periods
from service.answer.scope import period_fits, place_fits
from service.answer.views import PassageView, SentenceView
from service.domain import Hit, Query, Want
from service.understand.places import place_names

QUOTED = re.compile(r"[“\"«]([^”\"»]{3,200})[”\"»]")
_ATTACHED = ("(kèm theo", "(ban hành kèm theo")  # the line that ties an annex to its report says nothing itself
# A proper name: two or more capitalised syllables in a row.
PROPER = pattern(r"(?:[{UP}][{LOW}]+ ){1,3}[{UP}][{LOW}]+")


def fits_want(query: Query, hit: Hit, view: PassageView, sentence: SentenceView) -> bool:
    """Tell whether a sentence of the right period and place holds a date, a name, a reason ... as asked."""
    if not period_fits(query.period, None, hit.report.period) or not place_fits(query, hit, view, None):
        return False
    if view.passage.kind is PassageKind.TABLE_ROW:
        return False  # a row is no sentence; its figures are found as figures
    text = view.reading.text[sentence.at.start : sentence.at.end]
    if unify(text).startswith(_ATTACHED):
        return False
    if query.want is Want.DATE:
        return any(p.kind in (PeriodKind.DATE, PeriodKind.MONTH, PeriodKind.RANGE) for _, p in find_periods(text))
    if query.want is Want.PLACE:
        return bool(place_names(text)) or bool(PROPER.search(text))
    if query.want is Want.PERSON:
        return bool(PROPER.search(text))
    return view.passage.kind not in (PassageKind.HEADER, PassageKind.SIGNATURE)
