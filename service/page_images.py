"""Pictures of printed pages, made once and kept on disk up to a limit. (An edge: the file system.)

They are derived from the originals and never the only copy of anything: a picture that cannot be kept is still shown,
and those of reports that are gone go with them.
"""

from __future__ import annotations

import logging
import os
import re
import shutil
import tempfile
import threading
from collections.abc import Collection
from pathlib import Path
from typing import Protocol

LOG = logging.getLogger("hoibaocao.pages")
MAX_BYTES = 300_000_000
AT_ONCE = 2  # pages drawn at the same time: each takes a processor and some 50 MB
_SHA256 = re.compile(r"[0-9a-f]{64}")


class Render(Protocol):
    """Draws one page of a file."""

    def __call__(self, data: bytes, number: int, *, dpi: int) -> bytes:
        """Return page ``number`` (1-based) as PNG. Raises ``UnreadableReport`` for a page that cannot be drawn."""
        ...


class Read(Protocol):
    """``Originals.read``."""

    def __call__(self, sha256: str) -> bytes:
        """Return the bytes stored under ``sha256``. Raises ``NotFound``, ``CatalogueUnavailable``."""
        ...


class PageImages:
    """Pages as PNG, kept under ``folder/<sha256 of the original>/``. Safe to use from several threads."""

    def __init__(self, folder: Path, *, read: Read, render: Render, max_bytes: int = MAX_BYTES) -> None:
        self._folder = folder
        self._read = read
        self._render = render
        self._max_bytes = max_bytes
        self._drawing = threading.BoundedSemaphore(AT_ONCE)

    def page(self, sha256: str, number: int, *, dpi: int) -> bytes:
        """Return page ``number`` (1-based) of an original as PNG. Raises what reading and drawing raise."""
        place = self._folder / sha256 / f"{number}-{dpi}.png"
        if (kept := _kept(place)) is not None:
            return kept
        with self._drawing:
            if (kept := _kept(place)) is not None:  # somebody else has just drawn it
                return kept
            image = self._render(self._read(sha256), number, dpi=dpi)
            self._keep(place, image)
        return image

    def forget(self, *, all_but: Collection[str]) -> None:
        """Remove the pictures of every original that is not in ``all_but``."""
        for folder in self._folder.glob("*"):
            if _SHA256.fullmatch(folder.name) and folder.name not in all_but:
                shutil.rmtree(folder, ignore_errors=True)

    def _keep(self, place: Path, image: bytes) -> None:
        try:
            place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=place.parent)  # mode 0600
            with os.fdopen(handle, "wb") as file:
                file.write(image)
            Path(name).replace(place)
            self._shrink()
        except OSError as error:
            LOG.warning("a page image could not be kept: %s", error.strerror)

    def _shrink(self) -> None:
        """Remove the pictures looked at longest ago until the rest fits."""
        found = [(path, path.stat()) for path in self._folder.glob("*/*")]
        total = sum(stat.st_size for _, stat in found)
        for path, stat in sorted(found, key=lambda pair: pair[1].st_mtime):
            if total <= self._max_bytes:
                return
            path.unlink(missing_ok=True)
            total -= stat.st_size


def _kept(place: Path) -> bytes | None:
    try:
        image = place.read_bytes()
        os.utime(place)
    except OSError:
        return None
    return image
