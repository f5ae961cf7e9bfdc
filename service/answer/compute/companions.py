"""What a sentence tells about a level beside it: its change, its ratio, its plan."""

from __future__ import annotations

import re

from ingest.domain import FigureRole, PassageKind
from ingest.vi.normalise import fold
from ingest.vi.periods import same
from ingest.vi.units import same_unit
from service.answer.candidates import Candidate
from service.answer.compute.operands import LEVELS, single
from service.answer.views import FigureView

_COMPARES = re.compile(r"(?:so (?:voi )?[^,;.]{1,40},? )?(?:da |cung )?(?:tang|giam)(?: them| duoc)? ")
_MOVES = ("tang", "giam")
_VERBS = frozenset(("lam", "bi", "co", "so", "va", "xay", "ra"))


def companions(level: Candidate) -> list[FigureView]:
    """Return the figures that speak of ``level``: of its indicator, period and sentence, no level between."""
    mine = level.figure
    if mine is None:
        return []
    own = mine.figure
    row = level.view.passage.kind is PassageKind.TABLE_ROW
    found: list[FigureView] = []
    owner: FigureView | None = None
    for one in sorted(level.view.figures, key=lambda f: f.figure.span.start):
        figure = one.figure
        same = figure.indicator == own.indicator or _same_thing(one, level) or _follows(one, level)
        if not same or (figure.sentence != own.sentence and not _comes_next(one, level)):
            continue
        aside = one.bracketed and not mine.bracketed  # parts in brackets are told on the side
        if one is mine or (not aside and figure.role in LEVELS and same_unit(figure.unit, own.unit)):
            owner = one
        elif (
            (owner is mine or row or _same_thing(one, level) or _follows(one, level))
            and figure.role not in LEVELS
            and _same_period(one, mine)
            and single(one)
        ):
            found.append(one)
    return found


def _follows(one: FigureView, level: Candidate) -> bool:
    """Tell whether a change opens its clause, so that it has no subject but the level right before it.

    "Ban hành 37 văn bản chỉ đạo, hướng dẫn, giảm 06 văn bản": no other figure stands between, and both count the same.
    """
    mine = level.figure
    if _comes_next(one, level):
        return True
    if mine is None or one.figure.role is not FigureRole.CHANGE or one.segment != mine.segment:
        return False
    opens = one.clause_folded.split()[:1]
    between = any(mine.at.end <= other.at.start < one.at.start for other in level.view.figures)
    ahead = mine.at.end <= one.at.start and not between
    return ahead and bool(opens) and opens[0] in _MOVES and counts_like(one.figure.unit, mine.figure.unit)


def _comes_next(one: FigureView, level: Candidate) -> bool:
    """Tell whether a change is a sentence of its own without a subject: "Đoạt 9 giải. So với năm trước tăng 2 giải".

    It is that of the first figure of its unit in the sentence before.
    """
    mine, text = level.figure, level.view.reading.text
    if mine is None or one.figure.role is not FigureRole.CHANGE or one.sentence.start < mine.sentence.end:
        return False
    if not counts_like(one.figure.unit, mine.figure.unit) or text[mine.sentence.end : one.sentence.start].strip():
        return False
    alone = _COMPARES.fullmatch(fold(text[one.sentence.start : one.at.start])) is not None
    alike = (f for f in level.view.figures if f.sentence == mine.sentence and f.figure.unit == mine.figure.unit)
    return alone and next(iter(sorted(alike, key=lambda f: f.at.start))) is mine


def counts_like(change: str, level: str) -> bool:
    """Tell whether a change of one unit can be that of a level: "2 triệu đồng" of "30 triệu đồng/năm" as well."""
    return same_unit(change, level) or same_unit(change, level.partition("/")[0])


def _same_thing(one: FigureView, level: Candidate) -> bool:
    """Tell whether a change told behind all levels is that of ``level``: "làm chết 09 người (tăng 02 người chết)".

    It counts the same unit, its words are those of the level but for a verb, and no other level's of the sentence.
    """
    mine = level.figure
    if mine is None or one.figure.role is not FigureRole.CHANGE or not same_unit(one.figure.unit, mine.figure.unit):
        return False
    words = _plain_words(one)

    def fits(other: FigureView) -> bool:
        before = other.figure.role in LEVELS and other.figure.span.end <= one.figure.span.start
        return before and same_unit(other.figure.unit, one.figure.unit) and _plain_words(other) == words

    sentence = [other for other in level.view.figures if other.figure.sentence == one.figure.sentence]
    return fits(mine) and sum(fits(other) for other in sentence) == 1


def _plain_words(figure: FigureView) -> frozenset[str]:
    return frozenset(fold(figure.figure.indicator).replace(",", " ").split()) - _VERBS


def _same_period(one: FigureView, other: FigureView) -> bool:
    first, second = one.figure.period, other.figure.period
    return first == second or (first is not None and second is not None and same(first, second))
