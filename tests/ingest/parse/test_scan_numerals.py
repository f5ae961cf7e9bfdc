"""Numerals of drawn print, without a recogniser: what was read is given, what was drawn must come out."""

from __future__ import annotations

import numpy as np
import pytest

from ingest.parse.scan_marks import Box
from ingest.parse.scan_numerals import with_numerals
from ingest.parse.scan_words import Piece
from tests.ingest.parse import scan_pages as scans

POINTS = 14.0


def _read(drawn: str, read: str) -> str:
    """Return what becomes of the words ``read`` where ``drawn`` is printed; words of both stand at the same places."""
    page = scans.blank().crop((0, 0, 1654, 260))
    scans.write(page, (100, 100), drawn, points=POINTS)
    size = POINTS * scans.DPI / 72
    left, pieces = 100.0, []
    for shown, text in zip(drawn.split(), read.split(), strict=True):
        width = scans.font(POINTS).getlength(shown)
        pieces.append(Piece(text, Box(round(left), 95, round(left + width), 150), size, 0.9))
        left += width + scans.font(POINTS).getlength(" ")
    return " ".join(piece.text for piece in with_numerals(np.asarray(page.convert("L")), pieces))


@pytest.mark.parametrize(
    ("drawn", "read"),
    [
        ("trong quý I; nhiệm vụ quý II", "trong quý l; nhiệm vụ quý II"),
        ("Quý I (từ ngày 15/12)", "Quý [I (từ ngày 15/12)"),
        ("Phụ lục II", "Phụ lục H"),
        ("Phụ lục III", "Phụ lục IH"),
        ("cuối quý I. Xã loại II", "cuối quý Ì. Xã loại 1I"),
    ],
)
def test_a_numeral_has_as_many_strokes_as_are_drawn(drawn: str, read: str) -> None:
    assert _read(drawn, read) == drawn


@pytest.mark.parametrize("text", ["quý 1 năm 2024", "loại 11 tấn", "phần lớn", "tập l đường", "quý IV", "H là hộ"])
def test_what_is_no_misread_numeral_stays(text: str) -> None:
    assert _read(text, text) == text


def test_a_numeral_that_grew_together_with_its_neighbour_is_parted() -> None:
    assert _read("PhụlụcII QUÝ INĂM 2024", "PhụlụcII QUÝ INĂM 2024") == "PhụlụcII QUÝ I NĂM 2024"
    assert _read("Phụ lụcII", "Phụ lụcII") == "Phụ lục II"


def test_strokes_among_digits_are_ones() -> None:
    assert _read("11 xã 12", "1I xã l2") == "11 xã 12"


def test_a_point_before_one_or_two_digits_is_a_comma_where_numbers_have_commas() -> None:
    assert _read("1,5 2,5 3,25 0,5 4,5 1.250,5 0", "1,5 2,5 3,25 0,5 4.5 1.250.5 0") == "1,5 2,5 3,25 0,5 4,5 1.250,5 0"
    marked = "1,5 2,5 3,25 0,5 ngày 22.4 và 2.1 Nông nghiệp"
    assert _read(marked, marked) == marked
    dotted = "1.5 2.5 3.25 4,5 1.250"
    assert _read(dotted, dotted) == dotted
