"""Abbreviations of Vietnamese administration, both ways. The table is ``abbreviations.tsv``."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache

from ingest.vi.letters import pattern
from ingest.vi.normalise import fold, has_accents, unify
from ingest.vi.word_tables import rows
from ingest.vi.words import words

# "... (TMBL)", "... (viết tắt: TMBL)", "... (sau đây gọi tắt là TMBL)": a text says what it means by an abbreviation.
_DEFINED = pattern(
    r"\(\s*(?:(?:sau đây\s)?(?:gọi|viết)(?: tắt)?(?: là)?\s*:?\s*)?[\"“']?([{UP}][{UP}&-]{1,11})[\"”']?\s*\)"
)
_MOST_WORDS_BEFORE = 16  # between the words an abbreviation is made of and its bracket stand others of the same name
_SEPARATES = re.compile(r"[.;:()\n|]")
_UNSPELLED = frozenset(("và", "với", "của", "các", "về", "cho"))  # an abbreviation may leave these out
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


def defined(text: str) -> tuple[tuple[str, str], ...]:
    """Return the abbreviations a text explains in brackets, each with the unified words it is made of; () for none.

    "Tổng mức bán lẻ hàng hóa (TMBL)" gives ("TMBL", "tổng mức bán lẻ"): words side by side whose first letters it
    has, the nearest before the bracket (after Schwartz and Hearst 2003).
    """
    found: dict[str, str] = {}
    for match in _DEFINED.finditer(text):
        before = _SEPARATES.split(text[: match.start()])[-1]
        spelled = _spelled([word.text for word in words(before)][-_MOST_WORDS_BEFORE:], match[1])
        if spelled:
            found.setdefault(match[1], spelled)
    return tuple(found.items())


def _spelled(spoken: list[str], short: str) -> str:
    """Return the last run of words whose first letters are those of ``short``; "" for none."""
    letters = [letter for letter in fold(short) if letter.isalpha()]
    for end in range(len(spoken), 0, -1):
        at, left = end, len(letters)
        while at and left:
            at -= 1
            if fold(spoken[at])[0] == letters[left - 1]:
                left -= 1
            elif left == len(letters) or spoken[at] not in _UNSPELLED:
                break
        if not left:
            return " ".join(spoken[at:end])
    return ""


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
