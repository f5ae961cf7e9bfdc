"""The likeliest chain of words, each out of some it may be, as reports count words and neighbours (Viterbi 1967)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from service.understand.lexicon import Forms

_PAIR_WEIGHT = 0.8  # of the pair against the word alone (Jelinek-Mercer smoothing)
_UNSEEN = 1e-7


def likeliest(
    choices: Sequence[Mapping[str, float]], forms: Forms, words: int, *, at_least_once: bool
) -> tuple[str, ...]:
    """Return one word of each of ``choices``, in order; () for none.

    A choice maps each word it may be, "" for one that says nothing of its neighbours, to the logarithm of what speaks
    for it besides them. ``words``: how many words ``forms`` counts in all. ``at_least_once``: a word for which
    something speaks counts as one that stands once.
    """
    paths: dict[str, tuple[float, tuple[str, ...]]] = {"": (0.0, ())}
    for options in choices:
        longer: dict[str, tuple[float, tuple[str, ...]]] = {}
        for option, cost in options.items():
            least = int(at_least_once and cost > 0)
            longer[option] = max(
                (score + _likelihood(before, option, forms, words, least=least) + cost, (*path, option))
                for before, (score, path) in paths.items()
            )
        paths = longer
    return max(paths.values())[1]


def _likelihood(before: str, word: str, forms: Forms, words: int, *, least: int) -> float:
    """Return the logarithm of how likely ``word`` follows ``before``; it stands ``least`` times or more."""
    if not word:
        return 0.0
    beside = forms.pairs.get((before, word), 0) / max(1, forms.counts.get(before, 0)) if before else 0.0
    alone = max(least, forms.counts.get(word, 0)) / max(1, words)
    return math.log(_PAIR_WEIGHT * beside + (1 - _PAIR_WEIGHT) * alone + _UNSEEN)
