"""Room on the disk: is there enough, and does an error say that there was none? (Edge: file system.)"""

from __future__ import annotations

import errno
import shutil
from pathlib import Path

from ingest.errors import DiskFull

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
# As SQLite, PostgreSQL and the index's library say it.
_NO_ROOM_WORDS = ("disk is full", "no space left on device", "disk full", "quota exceeded")


def check_room(folder: Path, size: int) -> None:
    """Raise ``DiskFull`` unless ``size`` bytes are free where ``folder`` lies, which need not be there yet."""
    there = next(place for place in (folder, *folder.absolute().parents) if place.exists())
    if shutil.disk_usage(there).free < size:
        raise DiskFull


def is_no_room(error: BaseException) -> bool:
    """Tell whether an error of a file system or a database says that there is no room to write."""
    said = str(error).lower()
    return getattr(error, "errno", None) in _NO_ROOM or any(words in said for words in _NO_ROOM_WORDS)
