"""With what a figure is compared and which way it went, and what a question asks of both."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from ingest.domain import Figure, FigureRole
from ingest.vi.normalise import fold, unify
from service.domain import Query
from service.understand.stance import Direction

_RATIOS = (FigureRole.YOY_RATIO, FigureRole.PLAN_RATIO)
_WHOLE = Decimal(100)
SAME_PERIOD = "same period"
# What something is set against, over folded text: the end of a year is the beginning of the next.
_BASES = (
    ("month", re.compile(r"(?<!\w)thang (?:truoc|\d)")),
    ("quarter", re.compile(r"(?<!\w)quy (?:truoc|[ivx\d])")),
    ("plan", re.compile(r"(?<!\w)(?:ke hoach|du toan|chi tieu|muc tieu)(?!\w)")),
    ("turn of the year", re.compile(r"(?<!\w)(?:cuoi nam|dau nam|(?:31/12|0?1/0?1)/\d{4}|31 thang 12)(?!\w)")),
    (SAME_PERIOD, re.compile(r"(?<!\w)(?:cung ky|cung thoi diem|nam (?:truoc|ngoai|kia)|nam 20\d\d|cknt)(?!\w)")),
)
_SAME_TIME = re.compile(r"(?<!\w)cung (?:ky|thoi diem)(?!\w)")
_OTHER_TIMES = frozenset(("month", "quarter"))
# "So với ...", "hơn ...", "bằng ... % kế hoạch"; without accents a bare "so" may be "số".
_SAID = re.compile(
    r"(?<!\w)(?:(?:so với|so(?= (?:cùng|kế|dự|đầu|cuối|tháng|quý|năm))|hơn|vượt|bằng)(?!\w)(?P<said>.{0,45})"
    r"|(?P<same>cùng (?:kỳ|thời điểm).{0,25}))"
)
_SAID_PLAIN = re.compile(
    r"(?<!\w)(?:(?:so voi|so(?= cung ky)|hon|vuot|bang)(?!\w)(?P<said>.{0,45})|(?P<same>cung (?:ky|thoi diem).{0,25}))"
)


def base_kinds(text: str) -> frozenset[str]:
    """Return the kinds of base a text names: an earlier month or quarter, a plan, a turn of the year, last year."""
    folded = fold(text)
    return frozenset(kind for kind, words in _BASES if words.search(folded))


def compared_with(base: str) -> frozenset[str]:
    """Return the kinds of a figure's base; "cùng kỳ tháng 3/2024" is the same period alone."""
    kinds = base_kinds(base)
    return kinds - _OTHER_TIMES if _SAME_TIME.search(fold(base)) else kinds


@lru_cache(maxsize=256)
def base_asked(query: Query) -> frozenset[str]:
    """Return the kinds of base a question sets something against; a period it only speaks of is none."""
    said = _SAID.finditer(unify(query.text)) if query.accents else _SAID_PLAIN.finditer(fold(query.text))
    return frozenset[str]().union(*(compared_with(m["said"] or m["same"] or "") for m in said))


def figure_direction(figure: Figure) -> Direction | None:
    """Return whether a change or a ratio of 100 % says more or less; None for any other figure and for no change."""
    if figure.role is FigureRole.CHANGE and figure.value:
        return Direction.UP if figure.value > 0 else Direction.DOWN
    if figure.role in _RATIOS and "%" in figure.unit and figure.value != _WHOLE:
        return Direction.UP if figure.value > _WHOLE else Direction.DOWN
    return None
