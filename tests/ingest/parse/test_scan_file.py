"""Image files as reports: what is opened, what is refused, and secrecy stamps that keep a file out."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from ingest.errors import RefusedReport, UnreadableReport
from ingest.parse.read import read_report
from ingest.parse.scan_file import read_image
from ingest.parse.sniff import FileKind, sniff
from tests.ingest.parse import scan_pages as scans


def _file(pages: list[Image.Image], form: str) -> bytes:
    stream = io.BytesIO()
    more = {"save_all": True, "append_images": pages[1:]} if len(pages) > 1 else {}
    pages[0].save(stream, form, **more)
    return stream.getvalue()


@pytest.mark.parametrize(("form", "mode"), [("PNG", "RGB"), ("JPEG", "CMYK"), ("TIFF", "1")])
def test_images_are_told_by_their_content(form: str, mode: str) -> None:
    assert sniff(_file([Image.new(mode, (60, 40))], form)) is FileKind.IMAGE


def test_a_cut_image_is_damaged() -> None:
    whole = _file([Image.effect_noise((300, 300), 60)], "PNG")
    with pytest.raises(UnreadableReport) as caught:
        read_image(whole[: len(whole) // 2])
    assert caught.value.code == "damaged-file"


def test_a_flood_of_pixels_is_refused_before_it_is_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.parse.page_image.MAX_FILE_PIXELS", 10_000)
    with pytest.raises(UnreadableReport) as caught:
        read_image(_file([Image.new("L", (200, 200))], "PNG"))
    assert caught.value.code == "file-too-large"


@pytest.mark.programs
def test_pages_of_a_tiff_are_pages_and_the_sheet_tells_of_them() -> None:
    scans.needs_tesseract()
    pages = []
    for number in (1, 2):
        page = scans.blank()
        scans.write_lines(page, [f"Thu ngân sách xã thứ {number} đạt 4.152 triệu đồng.", "Đàn bò có 1.250 con."])
        pages.append(page.convert("1"))
    report = read_report(_file(pages, "TIFF"), name="quet.tif")
    assert [(page.number, page.scanned) for page in report.pages] == [(1, True), (2, True)]
    assert report.text.count("1.250 con") == 2
    assert "2/2 trang" in next(issue.message for issue in report.issues if issue.code == "scanned")


@pytest.mark.programs
def test_a_scan_with_a_red_secrecy_stamp_is_refused() -> None:
    scans.needs_tesseract()
    page = scans.blank()
    scans.write_lines(page, ["BÁO CÁO", "Tình hình kinh tế - xã hội quý I năm 2023 của huyện"], top=600)
    scans.secrecy_stamp(page, "MẬT", degrees=-3.0)
    with pytest.raises(RefusedReport):
        read_report(_file([page], "PNG"), name="quet.png")
