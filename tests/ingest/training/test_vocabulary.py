"""The tokenizer: words whole, accents optional, every Vietnamese text spelt, odd numbers left to the lexical side."""

from __future__ import annotations

import pytest
from tokenizers import Tokenizer

from ingest.training.recipe import VocabularySizes
from ingest.training.vocabulary import UNKNOWN, Counts, build_tokenizer

SIZES = VocabularySizes(pieces=60, min_count=2)


def counts() -> Counts:
    found = Counts()
    for _ in range(20):
        found.add_text("tai nạn giao thông ở huyện năm 2023, tại nan giải")
        found.add_segmented("tai_nạn giao_thông ở huyện năm 2023 , ô-tô_con")
    for rare in ("nguyễn", "nguyên", "nguyện", "thuyền", "thuyên", "strasbourg"):
        found.add_text(rare)
    return found


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return build_tokenizer(counts(), sizes=SIZES)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("tai nạn giao thông", ["▁tai▁nạn", "▁giao▁thông"]),
        ("tai nan giao thong", ["▁tai▁nan", "▁giao▁thong"]),
        ("huyện (tai  nạn), năm 2023.", ["▁huyện", "▁tai▁nạn", "▁năm", "▁2023"]),
        ("tai, nạn", ["▁tai", "▁nạn"]),
        ("", []),
        ("...", []),
    ],
)
def test_tokens(tokenizer: Tokenizer, text: str, tokens: list[str]) -> None:
    assert tokenizer.encode(text).tokens == tokens


def test_rare_syllables_are_spelt_and_other_scripts_and_numbers_unknown(tokenizer: Tokenizer) -> None:
    spelt = tokenizer.encode("nguyễn strasbourg").tokens
    assert "".join(spelt) == "▁nguyễn▁strasbourg" and len(spelt) > 2
    assert set(tokenizer.encode("北京").ids) == {tokenizer.token_to_id(UNKNOWN)} == {0}
    assert 0 in tokenizer.encode("8.128").ids


def test_only_words_of_letters_are_kept_whole() -> None:
    assert set(counts().words) == {"tai nạn", "giao thông"}


def test_the_same_counts_give_the_same_tokenizer(tokenizer: Tokenizer) -> None:
    assert build_tokenizer(counts(), sizes=SIZES).to_str() == tokenizer.to_str()
