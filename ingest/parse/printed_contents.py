"""Tables of contents of printed pages: lines that lead by dots to a page number.

They repeat the headings of the text and are no text of their own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ingest.parse.printed_lines import Line
from ingest.vi.normalise import fold

_LEADER = re.compile(r"[.…·_](?:\s?[.…·_]){3,}\s*\d{1,4}")
_HEADING = re.compile(r"muc luc|noi dung")
_MIN_ENTRIES = 3
# Lines of one entry that is longer than a line: this many at most before its dots.
_MAX_WRAPPED = 2


def without_contents(lines: Sequence[Line]) -> tuple[list[Line], int]:
    """Return (the lines that are no table of contents, how many were left out); fewer than three entries are text."""
    entries = [number for number, line in enumerate(lines) if _LEADER.search(line.text) is not None]
    if len(entries) < _MIN_ENTRIES:
        return list(lines), 0
    dropped = set(entries)
    for before, after in pairwise(entries):
        if after - before - 1 <= _MAX_WRAPPED:
            dropped.update(range(before, after))
    first = entries[0]
    if first and _HEADING.fullmatch(" ".join(fold(lines[first - 1].text).split())):
        dropped.add(first - 1)
    return [line for number, line in enumerate(lines) if number not in dropped], len(dropped)
