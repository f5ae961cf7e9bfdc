"""What was at the time or under the name a stated change is measured against: "giảm 2 tỷ so với đầu năm"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from ingest.domain import FigureRole
from ingest.vi.normalise import fold
from service.answer import weights
from service.answer.candidates import Candidate, Material
from service.answer.compute.companions import companions, counts_like
from service.answer.compute.operands import (
    PERCENT,
    POINTS,
    Base,
    base_of,
    levels,
    only,
    stated_figure,
    told_of,
)
from service.answer.compute.past import Stated, less
from service.answer.compute.show import draft_of
from service.answer.compute.wording import spot
from service.answer.views import FigureView
from service.domain import Draft, Query, Want

# "Từ đầu năm", "6 tháng đầu năm" name a stretch of time, "so với đầu năm" compares.
_RUNNING = re.compile(r"(?<!\w)(?:tu|thang|quy|so voi|so|hon|vu) $")
_LAST_DAY = re.compile(r"(?:ngay )?31/12/((?:19|20)\d\d)")
_TIMES = frozenset(("nam", "quy", "thang", "ky"))
_MIN_WORDS, _GAP = 2, r"(?: [a-z]+)? "


def base(query: Query, material: Material, stated: Stated) -> Draft | None:
    """Return the level at the base a question names ("đầu năm", "vụ trước"), less or plus the stated change.

    None when the question compares, when a report states that level, or when no change against the base is stated.
    """
    if query.want not in (Want.FIGURE, Want.TEXT) or query.others or spot(query, "compared") or query.role is not None:
        return None
    asked = fold(query.text)
    found = {fold(f.figure.base) for view in material.views for f in view.figures if _is_change(f)}
    for base_said, said in sorted(((one, name) for one in found for name in _names(one)), key=lambda n: -len(n[1])):
        words = said.split()
        match = re.search(rf"(?<!\w){_GAP.join(map(re.escape, words))}(?!\w)", asked)
        if match is None or len(words) < _MIN_WORDS or _RUNNING.search(asked[: match.start()]):
            continue
        kept = tuple(term for term in query.terms if fold(term) not in words)
        plain = replace(query, terms=kept, want=Want.FIGURE, period=query.period if _TIMES.isdisjoint(words) else None)
        known = stated_figure(stated(query), material)
        if not kept or (known is not None and _tells(known, words)):
            return None
        changed = partial(_change, said=base_said)
        for level in levels(plain, material, fit=weights.OF_ITS_KIND, having=changed):
            change = changed(level)
            worked = less(level, change) if change is not None and told_of(level, plain, material) else None
            if worked is not None:
                return draft_of(worked)
    return None


def _names(said: str) -> tuple[str, ...]:
    """Return what a base may be called in a question: the last day of a year is its end."""
    match = _LAST_DAY.fullmatch(said)
    return (said,) if match is None else (said, f"cuoi nam {match[1]}", f"het nam {match[1]}")


def _tells(known: FigureView, words: Sequence[str]) -> bool:
    """Tell whether a stated figure is itself of the base: its clause names that before the number."""
    before = known.clause_folded.partition(fold(known.figure.text))[0].split()
    return all(word in before for word in words)


def _is_change(figure: FigureView) -> bool:
    own, against = figure.figure, base_of(figure)
    moves = own.role is FigureRole.CHANGE or (
        own.role is FigureRole.YOY_RATIO and own.unit == PERCENT and own.value > 0
    )
    return moves and against in (Base.NEAR, Base.OTHER)


def _change(level: Candidate, *, said: str) -> FigureView | None:
    """Return the change of a level against the base ``said``: by an amount, else in per cent or points."""
    unit = level.figure.figure.unit if level.figure else ""
    near = [one for one in companions(level) if _is_change(one) and fold(one.figure.base) == said]
    by_amount = only(
        near, lambda one: one.figure.unit == POINTS if unit == PERCENT else counts_like(one.figure.unit, unit)
    )
    return by_amount or only(near, lambda one: one.figure.unit == PERCENT != unit)
