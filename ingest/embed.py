"""Text to vectors: the one home of sentence-transformers, tokenizers and safetensors at run time.

A folder whose modules are a StaticEmbedding (and a Normalize) runs on numpy and a tokenizer alone: one row per token,
their mean, unit length. The shipped model is such a folder. Anything else goes through sentence-transformers, which is
imported only then. Both take texts through the same normalising first, so a question and a passage written
differently (case, Unicode form, tone spelling) meet.

Settings of a model, by rising precedence: ``prompts`` of its ``config_sentence_transformers.json`` (keys "query" and
"passage" or "document"), then ``hoibaocao.json`` beside it with any of ``query_prefix``, ``passage_prefix``,
``max_tokens`` (positive; longer texts are cut) and ``batch_size``.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError, safe_open
from tokenizers import Tokenizer

from ingest.errors import ModelUnavailable
from ingest.vi.normalise import canonical, unify

Vectors = NDArray[np.float32]

# Raised whenever prepare() gives another text for any input: an index made with the old one must be rebuilt.
TEXT_VERSION = "1"
_BATCH = 64
_HASH_CHUNK_BYTES = 1 << 20
_SETTING_FILES = ("modules.json", "config_sentence_transformers.json", "hoibaocao.json")


class Embedder(Protocol):
    """An embedding model. Equal fingerprints give equal vectors; vectors of different ones must never be mixed."""

    @property
    def fingerprint(self) -> str:
        """Return a stable name of weights, tokenizer, settings and text normalising."""
        ...

    @property
    def dim(self) -> int:
        """Return the number of components of a vector."""
        ...

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Return shape (n, dim), rows of unit length in the order given; (0, dim) for no texts.

        A text without a known token gives a row of zeros. Each row is the same whatever stands beside it.
        """
        ...

    def query(self, text: str) -> Vectors:
        """Return shape (dim,), unit length; zeros for a text without a known token."""
        ...


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """How a model wants its texts. ``max_tokens`` None: no cut but the model's own limit."""

    query_prefix: str = ""
    passage_prefix: str = ""
    max_tokens: int | None = None
    batch_size: int = _BATCH


def load_embedder(source: str | Path | None = None) -> Embedder:
    """Return the model in folder ``source``; None is the shipped model; any other name goes to sentence-transformers.

    Raises ``ModelUnavailable`` when the folder is missing or damaged, or the ``models`` extra is not installed.
    """
    folder = Path(__file__).with_name("model") if source is None else Path(source)
    if not folder.is_dir():
        if source is None or folder.is_absolute() or str(source).startswith("."):
            raise ModelUnavailable(f"Không thấy thư mục mô hình nhúng: {folder}")
        return TransformerEmbedder(str(source), settings=ModelSettings(), fingerprint=_digest([str(source).encode()]))
    modules = _read_json(folder / "modules.json")
    settings = _settings(folder)
    if _is_static(modules):
        return StaticEmbedder(folder / modules[0].get("path", ""), settings=settings, fingerprint=_of_folder(folder))
    return TransformerEmbedder(str(folder), settings=settings, fingerprint=_of_folder(folder))


def prepare(text: str) -> str:
    """Return ``text`` as every model gets it: NFC, lower case, one tone spelling. Part of the fingerprint."""
    return unify(canonical(text))


class StaticEmbedder:
    """Mean of token vectors, read with numpy alone. Safe to share between threads: nothing changes after loading."""

    def __init__(self, folder: Path, *, settings: ModelSettings, fingerprint: str) -> None:
        self.fingerprint = fingerprint
        self._settings = settings
        self._tokenizer = _tokenizer(folder / "tokenizer.json")
        self._table = _table(folder / "model.safetensors")
        if len(self._table.rows) < self._tokenizer.get_vocab_size() and self._table.mapping is None:
            raise ModelUnavailable(f"Mô hình nhúng trong {folder} có ít vectơ hơn số từ của bộ tách từ.")

    @property
    def dim(self) -> int:
        """Return the number of components of a vector."""
        return int(self._table.rows.shape[1])

    def passages(self, texts: Sequence[str]) -> Vectors:
        """See ``Embedder.passages``."""
        return self._encode([self._settings.passage_prefix + prepare(text) for text in texts])

    def query(self, text: str) -> Vectors:
        """See ``Embedder.query``."""
        vector: Vectors = self._encode([self._settings.query_prefix + prepare(text)])[0]
        return vector

    def _encode(self, texts: Sequence[str]) -> Vectors:
        vectors = np.zeros((len(texts), self.dim), dtype=np.float32)
        encodings = self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
        for row, encoding in enumerate(encodings):
            ids = encoding.ids[: self._settings.max_tokens]
            if ids:
                vectors[row] = self._table.take(ids).mean(axis=0)
        return _unit(vectors)


class TransformerEmbedder:
    """Any model sentence-transformers can load, from a folder or a local cache; never from the network."""

    def __init__(self, source: str, *, settings: ModelSettings, fingerprint: str) -> None:
        self.fingerprint = fingerprint
        self._settings = settings
        self._model = _sentence_transformer(source)
        if settings.max_tokens is not None:
            self._model.max_seq_length = settings.max_tokens
        self.dim = int(self._model.get_embedding_dimension())

    def passages(self, texts: Sequence[str]) -> Vectors:
        """See ``Embedder.passages``."""
        return self._encode([self._settings.passage_prefix + prepare(text) for text in texts])

    def query(self, text: str) -> Vectors:
        """See ``Embedder.query``."""
        vector: Vectors = self._encode([self._settings.query_prefix + prepare(text)])[0]
        return vector

    def _encode(self, texts: list[str]) -> Vectors:
        if not texts:
            return np.zeros((0, self.dim), dtype=np.float32)
        # prompt="" keeps the library from adding a default prompt: the prefixes are already in the texts.
        raw = self._model.encode(
            texts, batch_size=self._settings.batch_size, prompt="", show_progress_bar=False, convert_to_numpy=True
        )
        return _unit(np.nan_to_num(np.asarray(raw, dtype=np.float32)))


@dataclass(frozen=True, slots=True)
class _Table:
    """Token vectors as stored: ``rows`` (float or int8), a factor per token, the row of each token if shared."""

    rows: NDArray[Any]
    factors: Vectors | None
    mapping: NDArray[np.int64] | None

    def take(self, ids: list[int]) -> Vectors:
        """Return shape (len(ids), dim) in float32."""
        found = self.rows[ids if self.mapping is None else self.mapping[ids]].astype(np.float32)
        return found if self.factors is None else found * self.factors[ids][:, None]


def _table(path: Path) -> _Table:
    """Read the weights; the two layouts are those StaticEmbedding itself reads (its own and model2vec's)."""
    try:
        with safe_open(path, framework="numpy") as file:
            names = set(file.keys())
            if "embedding.weight" in names:
                return _Table(rows=file.get_tensor("embedding.weight"), factors=None, mapping=None)
            factors = np.asarray(file.get_tensor("weights"), dtype=np.float32) if "weights" in names else None
            mapping = np.asarray(file.get_tensor("mapping"), dtype=np.int64) if "mapping" in names else None
            return _Table(rows=file.get_tensor("embeddings"), factors=factors, mapping=mapping)
    except (OSError, SafetensorError) as error:
        raise ModelUnavailable(f"Không đọc được trọng số của mô hình nhúng: {path}") from error


def _tokenizer(path: Path) -> Tokenizer:
    try:
        return Tokenizer.from_buffer(path.read_bytes())
    except (OSError, ValueError) as error:
        raise ModelUnavailable(f"Không đọc được bộ tách từ của mô hình nhúng: {path}") from error


def _sentence_transformer(source: str) -> Any:
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    try:
        from sentence_transformers import SentenceTransformer
    except ImportError as error:
        raise ModelUnavailable(
            f"Mô hình nhúng {source} cần phần cài thêm “models”: hãy chạy pip install 'hoibaocao[models]', "
            "hoặc bỏ thiết lập mô hình để dùng mô hình có sẵn."
        ) from error
    try:
        return SentenceTransformer(source, device="cpu", local_files_only=True)
    except (OSError, ValueError, KeyError, RuntimeError, ImportError) as error:
        raise ModelUnavailable(f"Không nạp được mô hình nhúng {source}: {error}") from error


def _is_static(modules: Any) -> bool:
    try:
        kinds = [module["type"].rsplit(".", 1)[-1] for module in modules]
    except (TypeError, KeyError, AttributeError) as error:
        raise ModelUnavailable("Tệp modules.json của mô hình nhúng không đúng khuôn dạng.") from error
    return kinds in (["StaticEmbedding"], ["StaticEmbedding", "Normalize"])


def _settings(folder: Path) -> ModelSettings:
    config = _read_json(folder / "config_sentence_transformers.json", missing={})
    own = _read_json(folder / "hoibaocao.json", missing={})
    prompts = config.get("prompts") or {}
    defaults = {
        "query_prefix": prompts.get("query", ""),
        "passage_prefix": prompts.get("passage", prompts.get("document", "")),
    }
    try:
        return ModelSettings(**{**defaults, **own})
    except TypeError as error:
        raise ModelUnavailable(f"Tệp hoibaocao.json trong {folder} có thiết lập lạ: {sorted(own)}") from error


def _read_json(path: Path, *, missing: Any = None) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        if missing is not None:
            return missing
        raise ModelUnavailable(f"Không phải thư mục mô hình nhúng: thiếu {path}") from error
    except (OSError, ValueError) as error:
        raise ModelUnavailable(f"Không đọc được {path}") from error


def _of_folder(folder: Path) -> str:
    """Return the fingerprint: every weight, tokenizer and settings file of the folder, with its name."""
    files = sorted(
        path
        for path in folder.rglob("*")
        if path.is_file()
        and (path.name in _SETTING_FILES or path.suffix in {".json", ".safetensors", ".bin", ".model", ".txt"})
    )
    return _digest(part for path in files for part in (str(path.relative_to(folder)).encode(), _chunk(path)))


def _chunk(path: Path) -> bytes:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()


def _digest(parts: Iterable[bytes]) -> str:
    whole = hashlib.sha256(f"text-{TEXT_VERSION}".encode())
    for part in parts:
        whole.update(len(part).to_bytes(8, "big") + part)
    return whole.hexdigest()[:32]


def _unit(vectors: Vectors) -> Vectors:
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: Vectors = np.divide(vectors, norms, out=np.zeros_like(vectors), where=norms > 0)
    return unit
