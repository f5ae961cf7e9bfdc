"""The real reports beside the repository; tests skip where they are absent."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from ingest.domain import Report
from ingest.parse.read import read_report

FOLDER = Path(__file__).resolve().parents[4] / "shared" / "reports"
NAMES = sorted(path.name for path in FOLDER.glob("*") if path.name != "README.md") if FOLDER.is_dir() else []


def real_bytes(start: str) -> bytes:
    """Return the one real report whose file name begins with ``start``; skip the test when it is not there."""
    for name in NAMES:
        if name.startswith(start):
            return (FOLDER / name).read_bytes()
    pytest.skip(f"no real report {start!r}: {FOLDER} is not there")


@cache
def _read(start: str, data: bytes) -> Report:
    return read_report(data, name=start)


def real_report(start: str) -> Report:
    """Return that report as read."""
    return _read(start, real_bytes(start))
