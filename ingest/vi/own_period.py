"""Of which period a figure is when no words before it say so: what follows it in the sentence tells.

"Khám 2.615 lượt trong tháng": the period stands behind the number. "Xảy ra 3 vụ; lũy kế 31 vụ": what is told apart
from the months so far is of the last of them, the month or quarter the report's title names beside them.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.domain import FigureRole, Period, PeriodKind
from ingest.vi.findings import Finding
from ingest.vi.openings import Defaults
from ingest.vi.periods import Vague
from ingest.vi.quantities import Quantity
from ingest.vi.scene import Mention, Scene

Found = list[tuple[Quantity, Finding]]

_TIMELY = (Vague.TO_DATE, Vague.THIS_MONTH, Vague.THIS_QUARTER)
_KINDS = (PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.CUMULATIVE)
# Between a number and the period behind it stands what it counts, and the clause ends with the period.
_COUNTED = re.compile(r"(?:\s[^\W\d]+){0,9}\s(?:trong\s|của\s|riêng\s)?")
_ENDS = re.compile(r"\s*(?:[,;:.)]|$)")


def with_own_periods(scene: Scene, sentence: tuple[int, int], found: Found, defaults: Defaults) -> Found:
    """Return the findings of one sentence, each of the period told behind it or by what it is set against."""
    timed = [mention for mention in scene.mentions if sentence[0] <= mention.span.start < sentence[1]]
    if not any(not mention.compared for mention in timed):
        return found
    return _before_running(scene, sentence, _told_behind(scene, sentence, found, timed, defaults), timed, defaults)


def _told_behind(
    scene: Scene, sentence: tuple[int, int], found: Found, timed: list[Mention], defaults: Defaults
) -> Found:
    told: Found = []
    for at, (quantity, finding) in enumerate(found):
        start = found[at - 1][0].end if at else sentence[0]
        limit = found[at + 1][0].start if at + 1 < len(found) else sentence[1]
        mention = next((m for m in timed if quantity.end <= m.span.start < limit and _is_dating(m)), None)
        if (
            mention is not None
            and not _dates(scene, timed, start, quantity.start)
            and _COUNTED.fullmatch(scene.low, quantity.end, mention.span.start)
            and _ENDS.match(scene.text, mention.span.end)
        ):
            finding = replace(finding, period=defaults.resolved(mention.period))
        told.append((quantity, finding))
    return told


def _before_running(
    scene: Scene, sentence: tuple[int, int], found: Found, timed: list[Mention], defaults: Defaults
) -> Found:
    """Date the figures before "lũy kế 31 vụ" that no words date: of the shorter period of the report's title."""
    short = defaults.short
    if short is None:
        return found
    told = list(found)
    for at in range(1, len(told)):
        quantity, running = told[at]
        if running.role is not FigureRole.LEVEL or not _runs_to(running.period, short):
            continue
        start = told[at - 1][0].end
        if not _dates(scene, timed, start, quantity.start):
            continue
        first = _clause_start(scene, sentence, told, at)
        undated = [i for i in range(first, at) if not _is_dated(scene, sentence, timed, told, i)]
        if any(_is_smaller_part(told[i], told[at]) for i in undated):
            for i in undated:
                told[i] = (told[i][0], replace(told[i][1], period=short))
    return told


def _clause_start(scene: Scene, sentence: tuple[int, int], found: Found, at: int) -> int:
    """Return the first finding of the clause that ``found[at]`` goes on with: one semicolon may stand between."""
    end = found[at - 1][0].start
    start = max(scene.text.rfind(";", sentence[0], end), sentence[0])
    return next(i for i in range(at) if found[i][0].start >= start)


def _is_dated(scene: Scene, sentence: tuple[int, int], timed: list[Mention], found: Found, at: int) -> bool:
    """Tell whether words of its own date a finding, or it is of another period than what is carried to it."""
    start = found[at - 1][0].end if at else sentence[0]
    own = found[at][1].period
    return _dates(scene, timed, start, found[at][0].start) or own is None or own.kind is not PeriodKind.CUMULATIVE


def _is_smaller_part(one: tuple[Quantity, Finding], running: tuple[Quantity, Finding]) -> bool:
    """Tell whether a figure may be the last part of a running one: of its thing and unit, and no more than it."""
    (quantity, finding), (whole, total) = one, running
    names = sorted((finding.indicator.lower().partition(", ")[0], total.indicator.lower()), key=len)
    named = names[0] in names[1]
    same = finding.role is FigureRole.LEVEL and quantity.unit == whole.unit and finding.place == total.place
    return same and named and quantity.value <= whole.value


def _runs_to(period: Period | None, short: Period) -> bool:
    """Tell whether a period is the months so far that end with ``short``."""
    if period is None or period.kind is not PeriodKind.CUMULATIVE:
        return False
    return period.last_month == short.last_month and period.year == short.year


def _dates(scene: Scene, timed: list[Mention], start: int, end: int) -> bool:
    return any(start <= m.span.start and m.span.end <= end and scene.is_strong(m, start, end) for m in timed)


def _is_dating(mention: Mention) -> bool:
    if mention.compared or mention.aside:
        return False
    return mention.period in _TIMELY if isinstance(mention.period, Vague) else mention.period.kind in _KINDS
