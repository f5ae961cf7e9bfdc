"""What was worked out once for a question, to be looked up for the next figure: figures share bags, units, patterns."""

from __future__ import annotations

from dataclasses import dataclass, field

from service.answer.tokens import Bag

Replaced = tuple[str, str, float]  # folded neighbours of the question, and the weight of the one that stands elsewhere


@dataclass(frozen=True, slots=True)
class Far:
    """Beyond the clause of a figure, the same for all figures of a part of a sentence.

    ``places``: for each word of the question the name of the feature it counts for; ``found``: the folded words that
    are found at all; ``pairs``: the share of neighbouring words that are neighbours there.
    """

    places: tuple[str, ...]
    found: frozenset[str]
    pairs: float


@dataclass(frozen=True, slots=True)
class Placed:
    """What the places of all words tell: the values of ``placing.WORD_FEATURES``, and what may stand in their stead.

    ``after``: neighbours whose second word stands elsewhere, ``before``: those whose first does.
    """

    values: tuple[float, ...]
    after: tuple[Replaced, ...]
    before: tuple[Replaced, ...]


@dataclass(slots=True)
class Kept:
    """The store of one question. ``words``: its folded words; ``nothing``: what a bag without any of them has.

    ``worths`` by bag; ``far`` by the bags of segment and sentence; ``placed`` by the places of all words; ``implied``
    (the words a unit says) and ``units`` (the feature a unit counts for, "" where that depends on what is counted) by
    unit.
    """

    words: frozenset[str]
    nothing: tuple[float, ...]
    worths: dict[Bag, tuple[float, ...]] = field(default_factory=dict)
    far: dict[tuple[Bag, Bag, Bag], Far] = field(default_factory=dict)
    placed: dict[tuple[str, ...], Placed] = field(default_factory=dict)
    implied: dict[str, frozenset[str]] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
