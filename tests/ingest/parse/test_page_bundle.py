"""Page images bound into one file: their order, their bytes, and what is no bundle."""

from __future__ import annotations

import io
import zipfile

import pytest
from PIL import Image

from ingest.errors import UnreadableReport
from ingest.parse.page_bundle import MAX_PAGES, bound, page_order
from ingest.parse.page_image import images_of, render_page
from ingest.parse.read import read_report
from ingest.parse.sniff import FileKind, sniff
from tests.ingest.parse import scan_pages as scans

_PNG, _JPEG = b"\x89PNG\r\n", b"\xff\xd8\xff"


def _image(width: int, form: str = "PNG", **told: object) -> bytes:
    stream = io.BytesIO()
    Image.new("L", (width, 20), "white").save(stream, form, **told)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("names", "order"),
    [
        (["trang 10.png", "trang 2.png"], [1, 0]),
        (["mặt trước.jpg", "mặt sau.jpg"], [0, 1]),
        (["2024-1-10.png", "2024-1-9.png", "2023-2-1.png"], [2, 1, 0]),
        ([], []),
    ],
)
def test_numbers_give_the_order_where_names_differ_by_them_alone(names: list[str], order: list[int]) -> None:
    assert page_order(names) == order


def test_pages_stay_the_bytes_they_were_and_equal_pages_are_equal_files() -> None:
    pages = [("b 2.jpg", _JPEG + b"two"), ("b 1.jpg", _JPEG + b"one")]
    name, data = bound(pages)
    assert name == "b 1 (2 trang).zip"
    assert list(images_of(data)) == [_JPEG + b"one", _JPEG + b"two"]
    assert bound(pages)[1] == data
    assert sniff(data) is FileKind.IMAGE
    assert bound([("một.docx", b"PK")]) == ("một.docx", b"PK")


@pytest.mark.parametrize(
    ("pages", "code"),
    [
        ([], "not-page-images"),
        ([("a.png", _PNG), ("b.txt", b"no image")], "not-page-images"),
        ([("a.png", _PNG)] * (MAX_PAGES + 1), "file-too-large"),
    ],
)
def test_what_cannot_be_bound_is_told(pages: list[tuple[str, bytes]], code: str) -> None:
    with pytest.raises(UnreadableReport) as caught:
        bound(pages)
    assert caught.value.code == code


def test_a_zip_with_anything_else_in_it_is_no_bundle() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("1.png", _PNG)
        package.writestr("2.exe", b"MZ")
    with pytest.raises(UnreadableReport) as caught:
        sniff(stream.getvalue())
    assert caught.value.code == "unsupported-format"


def test_a_damaged_package_is_told_and_no_fault_of_ours() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("1.png", _PNG * 90)
    data = bytearray(stream.getvalue())
    data[35:45] = b"\xff" * 10  # where its packed bytes begin
    with pytest.raises(UnreadableReport):
        sniff(bytes(data))


def test_pages_are_drawn_by_their_number_through_all_images() -> None:
    two = _image(30, "TIFF", save_all=True, append_images=[Image.new("L", (40, 20))])
    _, data = bound([("a.tif", two), ("b.png", _image(50))])
    widths = [Image.open(io.BytesIO(render_page(data, number))).width for number in (1, 2, 3)]
    assert widths == [30, 40, 50]
    with pytest.raises(UnreadableReport) as caught:
        render_page(data, 4)
    assert caught.value.code == "no-such-page"


def test_a_photo_that_lies_turned_is_drawn_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    assert Image.open(io.BytesIO(render_page(_image(60, "JPEG", exif=exif), 1))).size == (20, 60)


@pytest.mark.programs
def test_all_pages_are_one_report() -> None:
    scans.needs_tesseract()
    pages = []
    for number, lines in enumerate(
        (["Thu ngân sách xã đạt 4.152 triệu đồng."], ["Đàn bò của xã có 1.250 con, tăng 25 con so với cùng kỳ."]),
        start=1,
    ):
        page = scans.blank()
        scans.write_lines(page, lines)
        stream = io.BytesIO()
        page.save(stream, "PNG")
        pages.append((f"trang {number}.png", stream.getvalue()))
    name, data = bound(pages)
    report = read_report(data, name=name)
    assert [page.number for page in report.pages] == [1, 2]
    assert report.text.index("4.152 triệu đồng") < report.text.index("1.250 con")
