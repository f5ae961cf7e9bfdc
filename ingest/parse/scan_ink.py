"""The ink of a scanned page: black print apart from coloured stamps, on even white paper, without black scan edges.

A page is a grey array (rows, columns) of 0 (black) to 255 (white) throughout.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

Grey = NDArray[np.uint8]

# Ink counts as coloured where its channels lie this far apart and the brightest is this bright: under a red stamp black
# print stays dark in every channel.
_CHROMA = 48
_COLOUR_VALUE = 105
# Fraction of a page that coloured ink covers at least, to be looked at: the letters of one stamped word.
_COLOUR_AREA = 0.0002
_SHRUNK = 12  # paper is looked at in squares of so many pixels
_PAPER, _WHITE = 250.0, 205.0  # grey of the evened paper; from here on it is white
_DARK_ENOUGH, _NO_PRINT = 60.0, 185.0  # grey of the darkest print: paler is spread, palest is none
_EDGE_DARK = 110
_EDGE_FRACTION = 0.06  # of width and height: how far a black scan border reaches in


@dataclass(frozen=True, slots=True)
class Ink:
    """``black``: the page without coloured ink; ``coloured``: the coloured ink alone, None where there is none."""

    black: Grey
    coloured: Grey | None


def part_inks(image: Image.Image) -> Ink:
    """Return the inks of an RGB or grey page, its paper made white."""
    if image.mode == "L":
        return Ink(_even(np.asarray(image)), None)
    pixels = np.asarray(image.convert("RGB"))
    # In the brightest of its channels coloured ink all but vanishes and black ink does not.
    brightest, darkest = pixels.max(axis=2), pixels.min(axis=2)
    coloured = (brightest.astype(np.int16) - darkest > _CHROMA) & (brightest > _COLOUR_VALUE)
    if coloured.mean() < _COLOUR_AREA:
        return Ink(_even(brightest), None)
    if coloured.mean() > 0.5:  # the paper itself is coloured
        return Ink(_even(np.asarray(image.convert("L"))), None)
    black = brightest.copy()
    # Filled with the grey of the paper, so that no bright spot hides how grey the paper around it is.
    black[coloured] = np.percentile(brightest[::4, ::4], 80)
    layer = np.where(coloured, darkest, 255).astype(np.uint8)
    return Ink(_even(black), layer)


def _even(grey: Grey) -> Grey:
    """Return the page with white paper and dark ink, however grey, uneven or pale it was, without its black edges."""
    image = Image.fromarray(np.ascontiguousarray(grey))
    small = image.reduce(_SHRUNK) if min(image.size) > 4 * _SHRUNK else image
    # What is brightest around: the paper there, whatever is printed on it.
    paper = small.filter(ImageFilter.MaxFilter(7)).filter(ImageFilter.GaussianBlur(3)).resize(image.size)
    level = np.maximum(np.asarray(paper, dtype=np.float32), 60.0)
    flat = np.minimum(grey.astype(np.float32) * (_PAPER / level), 255.0)
    darkest = float(np.percentile(flat[::2, ::2], 0.05))
    if _DARK_ENOUGH < darkest < _NO_PRINT:
        flat = (flat - darkest) * (_PAPER / (_PAPER - darkest))
    # Noise of the paper becomes white: on an all but empty page it would be taken for print.
    flat = np.minimum(flat * (255.0 / _WHITE), 255.0)
    return _without_edges(flat.astype(np.uint8), grey)


def _without_edges(page: Grey, grey: Grey) -> Grey:
    """Whiten what is dark from the edge inwards: lids and shadows of scanners."""
    dark = grey < _EDGE_DARK
    rows, columns = dark.shape
    deep_x, deep_y = int(columns * _EDGE_FRACTION) + 1, int(rows * _EDGE_FRACTION) + 1
    out = page.copy()
    for flip in (slice(None), slice(None, None, -1)):
        for seen, written, deep in ((dark, out, deep_x), (dark.T, out.T, deep_y)):
            edge = np.logical_and.accumulate(seen[:, flip][:, :deep], axis=1)
            # A border is long; a letter that touches the edge of a cropped image is not.
            if edge[:, 0].mean() > 0.2:
                written[:, flip][:, :deep][edge] = 255
    return out
