"""Where a model's files are and what they are: folders, names in the local Hugging Face cache, fingerprints.

Nothing is downloaded, ever.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from safetensors import SafetensorError

from ingest.errors import ModelUnavailable

# What transformers, and what it reads with, raise for damaged or foreign files.
LOAD_ERRORS = (
    *(OSError, ValueError, KeyError, TypeError, AttributeError, RuntimeError, ImportError),
    SafetensorError,
)
_MODEL_FILES = frozenset({".json", ".safetensors", ".bin", ".model", ".txt"})


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


def content_fingerprint(folder: Path, *, salt: str) -> str:
    """Return 32 hexadecimal digits for every weight, tokenizer and settings file of ``folder``, by name, and ``salt``.

    Equal contents give equal fingerprints wherever the folder stands.
    """
    whole = hashlib.sha256(salt.encode())
    for path in sorted(path for path in folder.rglob("*") if path.suffix in _MODEL_FILES and path.is_file()):
        with path.open("rb") as file:
            whole.update(f"\n{path.relative_to(folder)} {hashlib.file_digest(file, 'sha256').hexdigest()}".encode())
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
