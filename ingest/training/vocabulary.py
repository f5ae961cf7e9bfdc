"""The tokenizer: a Unigram lattice over a hand-made vocabulary.

Vietnamese writes a blank between syllables, not words. So the pieces are whole syllables, written words of several
syllables ("▁tai▁nạn", counted in the word-segmented news), the same without accents ("▁tai▁nan") for people who type
without them, frequent numbers, and sub-syllables learned from rare words (names, foreign words) for the rest.
The best path takes the longest likely pieces, so a frequent word is one token and nothing is unknown but odd scripts.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, trainers

from ingest.training.recipe import VocabularySizes
from ingest.vi.normalise import fold

BLANK = "▁"
UNKNOWN = "<unk>"
# What becomes tokens: runs of words (a word starts with a letter, so "m2" is one), numbers with their separators, "%".
_SEGMENT = r"\p{L}[\p{L}\p{M}\p{N}]*(?: \p{L}[\p{L}\p{M}\p{N}]*)*|\p{N}+(?:[.,]\p{N}+)*|%"
_TOKEN = re.compile(r"[^\W\d_]\w*|\d+(?:[.,]\d+)*")
_LATIN = re.compile("[a-z\u00df-\u01b0\u1ea0-\u1ef9]+")
_PIECE_SCORE = -17.0  # below any whole syllable kept, so sub-syllables only spell what no whole piece covers
_BARE_WEIGHT = 0.25  # the share of texts imagined as typed without accents


@dataclass(slots=True)
class Counts:
    """How often each syllable, written word (blanks inside) and number was seen; all unified."""

    syllables: Counter[str] = field(default_factory=Counter)
    words: Counter[str] = field(default_factory=Counter)
    numbers: Counter[str] = field(default_factory=Counter)

    def add_text(self, text: str) -> None:
        """Count the syllables and numbers of a unified text."""
        for token in _TOKEN.findall(text):
            (self.numbers if token[0].isdigit() else self.syllables)[token] += 1

    def add_segmented(self, text: str) -> None:
        """Count the words of two to four syllables of a unified text whose words are joined by ``_``."""
        for word in text.split():
            parts = word.split("_")
            if 2 <= len(parts) <= 4 and all(part.isalpha() for part in parts):
                self.words[" ".join(parts)] += 1


def build_tokenizer(counts: Counts, *, sizes: VocabularySizes) -> Tokenizer:
    """Return the tokenizer; its id 0 is the unknown token. The same counts give the same tokenizer."""
    vocabulary = [(UNKNOWN, 0.0), *_scored(counts, sizes)]
    tokenizer = Tokenizer(models.Unigram(vocabulary, unk_id=0, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence([normalizers.Replace(Regex(r"\s+"), " "), normalizers.Strip()])
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(_SEGMENT), behavior="removed", invert=True),
            pre_tokenizers.Metaspace(replacement=BLANK, prepend_scheme="always", split=False),
        ]
    )
    return tokenizer


def _scored(counts: Counts, sizes: VocabularySizes) -> list[tuple[str, float]]:
    total = sum(counts.syllables.values()) or 1
    bare = _folded(counts.syllables), _folded(counts.words)
    chosen: dict[str, float] = {}
    for counter, size, weight in (
        (counts.syllables, sizes.syllables, 1.0),
        (counts.words, sizes.words, 1.0),
        (bare[0], sizes.bare_syllables, _BARE_WEIGHT),
        (bare[1], sizes.bare_words, _BARE_WEIGHT),
        (counts.numbers, sizes.numbers, 1.0),
    ):
        for text, count in _most_common(counter, size=size, at_least=sizes.min_count, taken=chosen):
            chosen[_written(text)] = math.log(count * weight / total)
    for piece in _pieces(counts.syllables, chosen, size=sizes.pieces):
        chosen.setdefault(piece, _PIECE_SCORE)
    return sorted(chosen.items(), key=lambda item: (-item[1], item[0]))


def _written(text: str) -> str:
    return BLANK + text.replace(" ", BLANK)


def _folded(counter: Counter[str]) -> Counter[str]:
    bare: Counter[str] = Counter()
    for text, count in counter.items():
        plain = fold(text)
        if plain != text:
            bare[plain] += count
    return bare


def _most_common(
    counter: Counter[str], *, size: int, at_least: int, taken: dict[str, float]
) -> Iterable[tuple[str, int]]:
    ranked = sorted(counter.items(), key=lambda item: (-item[1], item[0]))
    fresh = [(text, count) for text, count in ranked if count >= at_least and _written(text) not in taken]
    return fresh[:size]


def _pieces(syllables: Counter[str], chosen: dict[str, float], *, size: int) -> list[str]:
    """Return sub-syllables learned (BPE) from the syllables that are no piece themselves, and every single letter.

    Digits are left out on purpose: a number that is not frequent becomes the unknown token, whose vector is zero. What
    a figure says exactly is for the lexical side to find; ten digit vectors would only blur the mean.
    """
    rare = {text: count for text, count in syllables.items() if _written(text) not in chosen}
    rare = {text: count for text, count in rare.items() if _LATIN.fullmatch(text)}
    signs = {sign for text in syllables if _LATIN.fullmatch(text) for sign in text}
    learner = Tokenizer(models.BPE())
    trainer = trainers.BpeTrainer(vocab_size=size, min_frequency=3, show_progress=False, special_tokens=[])
    learner.train_from_iterator(
        (_written(text) for text, count in sorted(rare.items()) for _ in range(min(count, 5))), trainer
    )
    learned = sorted(learner.get_vocab().items(), key=lambda item: item[1])
    return [
        BLANK + "%",
        *sorted(signs),
        *(BLANK + sign for sign in sorted(signs)),
        *(piece for piece, _ in learned if piece != BLANK),
    ]
