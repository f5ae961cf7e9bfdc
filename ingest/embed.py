"""Text to vectors: the home of embeddings by sentence-transformers, of tokenizers and safetensors at run time.

A folder whose modules are a StaticEmbedding (and a Normalize) runs on numpy and a tokenizer alone: one row per token,
their mean, unit length. The shipped model is such a folder. Anything else goes through sentence-transformers, which is
imported only then. Both take texts through the same normalising first, so a question and a passage written
differently (case, Unicode form, tone spelling) meet.

Settings of a model, by rising precedence: ``prompts`` of its ``config_sentence_transformers.json`` (keys "query" and
"passage" or "document"), then ``hoibaocao.json`` beside it with any of ``query_prefix``, ``passage_prefix``,
``max_tokens`` (positive; longer texts are cut) and ``batch_size``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError, safe_open
from tokenizers import Tokenizer

from ingest.errors import ModelUnavailable
from ingest.model_files import LOAD_ERRORS, content_fingerprint, model_folder, read_json
from ingest.vi.normalise import canonical, unify

Vectors = NDArray[np.float32]

# Raised whenever prepare() gives another text for any input: an index made with the old one must be rebuilt.
TEXT_VERSION = "1"
_BATCH = 64


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
    """Return the model in folder ``source``, or the one of that name in the local Hugging Face cache.

    None is the shipped model. Nothing is downloaded. Raises ``ModelUnavailable`` when there is no such model, when it
    is damaged, or when it needs the ``models`` extra and that is not installed.
    """
    folder = _folder(source)
    modules = read_json(folder / "modules.json", missing=[] if (folder / "config.json").exists() else None)
    settings, fingerprint = _settings(folder), content_fingerprint(folder, salt=f"text-{TEXT_VERSION}")
    if _is_static(modules):
        return StaticEmbedder(folder / modules[0].get("path", ""), settings=settings, fingerprint=fingerprint)
    return TransformerEmbedder(folder, settings=settings, fingerprint=fingerprint)


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
        if self._table.tokens < self._tokenizer.get_vocab_size():
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
    """Any model folder sentence-transformers can load."""

    def __init__(self, folder: Path, *, settings: ModelSettings, fingerprint: str) -> None:
        self.fingerprint = fingerprint
        self._settings = settings
        self._model = _sentence_transformer(folder)
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

    @property
    def tokens(self) -> int:
        """Return how many tokens have a vector."""
        return len(self.rows) if self.mapping is None else len(self.mapping)

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


def _folder(source: str | Path | None) -> Path:
    return Path(__file__).with_name("model") if source is None else model_folder(source, kind="mô hình nhúng")


def _sentence_transformer(folder: Path) -> Any:
    try:
        from sentence_transformers import SentenceTransformer
    except ImportError as error:
        raise ModelUnavailable(
            f"Mô hình nhúng {folder} cần phần cài thêm “models”: hãy chạy pip install 'hoibaocao[models]', "
            "hoặc bỏ thiết lập mô hình để dùng mô hình có sẵn."
        ) from error
    try:
        return SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    except LOAD_ERRORS as error:
        raise ModelUnavailable(f"Không nạp được mô hình nhúng {folder}: {error}") from error


def _is_static(modules: Any) -> bool:
    try:
        kinds = [module["type"].rsplit(".", 1)[-1] for module in modules]
    except (TypeError, KeyError, AttributeError) as error:
        raise ModelUnavailable("Tệp modules.json của mô hình nhúng không đúng khuôn dạng.") from error
    return kinds in (["StaticEmbedding"], ["StaticEmbedding", "Normalize"])


def _settings(folder: Path) -> ModelSettings:
    config = read_json(folder / "config_sentence_transformers.json", missing={})
    own = read_json(folder / "hoibaocao.json", missing={})
    prompts = config.get("prompts") or {}
    defaults = {
        "query_prefix": prompts.get("query", ""),
        "passage_prefix": prompts.get("passage", prompts.get("document", "")),
    }
    wrong = sorted(name for name, value in own.items() if not _allowed(name, value))
    if wrong:
        raise ModelUnavailable(f"Tệp hoibaocao.json trong {folder} có thiết lập không hợp lệ: {', '.join(wrong)}")
    return ModelSettings(**{**defaults, **own})


def _allowed(name: str, value: object) -> bool:
    if name in {"query_prefix", "passage_prefix"}:
        return isinstance(value, str)
    return name in {"max_tokens", "batch_size"} and type(value) is int and value > 0


def _unit(vectors: Vectors) -> Vectors:
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: Vectors = np.divide(vectors, norms, out=np.zeros_like(vectors), where=norms > 0)
    return unit
