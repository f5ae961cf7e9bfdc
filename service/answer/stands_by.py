"""The words that stand by one figure of a sentence and by no other like it: they tell it from its neighbours."""

from __future__ import annotations

import re

from ingest.domain import PassageKind
from ingest.vi.normalise import fold
from service.answer.compared import base_asked, compared_with
from service.answer.query_words import Scorer
from service.answer.views import FigureView, PassageView

BESIDE = (
    "base_same",  # set against what the question sets it against: "so với tháng trước"
    "base_other",  # set against something else: "so với cùng kỳ"
    "stands_by",  # the weight of the question's words that stand by it and by no other figure of its kind
    "stands_off",  # of those that stand by others and not by it
    "per_same",  # "mỗi ha", "một kg" asked, counted in đồng/ha, đồng/kg
)
_PER = re.compile(r"(?<!\w)(?:moi|mot|tung|1) (\w+)")


def beside(one: Scorer, passage: PassageView, figure: FigureView) -> tuple[float, ...]:
    """Return the values of ``BESIDE`` in their order, each 0..1; a row of a table has no sentence to stand in."""
    asked, own = base_asked(one.query), compared_with(figure.figure.base)
    by = off = 0.0
    if passage.passage.kind is not PassageKind.TABLE_ROW:
        by = sum(weight for _, folded, weight in one.terms if folded in figure.by - figure.by_others)
        off = sum(weight for _, folded, weight in one.terms if folded in figure.by_others - figure.by)
    return (
        float(bool(asked & own)),
        float(bool(asked and own) and not asked & own),
        by,
        off,
        float(_per(figure) in set(_PER.findall(fold(one.query.text)))),
    )


def _per(figure: FigureView) -> str:
    return fold(figure.figure.unit.partition("/")[2]).split(" ")[0] or "/"
