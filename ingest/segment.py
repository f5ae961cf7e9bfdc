"""Vietnamese words joined ("báo cáo" -> "báo_cáo") for models whose vocabulary is made of words: the home of pyvi."""

from __future__ import annotations

import importlib.metadata
import threading
from collections.abc import Callable
from functools import cache
from typing import cast

from ingest.errors import ModelUnavailable

_one = threading.Lock()  # its tagger keeps the sentence it works on


def words_joined(text: str) -> str:
    """Return ``text`` with the syllables of a word joined by "_" and punctuation set apart.

    Raises ``ModelUnavailable`` where pyvi is missing.
    """
    tokenize = _tokenizer()
    with _one:
        return tokenize(text)


def segmenter_version() -> str:
    """Return the version of pyvi: another may join other words. Raises ``ModelUnavailable`` where it is missing."""
    try:
        return importlib.metadata.version("pyvi")
    except importlib.metadata.PackageNotFoundError as error:
        raise _missing() from error


@cache
def _tokenizer() -> Callable[[str], str]:
    try:
        from pyvi import ViTokenizer  # brings scikit-learn, which takes seconds
    except ImportError as error:
        raise _missing() from error
    return cast(Callable[[str], str], ViTokenizer.tokenize)


def _missing() -> ModelUnavailable:
    return ModelUnavailable(
        "Mô hình này cần tách từ tiếng Việt bằng pyvi nhưng chưa cài: hãy chạy pip install 'hoibaocao[words]', "
        'hoặc đặt embedding.segmenter = "none" nếu mô hình không cần tách từ.'
    )
