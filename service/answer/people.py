"""Nouns that count persons: whoever asks for "người" also means "học sinh", "đối tượng" ... where those are counted."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from ingest.vi.normalise import fold, unify


def is_person(unit: str) -> bool:
    """Tell whether ``unit`` counts persons, with or without accents; False for ""."""
    return bool(unit) and unify(unit) in _table()


@lru_cache(maxsize=1)
def _table() -> frozenset[str]:
    lines = files("service.answer").joinpath("people.txt").read_text("utf-8").splitlines()
    nouns = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    return frozenset(form for noun in nouns for form in (unify(noun), fold(noun)))
