"""Everyday wordings of a question beside the terms of administration, by the table ``everyday.tsv``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache

from ingest.vi.abbreviations import certain
from ingest.vi.normalise import fold, unify
from ingest.vi.word_tables import rows
from service.domain import Alternative

_Phrase = tuple[str, ...]
_ONLY_WITH_ACCENTS = "~"
_PAIR = 2  # letters


def alternatives(spoken: Sequence[str], *, accents: bool) -> tuple[Alternative, ...]:
    """Return the phrases of a question that reports may say in other words, in order; () for none.

    ``spoken``: its words, unified, folded when it was typed without ``accents``. The longest phrase at a place counts,
    and no two overlap.
    """
    table = _table(accents=accents)
    longest = max(map(len, table), default=0)
    found: list[Alternative] = []
    at = 0
    while at < len(spoken):
        sizes = range(min(longest, len(spoken) - at), 0, -1)
        size = next((n for n in sizes if tuple(spoken[at : at + n]) in table), 0)
        if size:
            phrase = tuple(spoken[at : at + size])
            found.append(Alternative(phrase, table[phrase]))
        at += size or 1
    return tuple(found)


def is_wording(phrase: str) -> bool:
    """Tell whether a folded phrase is an everyday wording of the table ("rot tien")."""
    return tuple(phrase.split()) in _table(accents=False)


@lru_cache(maxsize=2)
def _table(*, accents: bool) -> Mapping[_Phrase, tuple[str, ...]]:
    """Return each wording with the unified terms it stands for.

    A term is no wording of another where it says all of it and more ("thu ngân sách" for "thu ngân sách nhà nước"): it
    would let the narrower pass for the broader. Terms of one syllable are too many words without accents.
    """
    found: defaultdict[_Phrase, list[str]] = defaultdict(list)
    for wording, sign, written in rows("service.understand", "everyday.tsv"):
        plain = unify(wording.removeprefix(_ONLY_WITH_ACCENTS))
        terms = unify(written).split("|")
        if accents or not wording.startswith(_ONLY_WITH_ACCENTS):
            found[_phrase(plain, accents=accents)] += terms
        for term in terms if sign == "=" else ():
            if not set(plain.split()) < set(term.split()) and (accents or " " in term):
                found[_phrase(term, accents=accents)].append(plain)
    for short, sense in certain():
        if len(short) == _PAIR:  # longer ones are written out where a report has them
            found[_phrase(unify(sense), accents=accents)].append(unify(short))
    return {phrase: tuple(dict.fromkeys(terms)) for phrase, terms in found.items()}


def _phrase(text: str, *, accents: bool) -> _Phrase:
    return tuple((text if accents else fold(text)).split())
