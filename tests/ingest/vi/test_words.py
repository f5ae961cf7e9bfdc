from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.vi.normalise import canonical, unify
from ingest.vi.words import bigrams, words

LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ"
TEXTS = st.text(alphabet=LETTERS + LETTERS.upper() + "0123456789 .,;/&-()%\n", max_size=60)


def check(text: str, expected: list[str]) -> None:
    assert [word.text for word in words(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("... – ; %", []),
        ("Tổng đàn bò là 1.936,420 con.", ["tổng", "đàn", "bò", "là", "1.936,420", "con"]),
        ("16/24 công trình", ["16/24", "công", "trình"]),
        ("1.4. Thủy sản: 24, 25", ["1.4", "thủy", "sản", "24", "25"]),
        ("Sở KH&ĐT, NN&PTNT", ["sở", "kh&đt", "nn&ptnt"]),
        ("Số 15/BC-UBND", ["số", "15", "bc", "ubnd"]),
        ("100m2, 15kg, cúm H5N1", ["100", "m2", "15", "kg", "cúm", "h5n1"]),
        ("diện tích vùi lấp¹ 12 km², năm² 2024", ["diện", "tích", "vùi", "lấp", "12", "km²", "năm", "2024"]),
        ("HOÀ bình", ["hòa", "bình"]),
        ("tăng_trưởng", ["tăng", "trưởng"]),
        ("đạt 98%", ["đạt", "98"]),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    check(text, expected)


@given(TEXTS)
def test_offsets_hold_in_the_source(text: str) -> None:
    text = canonical(text)
    found = words(text)
    assert [unify(text)[word.start : word.end] for word in found] == [word.text for word in found]
    assert all(a.end <= b.start for a, b in pairwise(found))


@given(TEXTS)
def test_nothing_but_punctuation_is_dropped(text: str) -> None:
    covered = {i for word in words(text) for i in range(word.start, word.end)}
    assert not [ch for i, ch in enumerate(text) if ch.isalnum() and i not in covered]


@given(TEXTS)
def test_case_and_composition_do_not_matter(text: str) -> None:
    expected = [word.text for word in words(canonical(text))]
    assert [word.text for word in words(canonical(text.upper()))] == expected
    assert [word.text for word in words(canonical(unicodedata.normalize("NFD", text)))] == expected


def test_folded_form() -> None:
    assert [word.folded for word in words("Đường đất")] == ["duong", "dat"]


def pairs(text: str) -> list[str]:
    return [f"{left.text} {right.text}" for left, right in bigrams(text, words(text))]


def test_bigrams_stop_at_punctuation() -> None:
    assert pairs("trồng lúa, chăn nuôi (lợn)") == ["trồng lúa", "chăn nuôi"]
    assert pairs("Quý I/2024") == ["quý i", "i 2024"]
    assert pairs("một") == []
    assert pairs("") == []
