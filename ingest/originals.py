"""The files as they came, kept under their SHA-256: ``<root>/ab/cdef...`` (an edge: file system).

The names people gave their files never reach the file system. A file is written beside its place, synced, then
renamed: after a crash it is there whole or not at all, and half-written ones lie in ``<root>/tmp``.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path

from ingest.disk_room import check_room, is_no_room
from ingest.errors import CatalogueUnavailable, DiskFull, NotFound

# Kept free for what follows a file into the stores: rows, points, their logs.
RESERVE_BYTES = 32_000_000
_SHA256 = re.compile(r"[0-9a-f]{64}")
_TMP = "tmp"
_REVISION = "revision"


def sha256_of(data: bytes) -> str:
    """Return the SHA-256 of ``data``, 64 lower-case hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


class Originals:
    """The store of original files in one folder; safe to use from several threads and processes.

    A file system that refuses raises ``CatalogueUnavailable`` with code originals-unavailable, a full one ``DiskFull``.
    """

    def __init__(self, root: Path) -> None:
        self._root = root

    def put(self, data: bytes) -> str:
        """Store ``data`` durably and return its SHA-256; bytes already there and sound are left alone.

        Raises ``DiskFull`` also where it would leave less than ``RESERVE_BYTES``: the index writes through memory
        maps, and a process that finds no room there is killed.
        """
        sha256 = sha256_of(data)
        with _told():
            place = self._place(sha256)
            if self._is_sound(sha256):
                os.utime(place)  # young again: nobody's check takes it for unused before it gets its version
                return sha256
            waiting = self._root / _TMP
            check_room(self._root, len(data) + RESERVE_BYTES)
            for folder in (waiting, place.parent):
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            _write_whole(data, place=place, waiting=waiting)
            for folder in (place.parent, self._root):
                _sync_folder(folder)
        return sha256

    def has(self, sha256: str) -> bool:
        """Tell whether a file with this SHA-256 is there (its bytes are not looked at)."""
        with _told():
            return self._place(sha256).is_file()

    def read(self, sha256: str) -> bytes:
        """Return the bytes stored under ``sha256``.

        Raises ``NotFound``: code original-missing, or original-damaged when the bytes are no longer those.
        """
        with _told():
            try:
                data = self._place(sha256).read_bytes()
            except FileNotFoundError as error:
                raise _missing(sha256) from error
        if sha256_of(data) != sha256:
            raise NotFound(f"Tệp gốc {sha256[:12]} đã bị hỏng trên đĩa.", code="original-damaged")
        return data

    def delete(self, sha256: str) -> None:
        """Remove a file; a missing one is no error."""
        with _told():
            self._place(sha256).unlink(missing_ok=True)

    def list(self, *, older_than: timedelta = timedelta(0)) -> frozenset[str]:
        """Return the SHA-256 of every file last put at least ``older_than`` ago; empty for a new store."""
        with _told():
            found = (path.parent.name + path.name for path in _old("[0-9a-f][0-9a-f]/*", self._root, older_than))
            return frozenset(name for name in found if _SHA256.fullmatch(name))

    def half_written(self, *, older_than: timedelta = timedelta(0)) -> tuple[str, ...]:
        """Return the names of files being written now, or left by a crash if untouched for ``older_than``."""
        with _told():
            return tuple(sorted(path.name for path in _old(f"{_TMP}/*", self._root, older_than)))

    def drop_half_written(self, name: str) -> None:
        """Remove a file that ``half_written`` named; a missing one is no error."""
        with _told():
            (self._root / _TMP / Path(name).name).unlink(missing_ok=True)

    def note_revision(self, revision: int) -> None:
        """Note the catalogue's revision, so that a catalogue put back from an older copy can be told."""
        with _told():
            self._root.mkdir(mode=0o700, parents=True, exist_ok=True)
            beside = self._root / f"{_REVISION}.tmp"
            beside.write_text(str(revision), encoding="ascii")
            beside.replace(self._root / _REVISION)

    def noted_revision(self) -> int:
        """Return the revision last noted; 0 for none, or for a note that cannot be read."""
        with _told(), suppress(FileNotFoundError, ValueError):
            return int((self._root / _REVISION).read_text("ascii"))
        return 0

    def oldest_first(self, sha256s: Collection[str]) -> tuple[str, ...]:
        """Return ``sha256s`` in the order in which the files were last put; those missing are left out."""
        with _told():
            put = {one: self._place(one).stat().st_mtime_ns for one in sha256s if self._place(one).is_file()}
        return tuple(sorted(put, key=lambda one: (put[one], one)))

    def _place(self, sha256: str) -> Path:
        if not _SHA256.fullmatch(sha256):
            raise _missing(sha256)
        return self._root / sha256[:2] / sha256[2:]

    def _is_sound(self, sha256: str) -> bool:
        with suppress(NotFound):
            self.read(sha256)
            return True
        return False


def _old(pattern: str, root: Path, older_than: timedelta) -> Iterator[Path]:
    latest = time.time() - older_than.total_seconds()
    return (path for path in root.glob(pattern) if path.stat().st_mtime <= latest)


def _write_whole(data: bytes, *, place: Path, waiting: Path) -> None:
    handle, name = tempfile.mkstemp(dir=waiting)  # mode 0600
    written = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        written.replace(place)
    except BaseException:
        written.unlink(missing_ok=True)
        raise


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if is_no_room(error):
            raise DiskFull from error
        raise CatalogueUnavailable(
            f"Không đọc hoặc ghi được kho tệp gốc: {error.strerror or error}", code="originals-unavailable"
        ) from error


def _missing(sha256: str) -> NotFound:
    return NotFound(f"Không có tệp gốc nào mang mã {sha256[:12]}.", code="original-missing")
