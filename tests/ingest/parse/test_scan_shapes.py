"""Shapes of drawn print, without a recogniser: what was read is given, what was drawn must come out."""

from __future__ import annotations

import numpy as np
import pytest

from ingest.parse.scan_marks import Line, measured, raised_marks
from ingest.parse.scan_shapes import as_drawn
from ingest.parse.tesseract import RawWord
from tests.ingest.parse import scan_pages as scans

POINTS = 14.0


def _line(drawn: str, read: str, *, points: float = POINTS) -> Line:
    """Return the line that is ``drawn`` and was ``read`` word by word, as its shapes make it."""
    grey, words = _drawn(drawn, read, points)
    return as_drawn(grey, measured(grey, words))


def _drawn(drawn: str, read: str, points: float = POINTS) -> tuple[np.ndarray, list[RawWord]]:
    page = scans.blank().crop((0, 0, 1654, 260))
    scans.write(page, (100, 100), drawn, points=points)
    grey = np.asarray(page.convert("L"))
    places, x, raised = [[100, 100]], 100, False
    for char in drawn:
        if char == "^":
            raised = True
        elif char == " ":
            x += round(scans.font(points).getlength(char))
            places.append([x, x])
        else:
            x += round(scans.font(points * 0.6 if raised else points).getlength(char))
            places[-1][1], raised = x, False
    words = read.split()
    assert len(places) == len(words)
    found = []
    for (left, right), text in zip(places, words, strict=True):
        rows = np.flatnonzero((grey[:, left : right + 1] < 140).any(axis=1))
        found.append(RawWord(text, left, int(rows[0]), right + 1, int(rows[-1]) + 1, 0.9, (1, 1, 1)))
    return grey, found


@pytest.mark.parametrize("points", [10.5, 14.0])
@pytest.mark.parametrize(
    ("drawn", "read"),
    [
        ("đạt 1.234,5 tấn", "đạt 1.234.5 tấn"),
        ("bằng 94,3% kế hoạch; trong đó, bò: 7", "bằng 94.3% kế hoạch: trong đó. bò: 7"),
        ("được, mỹ phẩm.", "được. mỹ phẩm."),
    ],
)
def test_points_are_what_is_drawn(drawn: str, read: str, points: float) -> None:
    assert " ".join(word.text for word in _line(drawn, read, points=points).words) == drawn


@pytest.mark.parametrize(("drawn", "read"), [("thu 104,5 tỷ", "thu 104.,5 tỷ"), ("thu 34,257 tỷ", "thu 34257 tỷ")])
def test_points_of_a_number_are_put_where_they_were_lost_and_not_doubled(drawn: str, read: str) -> None:
    assert " ".join(word.text for word in _line(drawn, read).words) == drawn


@pytest.mark.parametrize("text", ["ngày 02/9/2023 có 15 hộ", "đạt 1.200 ha (tăng 5,5%)", "các xã, thị trấn:"])
def test_what_was_read_right_stays(text: str) -> None:
    assert " ".join(word.text for word in _line(text, text).words) == text


@pytest.mark.parametrize(
    ("drawn", "read"),
    [
        ("I. KẾT QUẢ THỰC HIỆN", "1L. KẾT QUẢ THỰC HIỆN"),
        ("II. NHIỆM VỤ", "IL NHIỆM VỤ"),
        ("III. NHIỆM VỤ", "II. NHIỆM VỤ"),
        ("VI. NHIỆM VỤ", "VL NHIỆM VỤ"),
    ],
)
def test_a_roman_numeral_has_as_many_strokes_as_are_drawn(drawn: str, read: str) -> None:
    assert _line(drawn, read).words[0].text == drawn.split()[0]


def test_digits_before_a_heading_and_words_before_small_letters_are_no_roman_numerals() -> None:
    assert _line("1. KẾT QUẢ CHUNG", "1. KẾT QUẢ CHUNG").words[0].text == "1."
    assert _line("TL 354 qua xã", "TL 354 qua xã").words[0].text == "TL"


def test_billions_keep_their_tone_and_bullets_their_star() -> None:
    assert [word.text for word in _line("* Thu 5 tỷ đồng", "% Thu 5 tý đồng").words] == ["*", "Thu", "5", "tỷ", "đồng"]


def test_small_letters_and_a_line_without_any_have_the_same_size() -> None:
    sizes = [_line(text, text).size for text in ("Trong xã có nhiều hộ", "năm 2024.", "đạt 23,9%", "NĂM HỌC MỚI")]
    assert max(sizes) < 1.1 * min(sizes)


@pytest.mark.parametrize(
    ("drawn", "marks"),
    [("vụ xuân^1.", 1), ("triệu đồng^1^0.", 2), ("hoàn thành^5.", 1), ("đào tạo^7:", 1), ("xã^* có", 0)],
)
def test_raised_digits_are_found_glyph_by_glyph(drawn: str, marks: int) -> None:
    plain = drawn.replace("^", "")
    grey, words = _drawn(drawn, plain)
    found = raised_marks(grey, measured(grey, words))
    assert [len(one) for one in found] == ([marks] if marks else [])


def test_strokes_that_were_dropped_are_put_back_anywhere_in_a_line() -> None:
    assert [word.text for word in _line("trong quý II năm", "trong quý I năm").words] == ["trong", "quý", "II", "năm"]
    assert _line("trong quý I năm", "trong quý I năm").words[2].text == "I"


def test_the_letter_of_a_list_is_small_where_it_is_drawn_small() -> None:
    assert _line("c) Phát triển xã", "C) Phát triển xã").words[0].text == "c)"
    assert _line("C) Phát triển xã", "C) Phát triển xã").words[0].text == "C)"


def test_a_sign_before_a_numbered_heading_in_capitals_is_a_speck() -> None:
    assert [word.text for word in _line("- II. KẾT QUẢ", "- II. KẾT QUẢ").words] == ["II.", "KẾT", "QUẢ"]
    for text in ("- Kinh tế tăng", "- TĂNG TRƯỞNG KINH TẾ", "- II. kết quả"):
        assert [word.text for word in _line(text, text).words] == text.split()
