"""Nouns that a unit already says: "khối lượng ... 5.400 m³" need not contain "khối lượng"."""

from __future__ import annotations

from functools import lru_cache

from ingest.vi.normalise import fold, unify
from ingest.vi.units import split_scale, unit_kind
from ingest.vi.word_tables import rows
from ingest.vi.words import words

_PLAIN = "="
_OF_ANY = frozenset(("so", "tong"))  # "tổng số"


@lru_cache(maxsize=4096)
def implied_words(question: str, unit: str) -> frozenset[str]:
    """Return the folded syllables of measure nouns in ``question`` that figures of ``unit`` need not repeat."""
    base = unify(split_scale(unit)[1]) if unit else ""
    return frozenset(w for noun, units in _nouns(question) if base in units for w in fold(noun).split())


@lru_cache(maxsize=1024)
def said_by_unit(unit: str) -> frozenset[str]:
    """Return the folded syllables of the nouns that say no more than ``unit`` does: "diện tích" of hectares.

    Not those that say what money was: "doanh thu", "thiệt hại".
    """
    base = unify(split_scale(unit)[1]) if unit else ""
    plain = (noun for noun, units in _rows() if noun.startswith(_PLAIN) and base in units)
    return _OF_ANY | {word for noun in plain for word in fold(noun.removeprefix(_PLAIN)).split()}


@lru_cache(maxsize=1024)
def measure_words(question: str) -> frozenset[str]:
    """Return the folded syllables of all measure nouns in ``question``: what some unit could make needless."""
    return frozenset(w for noun, _ in _nouns(question) for w in fold(noun).split())


@lru_cache(maxsize=4096)
def other_measure(question: str, unit: str) -> bool:
    """Tell whether ``question`` opens with or counts by a measure noun whose units exclude ``unit``.

    Only the longest noun that matches speaks ("sản lượng điện" before "sản lượng"); no noun, no objection.
    """
    base = unify(split_scale(unit)[1]) if unit else ""
    found = _nouns(question)
    if not found or not base:
        return False
    longest = max(len(noun) for noun, _ in found)
    own = {base, base.partition("/")[0]} if unit_kind(unit) == "money" else {base}  # "1.650 đồng/kg" is money as well
    return all(own.isdisjoint(units) for noun, units in found if len(noun) == longest)


@lru_cache(maxsize=1024)
def _nouns(question: str) -> tuple[tuple[str, frozenset[str]], ...]:
    """Return the measure nouns of ``question`` with their units."""
    asked = _spaced(question)
    return tuple((noun, units) for noun, units in _table() if f" {noun} " in asked)


@lru_cache(maxsize=1)
def _table() -> tuple[tuple[str, frozenset[str]], ...]:
    """Return each noun, unified and folded, with its unified units."""
    told = ((noun.removeprefix(_PLAIN), units) for noun, units in _rows())
    return tuple((form, units) for noun, units in told for form in dict.fromkeys((unify(noun), fold(noun))))


@lru_cache(maxsize=1)
def _rows() -> tuple[tuple[str, frozenset[str]], ...]:
    """Return each noun as the table writes it, with its unified units."""
    return tuple((noun, frozenset(unify(units).split())) for noun, units in rows("service.answer", "measures.tsv"))


def _spaced(question: str) -> str:
    """Return the question's words between blanks; with its accents if it has any, so that "nâng" is not "nặng"."""
    return f" {' '.join(word.text for word in words(question))} "
