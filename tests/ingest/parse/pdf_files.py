"""Small PDF files drawn by the tests themselves, letter by letter where a layout needs it."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

FONTS = Path("/usr/share/fonts/truetype")
_FACES = {
    "Body": ("freefont/FreeSerif.ttf", "dejavu/DejaVuSerif.ttf"),
    "Body-Bold": ("freefont/FreeSerifBold.ttf", "dejavu/DejaVuSerif-Bold.ttf"),
    "Body-Italic": ("freefont/FreeSerifItalic.ttf", "dejavu/DejaVuSans-Oblique.ttf"),
    "Other": ("dejavu/DejaVuSans.ttf",),
}
WIDTH, HEIGHT = 595.3, 841.9


def draw(
    pages: list[Callable[[Any], object]], *, password: str = "", size: tuple[float, float] = (WIDTH, HEIGHT)
) -> bytes:
    """Return a PDF with one page for each of ``pages``; each draws on the canvas it is given (origin bottom left)."""
    canvas_module = pytest.importorskip("reportlab.pdfgen.canvas")
    _register()
    stream = io.BytesIO()
    canvas = canvas_module.Canvas(stream, pagesize=size, encrypt=password or None)
    for page in pages:
        page(canvas)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def put(canvas: Any, x: float, y: float, text: str, *, size: float = 14, face: str = "Body") -> float:
    """Write ``text`` with its baseline ``y`` points below the page's top; return where it ends."""
    canvas.setFont(face, size)
    canvas.drawString(x, HEIGHT - y, text)
    return float(x + canvas.stringWidth(text, face, size))


def rule(canvas: Any, x1: float, y1: float, x2: float, y2: float) -> None:
    """Draw a line, ``y`` from the page's top."""
    canvas.setLineWidth(0.5)
    canvas.line(x1, HEIGHT - y1, x2, HEIGHT - y2)


def _register() -> None:
    metrics = pytest.importorskip("reportlab.pdfbase.pdfmetrics")
    fonts = pytest.importorskip("reportlab.pdfbase.ttfonts")
    for name, files in _FACES.items():
        found = next((FONTS / file for file in files if (FONTS / file).is_file()), None)
        if found is None:
            pytest.skip(f"no font with Vietnamese letters for {name} (fonts-dejavu or fonts-freefont-ttf)")
        metrics.registerFont(fonts.TTFont(name, str(found)))
