"""The words of the stretches of one text, each looked for once: the figures of a sentence share its bag."""

from __future__ import annotations

from service.answer.tokens import Bag, bag, located


class Bags:
    """Bags of stretches of one text, given by their 0-based start and end in it."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._made: dict[tuple[int, int], Bag] = {}
        self._located: dict[tuple[int, int], tuple[tuple[int, str], ...]] = {}

    def of(self, start: int, end: int) -> Bag:
        """Return the words of a stretch."""
        known = self._made.get((start, end))
        if known is None:
            known = self._made[start, end] = bag(self._text[start:end])
        return known

    def before(self, start: int, end: int, at: int) -> frozenset[str]:
        """Return the comparable words of a stretch that start before ``at``."""
        known = self._located.get((start, end))
        if known is None:
            known = tuple((start + place, word) for place, word in located(self._text[start:end]))
            self._located[start, end] = known
        return frozenset(word for place, word in known if place < at)
