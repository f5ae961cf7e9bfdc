"""Accents left out of a question: the likeliest reading of its bare words, as their neighbours tell.

A chain of words is read as a whole (Viterbi 1967), each bare word being one of the known words it could be without its
accents; how likely one word follows another is counted in the reports (Jelinek-Mercer smoothing).
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from ingest.vi.normalise import fold, has_accents
from service.understand.lexicon import Lexicon, real_syllables

_PAIR_WEIGHT = 0.8  # of the pair against the word alone
_AS_TYPED = 2.0  # how many times likelier than its count says a bare word is as typed
_UNSEEN = 1e-7

_PERSONS = re.compile(
    r"(?:giới|nữ|sinh viên|thanh niên|giáo viên|thí sinh|đoàn viên|đảng viên|lao động|học (?:sinh|viên)|bệnh nhân) "
)


def restored(words: Sequence[str], lexicon: Lexicon, *, fixed: frozenset[int] = frozenset()) -> tuple[str, ...]:
    """Return unified ``words`` with accents put on the bare ones; the same number of words.

    ``fixed``: 0-based places of words to leave; "" stands for one that says nothing of its neighbours.
    """
    choices = [(word,) if at in fixed else _choices(word, lexicon) for at, word in enumerate(words)]
    bonus = math.log(_AS_TYPED)
    paths: dict[str, tuple[float, tuple[str, ...]]] = {"": (0.0, ())}
    for typed, options in zip(words, choices, strict=True):
        paths = {
            option: max(
                (score + _likelihood(before, option, lexicon) + (bonus if option == typed else 0.0), (*path, option))
                for before, (score, path) in paths.items()
            )
            for option in options
        }
    return max(paths.values())[1]


def _choices(word: str, lexicon: Lexicon) -> tuple[str, ...]:
    """Return what a typed word may be: itself, or for a bare one every known word that is so without accents."""
    known = _known(word, lexicon)
    if not known or word in known or word not in real_syllables():
        return known or (word,)
    return (word, *known)


def _known(word: str, lexicon: Lexicon) -> tuple[str, ...]:
    return () if has_accents(word) else lexicon.by_fold.get(fold(word), ())


def _likelihood(before: str, word: str, lexicon: Lexicon) -> float:
    if not word:
        return 0.0
    counts, pairs = lexicon.exact.counts, lexicon.exact.pairs
    beside = pairs.get((before, word), 0) / counts[before] if counts.get(before) else 0.0
    alone = counts.get(word, 0) / max(1, lexicon.words)
    return math.log(_PAIR_WEIGHT * beside + (1 - _PAIR_WEIGHT) * alone + _UNSEEN)


def is_male(lows: Sequence[str], at: int) -> bool:
    """Tell whether the word at ``at`` is "nam" as in "nam giới", and no "năm" without its accents."""
    return lows[at] == "nam" and _PERSONS.match(f"{' '.join(lows[at + 1 : at + 3])} ") is not None
