"""Scanned pages read by Tesseract: few pages, since each takes seconds."""

from __future__ import annotations

import pytest
from PIL import Image, ImageDraw

from ingest.errors import UnreadableReport
from ingest.parse.ocr import _without_junk, recognise_page
from ingest.parse.printed import PrintedPage
from ingest.parse.tesseract import RawWord
from tests.ingest.parse import scan_pages as scans

pytestmark = pytest.mark.programs


@pytest.fixture(autouse=True)
def _tesseract() -> None:
    scans.needs_tesseract()


def _read(page: Image.Image) -> PrintedPage:
    return recognise_page(page, number=1, width=scans.WIDTH, height=scans.HEIGHT)


def test_worn_page_with_stamp_is_level_and_its_marks_are_raised() -> None:
    page = scans.blank()
    scans.write_lines(
        page,
        [
            "Diện tích gieo cấy lúa xuân 4.152,8 ha^1, đạt 100,1% kế hoạch.",
            "Nạo vét 29,8 km kênh mương, khối lượng 45.320 m^3 đất^1^2.",
            "Kinh phí hỗ trợ 1 tỷ 085 triệu đồng, đã giải ngân 93,5%.",
        ],
    )
    scans.round_stamp(page, (700, 420))
    read = _read(scans.worn(page, degrees=1.5, noise=10.0, paper=205))
    words = sorted(read.words, key=lambda word: (round((word.top - 108) / 21), word.left))
    assert [word.text for word in words if word.raised] == ["1", "3", "12"]
    text = " ".join(word.text for word in words if not word.raised)
    assert "4.152,8" in text
    assert "45.320" in text
    assert "085 triệu đồng" in text
    assert read.scanned
    assert all(13 < word.size < 16 for word in read.words)


def test_table_is_read_cell_by_cell_with_its_rules() -> None:
    page = scans.blank()
    rows = [("Chỉ tiêu", "Năm 2022", "Năm 2023"), ("Lúa", "1.234,5", "8.128"), ("Ngô", "655,7", "-")]
    pen = ImageDraw.Draw(page)
    for x in (240, 700, 1000, 1300):
        pen.line((x, 400, x, 640), fill=scans.BLACK, width=3)
    for y in (400, 480, 560, 640):
        pen.line((240, y, 1300, y), fill=scans.BLACK, width=3)
    for down, row in enumerate(rows):
        for left, text in zip((250, 708, 1008), row, strict=True):
            scans.write(page, (left, 410 + 80 * down), text)
    read = _read(page)
    assert {"8.128", "655,7", "-"} <= {word.text for word in read.words}
    assert sum(rule.left == rule.right for rule in read.rules) == 4
    assert sum(rule.top == rule.bottom for rule in read.rules) == 4


def test_page_lying_on_its_side_is_turned_upright() -> None:
    page = scans.blank().crop((0, 0, 1654, 1000))
    lines = ["Tình hình kinh tế - xã hội quý I", "Diện tích gieo trồng cây hằng năm đạt 4.152 ha", "Thu ngân sách"]
    scans.write_lines(page, [*lines, "Công tác quản lý nhà nước về tài nguyên và môi trường", *lines])
    lying = page.rotate(90, expand=True)
    read = recognise_page(lying, number=4, width=lying.width * 0.36, height=lying.height * 0.36)
    assert (round(read.width), round(read.height)) == (595, 360)
    assert " ".join(word.text for word in read.words).count("kinh tế") == 2


@pytest.mark.parametrize("colour", [scans.RED, scans.BLACK])
def test_secrecy_stamp_is_told(colour: tuple[int, int, int]) -> None:
    page = scans.blank()
    scans.write_lines(page, ["Báo cáo kết quả thực hiện nhiệm vụ quý I năm 2023"], top=500)
    scans.secrecy_stamp(page, "TỐI MẬT", degrees=2.0, colour=colour)
    assert "TỐI MẬT" in _read(page).stamps


def test_blank_page_has_no_words() -> None:
    assert _read(scans.blank()).words == ()


def test_missing_tesseract_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pytesseract.pytesseract.tesseract_cmd", "no-such-program")
    page = scans.blank()
    scans.write_lines(page, ["Một dòng chữ"])
    with pytest.raises(UnreadableReport, match="tesseract-ocr-vie") as caught:
        _read(page)
    assert caught.value.code == "ocr-unavailable"


def test_page_that_takes_too_long_is_told_and_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    page = scans.blank()
    scans.write_lines(page, ["Một dòng chữ"])
    monkeypatch.setattr("ingest.parse.ocr.PAGE_SECONDS", 0.001)
    read = _read(page)
    assert read.words == ()
    assert [issue.code for issue in read.issues] == ["scan-page-unread"]


def test_a_picture_of_a_few_pixels_is_not_blown_up_to_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    sizes: list[tuple[int, int]] = []

    def nothing(image: Image.Image, **_: object) -> list[object]:
        sizes.append(image.size)
        return []

    monkeypatch.setattr("ingest.parse.ocr.recognised", nothing)
    for side in (8, 20):
        icon = Image.new("L", (side, side), 0)
        assert recognise_page(icon, number=1, width=595, height=842).words == ()
        assert bool(sizes) == (side == 20)  # what is smaller than a line of print is not looked at
    assert max(size for pair in sizes for size in pair) <= 100


def test_lines_of_signs_are_no_print_but_in_cells() -> None:
    def line(text: str, key: tuple[int, int, int]) -> list[RawWord]:
        return [RawWord(word, 0, 0, 10, 10, 0.9, key) for word in text.split()]

    words = [
        *line("Phụ lục I", (1, 1, 1)),
        *line("¬ „ `", (1, 1, 2)),
        *line("- 12 hộ", (1, 1, 3)),
        *line("(%)", (-1, 1, 1)),
    ]
    words += line("lục II - „ :", (1, 1, 4))
    kept, junk = _without_junk(words)
    assert " ".join(word.text for word in kept) == "Phụ lục I - 12 hộ (%) lục II"
    assert junk == 0
