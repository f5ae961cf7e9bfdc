"""Which numbered paragraphs are headings, and under which: numbering must go on (I to II, 1 to 2, 1.1 to 1.2).

The stack holds the open headings from the outside in. A number that does not go on from an open heading is text,
unless it reads as a heading and lies just after one: numbering errors ("III." twice, 2 to 7) are normal.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.parse.markers import RANKS, Marker, distance, follows, is_first

# A jump further than this is no numbering error but another list.
MAX_JUMP = 6
_MAX_DEPTH = 6
_RUN_IN_STYLES = ("#1", "#2", "#3", "#4", "#5", "#6", "bold", "star", "italic", "colon")


@dataclass(slots=True)
class Frame:
    """An open heading: its family (or run-in style), its number, its item, how many headings it holds so far.

    ``level``: the outline level its style gives it, 0 for none.
    """

    family: str
    order: tuple[int, ...]
    item: int
    children: int = 0
    list_number: int = 0
    level: int = 0

    @property
    def run_in(self) -> bool:
        """Tell whether it is a heading without number."""
        return self.family in _RUN_IN_STYLES

    def above(self, level: int) -> bool:
        """Tell whether it is known to hold headings of outline ``level`` (0: not known)."""
        return bool(level) and (0 < self.level < level or self.family == "annex")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A paragraph that may be a heading. ``heading_like``: it reads as one; ``strong``: it looks as one as well.

    ``level``: the outline level its style gives it, 0 for none.
    """

    item: int
    marker: Marker
    heading_like: bool
    strong: bool = False
    alone: bool = False  # a number among bullets that no other follows
    level: int = 0


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a heading belongs: ``parent`` is the item of the heading above it (-1: none). ``odd``: misnumbered."""

    parent: int
    family: str
    marker: Marker | None
    odd: bool = False


@dataclass(slots=True)
class Stack:
    """The open headings while reading on."""

    frames: list[Frame] = field(default_factory=list)

    def clear(self) -> None:
        """Close everything."""
        self.frames.clear()

    @property
    def top(self) -> int:
        """Return the item of the innermost open heading, -1 when none is open."""
        return self.frames[-1].item if self.frames else -1

    def place_run_in(self, item: int, style: str, marker: Marker | None = None) -> Placed:
        """Open a heading without (a fitting) number; it closes those of its own or a weaker style above it.

        One with an outline level stays under the nearest heading of a higher level, numbered or not, and in its annex.
        """
        rank = _RUN_IN_STYLES.index(style)
        if style.startswith("#"):
            while self.frames and not self.frames[-1].above(rank + 1):
                self.frames.pop()
        while self.frames and self.frames[-1].run_in and _RUN_IN_STYLES.index(self.frames[-1].family) >= rank:
            self.frames.pop()
        return self._push(style, (0,), item, marker, level=rank + 1 if style.startswith("#") else 0)

    def place(self, candidate: Candidate) -> Placed | None:
        """Open a numbered heading, None when its number makes no heading here."""
        marker = candidate.marker
        readings = [one for one in (marker, marker.other) if one is not None]
        for one in readings:
            if self._go_on(one) and (candidate.heading_like or not self._in_list(one)):
                return self._push(one.family, one.order, candidate.item, one, level=candidate.level)
        for one in readings:
            if is_first(one) and not one.weak and self._begin(one, candidate):
                return self._push(one.family, one.order, candidate.item, one, level=candidate.level)
        for one in readings:
            if candidate.heading_like and not one.weak and self._mend(one, candidate):
                return self._push(one.family, one.order, candidate.item, one, odd=True, level=candidate.level)
        if candidate.level and candidate.heading_like:
            return self.place_run_in(candidate.item, f"#{min(candidate.level, _MAX_DEPTH)}", marker)
        if marker.family == "arabic1" and self.frames:
            self.frames[-1].list_number = marker.order[0]
        return None

    def _push(
        self,
        family: str,
        order: tuple[int, ...],
        item: int,
        marker: Marker | None,
        *,
        odd: bool = False,
        level: int = 0,
    ) -> Placed:
        parent = self.top
        if self.frames:
            self.frames[-1].children += 1
        self.frames.append(Frame(family, order, item, level=level))
        return Placed(parent, family, marker, odd)

    def _in_list(self, marker: Marker) -> bool:
        top = self.frames[-1] if self.frames else None
        return bool(top and marker.family == "arabic1" and top.list_number == marker.order[0] - 1 and top.list_number)

    def _go_on(self, marker: Marker) -> bool:
        """Close down to the heading that ``marker`` goes on from; False when there is none."""
        for at in range(len(self.frames) - 1, -1, -1):
            frame = self.frames[at]
            if frame.family == marker.family and follows(marker, frame.order):
                if self._in_list(marker):
                    return False
                del self.frames[at:]
                return True
            if not frame.run_in and RANKS[frame.family] < RANKS[marker.family]:
                return False
        return False

    def _begin(self, marker: Marker, candidate: Candidate) -> bool:
        """Make room for the first number of a numbering; False where it can only be a list in the text."""
        rank = RANKS[marker.family]
        if len(marker.order) > 1 and marker.family != "upper":
            return self._begin_dotted(marker, candidate)
        same = max((i for i, f in enumerate(self.frames) if f.family == marker.family), default=None)
        if same is not None and marker.family in ("arabic1", "letter"):
            if any(f.run_in for f in self.frames[same + 1 :]):
                return candidate.heading_like and not candidate.alone
            if marker.family == "arabic1":
                return False
        if (
            same is not None
            and marker.family == "upper"
            and self.frames[same].order[1]
            and same == len(self.frames) - 1
        ):
            return candidate.heading_like
        if marker.family in ("arabic1", "letter") and candidate.alone and not candidate.strong:
            return False
        if marker.family == "arabic1" and self.frames and self.frames[-1].family == "letter":
            return False
        self._close(rank, keep_run_in=rank >= RANKS["arabic1"], level=candidate.level)
        return True

    def _begin_dotted(self, marker: Marker, candidate: Candidate) -> bool:
        prefix = marker.order[:-1]
        for at in range(len(self.frames) - 1, -1, -1):
            frame = self.frames[at]
            if frame.family in (f"arabic{len(prefix)}", "article") and frame.order == prefix:
                # A run-in heading between the two stays open only for its own text.
                del self.frames[at + 1 :]
                return True
        if candidate.heading_like:
            self._close(RANKS[marker.family], keep_run_in=False, level=candidate.level)
            return True
        return False

    def _mend(self, marker: Marker, candidate: Candidate) -> bool:
        """Accept a number that repeats or jumps, or that opens without a first one."""
        for at in range(len(self.frames) - 1, -1, -1):
            frame = self.frames[at]
            if frame.family == marker.family and 0 <= distance(marker, frame.order) <= MAX_JUMP:
                if self._in_list(marker):
                    return False
                del self.frames[at:]
                return True
            if not frame.run_in and RANKS[frame.family] < RANKS[marker.family]:
                break
        if any(f.family == marker.family for f in self.frames) or candidate.alone:
            return False
        if marker.family == "letter":
            return False
        self._close(RANKS[marker.family], keep_run_in=False, level=candidate.level)
        return True

    def _close(self, rank: int, *, keep_run_in: bool, level: int) -> None:
        while self.frames:
            top = self.frames[-1]
            if top.run_in and top.above(level):
                return
            if top.run_in and keep_run_in and not self._holds(rank):
                return
            if not top.run_in and RANKS[top.family] < rank:
                return
            self.frames.pop()

    def _holds(self, rank: int) -> bool:
        return any(not f.run_in and RANKS[f.family] >= rank for f in self.frames)


def alone(candidates: Sequence[Candidate], at: int) -> bool:
    """Tell whether the first number ``candidates[at]`` has no second one before a stronger numbering comes."""
    marker = candidates[at].marker
    for later in candidates[at + 1 :]:
        if later.marker.family == marker.family and follows(later.marker, marker.order):
            return False
        if RANKS[later.marker.family] < RANKS[marker.family]:
            return True
    return True
