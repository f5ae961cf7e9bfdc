"""Two-letter abbreviations of a question ("HS", "KH") written out, as its other words and the reports tell."""

from __future__ import annotations

import re
from itertools import pairwise, product

from ingest.vi.abbreviations import decided, expansions
from ingest.vi.letters import pattern
from ingest.vi.normalise import fold, unify
from ingest.vi.words import words
from service.understand.lexicon import Lexicon
from service.understand.question import typed_with_accents

# Two capitals that stand alone: no part of a document's number ("12/KH-UBND"), a code ("QL.10") or a longer one.
_SHORT = pattern(r"(?<![\w/&.-])[{UP}]{2}(?![\w/&-]|\.\w)")
_A_PLACE = pattern(r"\.? [{UP}][{LOW} ]")  # "TT Y tế", "TP. Hạ Vân": what a capital follows is a name
_MOST_READINGS = 3


def readings(question: str, lexicon: Lexicon) -> tuple[str, ...]:
    """Return the readings of a question, at least one and at most three: its two-letter abbreviations written out.

    A sense is taken when a word of the question points to it (``abbreviations.decided``), when it is the only one whose
    words the reports have, or the only one they have beside the question's neighbouring words. Senses that fit alike
    give a reading each. What the reports have in no sense stays as typed, and so does a question all in capitals.
    """
    if question.isupper():
        return (question,)
    found = [m for m in _SHORT.finditer(question) if not _A_PLACE.match(question, m.end())]
    senses = [_senses(m, question, lexicon) for m in found]
    accents = typed_with_accents(_SHORT.sub("", question))
    made: list[str] = []
    for chosen in product(*senses):
        text = question
        for match, sense in reversed(list(zip(found, chosen, strict=True))):
            text = text[: match.start()] + (sense if accents else fold(sense)) + text[match.end() :]
        made.append(text)
    return tuple(made[:_MOST_READINGS])


def _senses(match: re.Match[str], question: str, lexicon: Lexicon) -> tuple[str, ...]:
    """Return the senses an abbreviation may have here; itself where there is none to choose."""
    known = expansions(match[0])
    spoken = [word.text for word in words(question[: match.start()])], [w.text for w in words(question[match.end() :])]
    pointed = decided(known, {*spoken[0], *spoken[1]}) if len(known) > 1 else None
    if pointed is not None:
        return (pointed,)
    said = tuple(sense for sense in known if _said(sense, lexicon))
    if len(said) <= 1:
        return said or (match[0],)
    fits = [_beside(sense, spoken[0][-1:], spoken[1][:1], lexicon) for sense in said]
    return tuple(sense for sense, fit in zip(said, fits, strict=True) if fit == max(fits))


def _said(sense: str, lexicon: Lexicon) -> bool:
    """Tell whether the words of ``sense`` stand side by side in the reports."""
    return all(pair in lexicon.exact.pairs for pair in pairwise(unify(sense).split()))


def _beside(sense: str, left: list[str], right: list[str], lexicon: Lexicon) -> int:
    """Return beside how many of its neighbours (0 to 2) the reports have ``sense``."""
    own = unify(sense).split()
    pairs = [*((word, own[0]) for word in left), *((own[-1], word) for word in right)]
    return sum(pair in lexicon.exact.pairs for pair in pairs)
