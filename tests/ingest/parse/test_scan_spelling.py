"""Words and strokes of drawn print, without a recogniser: what was read is given, what was drawn must come out."""

from __future__ import annotations

import numpy as np
import pytest

from ingest.parse.scan_marks import Box
from ingest.parse.scan_spelling import spelled
from ingest.parse.scan_words import Piece
from tests.ingest.parse import scan_pages as scans


def _read(drawn: str, read: str, *, points: float = 13.0) -> str:
    """Return what becomes of the words ``read`` where ``drawn`` is printed, both cut at the same blanks."""
    page = scans.blank().crop((0, 0, 1654, 260))
    scans.write(page, (100, 100), drawn.replace("_", " "), points=points)
    face, left, pieces = scans.font(points), 100.0, []
    for shown, text in zip(drawn.split("_"), read.split("_"), strict=True):
        width = face.getlength(shown)
        pieces.append(Piece(text, Box(round(left), 95, round(left + width), 150), points * scans.DPI / 72, 0.9))
        left += face.getlength(shown + " ")
    return " ".join(piece.text for piece in spelled(np.asarray(page.convert("L")), pieces))


def _said(read: str) -> str:
    """Return what becomes of words as they were read, whatever is drawn."""
    return _read(read, read)


@pytest.mark.parametrize("points", [11.0, 13.0])
def test_lone_ones_and_strokes_are_told_by_their_shape(points: float) -> None:
    assert _read("đợt_1_loại_I", "đợt_I_loại_1", points=points) == "đợt 1 loại I"
    assert _read("loại_II", "loại_11", points=points) == "loại II"


def test_strokes_among_digits_are_ones_and_a_soiled_eight_is_one() -> None:
    assert _said("I6_hộ,_I.450_m,_bệnh-I9,_3I_người,_§_xã,_2§%") == "16 hộ, 1.450 m, bệnh-19, 31 người, 8 xã, 28%"
    assert _said("I.1._Kinh_tế_III._Số_47,/1_ha,_ngày_05/6") == "I.1. Kinh tế III. Số 47,1 ha, ngày 05/6"


def test_a_rise_in_brackets_before_a_number_has_its_t() -> None:
    assert _said("(ăng_05_vụ)_(ứăng_2,5%)_(/ăng_01_ca)") == "(tăng 05 vụ) (tăng 2,5%) (tăng 01 ca)"
    assert _said("(răng_sữa)_xăng_05_lít") == "(răng sữa) xăng 05 lít"


def test_two_words_that_lost_their_blank_are_two() -> None:
    assert _said("số268/BC-UBND_sốliệu_phẩm3") == "số 268/BC-UBND số liệu phẩm 3"
    # Words of more than one possible cut, words of other languages, units and names of things stay as they are.
    assert _said("km2_QL10_huyện_logistics_COVID19") == "km2 QL10 huyện logistics COVID19"


def test_a_speck_between_two_words_is_their_blank() -> None:
    assert _said("BÁO.CÁO_502-con,_mở.rộng._(12-hộ)") == "BÁO CÁO 502 con, mở rộng. (12 hộ)"
    assert _said("TP.HCM_v.v._Tp.Huế_hoạch.Trong_COVID-19_2020-2025_12-xyz") == (
        "TP.HCM v.v. Tp.Huế hoạch.Trong COVID-19 2020-2025 12-xyz"
    )
    assert _read("I. KẾT_QUẢ", "1.KẾT_QUẢ") == "I. KẾT QUẢ" and _said("I.1._Kinh") == "I.1. Kinh"


def test_a_blank_page_stays_one() -> None:
    assert spelled(np.full((10, 10), 255, np.uint8), []) == []
