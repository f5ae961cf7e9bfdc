"""Secrecy stamps of scanned pages: lines of coloured ink, and lines that stand alone near the top."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from PIL import Image

from ingest.parse.scan_ink import Grey
from ingest.parse.scan_rules import find_rules, without_rules
from ingest.parse.scan_turn import skew_of, turned
from ingest.parse.tesseract import RawWord, recognised
from ingest.vi.normalise import fold

_SECONDS = 30.0
_SPARSE = 11  # Tesseract's page segmentation mode for text anywhere
_TOP = 0.45  # of the page: where a secrecy stamp stands
_MARGIN = 40
# What a stamp says, however badly its accents were printed and read.
_SECRETS = {"mat": "MẬT", "toi mat": "TỐI MẬT", "tuyet mat": "TUYỆT MẬT"}


def stamps_of(words: Sequence[RawWord], coloured: Grey | None, height: int, dpi: float) -> tuple[str, ...]:
    """Return the lines of stamps on an upright page: what is read in its coloured ink, and secrecy marks in black.

    ``words``: those of the black ink; ``height`` of the page in pixels. Raises ``TooSlow``.
    """
    found = [_spelled(text) for text in _alone(words, height * _TOP) if fold(text.strip(" .*|[]()")) in _SECRETS]
    if coloured is not None:
        found += [_spelled(line) for line in _coloured_lines(coloured, dpi)]
    return tuple(dict.fromkeys(found))


def _coloured_lines(coloured: Grey, dpi: float) -> list[str]:
    rows, columns = np.flatnonzero((coloured < 200).any(axis=1)), np.flatnonzero((coloured < 200).any(axis=0))
    if not rows.size:
        return []
    crop = coloured[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    crop = np.pad(crop, _MARGIN, constant_values=255)
    level = turned(crop, skew_of(crop))
    clean = without_rules(level, find_rules(level, dpi))
    words = recognised(Image.fromarray(clean), seconds=_SECONDS, layout=_SPARSE, dpi=round(dpi))
    return list(_alone(words, float(clean.shape[0])))


def _alone(words: Sequence[RawWord], until: float) -> Iterator[str]:
    """Yield the words of lines that begin above ``until``, cut where gaps are wider than the words are high."""
    before: RawWord | None = None
    run: list[str] = []
    for word in words:
        if word.top > until:
            continue
        joined = before is not None and before.line == word.line
        if before is None or not joined or word.left - before.right > (word.bottom - word.top) * 1.2:
            if run:
                yield " ".join(run)
            run = []
        run.append(word.text)
        before = word
    if run:
        yield " ".join(run)


def _spelled(line: str) -> str:
    bare = line.strip(" .*|[]()-_:")
    return _SECRETS.get(" ".join(fold(bare).split()), bare)
