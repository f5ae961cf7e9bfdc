"""How far something moved within one sentence or row: "từ 20 lên 50", "đầu năm 90 hộ, nay còn 60 hộ"."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.domain import FigureRole, PassageKind
from ingest.vi.normalise import fold
from ingest.vi.units import same_count
from service.answer.candidates import Material
from service.answer.compute.couples import Fits, couple
from service.answer.compute.operands import PERCENT, STRICT, named_by, stated_figure
from service.answer.compute.past import Stated
from service.answer.compute.periods import moved_between
from service.answer.compute.show import draft_of
from service.answer.compute.wording import spot, without
from service.answer.views import FigureView, PassageView
from service.domain import Draft, Query, Want

_BASE = re.compile(r"(?<!\w)(?:dau|cuoi) (?:nam|nhiem ky|quy|thang)(?!\w)")
_TO = re.compile(r"[^\d.;]{0,20}?\b(?:len|xuong|con|den|toi)(?: con| den| muc)?\s*$")
_FROM = re.compile(r"(?<!\w)tu(?: muc)?\s*$")


def since(query: Query, material: Material, stated: Stated) -> Draft | None:
    """Return by how much a level rose or fell from one its own sentence or row tells; None when that is stated.

    The earlier one stands behind "từ" right before the later ("từ 20 lên 50"), or at the base the question names
    ("so với đầu năm").
    """
    if query.want not in (Want.FIGURE, Want.TEXT) or query.others or spot(query, "moving") is None:
        return None
    asked = fold(query.text)
    base = _BASE.search(asked)
    if spot(query, "past") is not None and base is None:
        return None
    plain = without(without(query, "since"), "moved")
    plain = replace(plain, unit=query.unit, period=None if base else query.period)
    known = stated_figure(stated(query), material)
    changed = known is not None and known.figure.role is FigureRole.CHANGE
    if not plain.terms or (known is not None and changed and named_by(known, plain, material) >= STRICT):
        return None
    found = couple(plain, ((), ()), material, fits=_moved(plain.unit, base[0] if base else ""))
    if found is None:
        return None
    worked = moved_between(*found, rate=query.unit == PERCENT and found[0].unit != PERCENT)
    return draft_of(worked) if worked is not None else None


def _moved(unit: str, base: str) -> Fits:
    def fits(now: FigureView, then: FigureView, view: PassageView) -> bool:
        own = now.figure.unit
        if then.at.end > now.at.start or not same_count(own, then.figure.unit):
            return False
        if unit and unit != PERCENT and not same_count(own, unit):
            return False
        between = fold(view.reading.text[then.at.end : now.at.start])
        if not base:
            lead = fold(view.reading.text[then.sentence.start : then.at.start])
            return _FROM.search(lead) is not None and _TO.fullmatch(between) is not None
        return _at(base, view, then) and not _at(base, view, now)

    return fits


def _at(base: str, view: PassageView, figure: FigureView) -> bool:
    """Tell whether a figure is told of the time ``base``: by its name, or between it and the figure before it."""
    name = fold(figure.figure.indicator).split()
    if view.passage.kind is PassageKind.TABLE_ROW:
        return base.split()[0] in name  # of the head "Hộ nghèo đầu năm" the name keeps "đầu"
    start = max((f.at.end for f in view.figures if f.at.end <= figure.at.start), default=0)
    start = max(start, figure.sentence.start)
    return base in fold(view.reading.text[start : figure.at.start])
