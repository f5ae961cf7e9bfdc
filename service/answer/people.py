"""Nouns that count persons: whoever asks for "người" also means "học sinh", "đối tượng" ... where those are counted."""

from __future__ import annotations

from functools import lru_cache

from ingest.vi.normalise import fold, unify
from ingest.vi.word_tables import entries


def is_person(unit: str) -> bool:
    """Tell whether ``unit`` counts persons, with or without accents; False for ""."""
    return bool(unit) and unify(unit) in _table()


@lru_cache(maxsize=1)
def _table() -> frozenset[str]:
    return frozenset(form for noun in entries("service.answer", "people.txt") for form in (unify(noun), fold(noun)))
