"""Where a model's files are and what they are: folders, names in the local Hugging Face cache, fingerprints.

Nothing is downloaded, ever.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from safetensors import SafetensorError

from ingest.errors import ModelUnavailable

# What transformers, and what it reads with, raise for damaged or foreign files.
LOAD_ERRORS = (
    *(OSError, ValueError, KeyError, TypeError, AttributeError, RuntimeError, ImportError),
    SafetensorError,
)
OWN_SETTINGS = "hoibaocao.json"
_MODEL_FILES = frozenset({".json", ".safetensors", ".bin", ".model", ".txt"})
_WORTH_REMEMBERING = 1_000_000  # bytes; smaller files are read faster than looked up
_SETTLED_NS = 3_000_000_000  # times of files are kept coarsely: a later write within the same tick would not show


def model_folder(source: str | Path, *, kind: str) -> Path:
    """Return the folder ``source``, or that of the model of this name in the local Hugging Face cache.

    ``kind`` names in Vietnamese what the model is, for the message. Raises ``ModelUnavailable`` when there is neither.
    """
    folder = Path(source)
    if folder.is_dir():
        return folder
    from huggingface_hub import snapshot_download

    try:
        return Path(snapshot_download(str(source), local_files_only=True))
    except (OSError, ValueError) as error:
        raise ModelUnavailable(
            f"Không thấy {kind} {source}: không có thư mục này và cũng không có mô hình tên này đã tải sẵn."
        ) from error


class FileHashes:
    """SHA-256 of files, remembered in ``store`` so that gigabytes are not read again at each start.

    A file counts as unchanged while size, place on the disk and both its times are (the time of change cannot be set
    back, so a copy that keeps the old date is seen). One that changed within the last seconds is not remembered yet. A
    store that is missing, damaged or cannot be written only costs time. ``store`` None: nothing is remembered.
    """

    def __init__(self, store: Path | None = None) -> None:
        self._store = store

    def of(self, path: Path) -> str:
        """Return the hash of a file in hexadecimal digits. Raises ``OSError``."""
        found = path.stat()
        key, state = str(path.resolve()), [found.st_size, found.st_ino, found.st_mtime_ns, found.st_ctime_ns]
        if self._store is None or found.st_size < _WORTH_REMEMBERING:
            return _digest(path)
        known = self._known()
        if known.get(key, {}).get("state") == state:
            return str(known[key]["sha256"])
        digest = _digest(path)
        if time.time_ns() - max(found.st_mtime_ns, found.st_ctime_ns) > _SETTLED_NS:
            self._remember({**known, key: {"state": state, "sha256": digest}})
        return digest

    def _known(self) -> dict[str, Any]:
        try:
            read = json.loads(self._store.read_text("utf-8")) if self._store else {}
        except (OSError, ValueError):
            return {}
        return {key: one for key, one in read.items() if isinstance(one, dict)} if isinstance(read, dict) else {}

    def _remember(self, known: dict[str, Any]) -> None:
        assert self._store is not None
        kept = {key: one for key, one in known.items() if Path(key).exists()}
        beside = self._store.with_suffix(f".{os.getpid()}")
        with suppress(OSError):
            beside.write_text(json.dumps(kept, indent=1), encoding="utf-8")
            beside.replace(self._store)


def content_fingerprint(folder: Path, *, salt: str, hashes: FileHashes | None = None) -> str:
    """Return 32 hexadecimal digits for every weight, tokenizer and settings file of ``folder``, by name, and ``salt``.

    Equal contents give equal fingerprints wherever the folder stands. ``hoibaocao.json`` is left out: what it changes
    belongs into ``salt``. Raises ``ModelUnavailable`` for a file that cannot be read.
    """
    hashes = hashes or FileHashes()
    whole = hashlib.sha256(salt.encode())
    try:
        for path in sorted(path for path in folder.rglob("*") if path.suffix in _MODEL_FILES and path.is_file()):
            if path.name != OWN_SETTINGS:
                whole.update(f"\n{path.relative_to(folder)} {hashes.of(path)}".encode())
    except OSError as error:
        raise ModelUnavailable(f"Không đọc được tệp của mô hình trong {folder}: {error}") from error
    return whole.hexdigest()[:32]


def read_json(path: Path, *, missing: Any = None) -> Any:
    """Return the JSON of ``path``; ``missing`` (not None) where there is no such file.

    Raises ``ModelUnavailable`` for a file that is not there or cannot be read.
    """
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        if missing is not None:
            return missing
        raise ModelUnavailable(f"Không phải thư mục mô hình: thiếu {path}") from error
    except (OSError, ValueError) as error:
        raise ModelUnavailable(f"Không đọc được {path}") from error


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
