"""Figures of one sentence beside each other: which words are of which, and which comes first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.vi.normalise import fold
from ingest.vi.units import unit_kind
from service.answer.tokens import keys
from service.answer.views import FigureView

_COUNTED_ENDS = re.compile(r"[,;:.()\[\]|\d]")
# What leads to the next of several: "tiếp đến là xã B 20 con" counts what was counted in xã A.
_ORDERING = frozenset(
    "tiep den theo la it nhieu cao thap nhat sau do dung thu hai ba ke con rieng va voi o tai".split()  # noqa: SIM905
)
_PARTS = re.compile(r"trong đó|gồm|[:(]")  # what stands between a total and its parts


def rivals_of(one: FigureView, all_seen: Sequence[FigureView], text: str) -> frozenset[str]:
    """Return the folded words that name other figures of the same unit and role and do not name ``one``.

    The total before its parts is no rival: its words are theirs as well.
    """
    words: set[str] = set()
    for other in all_seen:
        if other is one or other.figure.unit != one.figure.unit or other.figure.role is not one.figure.role:
            continue
        if not _speaks_for(other, one, text):
            words |= other.own.folded
    return frozenset(words - one.own.folded)


def _speaks_for(other: FigureView, one: FigureView, text: str) -> bool:
    """Tell whether what names ``other`` holds for ``one`` behind it: its part, or what came of it ("đã chi 28 tỷ")."""
    if other.at.end > one.at.start or other.sentence != one.sentence:
        return False
    own = [fold(k) for k in keys(one.figure.indicator)]
    placed = {fold(k) for k in keys(f"{one.figure.place or ''} {one.figure.unit}")} | _ORDERING
    brief = len(own) <= 2 or sum(word not in placed for word in own) == 0
    return brief or _PARTS.search(text, other.at.end, one.at.start) is not None


def is_first(one: FigureView, all_seen: Sequence[FigureView]) -> bool:
    """Tell whether a figure is the first of its unit in its sentence."""
    return not any(
        other.sentence == one.sentence and other.figure.unit == one.figure.unit and other.at.start < one.at.start
        for other in all_seen
    )


def told_apart(text: str, seen: Sequence[FigureView]) -> list[FigureView]:
    """Give each figure the words that stand by it and by those of its kind in its sentence.

    What stands before a figure on from the one before it, and behind it up to a sign or the next one, is its own. One
    with no more than its unit is of what the one before it is of: "đầu năm 5 hộ, cuối năm 3 hộ nghèo".
    """
    words: list[frozenset[str]] = []
    end = -1
    for at, one in enumerate(seen):
        fresh = at == 0 or seen[at - 1].sentence != one.sentence
        start = one.sentence.start if fresh else min(end, one.at.start)
        after = seen[at + 1] if at + 1 < len(seen) and seen[at + 1].sentence == one.sentence else None
        limit = max(one.at.end, after.at.start) if after else one.sentence.end
        stop = _COUNTED_ENDS.search(text, one.at.end, limit)
        end = stop.start() if stop else limit
        own = frozenset(fold(k) for k in keys(text[start:end]))
        brief = len(own - _ORDERING - {fold(k) for k in keys(one.figure.text)}) <= 1
        words.append(own | words[-1] if brief and not fresh else own)
    told = []
    for at, one in enumerate(seen):
        beside = (words[n] for n, o in enumerate(seen) if n != at and _alike(one, o))
        told.append(replace(one, by=words[at], by_others=frozenset[str]().union(*beside)))
    return told


def _alike(one: FigureView, other: FigureView) -> bool:
    kind = unit_kind(one.figure.unit)
    same = one.figure.unit == other.figure.unit or kind == unit_kind(other.figure.unit) != "count"
    return same and one.sentence == other.sentence
