"""Shaping what is said: short answers and sentences made of the report's own words."""

from __future__ import annotations

import re

from ingest.domain import Figure, FigureRole, PassageKind
from ingest.vi.normalise import unify
from service.answer.views import FigureView, PassageView, Stretch

_CLAIM_MAX_CHARS = 320
_BEFORE_CHARS, _AFTER_CHARS = 200, 120
LIST_MARK = re.compile(r"^\s*(?:[-+•–*]|[a-zđ]\)|\((?:[ivx]+|\d{1,2})\))\s+")


def short_figure(figure: Figure, *, before: str = "") -> str:
    """Return a figure as a short answer: hedge, direction of a change, number and unit ("tăng 11 vụ").

    ``before`` is the text up to the figure: a hedge that does not touch the number ("ước ... là 5") qualifies the
    sentence, which is shown anyway, and is left out here.
    """
    text = " ".join(figure.text.split())
    if figure.unit and unify(figure.unit) not in unify(text) and not any(ch.isalpha() or ch == "%" for ch in text):
        text = f"{text}{'' if figure.unit == '%' else ' '}{figure.unit}"
    if figure.role is FigureRole.CHANGE:
        text = f"{'giảm' if figure.value < 0 else 'tăng'} {text.lstrip('+-−–')}"
    return f"{figure.hedge} {text}" if figure.hedge and unify(before).rstrip().endswith(unify(figure.hedge)) else text


def claim_stretch(view: PassageView, figure: FigureView) -> Stretch:
    """Return what to quote for a figure: its segment, or when that is long the clauses around the figure."""
    segment, at, text = figure.segment, figure.at, view.reading.text
    if segment.end - segment.start <= _CLAIM_MAX_CHARS:
        return segment
    start = segment.start
    if at.start - segment.start > _BEFORE_CHARS:
        cut = text.find(", ", at.start - _BEFORE_CHARS, at.start)
        start = cut + 2 if cut >= 0 else at.start
    end = segment.end
    if segment.end - at.end > _AFTER_CHARS:
        cut = text.rfind(", ", at.end, at.end + _AFTER_CHARS)
        end = cut if cut >= 0 else text.find(" ", at.end + _AFTER_CHARS) % (len(text) + 1)
    return Stretch(start, min(max(end, at.end), segment.end))


def claim_text(view: PassageView, stretch: Stretch, figure: FigureView | None) -> str:
    """Return the sentence said: the stretch itself, or for a table row "indicator: value unit"."""
    if figure is not None and view.passage.kind is PassageKind.TABLE_ROW:
        base = f" so với {figure.figure.base}" if figure.figure.base else ""
        return f"{figure.figure.indicator.strip()}: {short_figure(figure.figure)}{base}"
    text = LIST_MARK.sub("", view.reading.text[stretch.start : stretch.end]).strip(" ;,")
    return (text[:1].upper() + text[1:]).rstrip(".")
