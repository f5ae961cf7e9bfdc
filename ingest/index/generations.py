"""Folders of an embedded index: one writer at a time, numbered generations, a pointer that moves atomically.

::

    <folder>/lock               held (flock) by the process that has the index open
    <folder>/current.json       {"generation": 2}
    <folder>/2/manifest.json    {"fingerprint": "...", "dim": 256, "format": 1}
    <folder>/2/points/          the engine's own files

A generation the pointer does not name is the leftover of a rebuild that did not finish; the next to take the
lock sweeps it.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path

from ingest.errors import IndexLocked, IndexUnavailable, mismatch

# The engine writes through memory maps as soon as it opens: with 0.4 MB free it was killed (SIGBUS), with 1 MB not.
OPEN_BYTES = 4_000_000


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation was made with: embedding fingerprint, vector dimension, format version."""

    fingerprint: str
    dim: int
    format: int


class FolderLock:
    """The right to use an index folder; held until ``release`` or the end of the process, however it ends."""

    def __init__(self, folder: Path) -> None:
        """Take the lock, making the folder if needed.

        Raises:
            IndexLocked: another process, or another open index of this one, has it.
            IndexUnavailable: the folder cannot be made or written.
        """
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._handle = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise unusable(folder, error) from error
        try:
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(self._handle)
            raise IndexLocked(
                f"Chỉ mục tại {folder} đang được một tiến trình khác sử dụng (thường là dịch vụ đang chạy). "
                "Hãy dừng dịch vụ, hoặc nạp báo cáo qua API của dịch vụ."
            ) from error
        self._held = True

    def release(self) -> None:
        """Give the folder free; idempotent."""
        if self._held:
            self._held = False
            os.close(self._handle)


def current(folder: Path) -> int | None:
    """Return the serving generation; None in a new folder.

    Raises:
        IndexUnavailable: the pointer is damaged.
    """
    try:
        return int(json.loads((folder / "current.json").read_text("utf-8"))["generation"])
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise unusable(folder, error) from error


def readable(folder: Path) -> int | None:
    """Return the serving generation; None also where the pointer is damaged: a rebuild must mend that, not fail."""
    try:
        return current(folder)
    except IndexUnavailable:
        return None


def point_to(folder: Path, generation: int) -> None:
    """Make ``generation`` the serving one: after a crash the pointer names either the old or the new."""
    _write_json(folder / "current.json", {"generation": generation})


def start(folder: Path, manifest: Manifest) -> int:
    """Make the folder of a new generation, with its manifest; return its number (1-based)."""
    taken = _generations(folder)
    generation = max(taken, default=0) + 1
    try:
        points(folder, generation).mkdir(parents=True)
    except OSError as error:
        raise unusable(folder, error) from error
    _write_json(folder / str(generation) / "manifest.json", asdict(manifest))
    return generation


def check(folder: Path, generation: int, expected: Manifest) -> None:
    """Refuse a generation made with another model or format.

    Raises:
        FingerprintMismatch: it was.
        IndexUnavailable: the manifest is missing or damaged.
    """
    found = _manifest(folder, generation)
    if found != expected:
        raise mismatch(_described(found), _described(expected))


def points(folder: Path, generation: int) -> Path:
    """Return where the engine keeps a generation's files."""
    return folder / str(generation) / "points"


def remove(folder: Path, generation: int) -> None:
    """Remove a generation's files; a missing one is no error. What cannot be removed now, the next sweep takes."""
    shutil.rmtree(folder / str(generation), ignore_errors=True)


def sweep(folder: Path, *, keep: int | None) -> None:
    """Remove the leftovers of unfinished rebuilds: every generation but ``keep``."""
    for generation in _generations(folder):
        if generation != keep:
            remove(folder, generation)


def made_with(folder: Path) -> str | None:
    """Return the fingerprint of the serving generation's model, also while another process has it open.

    None where there is no index. Raises ``IndexUnavailable``.
    """
    serving = current(folder)
    return None if serving is None else _manifest(folder, serving).fingerprint


def _manifest(folder: Path, generation: int) -> Manifest:
    try:
        return Manifest(**json.loads((folder / str(generation) / "manifest.json").read_text("utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise unusable(folder, error) from error


def _described(manifest: Manifest) -> str:
    return f"{manifest.fingerprint} ({manifest.dim} chiều, định dạng {manifest.format})"


def unusable(folder: Path, error: Exception) -> IndexUnavailable:
    """Return the error for a folder that cannot be read or written."""
    return IndexUnavailable(
        f"Không mở được chỉ mục tại {folder}: {error}. Nếu tệp chỉ mục bị hỏng, hãy chạy lệnh: hoibaocao ingest rebuild"
    )


def _generations(folder: Path) -> list[int]:
    return [int(entry.name) for entry in folder.iterdir() if entry.name.isdigit() and entry.is_dir()]


def _write_json(path: Path, value: dict[str, object]) -> None:
    beside = path.with_suffix(".tmp")
    try:
        with beside.open("w", encoding="utf-8") as file:
            json.dump(value, file, ensure_ascii=False)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
        _sync(path.parent)
    except OSError as error:
        raise unusable(path.parent, error) from error


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
