"""Words of a scanned page as nobody writes them, put right: lost blanks, a soiled 8, strokes for ones, "(ăng 05 vụ"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from ingest.parse.scan_ink import Grey
from ingest.parse.scan_marks import DARK, column_runs
from ingest.parse.scan_words import Piece
from ingest.vi.letters import pattern
from ingest.vi.syllables import is_accented_syllable

# No report has this sign: it is a soiled 8.
_EIGHT = re.compile(r"(?<![^\W\d_])§(?![^\W\d_])")
# A stroke right before or behind digits, or before a point with three digits, is a one.
_ONES = re.compile(r"(?<![^\W\d_I])I(?=\d|\.\d{3}(?!\d))|(?<=\d)I(?=\d|\b)|(?<=-)I(?=\d)")
_STRAY = re.compile(r"(?<=\d[.,])/(?=\d)")  # a comma drawn long
# "(tăng 05 vụ": no other word on "ăng" stands in a bracket before a number, and its t is thin.
_RISE = re.compile(r"\([^\w\s]?\w{0,2}ăng")
_LETTERS_DIGITS = pattern(r"([{UP}{LOW}]?[{LOW}]+)(\d[\d.,/%]*.*)")
# A speck between two words is read as a point or a dash and their blank is lost: "BÁO.CÁO", "502-con".
_SPECK = pattern(r"(\(?\d[\d.,]*)-([{LOW}]{2,}\W*)|([{UP}]{2,})\.([{UP}]{2,}\W*)|([{LOW}]{2,})\.([{LOW}]{2,}\W*)")
_GLUED_NUMBER = pattern(r"([IVX1]{1,4}\.)[{UP}]{2,}\W*")  # of a heading: "I.KẾT"
_LONGEST = 14  # letters of two syllables
_STROKE = re.compile(r"([1Il|]{1,3})([.,;:)]*)")
# The top and the stem of a glyph in shares of its height; in pixels, the reach of a flag and the height that tells.
_TOP, _STEM, _REACH, _LEAST_HEIGHT = 0.16, 0.75, 2, 14


def spelled(page: Grey, pieces: Sequence[Piece]) -> list[Piece]:
    """Return the pieces (each line's in reading order) of ``page`` as they must have been printed."""
    parted = [part for piece in pieces for part in _parted(piece)]
    return [
        piece if piece.raised else replace(piece, text=_text(page, piece, after))
        for piece, after in zip(parted, [*(one.text for one in parted[1:]), ""], strict=False)
    ]


def _text(page: Grey, piece: Piece, after: str) -> str:
    text = _STRAY.sub("", _ONES.sub("1", _EIGHT.sub("8", piece.text)))
    if _RISE.fullmatch(text) and after[:1].isdigit():
        return "(tăng"
    return _strokes(page, piece) if _STROKE.fullmatch(text) else text


def _parted(piece: Piece) -> Iterator[Piece]:
    """Yield the two words that a piece without its blank is, its box shared out by their letters; else the piece."""
    piece = piece if piece.raised else replace(piece, text=_without_speck(piece.text))
    at = 0 if piece.raised else piece.text.find(" ") + 1 or _blank_in(piece.text)
    if not at:
        yield piece
        return
    box = piece.box
    cut = box.left + round((box.right - box.left) * at / len(piece.text))
    gap = max(1, round(0.1 * piece.size))
    yield replace(piece, text=piece.text[:at].rstrip(), box=replace(box, right=max(cut - gap, box.left + 1)))
    yield replace(piece, text=piece.text[at:], box=replace(box, left=min(cut + gap, box.right - 1)))


def _without_speck(text: str) -> str:
    """Return ``text`` with a blank for the speck between two words; as it is where one of them is no word."""
    match = _SPECK.fullmatch(text)
    if match is None:
        return text
    first, second = (part for part in match.groups() if part is not None)
    word = second.rstrip(".,;:)")
    if first[-1].isalpha() and (not is_accented_syllable(first) or (first + word).isascii()):
        return text
    return f"{first} {second}" if is_accented_syllable(word) else text


def _blank_in(text: str) -> int:
    """Return where a blank was lost ("số268", "sốliệu"), 0 where none was: both parts are words and no other two."""
    if numbered := _GLUED_NUMBER.fullmatch(text):
        return numbered.end(1)
    match = _LETTERS_DIGITS.fullmatch(text)
    if match is not None and not match[1].isascii() and is_accented_syllable(match[1]):
        return match.end(1)
    if not text.isalpha() or not text.islower() or text.isascii() or not 4 < len(text) <= _LONGEST:
        return 0
    if is_accented_syllable(text):
        return 0
    cuts = [at for at in range(2, len(text) - 1) if is_accented_syllable(text[:at]) and is_accented_syllable(text[at:])]
    return cuts[0] if len(cuts) == 1 else 0


def _strokes(page: Grey, piece: Piece) -> str:
    """Return ones or the numeral I, II, III as the strokes are drawn; as it was read where they do not tell."""
    match = _STROKE.fullmatch(piece.text)
    if match is None:
        return piece.text
    box = piece.box
    ink = page[box.top : box.bottom, max(0, box.left - 2) : box.right + 2] < DARK
    glyphs = column_runs(ink)[: len(match[1])]
    signs = {_sign(ink[:, start:end]) for start, end in glyphs}
    return next(iter(signs)) * len(glyphs) + match[2] if len(signs) == 1 and "" not in signs else piece.text


def _sign(ink: np.ndarray[tuple[int, int], np.dtype[np.bool_]]) -> str:
    """Return "1" for a glyph that reaches to the left alone above its stem, "I" for both sides, "" for neither."""
    rows = np.flatnonzero(ink.any(axis=1))
    if rows.size < _LEAST_HEIGHT:
        return ""
    glyph = ink[rows[0] : rows[-1] + 1]
    stem = np.flatnonzero(glyph.sum(axis=0) >= _STEM * len(glyph))
    top = np.flatnonzero(glyph[: max(1, round(_TOP * len(glyph)))].any(axis=0))
    if not stem.size or not top.size:
        return ""
    left, right = int(stem[0] - top[0]), int(top[-1] - stem[-1])
    if right > 0 and 2 * right >= left:
        return "I"
    return "1" if left >= _REACH and right <= 0 else ""
