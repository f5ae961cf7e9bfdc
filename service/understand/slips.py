"""Slips of the keys in a question: the likeliest reading of its words, as their neighbours in the reports tell.

A noisy channel (Kernighan, Church & Gale 1990) over the chain of words, read as a whole: each word is itself or a known
word one slip away. A word that is none of the language gives way easily, an ordinary one hardly, ours least.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ingest.vi.normalise import fold, has_accents
from service.understand.chains import likeliest
from service.understand.lexicon import ROMAN, Forms, Lexicon, bare_syllables, one_letter_changed, real_syllables

# How much likelier than its neighbours say a word is as typed, as logarithms: one of our tables, one the reports have,
# another of the language, none. Chosen so that questions without a slip stay as they are.
_AS_TYPED = {"own": 10.0, "said": 7.0, "real": 8.0, "none": 0.0}
_PLAIN = 5.0  # the most for a word without accents
_BARE = 0.7  # the same for a word without accents where another lacks its own
# What is likelier typed for a word: accents left out or amiss, a letter too many, too few or two swapped, another
# letter, a letter and accents.
_CHANNEL = {"accents": -0.5, "letter": -1.0, "changed": -3.5, "both": -4.0}


def corrected(
    words: Sequence[str], keyed: Sequence[str], lexicon: Lexicon, *, accents: bool, fixed: frozenset[int] = frozenset()
) -> tuple[str, ...]:
    """Return unified ``words`` with their slips put right; the same number of words.

    ``keyed``: the words letter by letter as typed (a tone moves with the spelling of its word). ``fixed``: 0-based
    places of words to leave; "" stands for a sign between words, ``NUMBER`` for a number. Without ``accents`` the words
    are folded and so are the results.
    """
    forms = lexicon.forms(accents=accents)
    loose = accents and any(at not in fixed and _lacks_accents(word, lexicon) for at, word in enumerate(words))
    choices = [
        {word: 0.0}
        if at in fixed or not word or _settled(words, at, forms)
        else _options(word, typed, lexicon, accents=accents, loose=loose)
        for at, (word, typed) in enumerate(zip(words, keyed, strict=True))
    ]
    return likeliest(choices, forms, lexicon.words, at_least_once=True)


def _settled(words: Sequence[str], at: int, forms: Forms) -> bool:
    """Tell whether a word is known beside each of its neighbours as typed."""
    around = ("", *words, "")
    pairs = [pair for pair in ((around[at], words[at]), (words[at], around[at + 2])) if all(pair)]
    return bool(pairs) and all(pair in forms.pairs for pair in pairs)


def _lacks_accents(word: str, lexicon: Lexicon) -> bool:
    """Tell whether a bare word is nothing as typed and a known word with accents."""
    return not has_accents(word) and _kind(word, lexicon, accents=True) == "none" and fold(word) in lexicon.by_fold


def _options(word: str, typed: str, lexicon: Lexicon, *, accents: bool, loose: bool) -> Mapping[str, float]:
    """Return what a typed word may be with the logarithm of how much that speaks for it besides its neighbours."""
    forms = lexicon.forms(accents=accents)
    found: dict[str, float] = {}
    kind = _kind(word, lexicon, accents=accents)
    if accents and kind == "none":
        for bare in lexicon.folded.slips(fold(word)):
            found |= dict.fromkeys(lexicon.by_fold[bare], _CHANNEL["both"])
    for one in forms.slips(word) | (forms.slips(typed) if accents else frozenset()):
        changed = one_letter_changed(word, one) and one_letter_changed(typed, one)
        found[one] = _CHANNEL["changed" if changed else "letter"]
    if accents:
        found |= dict.fromkeys(lexicon.by_fold.get(fold(word), ()), _CHANNEL["accents"])
    found[word] = (
        _AS_TYPED[kind] if has_accents(word) or not found else min(_AS_TYPED[kind], _BARE if loose else _PLAIN)
    )
    return found


def _kind(word: str, lexicon: Lexicon, *, accents: bool) -> str:
    if word in ROMAN:
        return "own"
    if word in lexicon.forms(accents=accents).counts:
        return "own" if word in lexicon.own else "said"
    return "real" if word in (real_syllables() if accents else bare_syllables()) else "none"
