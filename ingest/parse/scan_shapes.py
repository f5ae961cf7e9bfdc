"""Signs that recognition confuses, told by their shape: comma and full stop, and the strokes of Roman numerals.

With one for the other a number is a thousand times another. A comma reaches below the line that the letters stand on, a
full stop does not; so do semicolon and colon.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ingest.parse.scan_ink import Grey
from ingest.parse.scan_marks import DARK, Line, column_runs
from ingest.parse.tesseract import RawWord

# In x-heights: how high above the line a point may begin, how far below it a comma ends at least and a stop at most.
_LOW, _TAIL, _NO_TAIL = 0.5, 0.16, 0.1
_WIDEST = 0.5
_LONG = 1.35  # a comma is so many times higher than wide, a stop is round
_LEAST_X_PIXELS = 9  # of smaller print the tail of a comma is a pixel or two
_STRIP = (1.7, 0.5)  # what is looked at above and below the line, in x-heights
_FAINT = 210  # the tail of a comma is thin and pale
_NEXT_LINE = 0.2  # what begins so many x-heights below the line belongs to the next one
_NEAR = 8  # x-heights to both sides: what stands there tells where the line is, for no page lies quite level
_PAIRS = (".,", ":;")  # without and with a tail
_POINTS = "".join(_PAIRS)
# What the strokes of I, II and III are read as; digits alone are left as they are ("11. ...").
_ROMAN = re.compile(r"(?P<before>[VX]*)(?P<ones>[IiLlT1|!\[\]]+)(?P<after>[VX]*)(?P<stop>[.,:]?)")
_BULLETS = ("%", "%%", "*%", "%*")  # at the beginning of a line these are asterisks
_CIRCLED = re.compile(r"c?©\)")  # what "c)" is read as
_BILLION = ("tý", "tỳ", "tỹ", "ty")
_STROKES = re.compile(r"I{1,2}[.,;:)]?")
_SAME_CASES = re.compile(r"[COSVX]\)")  # markers of lists whose two cases have one shape
_SMALL_LETTER = 1.2  # x-heights
_CAPITALS = 0.8  # of the letters of a heading that a Roman numeral numbers
_STEM = 1.1  # x-heights: an upright stroke of a capital
_NUMBERED = re.compile(r"(?:[IVXl1|]{1,4}|[A-ZĐ])\.")  # the number of a heading in capitals
_NUMBER = re.compile(r"\(?\d[\d.,]*")


@dataclass(frozen=True, slots=True)
class _Glyph:
    """Ink that no white column parts. ``low``: a point at the line, alone or below another; ``tail``: None, unclear."""

    low: bool
    tail: bool | None


def as_drawn(page: Grey, line: Line) -> Line:
    """Return ``line`` with points and the Roman numeral of a heading in capitals as their shapes are."""
    words = [replace(word, text=with_points(page, line, word)) for word in _without_speck(line.words)]
    if words[0].text in _BULLETS:
        words[0] = replace(words[0], text=words[0].text.replace("%", "*"))
    words[0] = replace(words[0], text=_CIRCLED.sub("c)", words[0].text))
    words[1:] = [_unit(word, before) for word, before in zip(words[1:], words, strict=False)]
    words = [
        replace(word, text=_strokes(page, line, word)) if _STROKES.fullmatch(word.text) else word for word in words
    ]
    if _SAME_CASES.fullmatch(words[0].text):
        words[0] = replace(words[0], text=_small_marker(page, line, words[0]))
    rest = [ch for word in words[1:] for ch in word.text if ch.isalpha()]
    if len(rest) >= 4 and sum(ch.isupper() for ch in rest) >= _CAPITALS * len(rest):
        words[0] = replace(words[0], text=_roman(page, line, words[0]))
    return replace(line, words=tuple(words))


def _without_speck(words: Sequence[RawWord]) -> Sequence[RawWord]:
    """Return the words without a lone sign before a numbered heading in capitals: nobody lists headings with dashes."""
    if len(words) < 3 or any(ch.isalnum() for ch in words[0].text) or not _NUMBERED.match(words[1].text):
        return words
    letters = [ch for word in words[1:] for ch in word.text if ch.isalpha()]
    return words[1:] if sum(map(str.isupper, letters)) >= _CAPITALS * len(letters) else words


def _unit(word: RawWord, before: RawWord) -> RawWord:
    """Return "tỷ" for what is read as another tone of it behind a number: nothing that is counted is called so."""
    bare = word.text.rstrip(".,;:)")
    return replace(word, text="tỷ" + word.text[2:]) if bare in _BILLION and before.text[-1:].isdigit() else word


def _roman(page: Grey, line: Line, word: RawWord) -> str:
    """Return the numeral with as many strokes as are drawn; the word as it is where it is no such numeral."""
    match = _ROMAN.fullmatch(word.text)
    if match is None or word.text.strip(".,:").isdigit():
        return word.text
    stems = _stems(page, line, word)
    if not 1 <= stems <= 3:
        return word.text
    stop = "." if match["stop"] or any(glyph.low for glyph in _glyphs(page, line, word)[-1:]) else ""
    return match["before"] + "I" * stems + match["after"] + stop


def _strokes(page: Grey, line: Line, word: RawWord) -> str:
    """Return I, II or III as drawn: recognition drops strokes, it adds none."""
    if not _STROKES.fullmatch(word.text):
        return word.text
    stems, read = _stems(page, line, word), word.text.count("I")
    return word.text.replace("I" * read, "I" * stems) if read < stems <= 3 else word.text


def _stems(page: Grey, line: Line, word: RawWord) -> int:
    """Return how many upright strokes as high as a capital stand in ``word``."""
    ink = page[word.top : word.bottom, max(0, word.left - 2) : word.right + 2] < DARK
    return len(column_runs(ink.sum(axis=0, keepdims=True) >= _STEM * line.x_height))


def _small_marker(page: Grey, line: Line, word: RawWord) -> str:
    """Return "c)" for "C)" where the letter is no higher than a small one."""
    ink = page[word.top : word.bottom, word.left : word.right] < DARK
    start, end = next(iter(column_runs(ink)), (0, 0))
    rows = np.flatnonzero(ink[:, start:end].any(axis=1))
    small = rows.size and rows[-1] + 1 - rows[0] <= _SMALL_LETTER * line.x_height
    return word.text.lower() if small else word.text


def with_points(page: Grey, line: Line, word: RawWord) -> str:
    """Return the text of ``word`` with its points as they are drawn; as it is where they cannot be told for certain.

    In a number points are also put where recognition lost them and taken out where it doubled them.
    """
    if line.x_height < _LEAST_X_PIXELS or not any(ch in _POINTS or ch.isdigit() for ch in word.text):
        return word.text
    glyphs = _glyphs(page, line, word)
    points = [glyph for glyph in glyphs if glyph.low]
    written = [at for at, ch in enumerate(word.text) if ch in _POINTS]
    if len(points) == len(written):
        letters = list(word.text)
        for at, glyph in zip(written, points, strict=True):
            letters[at] = _drawn(glyph, letters[at])
        return "".join(letters)
    return _number(word.text, glyphs)


def _drawn(glyph: _Glyph, read: str) -> str:
    """Return the point that ``glyph`` is: one with a tail where one is drawn, else what was ``read``.

    Wear takes the thin tail off a comma, but puts none on a stop; and hardly ever is a stop read as a comma.
    """
    return next(pair for pair in _PAIRS if read in pair)[1] if glyph.tail else read


def _number(text: str, glyphs: Sequence[_Glyph]) -> str:
    """Return a number with the points that stand between its digits, each of them drawn by itself; else ``text``."""
    match = _NUMBER.match(text)
    if match is None:
        return text
    digits = [ch for ch in match[0] if ch not in _POINTS]
    found, tall = "", 0
    for glyph in glyphs:
        if tall == len(digits) and not glyph.low:
            break
        if glyph.low and glyph.tail is None:
            return text
        found += _drawn(glyph, ".") if glyph.low else digits[tall]
        tall += not glyph.low
    rest = text[match.end() :]
    sound = tall == len(digits) and (len(glyphs) == len(found) or rest) and not any(ch in _POINTS for ch in rest)
    lost = len(found) < len(re.sub(r"[.,]+", ".", match[0]))  # a point that was read and is not seen
    return found + rest if sound and not lost and re.search(r"^[.,]|[.,]{2}", found) is None else text


def _glyphs(page: Grey, line: Line, word: RawWord) -> list[_Glyph]:
    top = max(0, round(line.baseline - _STRIP[0] * line.x_height))
    bottom = round(line.baseline + _STRIP[1] * line.x_height)
    wide = round(_NEAR * line.x_height)
    first = max(0, word.left - wide)
    strip = page[top:bottom, first : word.right + wide] < _FAINT
    rows = [(start, end, np.flatnonzero(strip[:, start:end].any(axis=1)) + top) for start, end in column_runs(strip)]
    rows = [(start, end, _own(r, line)) for start, end, r in rows]
    ends = Counter(int(r[-1]) + 1 for _, _, r in rows if abs(int(r[-1]) + 1 - line.baseline) <= 0.3 * line.x_height)
    level = ends.most_common(1)[0][0] if ends else line.baseline
    return [
        _glyph(r, end - start, level, line.x_height)
        for start, end, r in rows
        if word.left - 1 <= first + (start + end) // 2 <= word.right
    ]


def _own(rows: NDArray[np.int_], line: Line) -> NDArray[np.int_]:
    """Return ``rows`` without those of the next line's accents."""
    breaks = np.flatnonzero(np.diff(rows) > 1)
    if breaks.size and rows[breaks[-1] + 1] - line.baseline >= _NEXT_LINE * line.x_height:
        return rows[: breaks[-1] + 1]
    return rows


def _glyph(rows: NDArray[np.int_], width: int, level: int, x_height: float) -> _Glyph:
    """Return the glyph whose ink is in ``rows``, on the line at row ``level``."""
    breaks = np.flatnonzero(np.diff(rows) > 1)
    lowest = rows[breaks[-1] + 1 :] if breaks.size else rows
    height = int(lowest[-1] - lowest[0]) + 1
    low = width <= _WIDEST * x_height and level - lowest[0] <= _LOW * x_height
    if low and breaks.size:
        # The upper of two points stands at the height of an x; a dot below a letter has the letter above it.
        upper = rows[: breaks[-1] + 1]
        low = (
            breaks.size == 1 and len(upper) <= _LOW * x_height and 0.55 * x_height <= level - rows[0] <= 1.2 * x_height
        )
    below = (int(lowest[-1]) + 1 - level) / x_height
    long = height >= _LONG * width
    tail = below >= _TAIL or (below > _NO_TAIL and long)
    # Dirt beside a stop, a comma without its head: the two signs contradict each other.
    return _Glyph(bool(low), tail if tail == long or breaks.size else None)
