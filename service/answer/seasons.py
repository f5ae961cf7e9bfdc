"""Crop seasons: a figure of the spring crop does not answer for the autumn crop (vụ xuân, vụ mùa, hè thu ...)."""

from __future__ import annotations

import re

from ingest.vi.normalise import fold

_SEASON = re.compile(
    r"(?<!\w)(?:vu|lua|ngo|lac|khoai|rau mau|cay mau|rau)(?: (?:san xuat|lua|gieo trong))? "
    r"(dong xuan|xuan he|he thu|thu dong|xuan|mua|dong)(?!\w)"
)


def seasons_of(text: str) -> frozenset[str]:
    """Return the folded seasons ``text`` names after a crop or "vụ" ({"xuan"}); an empty set for none."""
    return frozenset(match.group(1) for match in _SEASON.finditer(fold(text)))
