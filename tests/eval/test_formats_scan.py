from __future__ import annotations

import io
import random

import numpy as np
from PIL import Image, ImageDraw

from eval.formats_scan import CLEAN, WORN, Wear, image_pdf, image_tif, worn


def page() -> Image.Image:
    image = Image.new("L", (600, 800), 255)
    ImageDraw.Draw(image).rectangle((100, 100, 500, 110), fill=0)
    return image


def as_png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def test_a_clean_scan_is_the_page_itself() -> None:
    assert np.array_equal(np.asarray(worn(page(), CLEAN, random.Random(1))), np.asarray(page()))


def test_wear_turns_specks_and_stamps_the_last_page() -> None:
    first, last = (worn(page(), WORN, random.Random(1), last=one) for one in (False, True))
    assert first.mode == "L"
    assert last.mode == "RGB"
    red, green, _ = np.asarray(last, dtype=np.int16).transpose(2, 0, 1)
    assert (red - green > 60).sum() > 200
    assert not np.array_equal(np.asarray(first), np.asarray(page()))


def test_the_same_seed_gives_the_same_pdf_pages() -> None:
    pages = [as_png(page()), as_png(page())]
    first, second = (image_pdf(pages, WORN, seed=7) for _ in range(2))
    assert first.count(b"/Type /Page\n") == second.count(b"/Type /Page\n") == 2
    same, other = (worn(page(), WORN, random.Random(seed)) for seed in (7, 8))
    assert np.array_equal(np.asarray(worn(page(), WORN, random.Random(7))), np.asarray(same))
    assert not np.array_equal(np.asarray(same), np.asarray(other))


def test_a_tiff_holds_the_pages_as_they_are() -> None:
    pages = [as_png(page()), as_png(page())]
    with Image.open(io.BytesIO(image_tif(pages, Wear(dpi=200)))) as sheets:
        assert (sheets.format, getattr(sheets, "n_frames", 1), round(float(sheets.info["dpi"][0]))) == ("TIFF", 2, 200)
        sheets.seek(1)
        assert sheets.convert("L").tobytes() == Image.open(io.BytesIO(pages[1])).convert("L").tobytes()
