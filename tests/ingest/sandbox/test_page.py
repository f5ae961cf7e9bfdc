"""Pages are drawn in a child as well."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from ingest.errors import UnreadableReport
from ingest.sandbox.reader import Sandbox


def scan(width: int = 300, height: int = 400) -> bytes:
    out = io.BytesIO()
    page = Image.new("L", (width, height), 255)
    page.paste(0, (10, 20, 110, 60))
    page.save(out, "PNG")
    return out.getvalue()


def test_a_page_comes_back_as_a_picture() -> None:
    drawn = Image.open(io.BytesIO(Sandbox().page(scan(), 1, dpi=110)))
    assert drawn.size[0] / drawn.size[1] == pytest.approx(300 / 400, abs=0.02)
    assert drawn.convert("L").getpixel((drawn.width // 10, drawn.height // 10)) == 0


@pytest.mark.parametrize(("data", "number"), [(scan(), 2), (b"%PDF-1.7\nnothing of the kind", 1)])
def test_a_page_that_cannot_be_drawn_says_why(data: bytes, number: int) -> None:
    with pytest.raises(UnreadableReport) as caught:
        Sandbox().page(data, number, dpi=110)
    assert caught.value.code in ("no-such-page", "damaged-file")
