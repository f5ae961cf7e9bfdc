"""Nouns that a unit already says: "khối lượng ... 8.128 m³" need not contain "khối lượng"."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from ingest.vi.normalise import fold, unify
from ingest.vi.units import split_scale


def implied_words(question: str, unit: str) -> frozenset[str]:
    """Return the folded syllables of measure nouns in ``question`` that figures of ``unit`` need not repeat."""
    base = unify(split_scale(unit)[1]) if unit else ""
    asked = f" {fold(question)} "
    return frozenset(w for noun, units in _table() if base in units and f" {noun} " in asked for w in noun.split())


@lru_cache(maxsize=1)
def _table() -> tuple[tuple[str, frozenset[str]], ...]:
    """Return folded noun and unified units of each row."""
    lines = files("service.answer").joinpath("measures.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return tuple((fold(noun), frozenset(unify(units).split())) for noun, units in rows)
