"""Stamps in black: what recognition takes for a picture is looked at by itself."""

from __future__ import annotations

import numpy as np
import pytest

from ingest.errors import RefusedReport
from ingest.parse import scan_stamps
from ingest.parse.ocr import recognise_page
from ingest.parse.scan_ink import Grey
from ingest.parse.scan_stamps import stamps_of
from ingest.parse.secrecy import refuse_secret
from ingest.parse.tesseract import RawWord
from tests.ingest.parse import scan_pages as scans

_DPI = 200.0


def _looked_at(monkeypatch: pytest.MonkeyPatch, *frames: tuple[int, int, int, int], word: RawWord | None = None) -> int:
    """Return how many pieces of a page with these frames (left, top, right, bottom) are read by themselves."""
    page = np.full((2339, 1654), 255, np.uint8)
    for left, top, right, bottom in frames:
        page[top:bottom, left:right] = 0
        page[top + 4 : bottom - 4, left + 4 : right - 4] = 255
    pieces: list[tuple[int, ...]] = []

    def lines(ink: Grey, _dpi: float) -> list[str]:
        pieces.append(ink.shape)
        return ["MẠẬT"]

    monkeypatch.setattr(scan_stamps, "_lines_in", lines)
    said = stamps_of([word] if word else [], page, None, _DPI)
    assert said == (("MẬT",) if pieces else ())
    return len(pieces)


def test_ink_of_a_stamps_size_that_holds_no_word_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _looked_at(monkeypatch, (300, 300, 450, 384)) == 1
    assert _looked_at(monkeypatch, (300, 300, 450, 384), (700, 300, 850, 384)) == 2


def test_tables_specks_words_and_the_lower_page_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    read = RawWord("chữ", 295, 295, 455, 390, 0.9, (1, 1, 1))
    assert _looked_at(monkeypatch, (300, 300, 450, 384), word=read) == 0
    for frame in ((200, 300, 1500, 900), (300, 300, 310, 310), (300, 1500, 450, 1584)):
        assert _looked_at(monkeypatch, frame) == 0


@pytest.mark.programs
@pytest.mark.parametrize("degrees", [-4.0, 0.0, 3.0])
def test_a_lone_black_stamp_is_found(degrees: float) -> None:
    scans.needs_tesseract()
    page = scans.blank()
    scans.write_lines(page, ["BÁO CÁO", "Tình hình kinh tế - xã hội quý I năm 2023 của huyện"], top=600)
    scans.secrecy_stamp(page, "MẬT", degrees=degrees, colour=(20, 20, 20))
    read = recognise_page(page, number=1, width=595.0, height=842.0)
    with pytest.raises(RefusedReport):
        refuse_secret("", (), header_end=0, stamps=read.stamps)
