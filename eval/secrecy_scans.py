"""How many scanned first pages with a secrecy stamp are refused, how many without one? ``python -m eval.secrecy_scans``

Pages are drawn with their head, text and a framed stamp, then worn as an office's scanner wears them; the stamp is
red, or black as in a photocopy. Pages with other stamps, or none, must be read.
"""

from __future__ import annotations

import argparse
import io
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont
from rich.console import Console

from eval.formats_scan import Wear, worn
from eval.reporting import print_rows
from ingest.errors import IngestError
from ingest.parse.read import read_report

SECRET = ("MẬT", "TỐI MẬT", "TUYỆT MẬT")
HARMLESS = ("", "KHẨN", "HỎA TỐC", "SAO Y BẢN CHÍNH")
_DPI, _SIZE = 200, (1654, 2339)
_INKS = {"red": (196, 30, 45), "black": (25, 25, 25)}
_WEARS = {
    "clean, 200 dpi": Wear(),
    "worn, 200 dpi": Wear(skew=1.5, noise=12.0, specks=120),
    "worn, 150 dpi": Wear(dpi=150, skew=1.5, noise=14.0, specks=120),
}
_FONTS = (
    "/usr/share/fonts/truetype/freefont/FreeSerif.ttf",
    "/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf",
)
_HEAD = (("ỦY BAN NHÂN DÂN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), ("XÃ LAM SƠN", "Độc lập - Tự do - Hạnh phúc"))
_BODY = (
    "BÁO CÁO",
    "Kết quả thực hiện nhiệm vụ quý I năm 2023",
    "Trong quý I, thu ngân sách xã đạt 1.250 triệu đồng, bằng 31,5% dự toán. Mật độ dân số",
    "là 412 người/km. Công tác bảo mật thông tin được quan tâm; toàn xã có 2.310 hộ, trong đó",
    "45 hộ nghèo. Diện tích gieo trồng đạt 318,4 ha, năng suất lúa bình quân 61,2 tạ/ha.",
)


@dataclass(frozen=True, slots=True)
class Page:
    """A made first page as .png. ``stamp`` "" for none; ``ink`` and ``wear`` by their names."""

    stamp: str
    ink: str
    wear: str
    data: bytes


def pages(times: int, seed: int) -> Iterator[Page]:
    """Yield every stamp in both inks and every wear, ``times`` each, at places and angles drawn from ``seed``."""
    draw = random.Random(seed)
    for stamp in (*SECRET, *HARMLESS):
        for ink in _INKS if stamp else ("-",):
            for wear in _WEARS:
                for _ in range(times):
                    yield Page(stamp, ink, wear, _png(stamp, ink, _WEARS[wear], draw))


def refused(page: Page) -> bool:
    """Tell whether the page is refused as a state secret. Raises ``IngestError`` for any other reason."""
    try:
        read_report(page.data, name="trang.png")
    except IngestError as error:
        if error.code == "state-secret":
            return True
        raise
    return False


def _font(points: float) -> ImageFont.FreeTypeFont:
    path = next(path for path in _FONTS if Path(path).is_file())
    return ImageFont.truetype(path, round(points * _DPI / 72))


def _png(stamp: str, ink: str, wear: Wear, draw: random.Random) -> bytes:
    page = Image.new("RGB", _SIZE, "white")
    pen = ImageDraw.Draw(page)
    for row, sides in enumerate(_HEAD):
        for middle, text in zip((480, 1180), sides, strict=True):
            pen.text((middle, 160 + 42 * row), text, font=_font(12), fill=(20, 20, 20), anchor="ms")
    for row, text in enumerate(_BODY):
        pen.text((230 if row > 1 else 560, 620 + 60 * row), text, font=_font(13), fill=(20, 20, 20), anchor="ls")
    if stamp:
        page = _stamped(page, stamp, _INKS[ink], draw)
    # ``worn`` makes grey pages: here colour is what counts, so each channel is worn alike.
    state = draw.getrandbits(32)
    channels = [worn(channel, wear, random.Random(state)) for channel in page.split()]
    page = Image.merge("RGB", channels)
    if wear.dpi != _DPI:
        page = page.resize((round(page.width * wear.dpi / _DPI), round(page.height * wear.dpi / _DPI)))
    out = io.BytesIO()
    page.save(out, "PNG", dpi=(wear.dpi, wear.dpi))
    return out.getvalue()


def _stamped(page: Image.Image, text: str, colour: tuple[int, ...], draw: random.Random) -> Image.Image:
    face = _font(draw.uniform(13, 17))
    width, height = round(face.getlength(text)) + 50, 84
    stamp = Image.new("RGB", (width, height), "white")
    pen = ImageDraw.Draw(stamp)
    pen.rectangle((3, 3, width - 4, height - 4), outline=colour, width=4)
    pen.text((width // 2, height // 2), text, font=face, fill=colour, anchor="mm")
    turned = stamp.rotate(draw.uniform(-5, 5), expand=True, fillcolor="white", resample=Image.Resampling.BICUBIC)
    layer = Image.new("RGB", page.size, "white")
    layer.paste(turned, (draw.randrange(240, 520), draw.randrange(290, 420)))
    return Image.fromarray(np.minimum(np.asarray(page), np.asarray(layer)))


def main() -> None:
    """Print the counts by stamp, ink and wear."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=2)
    parser.add_argument("--seed", type=int, default=20240320)
    asked = parser.parse_args()
    counts: dict[tuple[str, str], list[int]] = {}
    for page in pages(asked.times, asked.seed):
        one = counts.setdefault((f"{page.stamp or 'no stamp'} ({page.ink})", page.wear), [0, 0])
        one[0] += refused(page)
        one[1] += 1
    rows = [("stamp", *_WEARS)]
    for stamp in dict.fromkeys(name for name, _ in counts):
        rows.append((stamp, *("/".join(map(str, counts[stamp, wear])) for wear in _WEARS)))
    print_rows(rows, Console())


if __name__ == "__main__":
    main()
