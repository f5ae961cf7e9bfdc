"""Which of several pieces of a sentence belongs to the words asked about: the one they stand nearest to."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.vi.normalise import fold
from service.answer.tokens import key, keys
from service.answer.views import Stretch
from service.domain import Query

_BORDER = re.compile(r"[.;](?!\d)")
# Whose a piece is, said right behind it: "mô hình A của phường và mô hình B của xã", "A (xã X), B (xã Y)".
_OWNER = re.compile(r"[”\"»]?\s?(?:của|ở|tại|thuộc|\()\s?((?:(?!\svà\s)[^,;.()])+)")
# Words behind a piece say less of it than those that lead to it; those right before it, more.
_CLOSEST, _BEHIND = 0.5, 0.3
# "thôn nào chưa có": the one said not to have it, whatever else is said of the others.
_NEGATIONS, _NEGATION = frozenset(("chua", "khong")), 4.0


def asked_words(query: Query) -> frozenset[str]:
    """Return the folded content words of a question as they are compared."""
    return frozenset(fold(key(term)) for term in query.terms)


def _sought(query: Query, text: str) -> frozenset[str]:
    """Return the folded words to look for in ``text``, those of the place asked about among them.

    Of a phrase it has not, those of its other wordings.
    """
    said = _words(text)
    other = (
        word
        for phrase in query.also
        if not all(fold(key(own)) in said for own in phrase.words)
        for term in phrase.terms
        for word in keys(term)
    )
    placed = keys(query.place or "")
    return asked_words(query) | frozenset(fold(word) for word in (*other, *placed))


def nearest(query: Query, text: str, pieces: Sequence[Stretch]) -> int:
    """Return the place of the piece of ``text`` that the question's words surround; the first of equal ones.

    Words count from the last full stop or semicolon on, those behind the piece before more, and, for less, those up
    to the next piece. ``pieces`` are in order and not empty.
    """
    asked = _sought(query, text) | (_NEGATIONS & frozenset(fold(query.text).split()))
    return max(_of_place(query, text, pieces), key=lambda i: (_closeness(asked, text, pieces, i), -i))


def _of_place(query: Query, text: str, pieces: Sequence[Stretch]) -> Sequence[int]:
    """Return the pieces said right behind to be of the place asked about, where others are said to be of others."""
    placed = _words(query.place or "")
    owners = [_OWNER.match(text, piece.end) for piece in pieces]
    if not placed:
        return _of_owner(asked_words(query), [_words(owner[1]) for owner in owners if owner is not None], len(pieces))
    own = [n for n, owner in enumerate(owners) if owner is not None and placed & _words(owner[1])]
    return own if 0 < len(own) < sum(owner is not None for owner in owners) else range(len(pieces))


def _of_owner(asked: frozenset[str], owners: Sequence[frozenset[str]], pieces: int) -> Sequence[int]:
    """Return the one piece behind which most of what is asked is said, where something is said behind each."""
    told = [len(asked & words) for words in owners] if len(owners) == pieces > 1 else []
    most = max(told, default=0)
    return [told.index(most)] if most and told.count(most) == 1 else range(pieces)


def _closeness(asked: frozenset[str], text: str, pieces: Sequence[Stretch], at: int) -> float:
    own = pieces[at]
    last = pieces[at - 1].end if at else 0
    borders = [m.end() for m in _BORDER.finditer(text, 0, own.start)]
    begin = borders[-1] if borders else 0
    lead, closest = _words(text[begin : own.start]), _words(text[max(begin, last) : own.start])
    end = pieces[at + 1].start if at + 1 < len(pieces) else len(text)
    stop = _BORDER.search(text, own.end, end)
    behind = _words(text[own.end : stop.start() if stop else end])
    return _sum(asked & lead) + _CLOSEST * _sum(asked & closest) + _BEHIND * _sum((asked & behind) - lead)


def _sum(words: frozenset[str]) -> float:
    return sum(map(_worth, words))


def _worth(word: str) -> float:
    return _NEGATION if word in _NEGATIONS else 1.0


def _words(text: str) -> frozenset[str]:
    return frozenset(fold(k) for k in keys(text))
