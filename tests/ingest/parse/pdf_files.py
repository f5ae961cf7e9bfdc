"""Small PDF files drawn by the tests themselves, letter by letter where a layout needs it."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ingest.domain import Report
from ingest.parse.read import read_report

FONTS = Path("/usr/share/fonts/truetype")
_FACES = {
    "Body": ("freefont/FreeSerif.ttf", "dejavu/DejaVuSerif.ttf"),
    "Body-Bold": ("freefont/FreeSerifBold.ttf", "dejavu/DejaVuSerif-Bold.ttf"),
    "Body-Italic": ("freefont/FreeSerifItalic.ttf", "dejavu/DejaVuSans-Oblique.ttf"),
    "Other": ("dejavu/DejaVuSans.ttf",),
}
WIDTH, HEIGHT = 595.3, 841.9
LEFT, RIGHT = 85.0, 540.0
STEP = 20.0


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


def read(*pages: Callable[[Any], object]) -> Report:
    return read_report(draw(list(pages)), name="a.pdf")


def paragraphs(report: Report) -> list[str]:
    return [" ".join(" ".join(s.of(report.text) for s in p.spans).split()) for p in report.paragraphs]


def column(
    canvas: Any, lines: list[str], *, top: float = 120, left: float = LEFT, right: float = RIGHT, size: float = 14
) -> float:
    """Write ``lines`` one below the other, justified but for those ending a sentence; a tab indents the line.

    Return the next baseline.
    """
    for line in lines:
        start = left + (28 if line.startswith("\t") else 0)
        words = line.split()
        wide = sum(canvas.stringWidth(word, "Body", size) for word in words)
        blank = (right - start - wide) / (len(words) - 1) if not line.endswith(".") else size / 4
        for word in words:
            start = put(canvas, start, top, word, size=size) + blank
        top += STEP * size / 14
    return top


PARAGRAPH = [
    "\tTổng giá trị sản xuất trên địa bàn quý I ước đạt 1.250 tỷ đồng, tăng",
    "9,5% so với cùng kỳ; trong đó nông nghiệp tăng 3,1%, công nghiệp và xây",
    "dựng tăng 12,4%.",
]
SECOND = [
    "\tThu ngân sách nhà nước trên địa bàn ước đạt 96,4 tỷ đồng, bằng 24,7% dự",
    "toán tỉnh giao.",
]
