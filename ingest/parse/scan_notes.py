"""Misread note labels and marks of a scanned page put right: notes are numbered through, marks stand in their order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from ingest.parse.printed import PrintedWord
from ingest.parse.printed_lines import Line
from ingest.parse.printed_notes import PageNote

_DIGITS = re.compile(r"\d{1,3}")
_UNIT = re.compile(r"(?:^|[\W\d])(?:[kcdhn]|da)?m$")  # m², km³: an exponent, no mark


def in_sequence(
    running: Sequence[Line], notes: Sequence[PageNote], last: int
) -> tuple[list[Line], list[PageNote], int]:
    """Return (running text, notes, the last label) of a page, its labels and marks as they must have been printed.

    ``last``: the last label of the pages before, 0 for none. Labels go on from it, or begin again with 1 on each page:
    whichever agrees with more of what was read, half of it at least; else they begin where more than one of them and
    most agree, or everything stays as it is. What stands before the first label goes on from the page before, or is a
    note whose label was not read, where the labels leave room for it.
    """
    numbered = [at for at, note in enumerate(notes) if note.unread or _DIGITS.fullmatch(note.label)]
    if not numbered:
        return list(running), list(notes), last
    read = [int(notes[at].label or 0) for at in numbered]
    marks = [(at, place) for at, line in enumerate(running) for place in _marks(line)]
    seen = [int(running[at].words[place].text) for at, place in marks]
    unread = not notes[0].label and not notes[0].unread
    firsts = [last + 1, 1, *((last + 2, 2) if unread else ())]
    ways = [list(range(first, first + len(read))) for first in firsts]
    labels = max(ways, key=lambda way: _agreement(way, read, seen))
    agreed = _agreed(labels, read, seen)
    labels = _elsewhere(read, seen, more_than=agreed) or (labels if 2 * agreed >= len(read) else [])
    if not labels:
        return list(running), list(notes), max(read) or last
    told = list(notes)
    for at, label in zip(numbered, labels, strict=True):
        told[at] = replace(told[at], label=str(label), unread=False)
    if unread and labels[0] not in (last + 1, 1):
        labels = [labels[0] - 1, *labels]
        told[0] = _labelled(told[0], labels[0])
    return _with_marks(running, marks, seen, labels), told, labels[-1]


def _elsewhere(read: Sequence[int], seen: Sequence[int], *, more_than: int) -> list[int]:
    """Return labels that begin anywhere, where most of what was read agrees, ``more_than`` so many; [] for none."""
    firsts = {one - at for at, one in enumerate(read) if one > at} | {
        one - at for one in seen for at in range(len(read))
    }
    ways = [list(range(first, first + len(read))) for first in sorted(firsts) if first > 0]
    best = max(ways, key=lambda way: _agreement(way, read, seen), default=[])
    agreed = _agreed(best, read, seen) if best else 0
    return best if agreed > max(1, more_than) and 3 * agreed >= 2 * len(read) else []


def _labelled(note: PageNote, label: int) -> PageNote:
    """Return a note with the label that was not read; a sign without letters in its place is that label."""
    first = note.lines[0].words[0].text
    return replace(note, label=str(label), mark_words=int(not any(ch.isalnum() for ch in first)))


def _agreed(labels: Sequence[int], read: Sequence[int], seen: Sequence[int]) -> int:
    """Return how many of ``labels`` were read so, at the note or at its mark."""
    return sum(label == one or label in seen for label, one in zip(labels, read, strict=True))


def _agreement(labels: Sequence[int], read: Sequence[int], seen: Sequence[int]) -> int:
    """Return how much speaks for ``labels``: what was read at a note more than what was read somewhere as a mark."""
    return sum(2 * (label == one) + (label in seen) for label, one in zip(labels, read, strict=True))


def _marks(line: Line) -> list[int]:
    """Return which words of ``line`` are raised digits and no exponents."""
    return [
        at
        for at, word in enumerate(line.words)
        if word.raised and _DIGITS.fullmatch(word.text) and not (at and _is_exponent(line.words[at - 1], word))
    ]


def _is_exponent(before: PrintedWord, word: PrintedWord) -> bool:
    return word.text in ("2", "3") and _UNIT.search(before.text) is not None


def _with_marks(
    running: Sequence[Line], marks: Sequence[tuple[int, int]], seen: Sequence[int], labels: Sequence[int]
) -> list[Line]:
    """Return the lines, marks that were read otherwise as their labels: as many of both between two that agree."""
    lines = list(running)
    for kind, first, end, start, stop in SequenceMatcher(None, seen, labels, autojunk=False).get_opcodes():
        if kind != "replace" or end - first != stop - start:
            continue
        for (at, place), label in zip(marks[first:end], labels[start:stop], strict=True):
            words = list(lines[at].words)
            words[place] = replace(words[place], text=str(label))
            lines[at] = replace(lines[at], words=tuple(words))
    return lines
