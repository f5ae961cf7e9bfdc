"""How much time, memory and how many programs reading one file may take, by its kind.

A file is sniffed before a child is started: telling its kind is bounded by itself (``parse.sniff``).
"""

from __future__ import annotations

import math
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.parse.sniff import FileKind

# Plain text up to this size is read in our own process: there is no container, no library in C and no reference in it,
# and every step over its characters takes time in proportion to their number (tests hold it to that).
MAX_PLAIN_BYTES = 1_000_000
MAX_ANSWER_BYTES = 100_000_000
# The longest a reader may work for every megabyte of its file comes on top of ``seconds``.
_MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Bounds:
    """What the operator allows for any file: ``seconds`` of waiting, ``memory_mb`` (2^20 bytes) in one process."""

    seconds: int = 1800
    memory_mb: int = 2048


@dataclass(frozen=True, slots=True)
class Limits:
    """What one child may take.

    ``seconds``: by the clock; the processor time of any one process is held to the same. ``memory_mb``: private
    memory of one process (2^20 bytes). ``programs``: names of the programs it may start, none: it may not start any.
    ``files``: open at a time. ``written_mb``: largest file it may write into its own folder, 0: none.
    """

    seconds: int
    memory_mb: int
    programs: tuple[str, ...] = ()
    files: int = 64
    written_mb: int = 0


@dataclass(frozen=True, slots=True)
class _Rule:
    limits: Limits
    seconds_per_mb: float


# Drawing one page takes a tenth of a second; the largest picture of ``parse.page_image`` takes 60 MB.
PAGE_LIMITS = Limits(seconds=20, memory_mb=2048)
_WORDS = _Rule(Limits(seconds=30, memory_mb=1024), seconds_per_mb=5)
# A scanned page is 30 kB (black and white) to 300 kB and takes the recognition 2 to 4 seconds.
_PRINT = _Rule(Limits(120, 2048, programs=("tesseract",), files=256, written_mb=200), seconds_per_mb=120)
# LibreOffice runs as a library of another Python (``parse.office_kit``).
_OFFICE = _Rule(
    Limits(120, 2048, programs=(Path(sys.executable).stem, "tesseract"), files=1024, written_mb=500), seconds_per_mb=20
)
# A kind that is not named here is held to the tightest limits.
_RULES: Mapping[str, _Rule] = {
    "docx": _WORDS,
    "text": _WORDS,
    "html": _WORDS,
    "pdf": _PRINT,
    "image": _PRINT,
    "doc": _OFFICE,
    "odt": _OFFICE,
    "rtf": _OFFICE,
}


def limits_of(kind: FileKind, *, size: int, bounds: Bounds) -> Limits:
    """Return the limits for a file of ``kind`` and ``size`` bytes, nowhere above ``bounds``."""
    rule = _RULES.get(kind.value, _WORDS)
    seconds = rule.limits.seconds + math.ceil(rule.seconds_per_mb * size / _MEGABYTE)
    return replace(
        rule.limits, seconds=min(seconds, bounds.seconds), memory_mb=min(rule.limits.memory_mb, bounds.memory_mb)
    )
