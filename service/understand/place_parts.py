"""Places inside a commune: "thôn X" with the commune named beside it is one place of a question."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ingest.domain import Span
from ingest.vi.normalise import fold, unify
from ingest.vi.places import LEVELS, Place, find_places, type_of, without_type

_BETWEEN = re.compile(r",|(?<!\w)(?:thuoc|cua|o)(?!\w)")


def with_part(placed: tuple[str, Span] | None, text: str) -> tuple[str, Span] | None:
    """Return a place of ``text`` with the smaller one named right before it ("thôn X, xã Y"), under its own name.

    Unchanged where none is; None stays None.
    """
    part = _part_before(placed, text)
    return placed if placed is None or part is None else (placed[0], Span(part.start, placed[1].end))


def closest(placed: tuple[str, Span] | None, text: str, known: Mapping[str, str]) -> tuple[str, Span] | None:
    """Return the smaller place named right before a place of ``text``, as the reports write it, with both spans.

    ``known`` as for ``find_place``; a part that no report names comes back as typed. Unchanged where none is; None
    stays None.
    """
    part = _part_before(placed, text)
    if placed is None or part is None:
        return placed
    name = known.get(fold(part.name)) or known.get(fold(without_type(part.name))) or part.name
    return name, Span(part.start, placed[1].end)


def _part_before(placed: tuple[str, Span] | None, text: str) -> Place | None:
    if placed is None:
        return None
    start = placed[1].start
    parts = [one for one in find_places(text, unify(text)) if one.level == 0 and one.end <= start]
    return next((one for one in parts if not _BETWEEN.sub("", fold(text[one.end : start])).strip()), None)


def is_part(place: str) -> bool:
    """Tell whether a place is part of a commune ("thôn X"); False for "" and names without a type."""
    return LEVELS.get(type_of(place)) == 0
