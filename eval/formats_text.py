"""Texts of one report read from two formats: what they share, how far apart they are, where a piece of one is in both.

Two readings never have the same characters: lines break elsewhere, note marks and emphasis are written in other ways,
notes stand in other places. What must be the same is their ``Skeleton``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from ingest.domain import Span

T = TypeVar("T")

_BRACKETED = re.compile(r"\[\^?\d{1,3}\]")
_RAISED = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹")
_JOINING = frozenset(".,/-:")  # kept between digits: "5,3" is not "53"
_CONTEXTS = (10, 40)  # skeleton characters on each side that tell equal pieces apart: the nearest count twice
_LEAST_PIECE = 6  # letters of a piece cut off by a page end
_ALIKE = 0.75  # a piece that has to be misread further than this is not there


@dataclass(frozen=True, slots=True)
class Skeleton:
    """The letters, digits and signs of numbers of a text in lower case; ``offsets[i]`` is where ``letters[i]`` stands.

    Left out: blanks, punctuation, emphasis, raised digits and bracketed note marks. Equal for "" and "* ¹".
    """

    letters: str
    offsets: tuple[int, ...]


def skeleton(text: str) -> Skeleton:
    """Return the skeleton of ``text``; both members are empty where nothing of it counts."""
    marks = {at for match in _BRACKETED.finditer(text) for at in range(match.start(), match.end())}
    kept: list[str] = []
    offsets: list[int] = []
    for at, char in enumerate(text):
        if at in marks or not _counts(text, at):
            continue
        for letter in unicodedata.normalize("NFC", char).lower():
            kept.append(letter)
            offsets.append(at)
    return Skeleton("".join(kept), tuple(offsets))


def letters(text: str) -> str:
    """Return the skeleton's characters alone."""
    return skeleton(text).letters


def _counts(text: str, at: int) -> bool:
    char = text[at]
    if char in _RAISED:
        return False
    if char.isalnum() or char == "%":
        return True
    after = text[at + 1 : at + 2].isdigit()
    before = text[at - 1 : at] if at else ""
    if char in _JOINING and after and before.isdigit():
        return True
    return char in "-−" and after and not before.isalnum()


def distance(first: str, second: str) -> int:
    """Return the Levenshtein distance: how many characters to put in, take out or change.

    Myers' bit-parallel algorithm (J. ACM 46(3), 1999; Hyyrö's form), a column of the table in one integer.
    """
    return _last_row(first, second, anywhere=False)[-1]


def likeness(first: str, second: str) -> float:
    """Return 1 for equal strings, 0 for strings with nothing in common: 1 - distance / length of the longer."""
    longer = max(len(first), len(second))
    return 1.0 if first == second else 1.0 - distance(first, second) / longer


def _last_row(pattern: str, text: str, *, anywhere: bool) -> list[int]:
    """Return the distance of ``pattern`` to ``text[:i]`` for each i; ``anywhere``: to the best piece ending there."""
    if not pattern:
        return [0] * (len(text) + 1) if anywhere else list(range(len(text) + 1))
    places: dict[str, int] = {}
    for at, char in enumerate(pattern):
        places[char] = places.get(char, 0) | 1 << at
    mask, last = (1 << len(pattern)) - 1, 1 << len(pattern) - 1
    plus, minus = mask, 0
    row = [len(pattern)]
    for char in text:
        equal = places.get(char, 0)
        vertical = equal | minus
        horizontal = (((equal & plus) + plus) ^ plus) | equal
        up = minus | ~(horizontal | plus) & mask
        down = plus & horizontal
        row.append(row[-1] + bool(up & last) - bool(down & last))
        up = up << 1 & mask | (not anywhere)
        down = down << 1 & mask
        plus = down | ~(vertical | up) & mask
        minus = up & vertical
    return row


def pairs(
    first: Sequence[T], second: Sequence[T], alike: Callable[[T, T], float], *, least: float = 0.6
) -> list[tuple[int, int]]:
    """Return which members belong together, in order of both: the pairing with the greatest sum of likenesses.

    No pair is less alike than ``least``. Members that moved past others stay unpaired.
    """
    gains = [[0.0] * (len(second) + 1) for _ in range(len(first) + 1)]
    scores = [[alike(one, other) for other in second] for one in first]
    for i in range(len(first) - 1, -1, -1):
        for j in range(len(second) - 1, -1, -1):
            together = gains[i + 1][j + 1] + scores[i][j] if scores[i][j] >= least else 0.0
            gains[i][j] = max(gains[i + 1][j], gains[i][j + 1], together)
    found = []
    i = j = 0
    while i < len(first) and j < len(second):
        if scores[i][j] >= least and gains[i][j] == gains[i + 1][j + 1] + scores[i][j]:
            found.append((i, j))
            i, j = i + 1, j + 1
        elif gains[i][j] == gains[i + 1][j]:
            i += 1
        else:
            j += 1
    return found


def _occurrences(piece: str, text: str) -> list[tuple[int, int]]:
    found = []
    at = text.find(piece)
    while at >= 0:
        found.append((at, at + len(piece)))
        at = text.find(piece, at + 1)
    return found


class Relocation:
    """Finds the pieces of one reading in another of the same report."""

    def __init__(self, original: str, other: str) -> None:
        self._original = skeleton(original)
        self._other = skeleton(other)

    def __call__(self, span: Span) -> tuple[Span, ...]:
        """Return where ``span`` of the original stands in the other text; () when nothing there is like it.

        Letter by letter where it can be, in two pieces where a page ends inside it, else the piece of least distance.
        Of equal pieces the one with the most alike surroundings; the order of the text does not matter, since notes
        stand in other places in other formats.
        """
        inside = [at for at, place in enumerate(self._original.offsets) if span.start <= place < span.end]
        if not inside:
            return ()
        first, last = inside[0], inside[-1] + 1
        wanted = self._original.letters[first:last]
        if same := _occurrences(wanted, self._other.letters):
            return (self._placed(*self._partner(wanted, first, same)),)
        if halves := self._in_two(wanted):
            return tuple(self._placed(*half) for half in halves)
        near = self._nearest(wanted)
        return (self._placed(*max(near, key=lambda place: self._around(first, last, *place))),) if near else ()

    def _placed(self, start: int, end: int) -> Span:
        return Span(self._other.offsets[start], self._other.offsets[end - 1] + 1)

    def _partner(self, wanted: str, first: int, same: list[tuple[int, int]]) -> tuple[int, int]:
        """Return which of the equal pieces belongs to the one at ``first``: each to one, the most alike first."""
        size = len(wanted)
        ours = [start for start, _ in _occurrences(wanted, self._original.letters)]
        alike = [(self._around(one, one + size, *place), one, place) for one in ours for place in same]
        taken: dict[int, tuple[int, int]] = {}
        for _, one, place in sorted(alike, reverse=True):
            if one not in taken and place not in taken.values():
                taken[one] = place
        return taken.get(first) or max(same, key=lambda place: self._around(first, first + size, *place))

    def _in_two(self, wanted: str) -> tuple[tuple[int, int], ...]:
        """Return two pieces that make up ``wanted`` together and stand alone, () where there is no such pair."""
        for cut in range(len(wanted) - _LEAST_PIECE, _LEAST_PIECE - 1, -1):
            halves = [_occurrences(part, self._other.letters) for part in (wanted[:cut], wanted[cut:])]
            if all(len(half) == 1 for half in halves):
                return tuple(half[0] for half in halves)
        return ()

    def _nearest(self, wanted: str) -> list[tuple[int, int]]:
        text = self._other.letters
        row = _last_row(wanted, text, anywhere=True)
        least = min(row)
        if least > (1 - _ALIKE) * len(wanted):
            return []
        found = []
        for end, cost in enumerate(row):
            if cost == least:
                window = text[max(0, end - len(wanted) - least) : end]
                back = _last_row(wanted[::-1], window[::-1], anywhere=False)
                length = min(range(len(back)), key=lambda size: (back[size], abs(size - len(wanted))))
                if length:
                    found.append((end - length, end))
        return found

    def _around(self, first: int, last: int, start: int, end: int) -> float:
        ours, theirs = self._original.letters, self._other.letters
        return sum(
            likeness(ours[max(0, first - size) : first], theirs[max(0, start - size) : start])
            + likeness(ours[last : last + size], theirs[end : end + size])
            for size in _CONTEXTS
        )
