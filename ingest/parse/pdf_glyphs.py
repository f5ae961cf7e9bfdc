"""One PDF page -> its characters with places, and the rules drawn on it.

PDFium gives characters in the order they were drawn, which is not the order they are read in where a word mixes two
fonts; so nothing here relies on order: each character carries its own baseline, and words are made by place.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from ingest.parse.printed import Rule

# A page with more characters than this holds no report text (a drawing exported as glyphs, or an attack).
MAX_GLYPHS = 60_000
MAX_PATHS = 20_000
_MAX_RULE_WIDTH = 3.0  # points; thicker bars are decoration or cell shading
_MIN_RULE_LENGTH = 6.0
_UPRIGHT = 0.09  # radians a line of text may lean (a scan's text layer) before it is turned text
_BOLD_WEIGHT = 600
_NO_CHARACTER = (0x7F, 0xAD, 0xFFFE, 0xFFFF)
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
    """What stands on a page. ``turned``: how many characters lean and were left out (watermarks, side notes)."""

    placing: Placing
    chars: tuple[Glyph, ...]
    turned: int
    rules: tuple[Rule, ...]


def read_glyphs(page: pdfium.PdfPage) -> Glyphs:
    """Return the characters (blanks too: they part words) and rules of ``page``; what has no box is left out."""
    left, bottom, right, top = page.get_cropbox()
    placing = Placing(left, bottom, right - left, top - bottom, page.get_rotation() % 360)
    text = page.get_textpage()
    try:
        count = min(text.count_chars(), MAX_GLYPHS)
        fonts: dict[tuple[str, int, int], tuple[bool, bool]] = {}
        chars: list[Glyph] = []
        turned = 0
        guessed = False
        for at in range(count):
            if (code := raw.FPDFText_GetUnicode(text, at)) < 32 or code in _NO_CHARACTER:
                continue
            if code == 32 and raw.FPDFText_IsGenerated(text, at):
                guessed = True
                continue
            if _leans(text, at, placing):
                turned += 1
            elif (glyph := _glyph(text, at, chr(code), placing, fonts)) is not None:
                chars.append(replace(glyph, guessed=True) if guessed else glyph)
            guessed = False
    finally:
        text.close()
    return Glyphs(placing, tuple(chars), turned, tuple(_rules(page, placing)))


def _leans(text: pdfium.PdfTextPage, at: int, placing: Placing) -> bool:
    angle = raw.FPDFText_GetCharAngle(text, at)
    if angle < 0:
        return False
    # The angle is counter-clockwise in the page's own space; turning the page by ``turn`` makes it upright again.
    away = math.remainder(angle - math.radians(placing.turn), 2 * math.pi)
    return abs(away) > _UPRIGHT


def _glyph(
    text: pdfium.PdfTextPage, at: int, char: str, placing: Placing, fonts: dict[tuple[str, int, int], tuple[bool, bool]]
) -> Glyph | None:
    x, y = ctypes.c_double(), ctypes.c_double()
    box = raw.FS_RECTF()
    if not raw.FPDFText_GetCharOrigin(text, at, x, y) or not raw.FPDFText_GetLooseCharBox(text, at, box):
        return None
    _, base = placing.point(x.value, y.value)
    corners = [placing.point(box.left, box.bottom), placing.point(box.right, box.top)]
    left, right = sorted(corner[0] for corner in corners)
    if right <= left and not char.isspace():
        return None
    bold, italic = _style(text, at, fonts)
    return Glyph(char, left, right, base, _size(text, at), bold, italic)


def _size(text: pdfium.PdfTextPage, at: int) -> float:
    """Return the size of the type in points as shown: the font size times the scale of the text matrix."""
    matrix = raw.FS_MATRIX()
    size = float(raw.FPDFText_GetFontSize(text, at))
    if raw.FPDFText_GetMatrix(text, at, matrix):
        return abs(size) * (math.hypot(matrix.c, matrix.d) or 1.0)
    return abs(size)


def _style(
    text: pdfium.PdfTextPage, at: int, fonts: dict[tuple[str, int, int], tuple[bool, bool]]
) -> tuple[bool, bool]:
    flags = ctypes.c_int()
    buffer = ctypes.create_string_buffer(128)
    length = raw.FPDFText_GetFontInfo(text, at, buffer, len(buffer), flags)
    name = buffer.raw[: max(0, min(length, len(buffer)) - 1)].decode("utf-8", "replace").lower()
    weight = int(raw.FPDFText_GetFontWeight(text, at))
    key = (name, weight, flags.value)
    if key not in fonts:
        bold = "bold" in name or weight >= _BOLD_WEIGHT or bool(flags.value & _FORCE_BOLD)
        italic = "italic" in name or "oblique" in name or bool(flags.value & _ITALIC)
        fonts[key] = (bold, italic)
    return fonts[key]


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
        elif min(wide, high) > _MAX_RULE_WIDTH and _is_stroked(item):
            yield from _sides(left, top, right, bottom)


def _is_stroked(item: pdfium.PdfObject) -> bool:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    return bool(raw.FPDFPath_GetDrawMode(item, fill, stroke)) and bool(stroke.value)


def _sides(left: float, top: float, right: float, bottom: float) -> Iterator[Rule]:
    yield Rule(left, top, right, top)
    yield Rule(left, bottom, right, bottom)
    yield Rule(left, top, left, bottom)
    yield Rule(right, top, right, bottom)
