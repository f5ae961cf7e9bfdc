"""Pages as a scanner gives them, drawn for the tests: print, raised marks, tables, stamps and wear."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

DPI = 200
WIDTH, HEIGHT = 595.0, 842.0
SIZE = (1654, 2339)
BLACK, RED = (15, 15, 15), (200, 30, 45)
_FONTS = (
    "/usr/share/fonts/truetype/freefont/FreeSerif.ttf",
    "/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf",
)


def font(points: float) -> ImageFont.FreeTypeFont:
    """Return a serif face with the Vietnamese letters; skips the test where none is installed."""
    path = next((path for path in _FONTS if Path(path).is_file()), None)
    if path is None:
        pytest.skip("no serif font with Vietnamese letters is installed")
    return ImageFont.truetype(path, round(points * DPI / 72))


def needs_tesseract() -> None:
    """Skip the test where Tesseract is not installed."""
    if shutil.which("tesseract") is None:
        pytest.skip("Tesseract is not installed")


def blank() -> Image.Image:
    """Return an empty white page."""
    return Image.new("RGB", SIZE, "white")


def write(page: Image.Image, at: tuple[int, int], text: str, *, points: float = 14) -> None:
    """Print a line, its letters' top at ``at``; ``^`` before a character raises and shrinks it, as Word does."""
    pen, (x, y) = ImageDraw.Draw(page), at
    normal, small = font(points), font(points * 0.6)
    base = y + normal.getmetrics()[0]
    raised = False
    for char in text:
        if char == "^":
            raised = True
            continue
        if raised:
            pen.text((x, base - points * DPI / 72 * 0.33), char, font=small, fill=BLACK, anchor="ls")
            x += round(small.getlength(char))
        else:
            pen.text((x, base), char, font=normal, fill=BLACK, anchor="ls")
            x += round(normal.getlength(char))
        raised = False


def write_lines(page: Image.Image, lines: Sequence[str], *, top: int = 300, points: float = 14) -> None:
    """Print lines below each other, one and a half sizes apart."""
    for number, line in enumerate(lines):
        write(page, (240, top + round(number * points * 1.5 * DPI / 72)), line, points=points)


def round_stamp(page: Image.Image, middle: tuple[int, int], radius: int = 170) -> None:
    """Put a round red stamp over what is printed there: black print below it stays black."""
    layer = Image.new("RGB", page.size, "white")
    pen, (x, y) = ImageDraw.Draw(layer), middle
    for size, line in ((radius, 8), (radius * 3 // 4, 4)):
        pen.ellipse((x - size, y - size, x + size, y + size), outline=RED, width=line)
    pen.regular_polygon((x, y, radius // 3), 5, fill=RED)
    page.paste(Image.fromarray(np.minimum(np.asarray(page), np.asarray(layer))))


def secrecy_stamp(page: Image.Image, text: str, *, degrees: float, colour: tuple[int, int, int] = RED) -> None:
    """Put a framed secrecy stamp, turned a little, at the top left of the page."""
    face = font(15)
    width, height = round(face.getlength(text)) + 60, 90
    stamp = Image.new("RGB", (width, height), "white")
    pen = ImageDraw.Draw(stamp)
    pen.rectangle((3, 3, width - 4, height - 4), outline=colour, width=5)
    pen.text((width // 2, height // 2), text, font=face, fill=colour, anchor="mm")
    layer = Image.new("RGB", page.size, "white")
    layer.paste(stamp.rotate(degrees, expand=True, fillcolor="white", resample=Image.Resampling.BICUBIC), (230, 210))
    page.paste(Image.fromarray(np.minimum(np.asarray(page), np.asarray(layer))))


def worn(
    page: Image.Image, *, degrees: float = 0.0, noise: float = 0.0, paper: int = 255, seed: int = 7
) -> Image.Image:
    """Return the page turned, on grey paper, with noise."""
    turned = page.rotate(degrees, fillcolor="white", resample=Image.Resampling.BICUBIC)
    values = np.asarray(turned, dtype=np.float32) * (paper / 255)
    values += np.random.default_rng(seed).normal(0.0, noise, values.shape[:2])[:, :, None]
    return Image.fromarray(np.clip(values, 0, 255).astype(np.uint8))
