"""Printed pages before anyone asks what they mean: words and rules with their places, from a PDF or from recognition.

``pdf`` and ``ocr`` make ``PrintedPage``s; ``assemble`` (one for both) turns them into a ``Source``. Places are in
points (1/72 inch) from the page's top left, the page turned the right way up.
"""

from __future__ import annotations

from dataclasses import dataclass

from ingest.domain import ParseIssue


@dataclass(frozen=True, slots=True)
class PrintedWord:
    """A run of characters without blanks. ``left < right``, ``top < bottom``: its box.

    ``size``: size of the type in points (in scans estimated from the line). ``raised``: stands above its line's
    baseline and is smaller: a note mark or an exponent. ``confidence`` 0..1, None where the file says the letters.
    ``overleaf``: stands on the next page, whose table row begins here.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    bold: bool = False
    italic: bool = False
    raised: bool = False
    confidence: float | None = None
    overleaf: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line drawn on the page, upright (``left`` about ``right``) or level (``top`` about ``bottom``)."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """One page, ``number`` 1-based; ``words`` in no promised order.

    Of scans: ``stamps``, lines of coloured ink and secrecy stamps; ``issues``, what recognition could not do;
    ``quarter``: how many quarter turns to the left brought the page upright from how it lies in the file.
    """

    number: int
    width: float
    height: float
    words: tuple[PrintedWord, ...]
    rules: tuple[Rule, ...] = ()
    scanned: bool = False
    stamps: tuple[str, ...] = ()
    issues: tuple[ParseIssue, ...] = ()
    quarter: int = 0
