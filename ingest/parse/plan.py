"""The plan of a document: which item of the flow opens which heading. Text is not touched here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ingest.parse.blocks import Grid, Para
from ingest.parse.headings import Cut, cut_heading, cut_run_in
from ingest.parse.markers import Marker, read_marker
from ingest.parse.numbering import Candidate, Frame, Placed, Stack, alone
from ingest.parse.patterns import is_capitals
from ingest.parse.zones import Zones

# Lists inside lists become text from the inside out, one level a round; reports have three levels at most.
_MAX_ROUNDS = 8


@dataclass(frozen=True, slots=True)
class Opening:
    """Item ``item`` opens a heading under that of item ``placed.parent``; ``cut``: its title, None when it has none.

    ``title_items``: following items that hold (the rest of) the title.
    """

    item: int
    placed: Placed
    cut: Cut | None
    title_items: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """Openings by item, and the typed number or bullet of each item."""

    openings: Mapping[int, Opening]
    markers: Mapping[int, Marker]


def make_plan(items: Sequence[Para | Grid], zones: Zones) -> Plan:
    """Return the plan of ``items``. Numbered lists none of whose members reads as a heading stay text."""
    markers, cuts, candidates = _candidates(items, zones)
    demoted: set[int] = set()
    openings: dict[int, Opening] = {}
    for _ in range(_MAX_ROUNDS):
        openings = _open(items, zones, cuts, {c.item: c for c in candidates if c.item not in demoted})
        more = _plain_lists(openings)
        if not more:
            break
        demoted |= more
    return Plan(openings, markers)


def _candidates(
    items: Sequence[Para | Grid], zones: Zones
) -> tuple[dict[int, Marker], dict[int, Cut | None], list[Candidate]]:
    markers: dict[int, Marker] = {}
    cuts: dict[int, Cut | None] = {}
    found: list[Candidate] = []
    for number, item in enumerate(items):
        if not isinstance(item, Para) or number < zones.header_end or item.block.piped or _in_signature(zones, number):
            continue
        marker = read_marker(item.reading.text)
        if marker is None:
            continue
        markers[number] = marker
        if marker.family == "bullet" or item.block.cell is not None:
            continue
        cut = cut_heading(item, marker.end)
        cuts[number] = cut
        emphasised = item.block.lead > item.block.span.start or is_capitals(item.reading.text[marker.end :])
        found.append(
            Candidate(number, marker, cut is not None, strong=emphasised and cut is not None, level=item.block.depth)
        )
    bullets = {number for number, marker in markers.items() if marker.family == "bullet"}
    lonely = [{c.item - 1, c.item + 1} <= bullets and alone(found, i) for i, c in enumerate(found)]
    return markers, cuts, [replace(c, alone=flag) for c, flag in zip(found, lonely, strict=True)]


def _in_signature(zones: Zones, number: int) -> bool:
    return zones.signature is not None and zones.signature[0] <= number < zones.signature[1]


def _open(
    items: Sequence[Para | Grid], zones: Zones, cuts: Mapping[int, Cut | None], candidates: Mapping[int, Candidate]
) -> dict[int, Opening]:
    stack = Stack()
    openings: dict[int, Opening] = {}
    taken: set[int] = set()
    for number, item in enumerate(items):
        if number < zones.header_end or number in taken or _in_signature(zones, number):
            continue
        opening: Opening | None = None
        if number in zones.annexes:
            stack.clear()
            stack.frames.append(Frame("annex", (0,), number))
            following = tuple(range(number + 1, zones.annexes[number]))
            opening = Opening(number, Placed(-1, "annex", None), None, following)
        elif number in candidates:
            placed = stack.place(candidates[number])
            if placed is not None:
                following = _title_after(items, number, placed)
                opening = Opening(number, placed, cuts[number], following)
        elif isinstance(item, Para) and number not in cuts:
            opening = _run_in(items, number, item, stack)
        if opening is not None:
            openings[number] = opening
            taken.update(opening.title_items)
    return openings


def _run_in(items: Sequence[Para | Grid], number: int, item: Para, stack: Stack) -> Opening | None:
    marker = read_marker(item.reading.text)
    if marker is not None:
        return None
    following = items[number + 1] if number + 1 < len(items) else None
    after = read_marker(following.reading.text) if isinstance(following, Para) else None
    found = cut_run_in(item, before_bullet=after is not None and after.family == "bullet")
    if found is None:
        return None
    style, cut = found
    return Opening(number, stack.place_run_in(number, style), cut)


def _title_after(items: Sequence[Para | Grid], number: int, placed: Placed) -> tuple[int, ...]:
    """Return the item that holds the title of a heading typed as "Phần thứ nhất" or "II." alone."""
    item, marker = items[number], placed.marker
    following = items[number + 1] if number + 1 < len(items) else None
    if marker is None or not isinstance(item, Para) or marker.end < len(item.reading.text.rstrip()):
        return ()
    if not isinstance(following, Para) or read_marker(following.reading.text) is not None:
        return ()
    bold = following.block.bold and following.block.lead >= following.block.span.end - 1
    return (number + 1,) if is_capitals(following.reading.text) or bold or following.block.centred else ()


def _plain_lists(openings: Mapping[int, Opening]) -> set[int]:
    """Return the items of numbered lists whose members neither read as headings nor hold headings."""
    groups: dict[tuple[int, str], list[Opening]] = defaultdict(list)
    for one in openings.values():
        if one.placed.family in ("arabic1", "arabic2", "arabic3", "arabic4", "letter"):
            groups[(one.placed.parent, one.placed.family)].append(one)
    holders = {one.placed.parent for one in openings.values()}
    found: set[int] = set()
    for members in groups.values():
        if all(one.cut is None and one.item not in holders for one in members):
            found |= {one.item for one in members}
    return found
