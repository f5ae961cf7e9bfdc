"""Abbreviations of Vietnamese administration, both ways. The table is ``abbreviations.tsv``."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache

from ingest.vi.normalise import fold, has_accents, unify
from ingest.vi.word_tables import rows

_TOKEN = re.compile(r"[^\W_]+(?:[&-][^\W_]+)*")


def expansions(token: str) -> tuple[str, ...]:
    """Return what an abbreviation may stand for, the usual sense first; () for a word that is none.

    Case and missing accents are forgiven: "tthc", "hdnd". A token of accents must have the right ones.
    """
    exact = _by_short().get(unify(token))
    if exact is not None or has_accents(token):
        return exact or ()
    return _by_folded_short().get(unify(token), ())


def is_ambiguous(token: str) -> bool:
    """Tell whether an abbreviation has more than one sense (TH, HS, KH, CP, CT, TT ...)."""
    return len(expansions(token)) > 1


def certain() -> tuple[tuple[str, str], ...]:
    """Return every abbreviation that has one sense, with it, as the table writes them."""
    return tuple((short, senses[0]) for short, senses in _rows() if len(senses) == 1)


def abbreviations_of(phrase: str) -> tuple[str, ...]:
    """Return the abbreviations of a phrase as written in reports; () for none. Case and accents are forgiven."""
    key = " ".join(unify(phrase).split())
    found = _by_phrase().get(key)
    if found is not None or has_accents(key):
        return found or ()
    return _by_folded_phrase().get(key, ())


def expand(text: str, *, context: Collection[str] = ()) -> str:
    """Return ``text`` with abbreviations written out; an ambiguous one only where a word decides.

    A sense is taken when one of its words, or a word of ``context``, stands beside it: see ``_SIGNS``. Undecided ones
    stay as they are. Lower-case two-letter words are left alone: "th", "an", "ta" are words too.
    """
    near = set(unify(text).split()) | {unify(word) for word in context}

    def write_out(match: re.Match[str]) -> str:
        token = match[0]
        if len(token) < 3 and not token.isupper():
            return token
        senses = expansions(token)
        if not senses:
            return token
        if len(senses) == 1:
            return senses[0]
        return decided(senses, near) or token

    return _TOKEN.sub(write_out, text)


# Words that point to a sense of an ambiguous abbreviation.
_SIGNS = {
    "tiểu học": "trường lớp giáo viên thcs mầm non",
    "học sinh": "trường lớp giỏi giáo dục đạt giải thi sinh viên",
    "hồ sơ": "trực tuyến đúng hạn quá hạn tiếp nhận giải quyết thủ tục nộp",
    "kế hoạch": "đạt so năm giao vượt thực hiện",
    "cổ phần": "công ty",
    "công ty": "tnhh cổ phần cp",
    "đại học": "trường sinh viên tuyển",
    "đường huyện": "tuyến đường km dự án",
    "thị trấn": "xã huyện",
    "trung tâm": "y tế dịch vụ",
}


def decided(senses: tuple[str, ...], near: Collection[str]) -> str | None:
    """Return the one of ``senses`` that most of the unified words ``near`` point to; None when none or several do."""
    scores = [len(set(near) & set(_SIGNS.get(sense, "").split())) for sense in senses]
    best = max(scores)
    return senses[scores.index(best)] if best and scores.count(best) == 1 else None


@cache
def _rows() -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((short, tuple(senses.split("|"))) for short, senses in rows("ingest.vi", "abbreviations.tsv"))


@cache
def _by_short() -> dict[str, tuple[str, ...]]:
    return {unify(short): senses for short, senses in _rows()}


@cache
def _by_folded_short() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for short, senses in _rows():
        found[fold(short)] = tuple(dict.fromkeys(found.get(fold(short), ()) + senses))
    return found


@cache
def _by_phrase() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for short, senses in _rows():
        for sense in senses:
            found[unify(sense)] = (*found.get(unify(sense), ()), short)
    return found


@cache
def _by_folded_phrase() -> dict[str, tuple[str, ...]]:
    return {fold(phrase): shorts for phrase, shorts in _by_phrase().items()}
