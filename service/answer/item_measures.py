"""What the first or last of several is asked by (a rate, a change, an aim, a count), and do figures measure that?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from ingest.domain import Figure, FigureRole
from ingest.vi.normalise import fold
from ingest.vi.units import match_unit, same_unit, to_base, unit_kind
from service.answer import weights
from service.answer.candidates import Candidate
from service.domain import Query

_ASKS_SHARE = re.compile(
    r"%|phan tram|ty le|ti le|ty trong|tien do|toc do|tang truong|co cau|chi so"
    r"|(?:dat|giai ngan|thuc hien|hoan thanh)(?: \w+){0,4}? (?:cao|thap|cham|kem|tot|nhanh|kha) (?:nhat|hon)"
)
_ASKS_CHANGE = re.compile(
    r"(?<!\w)(?:tang|giam)(?! truong| ngheo)(?: \w+){0,2}? (?:manh|nhieu|cao|nhanh|it|cham|sau|lon|thap) (?:nhat|hon)"
)
_ASKS_AIM = re.compile(r"(?<!\w)(?:giao|ke hoach|du toan|muc tieu|chi tieu|bo tri|phan bo)(?!\w)")
_ASKS_GIVEN = re.compile(r"(?<!\w)(?:giao|bo tri|phan bo)(?: \w+){0,3}? (?:nhieu|it|cao|thap|lon)(?!\w)")
_ASKS_SUM = re.compile(r"(?<!\w)(?:so tien|gia tri|bao nhieu tien|tien|tong so|luong)(?!\w)")
_COUNTED = re.compile(r"(?<!\w)(?:nhieu|it|dong) ")
_PEOPLE = re.compile(
    r"nguoi|lao dong|hoc sinh|em|luot|doi tuong|hoi vien|khau|cong dan|khach|chau|tre"
    r"|giao vien|can bo|cong chuc|bac si|vien chuc"
)


def aimed(query: Query) -> Query:
    """Return the query, for an aim where "được giao nhiều vốn nhất" asks for one."""
    asks = query.role is None and _ASKS_GIVEN.search(fold(query.text)) is not None
    return replace(query, role=FigureRole.TARGET) if asks else query


def measure_fits(query: Query, figures: Sequence[Figure]) -> float:
    """Return a bonus, or a malus, for what the figures measure: a rate, a change or an aim where that is asked for."""
    asked = fold(query.text)
    roles = {figure.role for figure in figures}
    if _ASKS_CHANGE.search(asked):
        return weights.KIND_NAMED if roles <= {FigureRole.CHANGE, FigureRole.YOY_RATIO} else -weights.PLAIN_SHARES
    bonus = 0.0
    if query.role is not FigureRole.TARGET and roles == {FigureRole.TARGET} and not _ASKS_AIM.search(asked):
        bonus -= weights.PLAIN_SHARES
    elif roles == {FigureRole.TARGET} and _ASKS_GIVEN.search(asked):
        bonus += weights.KIND_NAMED
    share = asks_share(asked)
    told = all("%" in figure.unit or figure.whole for figure in figures)
    if (told and not share and query.role is None) or (share and not told):
        bonus -= weights.PLAIN_SHARES
    return bonus


def asks_share(asked: str) -> bool:
    """Tell whether the folded question is for the first or last by a rate, not by an amount."""
    return _ASKS_SHARE.search(asked) is not None and _ASKS_SUM.search(asked) is None


def asks_aim(asked: str) -> bool:
    """Tell whether the folded question speaks of what was planned or given."""
    return _ASKS_AIM.search(asked) is not None


def other_count(query: Query, unit: str) -> bool:
    """Tell whether "nhiều vụ nhất" counts another thing than ``unit``; people are counted by many words."""
    counted = _COUNTED.search(fold(query.text))
    asked = match_unit(query.text, counted.end()) if counted else None
    return asked is not None and unit_kind(asked[0]) == "count" and not counts_alike(asked[0], unit)


def counts_alike(asked: str, unit: str) -> bool:
    """Tell whether two units count the same; people are counted by many words."""
    return same_unit(asked, unit) or bool(_PEOPLE.match(fold(asked)) and _PEOPLE.match(fold(unit)))


def size(query: Query, candidate: Candidate) -> Decimal:
    """Return what items are ordered by: the share done for progress, the fall where a fall is asked for."""
    assert candidate.figure is not None
    figure = candidate.figure.figure
    asked = fold(query.text)
    if figure.whole and (query.role is FigureRole.PROGRESS or asks_share(asked)):
        return figure.value / figure.whole
    value = to_base(figure.value, figure.unit)[0] if figure.unit else figure.value
    fallen = figure.role in (FigureRole.CHANGE, FigureRole.YOY_RATIO) and re.search(r"\bgiam\b", asked)
    return -value if fallen else value


def of_before(candidate: Candidate) -> bool:
    """Tell whether a figure is of a year before its report's: "cùng kỳ" is not what is asked for by itself."""
    own, period = candidate.figure, candidate.hit.report.period
    told = own.figure.period if own is not None else None
    return told is not None and period is not None and (told.year or 0) < (period.year or 0) and told.year is not None
