"""Joining the syllables of words."""

from __future__ import annotations

import importlib.metadata
import sys

import pytest

from ingest import segment
from ingest.errors import ModelUnavailable


def test_syllables_of_a_word_are_joined() -> None:
    pytest.importorskip("pyvi", reason="needs the words extra")
    assert segment.words_joined("tình hình tai nạn giao thông") == "tình_hình tai_nạn giao_thông"
    assert segment.segmenter_version() == importlib.metadata.version("pyvi")


def test_where_pyvi_is_missing_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    segment._tokenizer.cache_clear()
    monkeypatch.setitem(sys.modules, "pyvi", None)
    with pytest.raises(ModelUnavailable, match=r"hoibaocao\[words\]"):
        segment.words_joined("báo cáo")
    segment._tokenizer.cache_clear()


def test_no_version_is_no_fingerprint(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> str:
        raise importlib.metadata.PackageNotFoundError(name)

    monkeypatch.setattr(importlib.metadata, "version", missing)
    with pytest.raises(ModelUnavailable, match="pyvi"):
        segment.segmenter_version()
