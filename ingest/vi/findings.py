"""What is found of one quantity, before it becomes a figure."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ingest.domain import FigureRole, Period
from ingest.vi.quantities import Quantity
from ingest.vi.roles import Base


@dataclass(frozen=True, slots=True)
class Finding:
    """What is found of one quantity; the fields are those of ``ingest.domain.Figure``."""

    indicator: str
    role: FigureRole
    negative: bool
    base: str
    hedge: str
    period: Period | None
    place: str | None

    @property
    def base_is_plan(self) -> bool:
        """Whether it is compared with a plan, an estimate or a quota."""
        return Base(self.base).is_plan


def share_bases(text: str, found: list[tuple[Quantity, Finding]]) -> list[tuple[Quantity, Finding]]:
    """Return ``found`` with bases left open in a chain of changes filled from the one that names it.

    "tăng 2 vụ, 3 người so với cùng kỳ": both are compared with cùng kỳ. ``text`` is the reading they stand in.
    """
    filled = list(found)
    for at in range(len(filled) - 2, -1, -1):
        (quantity, finding), (after, later) = filled[at], filled[at + 1]
        between = text[quantity.end : after.start]
        chained = finding.role is later.role is FigureRole.CHANGE and not set(";()") & set(between)
        if chained and not finding.base and "%" not in (quantity.unit, after.unit):
            filled[at] = (quantity, replace(finding, base=later.base))
    return filled
