"""Accents left out of a question: the likeliest reading of its bare words, as their neighbours tell.

The words are read as one chain (``chains``), each bare one being one of the known words it could be without accents.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from ingest.vi.normalise import fold, has_accents
from service.understand.chains import likeliest
from service.understand.lexicon import Lexicon, real_syllables

_AS_TYPED = 2.0  # how many times likelier than its count says a bare word is as typed

_PERSONS = re.compile(
    r"(?:giới|nữ|sinh viên|thanh niên|giáo viên|thí sinh|đoàn viên|đảng viên|lao động|học (?:sinh|viên)|bệnh nhân) "
)


def restored(words: Sequence[str], lexicon: Lexicon, *, fixed: frozenset[int] = frozenset()) -> tuple[str, ...]:
    """Return unified ``words`` with accents put on the bare ones; the same number of words.

    ``fixed``: 0-based places of words to leave; "" stands for one that says nothing of its neighbours.
    """
    bonus = math.log(_AS_TYPED)
    choices = [
        {option: bonus if option == word else 0.0 for option in ((word,) if at in fixed else _choices(word, lexicon))}
        for at, word in enumerate(words)
    ]
    return likeliest(choices, lexicon.exact, lexicon.words, at_least_once=False)


def _choices(word: str, lexicon: Lexicon) -> tuple[str, ...]:
    """Return what a typed word may be: itself, or for a bare one every known word that is so without accents."""
    known = _known(word, lexicon)
    if not known or word in known or word not in real_syllables():
        return known or (word,)
    return (word, *known)


def _known(word: str, lexicon: Lexicon) -> tuple[str, ...]:
    return () if has_accents(word) else lexicon.by_fold.get(fold(word), ())


def is_male(lows: Sequence[str], at: int) -> bool:
    """Tell whether the word at ``at`` is "nam" as in "nam giới", and no "năm" without its accents."""
    return lows[at] == "nam" and _PERSONS.match(f"{' '.join(lows[at + 1 : at + 3])} ") is not None
