"""Text to vectors: the home of tokenizers and safetensors at run time.

A folder whose modules are a StaticEmbedding (and a Normalize) runs on numpy and a tokenizer alone: one row per token,
their mean, unit length. The shipped model is such a folder. Anything else goes through sentence-transformers
(``transformer``), which is imported only then. How texts are made ready for either: ``model_texts``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError, safe_open
from tokenizers import Tokenizer

from ingest.errors import ModelUnavailable
from ingest.model_files import FileHashes, content_fingerprint, model_folder, read_json
from ingest.model_texts import TextRules, text_rules
from ingest.model_texts import prepare as prepare
from ingest.transformer import TransformerEmbedder, Vectors, sentence_transformer, unit_rows


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
class Options:
    """What the operator says about a model and this machine.

    ``texts``: fields of ``TextRules`` set by hand. ``batch_tokens``: tokens (padding counted) that a transformer reads
    at once, which bounds its memory. ``threads``: for its arithmetic; None lets the library choose. ``hashes``: where
    hashes of large files are remembered. Only ``texts`` changes vectors.
    """

    texts: Mapping[str, object] = field(default_factory=dict)
    batch_tokens: int = 4096
    threads: int | None = None
    hashes: FileHashes | None = None


def load_embedder(
    source: str | Path | None = None, *, options: Options | None = None
) -> StaticEmbedder | TransformerEmbedder:
    """Return the model in folder ``source``, or the one of that name in the local Hugging Face cache.

    None is the shipped model. Nothing is downloaded, and no code that comes with a model is run. Raises
    ``ModelUnavailable`` when there is no such model, when it is damaged, or when it needs an extra (``models`` or
    ``words``) that is not installed.
    """
    options = options or Options()
    folder = Path(__file__).with_name("model") if source is None else model_folder(source, kind="mô hình nhúng")
    modules = read_json(folder / "modules.json", missing=[] if (folder / "config.json").exists() else None)
    if _is_static(modules):
        inner = folder / modules[0].get("path", "")
        tokenizer = _tokenizer(inner / "tokenizer.json")
        rules = text_rules(folder, vocabulary=tokenizer.get_vocab().keys(), settings=options.texts)
        return StaticEmbedder(inner, tokenizer=tokenizer, rules=rules, fingerprint=_fingerprint(folder, rules, options))
    model = sentence_transformer(folder, threads=options.threads)
    vocabulary, limit = model.tokenizer.get_vocab().keys(), model.max_seq_length
    rules = text_rules(folder, vocabulary=vocabulary, limit=limit, settings=options.texts)
    fingerprint = _fingerprint(folder, rules, options)
    return TransformerEmbedder(model, rules=rules, fingerprint=fingerprint, batch_tokens=options.batch_tokens)


def _fingerprint(folder: Path, rules: TextRules, options: Options) -> str:
    return content_fingerprint(folder, salt=rules.mark, hashes=options.hashes)


class StaticEmbedder:
    """Mean of token vectors, read with numpy alone. Safe to share between threads: nothing changes after loading."""

    def __init__(self, folder: Path, *, tokenizer: Tokenizer, rules: TextRules, fingerprint: str) -> None:
        self.fingerprint = fingerprint
        self.rules = rules
        self._tokenizer = tokenizer
        self._table = _table(folder / "model.safetensors")
        if self._table.tokens < self._tokenizer.get_vocab_size():
            raise ModelUnavailable(f"Mô hình nhúng trong {folder} có ít vectơ hơn số từ của bộ tách từ.")

    @property
    def dim(self) -> int:
        """Return the number of components of a vector."""
        return int(self._table.rows.shape[1])

    def passages(self, texts: Sequence[str]) -> Vectors:
        """See ``Embedder.passages``."""
        return self._encode([self.rules.passage(text) for text in texts])

    def query(self, text: str) -> Vectors:
        """See ``Embedder.query``."""
        vector: Vectors = self._encode([self.rules.query(text)])[0]
        return vector

    def _encode(self, texts: Sequence[str]) -> Vectors:
        vectors = np.zeros((len(texts), self.dim), dtype=np.float32)
        encodings = self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
        for row, encoding in enumerate(encodings):
            ids = encoding.ids[: self.rules.max_tokens]
            if ids:
                vectors[row] = self._table.take(ids).mean(axis=0)
        return unit_rows(vectors)


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


def _is_static(modules: Any) -> bool:
    try:
        kinds = [module["type"].rsplit(".", 1)[-1] for module in modules]
    except (TypeError, KeyError, AttributeError) as error:
        raise ModelUnavailable("Tệp modules.json của mô hình nhúng không đúng khuôn dạng.") from error
    return kinds in (["StaticEmbedding"], ["StaticEmbedding", "Normalize"])
