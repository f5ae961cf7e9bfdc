"""Page images → a PDF of scans, clean or as an office's old copier gives them."""

from __future__ import annotations

import io
import math
import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw

_RED = (190, 30, 45)


@dataclass(frozen=True, slots=True)
class Wear:
    """What became of a page. ``skew``: greatest turn in degrees, either way; ``noise``: standard deviation of grey
    values of 255; ``specks``: dark dots a page; ``stamp``: a round red stamp across the last page's text;
    ``faint``: the share of its darkness that print has lost.
    """

    dpi: int = 200
    skew: float = 0.0
    noise: float = 0.0
    specks: int = 0
    stamp: bool = False
    faint: float = 0.0


CLEAN = Wear()
WORN = Wear(skew=2.0, noise=14.0, specks=120, stamp=True, faint=0.3)


def image_pdf(pages: Sequence[bytes], wear: Wear, *, seed: int) -> bytes:
    """Return the pages (images at ``wear.dpi``) as a PDF without text; the same seed gives the same wear."""
    draw = random.Random(seed)
    images = []
    for number, data in enumerate(pages, start=1):
        with Image.open(io.BytesIO(data)) as page:
            images.append(worn(page, wear, draw, last=number == len(pages)))
    out = io.BytesIO()
    images[0].save(out, "PDF", save_all=True, append_images=images[1:], resolution=wear.dpi)
    return out.getvalue()


def image_tif(pages: Sequence[bytes], wear: Wear) -> bytes:
    """Return the pages (images at ``wear.dpi``) as one TIFF of so many pages, packed without loss, without wear."""
    images = []
    for data in pages:
        with Image.open(io.BytesIO(data)) as page:
            images.append(page.convert("L"))
    out = io.BytesIO()
    told = {"compression": "tiff_lzw", "dpi": (wear.dpi, wear.dpi)}
    images[0].save(out, "TIFF", save_all=True, append_images=images[1:], **told)
    return out.getvalue()


def worn(page: Image.Image, wear: Wear, draw: random.Random, *, last: bool = False) -> Image.Image:
    """Return the page with this wear, in colour where it is stamped and grey elsewhere."""
    image = page.convert("L")
    if wear.faint:
        image = image.point([round(255 - (255 - grey) * (1 - wear.faint)) for grey in range(256)])
    if wear.stamp and last:
        image = _stamped(image, draw)
    if wear.skew:
        angle = draw.uniform(-wear.skew, wear.skew)
        image = image.rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor=_paper(image))
    if not wear.noise and not wear.specks:
        return image
    values = np.asarray(image, dtype=np.float32)
    noise = np.random.default_rng(draw.getrandbits(32))
    values = values + noise.normal(0.0, wear.noise, values.shape).astype(np.float32)
    for _ in range(wear.specks):
        row, column = draw.randrange(values.shape[0] - 2), draw.randrange(values.shape[1] - 2)
        values[row : row + 2, column : column + 2] = draw.uniform(0, 90)
    return Image.fromarray(np.clip(values, 0, 255).astype(np.uint8), mode=None)


def _paper(image: Image.Image) -> tuple[int, ...] | int:
    return 255 if image.mode == "L" else (255, 255, 255)


def _stamped(image: Image.Image, draw: random.Random) -> Image.Image:
    """Put a round red stamp, half transparent, on the right of the lower half of the page."""
    coloured = image.convert("RGB")
    layer = Image.new("RGBA", coloured.size, (0, 0, 0, 0))
    pen = ImageDraw.Draw(layer)
    width, height = coloured.size
    radius = width // 12
    x, y = width * 2 // 3, int(height * draw.uniform(0.25, 0.6))
    for size, line in ((radius, 6), (radius * 3 // 4, 3)):
        pen.ellipse((x - size, y - size, x + size, y + size), outline=(*_RED, 150), width=line)
    corners = [(math.cos(k * math.pi * 0.8), math.sin(k * math.pi * 0.8)) for k in range(5)]
    pen.polygon([(x + radius / 3 * right, y + radius / 3 * down) for right, down in corners], fill=(*_RED, 130))
    coloured.paste(layer, mask=layer)
    return coloured
