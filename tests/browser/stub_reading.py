"""The part of the stand-in service that tells how a report was read: sheet, parsed view, pages with words and boxes."""

from __future__ import annotations

import io
from dataclasses import asdict
from typing import Any

from fastapi import FastAPI
from fastapi.responses import Response
from PIL import Image, ImageDraw

from ingest.domain import Page, PlacedWord, Span
from ingest.locating import boxes

WIDTH, HEIGHT = 600, 848  # pixels of a stand-in page
PAGE = 3
WORDS_A_LINE = 8
UNCLEAR = "1.234,5 ha"


def words_of(text: str, start: int, end: int) -> tuple[PlacedWord, ...]:
    """Set the words of ``text[start:end]`` in lines of eight, at a third of the page."""
    placed: list[PlacedWord] = []
    at = start
    for number, word in enumerate(text[start:end].split(" ")):
        column, line = number % WORDS_A_LINE, number // WORDS_A_LINE
        left, top = 0.1 + column * 0.1, 0.3 + line * 0.04
        placed.append(PlacedWord(Span(at, at + len(word)), left, top, left + 0.08, top + 0.02))
        at += len(word) + 1
    return tuple(placed)


def picture(words: tuple[PlacedWord, ...], number: int) -> bytes:
    """Draw a white page with a bar for each word."""
    page = Image.new("L", (WIDTH, HEIGHT), 255)
    draw = ImageDraw.Draw(page)
    draw.text((WIDTH // 2, 20), str(number), fill=0)
    for word in words if number == PAGE else ():
        edges = (word.left * WIDTH, word.top * HEIGHT, word.right * WIDTH, word.bottom * HEIGHT)
        draw.rectangle(edges, fill=120)
    out = io.BytesIO()
    page.save(out, "PNG")
    return out.getvalue()


def reading(text: str, quote: tuple[int, int], *, evil: str) -> dict[str, Any]:
    """Return a balance sheet with one issue at the quote and one of the whole file."""
    names = ("sections", "footnotes_found", "footnotes_bound", "tables", "figures", "passages", "indexed")
    counts = dict(zip(names, (12, 3, 2, 1, 148, 40, 40), strict=True))
    more = {"rows": 2, "numbers": 210, "in_figures": 160, "doubtful": 1, "pages": 4, "pages_recognised": 4}
    zeros = {"pages_empty": 0, "images_skipped": 1, "hidden": 0, "warnings": 2}
    issue = {"code": "lost-mark", "severity": "warning", "count": 1, "section_path": ["II. LÂM NGHIỆP"], "page": PAGE}
    whole = {"code": "image-skipped", "severity": "info", "count": 1, "section_path": [], "page": None}
    return {
        "version_id": "v1",
        "format": "pdf",
        "quality": "mostly",
        "quality_label": "đọc được phần lớn",
        "summary": "Đã đọc: 4/4 trang (4 trang quét), 12 mục, 2/3 chú thích, 1 bảng, 148 số liệu",
        "balance": counts | more | zeros | {"left_out": {"period": 50}, "issues": {}},
        "left_out": [{"reason": "period", "label": "ngày, tháng, năm, giờ", "count": 50}],
        "issues": [
            issue | {"message": f"Chú thích 3 không tìm thấy dấu trong bài {evil}", "start": quote[0], "end": quote[1]},
            whole | {"message": "Tệp có 1 hình ảnh; chữ trong ảnh không được đọc.", "start": None, "end": None},
        ],
    }


def parsed(text: str, quote: tuple[int, int]) -> dict[str, Any]:
    """Return the tree: lines, a section that holds the quote, lines, a note and a table."""
    head = text.index("II. LÂM NGHIỆP")
    line_end = text.index("\n", quote[0])
    lines, at = [], 0
    for line in text.splitlines(keepends=True):
        lines.append((at, at + len(line) - 1))
        at += len(line)
    before = [line for line in lines if line[1] <= head]
    after = [line for line in lines if line[0] > line_end]
    mark = quote[1]

    def section(number: int, title: str, start: int, end: int, heading: tuple[int, int] | None) -> dict[str, Any]:
        place = {"heading": heading, "start": start, "end": end, "kind": "roman", "marker": ""}
        return {"id": number, "parent": 0 if number else None, "level": min(number, 1), "title": title} | place

    def paragraph(number: int, line: tuple[int, int]) -> dict[str, Any]:
        return {"section": number, "kind": "text", "spans": [line], "depth": 0}

    cells = [[(line[0], line[0] + 6), (line[0] + 8, line[0] + 20)] for line in after[10:12]]
    size = {"width": 595.0, "height": 842.0, "scanned": True}
    borders = [0, before[40][0], head, after[5][0], len(text)]
    return {
        "version_id": "v1",
        "format": "pdf",
        "sections": [
            section(0, "", 0, len(text), None),
            section(1, "LÂM NGHIỆP", head, len(text), (head, head + len("II. LÂM NGHIỆP"))),
        ],
        "paragraphs": [
            *(paragraph(0, line) for line in before),
            paragraph(1, (text.rindex("\n", 0, quote[0]) + 1, line_end)),
            *(paragraph(1, line) for line in after[:9]),
        ],
        "footnotes": [{"label": "1", "mark": (mark, mark + 1), "spans": [after[9]], "section": 1}],
        "tables": [{"section": 1, "caption": "Biểu 1", "unit": "ha", "columns": ["Đoạn", "Nội dung"], "rows": cells}],
        "pages": [
            {"number": n + 1, "start": borders[n], "end": borders[n + 1]} | size for n in range(len(borders) - 1)
        ],
        "doubtful": [(text.index(UNCLEAR), text.index(UNCLEAR) + len(UNCLEAR))],
    }


def figures(text: str) -> list[dict[str, Any]]:
    """Return the two figures of the quote; the first was read unclearly."""
    shared = {"period": "quý I/2031", "place": "huyện Mẫu Sơn", "whole": None}
    unclear = {"value": "1234.5", "unit": "ha", "role": "level", "base": "", "doubtful": True}
    clear = {"value": "12.5", "unit": "%", "role": "change", "base": "cùng kỳ", "doubtful": False}
    return [
        {"text": words, "indicator": "diện tích rừng trồng mới", "start": text.index(words)}
        | {"end": text.index(words) + len(words)}
        | shared
        | rest
        for words, rest in ((UNCLEAR, unclear), ("12,5%", clear))
    ]


def add_reading(app: FastAPI, text: str, quote: tuple[int, int], *, evil: str) -> None:
    """Give ``app`` the routes of reading."""
    words = words_of(text, *quote)

    @app.get("/v1/reports/{report_id}/balance")
    def balance(report_id: str) -> dict[str, Any]:
        return reading(text, quote, evil=evil)

    @app.get("/v1/reports/{report_id}/parsed")
    def parsed_view(report_id: str) -> dict[str, Any]:
        return parsed(text, quote) | ({"pages": []} if report_id == "r2" else {})

    @app.get("/v1/reports/{report_id}/figures")
    def list_figures(report_id: str) -> dict[str, Any]:
        return {"version_id": "v1", "figures": figures(text), "next": None}

    @app.get("/v1/reports/{report_id}/boxes")
    def find_boxes(report_id: str, start: int, end: int) -> dict[str, Any]:
        page = Page(PAGE, Span(0, len(text)), 595, 842, words=words)
        found = boxes(page, Span(start, end)) if report_id == "r1" else ()
        return {"version_id": "v1", "boxes": [asdict(box) for box in found]}

    @app.get("/v1/reports/{report_id}/pages/{number}/image")
    def image(report_id: str, number: int) -> Response:
        return Response(picture(words, number), media_type="image/png")
