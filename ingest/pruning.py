"""Which replaced versions may go: by how many of a report's older files are kept, and by age. Pure.

What answers now is never among them. With a version goes its text (an older answer's citation no longer opens), its
points (a question about the time it was in force finds nothing of this report), and the original that no version is
left of.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from ingest.catalogue.records import VersionInfo, VersionStatus


@dataclass(frozen=True, slots=True)
class PruneRule:
    """``keep``: so many replaced files of each report stay, the last ones. ``older_than``: only what was replaced at
    least so long ago goes. Both None: everything that was replaced goes.
    """

    keep: int | None = None
    older_than: timedelta | None = None


@dataclass(frozen=True, slots=True)
class PruneResult:
    """What was pruned; ``originals``: how many files went with it. ``leftovers``: as in ``RemoveResult``."""

    versions: tuple[VersionInfo, ...]
    originals: int
    leftovers: bool = False


def prunable(versions: Iterable[VersionInfo], rule: PruneRule, *, now: datetime) -> tuple[VersionInfo, ...]:
    """Return which of ``versions`` (all of every report: oldest report first, its versions from old to new) may go.

    A file is the bytes under one SHA-256; all readings of it are kept or given up together by number, each by its own
    age. () where nothing was replaced.
    """
    return tuple(
        one
        for _, listed in groupby(versions, key=lambda info: info.report_id)
        for one in _of_report(tuple(listed), rule, now)
    )


def _of_report(versions: Sequence[VersionInfo], rule: PruneRule, now: datetime) -> Iterator[VersionInfo]:
    kept = set(_kept_files(versions, rule.keep))
    for one in versions:
        if one.status is not VersionStatus.SUPERSEDED or one.sha256 in kept:
            continue
        ended = one.superseded_at or now
        if rule.older_than is None or now - ended >= rule.older_than:
            yield one


def _kept_files(versions: Sequence[VersionInfo], keep: int | None) -> list[str]:
    """Return the files that stay by number: the one in use and the ``keep`` that answered last; [] without a number."""
    if keep is None:
        return []
    last_first = dict.fromkeys(one.sha256 for one in reversed(versions) if one.status is VersionStatus.SUPERSEDED)
    used = [one.sha256 for one in versions if one.status is VersionStatus.VISIBLE]
    return [*used, *[sha256 for sha256 in last_first if sha256 not in used][:keep]]
