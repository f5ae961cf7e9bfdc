"""One PDF page -> its characters with places, and the rules drawn on it.

PDFium gives characters in the order they were drawn, which is not the order they are read in where a word mixes two
fonts; so nothing here relies on order: each character carries its own baseline, and words are made by place.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from ingest.parse.printed import Rule

# A page with more characters than this holds no report text (a drawing exported as glyphs, or an attack).
MAX_GLYPHS = 60_000
MAX_PATHS = 20_000
_MAX_RULE_WIDTH = 3.0  # points; thicker bars are decoration or cell shading
_MIN_RULE_LENGTH = 6.0
_UPRIGHT = 5.0  # degrees a line of text may lean (a scan's text layer) before it is turned text
_MOST_PRINT = 0.6  # share of a page's print that must stand on its side for the page to be turned
_WHITE, _SEEN_THROUGH = 250, 20  # of 255
_FILLED_MODES = (0, 2, 4, 6)  # text rendering modes that fill letters (ISO 32000-1, table 106)
_BOLD_WEIGHT = 600
_NO_CHARACTER = (0x7F, 0xAD, 0xFFFE, 0xFFFF)
_LINE_END_HYPHENS = (0x02, 0xFFFE)  # what PDFium makes of a hyphen that ends a line
_FORCE_BOLD, _ITALIC = 1 << 18, 1 << 6  # font descriptor flags (ISO 32000-1, table 123)


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character: ``left``, ``right`` and ``base`` (its baseline) in points from the top left of the upright page.

    ``guessed``: PDFium takes it for the beginning of a word, often wrongly where a word changes its font.
    """

    char: str
    left: float
    right: float
    base: float
    size: float
    bold: bool
    italic: bool
    guessed: bool = False


@dataclass(frozen=True, slots=True)
class Placing:
    """How a page's own coordinates become points from the top left of the page as shown."""

    left: float
    bottom: float
    width: float  # of the box, before turning
    height: float
    turn: int  # degrees clockwise: 0, 90, 180, 270

    @property
    def shown(self) -> tuple[float, float]:
        """Return width and height of the page as shown."""
        return (self.width, self.height) if self.turn in (0, 180) else (self.height, self.width)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Return where the point (x, y) of the page's own coordinates is shown."""
        u, v = x - self.left, self.height - (y - self.bottom)
        if self.turn == 90:
            return self.height - v, u
        if self.turn == 180:
            return self.width - u, self.height - v
        if self.turn == 270:
            return v, self.width - u
        return u, v


@dataclass(frozen=True, slots=True)
class Glyphs:
    """What stands on a page.

    ``turned``: how many characters lean and were left out (watermarks, side notes); ``hidden``: how many are white on
    white and were left out; ``cut``: there were more than MAX_GLYPHS.
    """

    placing: Placing
    chars: tuple[Glyph, ...]
    rules: tuple[Rule, ...]
    turned: int = 0
    hidden: int = 0
    cut: bool = False


@dataclass(frozen=True, slots=True)
class _Look:
    """What the characters of one text object share. ``quarter``: degrees counter-clockwise, None when aslant."""

    size: float
    bold: bool
    italic: bool
    quarter: int | None
    white: bool


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A character where the file draws it: ``box`` is (left, bottom, right, top) in the page's own coordinates."""

    char: str
    box: tuple[float, float, float, float]
    origin: tuple[float, float]
    look: _Look
    guessed: bool


def read_glyphs(page: pdfium.PdfPage) -> Glyphs:
    """Return the characters (blanks too: they part words) and rules of ``page``; what has no box is left out.

    A page whose print stands on its side is turned until it can be read.
    """
    left, bottom, right, top = page.get_cropbox()
    text = page.get_textpage()
    try:
        count = text.count_chars()
        drawn = list(_drawn(text, min(count, MAX_GLYPHS)))
    finally:
        text.close()
    placing = Placing(left, bottom, right - left, top - bottom, _turn(page, drawn))
    upright = [one for one in drawn if one.look.quarter == placing.turn]
    backs = list(_backs(page)) if any(one.look.white for one in upright) else []
    seen = [one for one in upright if not one.look.white or _on_ink(one, backs)]
    chars = tuple(glyph for one in seen if (glyph := _glyph(one, placing)) is not None)
    rules = tuple(_rules(page, placing))
    return Glyphs(placing, chars, rules, len(drawn) - len(upright), len(upright) - len(seen), count > MAX_GLYPHS)


def _turn(page: pdfium.PdfPage, drawn: Sequence[_Drawn]) -> int:
    """Return how far (degrees clockwise) the page is turned to be read: as its file says, or as most print stands."""
    said = int(page.get_rotation()) % 360
    turns = Counter(one.look.quarter for one in drawn if not one.char.isspace())
    main, most = next(iter(turns.most_common(1)), (said, 0))
    return main if main is not None and most > _MOST_PRINT * sum(turns.values()) else said


def _drawn(text: pdfium.PdfTextPage, count: int) -> Iterator[_Drawn]:
    looks: dict[int, _Look] = {}
    x, y, box = ctypes.c_double(), ctypes.c_double(), raw.FS_RECTF()
    guessed = False
    for at in range(count):
        code = raw.FPDFText_GetUnicode(text, at)
        if code in _LINE_END_HYPHENS and raw.FPDFText_IsHyphen(text, at) == 1:
            code = ord("-")
        if code < 32 or code in _NO_CHARACTER:
            continue
        if raw.FPDFText_IsGenerated(text, at) == 1:
            guessed = guessed or code == 32
            continue
        owner = raw.FPDFText_GetTextObject(text, at)
        address = ctypes.cast(owner, ctypes.c_void_p).value or 0
        if address not in looks:
            looks[address] = _look(text, at)
        if raw.FPDFText_GetCharOrigin(text, at, x, y) and raw.FPDFText_GetLooseCharBox(text, at, box):
            edges = (box.left, box.bottom, box.right, box.top)
            yield _Drawn(chr(code), edges, (x.value, y.value), looks[address], guessed)
        guessed = False


def _look(text: pdfium.PdfTextPage, at: int) -> _Look:
    matrix = raw.FS_MATRIX(1, 0, 0, 1, 0, 0)
    raw.FPDFText_GetMatrix(text, at, matrix)
    size = abs(float(raw.FPDFText_GetFontSize(text, at))) * (math.hypot(matrix.c, matrix.d) or 1.0)
    angle = math.degrees(math.atan2(matrix.b, matrix.a))
    near = round(angle / 90) * 90
    bold, italic = _style(text, at)
    return _Look(size, bold, italic, near % 360 if abs(angle - near) < _UPRIGHT else None, _is_white(text, at))


def _style(text: pdfium.PdfTextPage, at: int) -> tuple[bool, bool]:
    flags = ctypes.c_int()
    buffer = ctypes.create_string_buffer(128)
    length = raw.FPDFText_GetFontInfo(text, at, buffer, len(buffer), flags)
    name = buffer.raw[: max(0, min(length, len(buffer)) - 1)].decode("utf-8", "replace").lower()
    weight = int(raw.FPDFText_GetFontWeight(text, at))
    bold = "bold" in name or weight >= _BOLD_WEIGHT or bool(flags.value & _FORCE_BOLD)
    return bold, "italic" in name or "oblique" in name or bool(flags.value & _ITALIC)


def _is_white(text: pdfium.PdfTextPage, at: int) -> bool:
    """Tell whether a character is printed in white or with ink one sees through; unprinted text under a scan is not."""
    if raw.FPDFTextObj_GetTextRenderMode(raw.FPDFText_GetTextObject(text, at)) not in _FILLED_MODES:
        return False
    inks = [ctypes.c_uint() for _ in range(4)]
    if not raw.FPDFText_GetFillColor(text, at, *inks):
        return False
    *colours, alpha = (ink.value for ink in inks)
    return alpha < _SEEN_THROUGH or min(colours) >= _WHITE


def _backs(page: pdfium.PdfPage) -> Iterator[tuple[float, float, float, float]]:
    """Yield the boxes of what white letters can be read on: images and areas filled with another colour than white."""
    kinds = [raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE]
    for number, item in enumerate(page.get_objects(filter=kinds, max_depth=3)):
        if number >= MAX_PATHS:
            return
        inks = [ctypes.c_uint() for _ in range(4)]
        if item.type == raw.FPDF_PAGEOBJ_PATH:
            if not _is_drawn(item)[0] or not raw.FPDFPageObj_GetFillColor(item, *inks):
                continue
            if min(ink.value for ink in inks[:3]) >= _WHITE:
                continue
        yield item.get_bounds()


def _on_ink(one: _Drawn, backs: Sequence[tuple[float, float, float, float]]) -> bool:
    x, y = (one.box[0] + one.box[2]) / 2, one.origin[1]
    return any(left <= x <= right and bottom <= y <= top for left, bottom, right, top in backs)


def _glyph(one: _Drawn, placing: Placing) -> Glyph | None:
    _, base = placing.point(*one.origin)
    corners = [placing.point(*one.box[:2]), placing.point(*one.box[2:])]
    left, right = sorted(corner[0] for corner in corners)
    if right <= left and not one.char.isspace():
        return None
    look = one.look
    return Glyph(one.char, left, right, base, look.size, look.bold, look.italic, one.guessed)


def _rules(page: pdfium.PdfPage, placing: Placing) -> Iterator[Rule]:
    for number, item in enumerate(page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=3)):
        if number >= MAX_PATHS:
            return
        x0, y0, x1, y1 = item.get_bounds()
        first, second = placing.point(x0, y0), placing.point(x1, y1)
        left, right = sorted((first[0], second[0]))
        top, bottom = sorted((first[1], second[1]))
        wide, high = right - left, bottom - top
        if min(wide, high) <= _MAX_RULE_WIDTH and max(wide, high) >= _MIN_RULE_LENGTH:
            yield Rule(left, top, right, bottom)
        elif min(wide, high) > _MAX_RULE_WIDTH and _is_drawn(item)[1]:
            yield from _sides(left, top, right, bottom)


def _is_drawn(item: pdfium.PdfObject) -> tuple[bool, bool]:
    """Return whether a path is (filled, stroked)."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    known = raw.FPDFPath_GetDrawMode(item, fill, stroke)
    return bool(known and fill.value), bool(known and stroke.value)


def _sides(left: float, top: float, right: float, bottom: float) -> Iterator[Rule]:
    yield Rule(left, top, right, top)
    yield Rule(left, bottom, right, bottom)
    yield Rule(left, top, left, bottom)
    yield Rule(right, top, right, bottom)
