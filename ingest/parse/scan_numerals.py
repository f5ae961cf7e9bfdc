"""Numerals and numbers of a scanned page that recognition takes for letters, put right by what stands beside them.

"quý l;", "Quý [I", "Phụ lục H": a Roman numeral follows these nouns, with as many strokes as are drawn. "1I" is 11, and
of "24.4" on a page whose numbers have commas the point is one: thousands come in threes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from ingest.parse.scan_ink import Grey
from ingest.parse.scan_marks import DARK, X_HEIGHT, column_runs
from ingest.parse.scan_words import Piece

# What Roman numerals number in reports: "quý II", "phụ lục I", "phần III", "học kỳ I", "giai đoạn II", "loại I".
_NUMBERED = frozenset(("quý", "lục", "phần", "chương", "mục", "kỳ", "đoạn", "loại", "hạng", "bậc", "cấp", "khối"))
_STROKES = re.compile(r"(?P<ones>(?!\d+\b)[IÌÍÎÏiìíîïlLT1|!\[\]H]{1,4})(?P<five>V?)(?P<stop>[.,;:)]?)")
# A numeral that grew together with its noun, or with the "năm" behind it.
_GLUED = re.compile(r"((?i:quý|lục))((?:I{1,3}|I?V)[.,;:]?)|(I{1,3}|IV)((?i:năm))")
_CLEAR = re.compile(r"I{1,3}[.,;:)]?")
_BLANK = 0.15  # half of a blank, in sizes of type
_STEM, _MOST_STEMS = 1.1, 3  # x-heights: an upright stroke of a capital
_ONES = re.compile(r"(?=[Il|]*\d)(?=\d*[Il|])[\dIl|]{2,5}")
_TO_ONES = str.maketrans("Il|", "111")
_COMMA = re.compile(r"[(+-]?\d{1,3}(?:\.\d{3})*,\d{1,2}%?[).,;:]*")
_POINT = re.compile(r"([(+-]?\d{1,3}(?:\.\d{3})*)\.(\d{1,2}%?[),;:]*)")
_LEAST_COMMAS = 3
_POINTED = ("ngày", "đến", "mục", "điểm", "khoản", "bảng", "biểu")  # "ngày 22.4", "mục 2.1"


def with_numerals(page: Grey, pieces: Sequence[Piece]) -> list[Piece]:
    """Return the pieces, each line's in reading order, with numerals and points as they must have been printed."""
    found: list[Piece] = []
    for piece in chain.from_iterable(map(_parted, pieces)):
        if found and found[-1].text.lower() in _NUMBERED and not piece.raised:
            piece = replace(piece, text=_numeral(page, piece))
        elif _ONES.fullmatch(piece.text):
            piece = replace(piece, text=piece.text.translate(_TO_ONES))
        found.append(piece)
    commas = sum(_COMMA.fullmatch(piece.text) is not None for piece in found)
    points = [at for at in range(len(found)) if _is_point(found, at)]
    if commas >= max(_LEAST_COMMAS, 2 * len(points)):
        for at in points:
            found[at] = replace(found[at], text=_POINT.sub(r"\1,\2", found[at].text))
    return found


def _is_point(pieces: Sequence[Piece], at: int) -> bool:
    """Tell whether piece ``at`` is a number with a point for its comma: no date, nor the number of a heading."""
    before, after = (pieces[n].text if 0 <= n < len(pieces) else "" for n in (at - 1, at + 1))
    marker = after[:1].isupper() or before.lower() in _POINTED
    return _POINT.fullmatch(pieces[at].text) is not None and not marker


def _parted(piece: Piece) -> Iterator[Piece]:
    """Yield the two words that a piece is, its box shared out by their letters; else the piece."""
    match = _GLUED.fullmatch(piece.text)
    if match is None:
        yield piece
        return
    first, second = filter(None, match.groups())
    box, blank = piece.box, max(1, round(_BLANK * piece.size))
    cut = box.left + round((box.right - box.left) * len(first) / len(piece.text))
    yield replace(piece, text=first, box=replace(box, right=max(cut - blank, box.left + 1)))
    yield replace(piece, text=second, box=replace(box, left=min(cut + blank, box.right - 1)))


def _numeral(page: Grey, piece: Piece) -> str:
    """Return the numeral with as many strokes as are drawn, the text as it is where it is no numeral."""
    match = _STROKES.fullmatch(piece.text)
    if match is None or _CLEAR.fullmatch(piece.text):
        return piece.text
    box = piece.box
    ink = page[box.top : box.bottom, max(0, box.left - 2) : box.right + 2] < DARK
    stems = len(column_runs(ink.sum(axis=0, keepdims=True) >= _STEM * X_HEIGHT * piece.size))
    if not 1 <= stems <= _MOST_STEMS:
        stems = 1 if len(match["ones"]) == 1 else 0
    return f"{'I' * stems}{match['five']}{match['stop']}" if stems else piece.text
