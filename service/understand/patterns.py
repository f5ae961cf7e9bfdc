"""The expressions of the word tables that shape questions, with accents and without."""

from __future__ import annotations

import re
from functools import lru_cache

from ingest.vi.normalise import fold
from ingest.vi.word_tables import rows


@lru_cache(maxsize=16)
def patterns(name: str, *, accents: bool) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return the (group, expression) rows of a table in file order, folded for questions without accents."""
    told = rows("service.understand", name)
    kept = [(group, pattern) for group, pattern in told if accents or not group.startswith("=")]
    return tuple((group.removeprefix("="), whole(pattern, accents=accents)) for group, pattern in kept)


@lru_cache(maxsize=64)
def whole(pattern: str, *, accents: bool) -> re.Pattern[str]:
    """Return ``pattern`` (accents kept) as an expression of whole words, folded for questions without accents."""
    # Folding keeps ASCII, so the syntax of the expressions survives it.
    return re.compile(rf"(?<!\w)(?:{pattern if accents else fold(pattern)})(?!\w)")
