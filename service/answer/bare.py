"""Numbers that stand behind a name in an enumeration without a unit of their own ("(lúa 40, ngô 15)")."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.domain import FigureRole, Span
from ingest.vi.normalise import unify
from ingest.vi.numbers import find_numbers
from ingest.vi.periods import find_periods
from service.answer.tokens import bag
from service.answer.views import FigureView, PassageView, Stretch

_NAME = re.compile(r"(?:^|[(:;,]|\s(?:và|gồm)\s)\s*(?P<name>[^\W\d_][^(),;:\d]{0,60}?)\s*$")
_ENDS = re.compile(r"\s*(?:$|[,;.)](?!\d)|\svà\s)")
_LOOKS_BACK = 90


def bare_figures(view: PassageView) -> list[FigureView]:
    """Return the bare numbers of enumerations in a passage as levels without unit, in document order.

    Each stands between a name and a sign that ends a member, and a figure with a unit stands before it in its
    sentence, from which its period and place are taken. [] for none.
    """
    text = view.reading.text
    dates = [span for span, _ in find_periods(text)]
    found: list[FigureView] = []
    for number in find_numbers(text):
        start, end = number.start, number.end
        if (
            number.high is not None
            or number.whole is not None
            or not _ENDS.match(text, end)
            or any(d.start <= start < d.end for d in dates)
        ):
            continue
        if any(one.at.start <= start < one.at.end for one in view.figures):
            continue
        sentence = next((s.at for s in view.sentences if s.at.start <= start < s.at.end), None)
        name = _NAME.search(unify(text[max(sentence.start, start - _LOOKS_BACK) : start])) if sentence else None
        before = [f for f in view.figures if sentence and f.sentence == sentence and f.at.end <= start]
        pieces = view.reading.spans(start, end)
        if name is None or not before or len(pieces) != 1:
            continue
        total = max(before, key=lambda one: one.at.start)
        label = text[start - len(name["name"]) - 1 : start].strip()
        own = Span(pieces[0].start, pieces[0].end)
        figure = replace(
            total.figure,
            span=own,
            text=text[start:end],
            value=number.value,
            unit="",
            role=FigureRole.LEVEL,
            indicator=label,
            whole=None,
            base="",
            hedge="",
            clause=own,
        )
        words = bag(label, text[start:end])
        found.append(replace(total, figure=figure, at=Stretch(start, end), own=words, counted=words, clause_bag=words))
    return found
