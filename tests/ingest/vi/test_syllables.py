from __future__ import annotations

import pytest

from ingest.vi.syllables import is_accented_syllable


@pytest.mark.parametrize(
    "word",
    [
        "nghiêng",
        "quý",
        "giếng",
        "gì",
        "hoà",
        "hòa",
        "thủy",
        "khuỷu",
        "ươm",
        "yêu",
        "xoong",
        "ĐƯỢC",
        "quyết",
        "ngoằn",
        "oái",
    ],
)
def test_syllables(word: str) -> None:
    assert is_accented_syllable(word)


@pytest.mark.parametrize("word", ["đượć", "bảt", "báọ", "viêts", "cỏcb", "wảng", "bảbà", "ngàh", "", "xyz", "kêt"])
def test_no_syllables(word: str) -> None:
    assert not is_accented_syllable(word)
