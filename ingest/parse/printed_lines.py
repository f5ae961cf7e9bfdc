"""Printed words -> lines, from top to bottom; what every page repeats in its margins is told apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest.parse.printed import PrintedPage, PrintedWord

_MARGIN = 0.11  # share of the page's height at its top and bottom where running heads and page numbers stand
_MIDDLE = 0.08  # of the page's width: binding edges move the text to one side
_PAGE_NUMBER = re.compile(r"(?:Trang\s*)?[-–—]?\s*(\d{1,4})\s*(?:/\s*\d{1,4})?\s*[-–—]?", re.IGNORECASE)
# Stamps of a digital signature drawn on the page (Nghị định 30/2020/NĐ-CP, phụ lục I, phần II).
_SIGNED = re.compile(r"(?:Người ký|Ký bởi|Ký số bởi|Được ký bởi|Thời gian ký|Ngày ký|Thời điểm ký)\s*:", re.IGNORECASE)
_MIN_REPEATS = 3
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Line:
    """Words side by side, from left to right; raised ones among them. ``size``: that of most of its letters."""

    words: tuple[PrintedWord, ...]
    left: float
    top: float
    right: float
    bottom: float
    size: float

    @property
    def text(self) -> str:
        """Return the words between blanks."""
        return " ".join(word.text for word in self.words)


def make_line(words: Iterable[PrintedWord]) -> Line:
    """Return the line of ``words`` (at least one)."""
    placed = tuple(sorted(words, key=lambda w: w.left))
    plain = [w for w in placed if not w.raised] or list(placed)
    letters: Counter[float] = Counter()
    for word in plain:
        letters[round(word.size * 2) / 2] += len(word.text)
    return Line(
        placed,
        min(w.left for w in placed),
        min(w.top for w in plain),
        max(w.right for w in placed),
        max(w.bottom for w in plain),
        letters.most_common(1)[0][0],
    )


def make_lines(words: Iterable[PrintedWord]) -> list[Line]:
    """Return the lines of ``words`` from top to bottom: words whose heights overlap by half share a line.

    A raised word belongs to the line of the word it touches. No words: [].
    """
    rows: list[list[PrintedWord]] = []
    raised = []
    for word in sorted(words, key=lambda w: (w.top + w.bottom, w.left)):
        if word.raised:
            raised.append(word)
        elif rows and _shares(rows[-1], word):
            rows[-1].append(word)
        else:
            rows.append([word])
    for mark in raised:
        _attach(rows, mark)
    return [make_line(row) for row in rows]


def _shares(row: Sequence[PrintedWord], word: PrintedWord) -> bool:
    tallest = max(row, key=lambda w: w.bottom - w.top)
    if any(min(w.right, word.right) - max(w.left, word.left) > 0.3 * word.size for w in row):
        return False  # a tall word beside two lines of smaller type does not make them one
    overlap = min(tallest.bottom, word.bottom) - max(tallest.top, word.top)
    return overlap > 0.5 * min(tallest.bottom - tallest.top, word.bottom - word.top)


def _attach(rows: list[list[PrintedWord]], mark: PrintedWord) -> None:
    """Put a raised word to the line whose word stands closest to its left or right, at its height."""

    def distance(row: Sequence[PrintedWord]) -> float:
        near = [w for w in row if w.top - 0.5 * w.size < mark.bottom and w.bottom > mark.top + 0.2 * mark.size]
        return min((min(abs(mark.left - w.right), abs(w.left - mark.right)) for w in near), default=float("inf"))

    best = min(rows, key=distance, default=None)
    if best is None or distance(best) == float("inf"):
        rows.append([mark])
        rows.sort(key=lambda row: row[0].top)
    else:
        best.append(mark)


@dataclass(frozen=True, slots=True)
class Furniture:
    """What is left of a page (``lines``), and what was taken out: texts of running heads, how many other lines."""

    lines: tuple[Line, ...]
    numbers: int = 0
    repeated: tuple[str, ...] = ()
    signed: int = 0


def without_furniture(pages: Sequence[PrintedPage], lines: Sequence[list[Line]]) -> list[Furniture]:
    """Return each page's lines without page numbers, running heads and feet, and stamps of digital signatures.

    A line in the margin counts as repeated when, digits aside, it stands on three pages or more and on half of them.
    """
    counts = Counter(
        key for page, found in zip(pages, lines, strict=True) for key in {_key(n) for n in found if _in_margin(page, n)}
    )
    often = {key for key, count in counts.items() if count >= max(_MIN_REPEATS, len(pages) / 2)}
    return [_cleaned(page, found, often) for page, found in zip(pages, lines, strict=True)]


def _cleaned(page: PrintedPage, lines: Sequence[Line], often: set[str]) -> Furniture:
    kept, repeated = [], []
    numbers = signed = 0
    for line in lines:
        if _in_margin(page, line) and _is_page_number(page, line) and _alone(line, lines):
            numbers += 1
        elif _in_margin(page, line) and _key(line) in often:
            repeated.append(line.text)
        elif _SIGNED.match(line.text):
            signed += 1
        else:
            kept.append(line)
    return Furniture(tuple(kept), numbers, tuple(repeated), signed)


def _is_page_number(page: PrintedPage, line: Line) -> bool:
    """Tell whether ``line`` is a number, on a scan also any short word in the middle: lone digits are often misread."""
    if _PAGE_NUMBER.fullmatch(line.text):
        return True
    middle = abs((line.left + line.right) / 2 - page.width / 2) < _MIDDLE * page.width
    return page.scanned and page.number > 1 and len(line.text) <= 3 and middle


def _alone(line: Line, lines: Sequence[Line]) -> bool:
    """Tell whether nothing stands further out than ``line``: it is the first or last of its page."""
    return line.top <= min(n.top for n in lines) + 1 or line.bottom >= max(n.bottom for n in lines) - 1


def _in_margin(page: PrintedPage, line: Line) -> bool:
    return line.bottom < _MARGIN * page.height or line.top > (1 - _MARGIN) * page.height


def _key(line: Line) -> str:
    return _DIGITS.sub("#", line.text).casefold()
