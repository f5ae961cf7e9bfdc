"""Normalising: idempotent, length-keeping, one tone spelling."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.vi.normalise import canonical, fold, has_accents, unify

TEXT = st.text(alphabet=st.characters(codec="utf-8"), max_size=60)


@given(TEXT)
def test_canonical_twice_is_once(text: str) -> None:
    assert canonical(canonical(text)) == canonical(text)


@given(TEXT)
def test_unify_and_fold_keep_length_and_are_idempotent(text: str) -> None:
    stored = canonical(text)
    assert len(unify(stored)) == len(fold(stored)) == len(stored)
    assert unify(unify(stored)) == unify(stored)
    assert fold(fold(stored)) == fold(stored)


@pytest.mark.parametrize(
    ("written", "unified"),
    [
        ("HOÀ", "hòa"),
        ("luỹ kế", "lũy kế"),
        ("Thuỷ sản", "thủy sản"),
        ("quý", "quý"),
        ("hoàn toán ngoại", "hoàn toán ngoại"),
        ("khoẻ", "khỏe"),
        ("Ðại", "đại"),
        ("１８ vụ", "18 vụ"),
    ],
)
def test_one_tone_spelling(written: str, unified: str) -> None:
    assert unify(written) == unified
    assert unify(canonical(unicodedata.normalize("NFD", written))) == unified


def test_fold_and_accents() -> None:
    assert fold("Đường ƯỚC m²") == "duong uoc m²"
    assert has_accents("quý") and has_accents("đ") and not has_accents("quy 1 co")


def test_canonical_drops_invisible_characters() -> None:
    assert canonical("a\u200bb\u00adc\r\nd") == "abc\nd"


@given(TEXT)
def test_a_text_is_unified_letter_by_letter(text: str) -> None:
    apart = "".join(unify(letter) for letter in text)
    together = unify(text)
    # Only the tone of an open pair ("hoà") depends on the letter beside it, and folding drops tones.
    assert fold(together) == fold(apart)


@pytest.mark.parametrize(
    ("written", "unified"),
    [
        ("Ðồi", "đồi"),
        ("A\u00a0B", "a b"),
        ("\uff11\uff12 \uff36\u1ee4", "12 vụ"),
        ("ΟΔΟΣ", "οδοσ"),
        ("\u0130", "\u0130"),
    ],
)
def test_letters_of_their_own_rule(written: str, unified: str) -> None:
    assert unify(written) == unified


def test_long_texts_read_like_short_ones() -> None:
    line = "Hoà Bình: ĐÀN TRÂU 1.214 con. "
    assert unify(line * 50) == unify(line) * 50
    assert fold(line * 50) == fold(line) * 50
