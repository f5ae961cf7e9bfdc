import io

import pytest
from PIL import Image

from ingest.errors import UnreadableReport
from ingest.parse import page_image
from ingest.parse.page_image import render_page
from tests.ingest.parse.pdf_files import draw, put


def _opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def _png(width: int, height: int) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (width, height), "white").save(stream, "PNG")
    return stream.getvalue()


def test_a_page_of_a_pdf_is_drawn_at_the_resolution_asked_for() -> None:
    data = draw([lambda c: None, lambda c: put(c, 85, 100, "Đàn bò 1.250 con")])
    image = _opened(render_page(data, 2, dpi=144))
    assert image.format == "PNG"
    assert image.size == pytest.approx((1191, 1684), abs=2)
    ink = image.convert("L").point(lambda grey: 255 if grey < 128 else 0).getbbox()
    assert ink is not None
    assert ink[0] == pytest.approx(170, abs=6)
    assert ink[3] == pytest.approx(206, abs=10)


def test_a_huge_page_is_drawn_smaller_instead_of_filling_the_memory() -> None:
    data = draw([lambda c: None], size=(14_000, 14_000))
    image = _opened(render_page(data, 1, dpi=300))
    assert image.width * image.height <= page_image.MAX_PIXELS * 1.01


def test_a_page_that_is_not_there_is_said_so() -> None:
    with pytest.raises(UnreadableReport) as raised:
        render_page(draw([lambda c: None]), 2)
    assert raised.value.code == "no-such-page"


def test_an_image_file_is_its_own_page() -> None:
    assert _opened(render_page(_png(30, 40), 1)).size == (30, 40)
    with pytest.raises(UnreadableReport):
        render_page(_png(30, 40), 2)


def test_an_image_of_too_many_pixels_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_image, "MAX_FILE_PIXELS", 1_000)
    with pytest.raises(UnreadableReport) as raised:
        render_page(_png(40, 40), 1)
    assert raised.value.code == "file-too-large"


@pytest.mark.parametrize("data", [b"%PDF-1.7 cut", b"\x89PNG\r\n\x1a\n cut", b"no image at all"])
def test_bytes_that_make_no_sense_are_damaged(data: bytes) -> None:
    with pytest.raises(UnreadableReport) as raised:
        render_page(data, 1)
    assert raised.value.code == "damaged-file"


def test_a_locked_pdf_says_that_it_is_locked() -> None:
    with pytest.raises(UnreadableReport) as raised:
        render_page(draw([lambda c: put(c, 85, 100, "mật")], password="khoá"), 1)
    assert raised.value.code == "encrypted-file"
    assert "mật khẩu" in raised.value.message


def test_a_pdf_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.parse.pdf_file.MAX_PAGES", 3)
    with pytest.raises(UnreadableReport) as raised:
        render_page(draw([lambda c: None] * 4), 1)
    assert raised.value.code == "too-many-pages"
