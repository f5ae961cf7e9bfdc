"""Recognised words -> printed words: raised marks taken apart, numbers read again where they are unclear."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from ingest.parse.scan_again import read_digits, read_words
from ingest.parse.scan_ink import Grey
from ingest.parse.scan_marks import Box, Line, around, measured, raised_marks
from ingest.parse.scan_shapes import as_drawn, with_points
from ingest.parse.tesseract import RawWord
from ingest.vi.letters import pattern

# Below this a word with digits is read a second time, enlarged.
UNSURE = 0.90
# Two readings of one number that differ: whoever uses it is warned.
_DISAGREED = 0.45
_MARK_SURE = 0.40
_RISE, _FALL = 0.74, 0.22  # how far letters reach above and below the line they stand on, in sizes of type
_NUMERIC = "0123456789.,/%-+():;"
_NUMBER = re.compile(r"[(+-]?\d{1,3}(?:[./-]?\d{1,4})*(?:,\d+)?%?[).,;:]*")
# What no word goes on with after a small letter: a mark that was read into it.
_AFTER_SMALL = pattern(r"(?<=[{LOW}])[{UP}°*'’!?®§™]+$")
_TAIL = re.compile(r"[.,;:)\]…]*$")
_PLAIN = re.compile(r"[(+-]?(\d+(?:[.,]+\d+)*)%?[).,;:]*")
_WELL_FORMED = re.compile(
    r"\d{1,4}|\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,4}[.,]\d{1,4}|\d{1,2}(?:\.\d{1,2})+"
)
_LIKE_DIGITS = re.compile(r"[\dOoØÖŠÑlI|SsBZzg\]\[QĐ§]+(?:[.,/][\dOolI|§]+)*%?[.,;:)]*")


@dataclass(frozen=True, slots=True)
class Piece:
    """A word or a part of one as it will be printed, its box in pixels."""

    text: str
    box: Box
    size: float
    confidence: float
    raised: bool = False


@dataclass(frozen=True, slots=True)
class _Mark:
    glyphs: tuple[Box, ...]
    box: Box
    word: RawWord | None
    line: Line


def pieces_of(page: Grey, words: Sequence[RawWord], *, seconds: float) -> list[Piece]:
    """Return the words of ``page`` with raised marks apart and unclear numbers checked. Raises ``TooSlow``."""
    lines = [as_drawn(page, measured(page, group)) for group in _by_line(words)]
    marks = [_mark(glyphs, line) for line in lines for glyphs in raised_marks(page, line)]
    sure = _read_marks(page, [mark for mark in marks if not _is_arm(mark)], seconds)
    bare = _bare_words(page, sure, seconds=seconds)
    marked: dict[int, list[Piece]] = {}
    pieces = []
    for mark, digits, confidence in sure:
        piece = Piece(digits, mark.box, mark.line.size, confidence, raised=True)
        if mark.word is None:
            pieces.append(piece)
        else:
            marked.setdefault(id(mark.word), []).append(piece)
    plain = [(line, word) for line in lines for word in line.words if id(word) not in marked]
    checked = _checked(page, plain, seconds=seconds)
    for line in lines:
        for word in line.words:
            if id(word) in marked:
                pieces += _taken_apart(word, marked[id(word)], bare[id(word)], line)
            else:
                known = checked.get(id(word), word)
                clear = known.confidence if _is_well_formed(known.text) else min(known.confidence, _DISAGREED)
                pieces.append(Piece(known.text, _in_line(_box(word), line), line.size, clear))
    return pieces


def lone_numbers(page: Grey, boxes: Sequence[Box], *, seconds: float) -> list[tuple[str, float]]:
    """Return (number, low confidence) for each box, ("", 0.0) where what is read is no number. Raises ``TooSlow``."""
    read = read_words(page, boxes, only=_NUMERIC, seconds=seconds) if boxes else []
    sound = [_NUMBER.fullmatch(text) is not None and _is_well_formed(text) for text, _ in read]
    return [
        (text, min(sure, _DISAGREED)) if fine else ("", 0.0) for (text, sure), fine in zip(read, sound, strict=True)
    ]


def _by_line(words: Sequence[RawWord]) -> Iterator[list[RawWord]]:
    groups: dict[tuple[int, int, int], list[RawWord]] = {}
    for word in words:
        groups.setdefault(word.line, []).append(word)
    yield from groups.values()


def _box(word: RawWord) -> Box:
    return Box(word.left, word.top, word.right, word.bottom)


def _in_line(box: Box, line: Line) -> Box:
    """Return ``box`` as high as its line: accents, dirt and a page not quite level take no word out of its line."""
    top, bottom = line.baseline - _RISE * line.size, line.baseline + _FALL * line.size
    return Box(box.left, max(0, round(top)), box.right, max(round(bottom), 1))


def _around(box: Box, pixels: int) -> Box:
    return Box(box.left - pixels, box.top - pixels, box.right + pixels, box.bottom + pixels)


def _read_marks(page: Grey, marks: Sequence[_Mark], seconds: float) -> list[tuple[_Mark, str, float]]:
    """Return the marks that are numbers, with their digits and confidence.

    "0" is the ring of a degree; what is read as no digit is an asterisk or a quotation mark, and stays as it was.
    """
    glyphs = [glyph for mark in marks for glyph in mark.glyphs]
    read = iter(read_digits(page, glyphs, seconds=seconds) if glyphs else [])
    found = []
    for mark in marks:
        digits = [next(read) for _ in mark.glyphs]
        text = "".join(digit for digit, _ in digits) if all(digit for digit, _ in digits) else ""
        # A thin stroke beside a digit that was read is a 1, too; by itself it may be anything.
        sure = max(confidence for _, confidence in digits)
        starred = mark.word is not None and "*" in mark.word.text and not text.strip("1")
        if text.strip("0") and text[0] != "0" and sure >= _MARK_SURE and not starred:
            found.append((mark, text, sure))
    return found


def _mark(glyphs: Sequence[Box], line: Line) -> _Mark:
    """Return the mark with the word that its pixels were read into or that it follows closely."""
    box = around(glyphs)
    middle = (box.left + box.right) / 2
    near = [w for w in line.words if w.left <= middle and box.left - w.right <= line.x_height * 0.6]
    word = max(near, key=lambda w: w.left, default=None)
    return _Mark(tuple(glyphs), box, word, line)


def _is_arm(mark: _Mark) -> bool:
    """Tell whether a mark may be the right arm of the capital that its word ends with."""
    word = mark.word
    return word is not None and word.text.rstrip(".,:;").isupper() and word.text.rstrip(".,:;")[-1:] in "VWYX"


def _bare_words(page: Grey, marks: Sequence[tuple[_Mark, str, float]], *, seconds: float) -> dict[int, str]:
    """Return what the words that carry marks say when the marks are painted over, by the id of the word."""
    words = {id(mark.word): mark.word for mark, _, _ in marks if mark.word is not None}
    if not words:
        return {}
    clean = page.copy()
    for mark, _, _ in marks:
        clean[mark.box.top : mark.box.bottom, mark.box.left : mark.box.right] = 255
    read = read_words(clean, [_around(_box(word), 3) for word in words.values()], seconds=seconds)
    return {key: text for key, (text, _) in zip(words, read, strict=True)}


def _taken_apart(word: RawWord, marks: Sequence[Piece], bare: str, line: Line) -> Iterator[Piece]:
    """Yield the word before its marks, the marks, and the punctuation after them."""
    first = min(mark.box.left for mark in marks)
    last = max(mark.box.right for mark in marks)
    digits = "".join(mark.text for mark in marks)
    tail_at = len(word.text)
    if word.right - last > 0.2 * line.x_height:
        tail_at = _tail_at(word.text)
    # No report has this sign: it is a soiled 8.
    head, tail = word.text[:tail_at].replace("§", "8"), word.text[tail_at:]
    if first - word.left <= 0.35 * line.x_height:
        head = ""
    else:
        head = _without_mark(head, bare[: _tail_at(bare)] if tail else bare, len(digits))
    if head:
        box = Box(word.left, word.top, max(first, word.left + 1), word.bottom)
        yield Piece(head, _in_line(box, line), line.size, word.confidence)
    yield from marks
    if tail:
        box = Box(min(last, word.right - 1), word.top, word.right, word.bottom)
        yield Piece(tail, _in_line(box, line), line.size, word.confidence)


def _tail_at(text: str) -> int:
    match = _TAIL.search(text)
    return match.start() if match else len(text)


def _without_mark(head: str, bare: str, digits: int) -> str:
    """Return ``head`` without the characters its mark was taken for: what remains is nearest to ``bare``."""
    head = _AFTER_SMALL.sub("", head) or head
    choices = [head[: len(head) - cut] for cut in range(0, digits + 2) if cut < len(head)] or [head]
    if bare:
        return max(choices, key=lambda choice: (SequenceMatcher(None, choice, bare).ratio(), len(choice)))
    return head if head[-1:].isalpha() else head[:-1] or head


def _checked(page: Grey, words: Sequence[tuple[Line, RawWord]], *, seconds: float) -> dict[int, RawWord]:
    """Return unclear numbers as read the second time, by the id of the word."""
    unclear = [(line, word) for line, word in words if _is_unclear(word)]
    if not unclear:
        return {}
    again = read_words(page, [_around(_box(word), 3) for _, word in unclear], only=_NUMERIC, seconds=seconds)
    return {
        id(word): _better(word, with_points(page, line, replace(word, text=text)), sure)
        for (line, word), (text, sure) in zip(unclear, again, strict=True)
    }


def _is_well_formed(text: str) -> bool:
    """Tell whether a number is one that somebody can have written; True for what is no number.

    Groups of three behind points and decimals behind one comma (or the other way round); long rows of digits without
    a point are what is left of a number that lost it.
    """
    match = _PLAIN.fullmatch(text)
    return match is None or _WELL_FORMED.fullmatch(match[1]) is not None


def _is_unclear(word: RawWord) -> bool:
    if not any(ch.isdigit() for ch in word.text):
        return False
    if not any(ch.isalpha() for ch in word.text):
        return word.confidence < UNSURE or "§" in word.text
    return _LIKE_DIGITS.fullmatch(word.text) is not None and (
        any(ch in "OØÖŠÑSĐQ" for ch in word.text) or any(ch in ",%" for ch in word.text) or word.confidence < UNSURE
    )


def _digits(text: str) -> str:
    return "".join(ch for ch in text if ch.isdigit())


def _better(word: RawWord, text: str, sure: float) -> RawWord:
    if text == word.text:
        return replace(word, confidence=max(word.confidence, sure))
    if not text:
        return word
    first, second = _NUMBER.fullmatch(word.text) is not None, _NUMBER.fullmatch(text) is not None
    if first and _digits(text) == _digits(word.text) and len(text) < len(word.text):
        # Points and strokes are lost in a reading, not made up.
        return replace(word, confidence=min(word.confidence, _DISAGREED))
    if second and (not first or sure > word.confidence):
        return replace(word, text=text, confidence=min(sure, _DISAGREED))
    return replace(word, confidence=min(word.confidence, _DISAGREED))
