"""The figure that says itself how far two amounts lie apart: "giảm 5 vụ", "vượt 3 km", "còn 12 hộ chưa có điện"."""

from __future__ import annotations

import re

from ingest.domain import FigureRole
from ingest.vi.normalise import fold
from service.answer.candidates import Candidate
from service.answer.compute.couples import standing_at
from service.answer.compute.operands import Base, base_of, single
from service.answer.compute.relation import Against, Relation
from service.answer.compute.sought import ROLES, Sought, extra, measured, speaks_of, usable
from service.answer.compute.told_how import told
from service.answer.scoring import eligible
from service.answer.views import FigureView, PassageView

_NAMED = 0.7  # share of the question, and of what it denies, that the figure itself has to say
_LEAST = 0.45  # that share less half of what it is named besides
_BESIDES = 0.5
_AS_WELL = 0.1  # two figures this close are both meant, or neither
_PLANNED = re.compile(r"(?<!\w)(?:ke hoach|du toan|chi tieu|muc tieu|duoc giao|dinh muc|de an|tien do|yeu cau)(?!\w)")
_BEFORE = (Base.SAME_PERIOD, Base.NEAR, Base.OTHER, Base.UNSAID)


def stated_apart(one: Sought) -> tuple[Candidate, FigureView] | None:
    """Return the figure that states the difference asked for; None where none does, or two differ."""
    found: list[tuple[float, Candidate, FigureView]] = []
    for hit, view in zip(one.material.hits, one.material.views, strict=True):
        if not speaks_of(one.whole, view):
            continue
        beside = [f for f in view.figures if usable(f)]
        for figure in eligible(one.whole, hit, view):
            if not single(figure) or not _counts(one.asked, figure) or not _tells(one.asked, view, figure):
                continue
            own = told(view, figure, beside).own
            named = one.whole.coverage(own)
            if named < _NAMED or (one.denied.terms and one.denied.coverage(own) < _NAMED):
                continue
            worth = named - _BESIDES * extra(one.whole, view, figure, one.material)
            found.append((worth, standing_at(hit, view, figure), figure))
    best = max(found, key=lambda each: each[0], default=None)
    if best is None or best[0] < _LEAST:
        return None
    near = {(abs(f.figure.value), f.figure.unit) for worth, _, f in found if worth > best[0] - _AS_WELL}
    return best[1:] if len(near) == 1 else None


def _tells(asked: Relation, view: PassageView, figure: FigureView) -> bool:
    """Tell whether a figure is a change against the base asked for, or counts what is not done."""
    how = told(view, figure, ())
    if how.by:
        return asked.against is Against.PLAN
    if figure.figure.role is FigureRole.CHANGE:
        return _changes(asked, figure)
    if figure.figure.role not in ROLES or not how.undone:
        return False
    said = fold(view.reading.text[figure.segment.start : figure.segment.end])
    return asked.against is Against.WHOLE or (asked.against is Against.PLAN and _PLANNED.search(said) is not None)


def _counts(asked: Relation, figure: FigureView) -> bool:
    unit = measured(asked, figure)
    return unit is not None and unit >= 0


def _changes(asked: Relation, figure: FigureView) -> bool:
    base = base_of(figure)
    if asked.falls is not None and asked.falls is not (figure.figure.value < 0):
        return False
    if asked.against is Against.PLAN:
        return base is Base.PLAN
    of_year = asked.year is None or base is not Base.OTHER or str(asked.year) in figure.figure.base
    return asked.against is Against.TIME and base in _BEFORE and of_year
