"""Which way up a scanned page lies and how far it is turned: told by how sharply its rows part into lines and gaps."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from ingest.parse.scan_ink import Grey

_LOOK_PIXELS = 900  # longest side of the small copy that is looked at
_GREATEST = 6.0  # degrees of skew that are put right
# Lines that begin below each other make columns, too: only a clear difference counts.
_CERTAINLY = 2.0
_UNTOUCHED = 0.08  # degrees too few to turn a page for


def lies_sideways(page: Grey) -> bool:
    """Tell whether the lines of ``page`` run up and down."""
    ink = _ink(_small(page))
    across, along = _sharpness(ink), _sharpness(ink.T)
    return across * _CERTAINLY < along


def skew_of(page: Grey) -> float:
    """Return by how many degrees (counter-clockwise) ``page`` must be turned to make its lines level; 0.0 for blank."""
    small = _small(page)
    if _ink(small).sum() < 50.0:
        return 0.0
    best = _best(small, [step * 0.5 for step in range(int(-_GREATEST * 2), int(_GREATEST * 2) + 1)])
    best = _best(small, [best + step * 0.1 for step in range(-5, 6)])
    return 0.0 if abs(best) < _UNTOUCHED else best


def turned(page: Grey, degrees: float) -> Grey:
    """Return ``page`` turned counter-clockwise about its middle, its size kept, white at the corners."""
    if not degrees:
        return page
    image = Image.fromarray(page).rotate(degrees, resample=Image.Resampling.BICUBIC, fillcolor=255)
    return np.asarray(image)


def _small(page: Grey) -> Image.Image:
    image = Image.fromarray(np.ascontiguousarray(page))
    step = max(1, math.ceil(max(image.size) / _LOOK_PIXELS))
    return image.reduce(step) if step > 1 else image


def _best(small: Image.Image, angles: list[float]) -> float:
    def sharp(angle: float) -> float:
        return _sharpness(_ink(small.rotate(angle, resample=Image.Resampling.BILINEAR, fillcolor=255)))

    return max(angles, key=lambda angle: (sharp(angle), -abs(angle)))


def _ink(image: Image.Image) -> NDArray[np.float32]:
    """Return how much ink each point holds, 0..1."""
    return np.asarray(np.clip((200.0 - np.asarray(image, dtype=np.float32)) / 200.0, 0.0, 1.0), dtype=np.float32)


def _sharpness(ink: NDArray[np.float32]) -> float:
    """Return how much neighbouring rows differ in ink: large where rows are lines and gaps."""
    return float((np.diff(ink.sum(axis=1)) ** 2).sum())
