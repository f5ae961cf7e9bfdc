"""Embeddings by sentence-transformers: any model it can load from local files.

Weights are read as 32-bit floats and run on the processor. No code that comes with a model is run.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.errors import ModelUnavailable
from ingest.model_files import LOAD_ERRORS, read_json
from ingest.model_texts import TextRules

Vectors = NDArray[np.float32]

# Letters of Vietnamese text that make a token, at least: a low estimate makes batches smaller, never larger.
_LETTERS_A_TOKEN = 2.5


class TransformerEmbedder:
    """See ``Embedder``. Questions go at once, passages one batch at a time, so that memory is bounded.

    Rows of a batch differ from rows made alone by rounding only (about 1e-6).
    """

    def __init__(self, model: Any, *, rules: TextRules, fingerprint: str, batch_tokens: int) -> None:
        self.fingerprint = fingerprint
        self.rules = rules
        self._model = model
        if rules.max_tokens is not None:
            model.max_seq_length = rules.max_tokens
        self._batch_tokens = batch_tokens
        self._one_batch = threading.Lock()
        # Also sets the tokenizer's padding and cut, which the first call of several at once could do at cross-purposes.
        self.dim = int(self.query("báo cáo").shape[0])

    def passages(self, texts: Sequence[str]) -> Vectors:
        """See ``Embedder.passages``."""
        ready = [self.rules.passage(text) for text in texts]
        vectors = np.zeros((len(ready), self.dim), dtype=np.float32)
        for chosen in self._batches(ready):
            with self._one_batch:
                vectors[chosen] = self._encode([ready[i] for i in chosen])
        return vectors

    def query(self, text: str) -> Vectors:
        """See ``Embedder.query``."""
        vector: Vectors = self._encode([self.rules.query(text)])[0]
        return vector

    def _batches(self, texts: Sequence[str]) -> Iterator[list[int]]:
        """Yield the places of ``texts``, longest first, in batches of about ``batch_tokens`` tokens with padding."""
        lengths = [self._tokens(text) for text in texts]
        batch: list[int] = []
        for i in sorted(range(len(texts)), key=lambda i: -lengths[i]):
            if batch and (len(batch) + 1) * lengths[batch[0]] > self._batch_tokens:
                yield batch
                batch = []
            batch.append(i)
        if batch:
            yield batch

    def _tokens(self, text: str) -> int:
        guess = 2 + int(len(text) / _LETTERS_A_TOKEN)
        return guess if self.rules.max_tokens is None else min(guess, self.rules.max_tokens)

    def _encode(self, texts: list[str]) -> Vectors:
        # prompt="" keeps the library from adding a default prompt: the prefixes are already in the texts.
        raw = self._model.encode(
            texts, batch_size=len(texts), prompt="", show_progress_bar=False, convert_to_numpy=True
        )
        return unit_rows(np.nan_to_num(np.asarray(raw, dtype=np.float32)))


def sentence_transformer(folder: Path, *, threads: int | None = None) -> Any:
    """Return the SentenceTransformer in ``folder``. Raises ``ModelUnavailable``."""
    try:
        import torch
        from sentence_transformers import SentenceTransformer
    except ImportError as error:
        raise ModelUnavailable(
            f"Mô hình nhúng {folder} cần phần cài thêm “models”: hãy chạy pip install 'hoibaocao[models]', "
            "hoặc bỏ thiết lập mô hình để dùng mô hình có sẵn."
        ) from error
    if threads is not None:
        torch.set_num_threads(threads)
    quiet()
    try:
        return SentenceTransformer(
            str(folder), device="cpu", local_files_only=True, model_kwargs={"dtype": torch.float32}
        )
    except LOAD_ERRORS as error:
        raise not_loaded(folder, error, kind="mô hình nhúng") from error


def quiet() -> None:
    """Keep the library's bars of weights being read off standard error. It must be installed."""
    from transformers.utils.logging import disable_progress_bar

    disable_progress_bar()


def not_loaded(folder: Path, error: BaseException, *, kind: str) -> ModelUnavailable:
    """Return the error for a model that the library refuses; ``kind`` names it in Vietnamese."""
    if "auto_map" in read_json(folder / "config.json", missing={}):
        return ModelUnavailable(
            f"Không nạp được {kind} {folder}: mô hình này cần chạy mã Python riêng đi kèm nó (trust_remote_code), "
            "mà hệ thống không chạy mã lạ. Hãy dùng mô hình có kiến trúc chuẩn của thư viện transformers."
        )
    return ModelUnavailable(f"Không nạp được {kind} {folder}: {error}")


def unit_rows(vectors: Vectors) -> Vectors:
    """Return the rows at unit length; a row of zeros stays."""
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: Vectors = np.divide(vectors, norms, out=np.zeros_like(vectors), where=norms > 0)
    return unit
