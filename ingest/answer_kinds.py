"""What kind of answer a question wants, by its question word, and where a passage has something of that kind.

"năm nào" is answered by a year, "bao nhiêu" by a number, "ai" and "ở đâu" by a name: a passage that says all the words
of the question but has none of that near them is less likely the one. Only the question words of the language count.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ingest.vi.normalise import fold, unify


class AnswerKind(StrEnum):
    """What an answer has in it. A person and a place are both known by two capitalised words in a row."""

    YEAR = "year"
    NUMBER = "number"
    PERSON = "person"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class Mention:
    """A year, another number or a name in a passage: the 0-based place of its first word, its words unified."""

    at: int
    words: tuple[str, ...]
    year: bool = False

    @property
    def name(self) -> bool:
        """Tell whether it is a name; else it is a number."""
        return len(self.words) > 1


_ASKING = {
    AnswerKind.YEAR: "(?:năm|ngày|tháng|khi|lúc|thời gian|thời điểm) nào|năm bao nhiêu|năm mấy|bao giờ",
    AnswerKind.NUMBER: "bao nhiêu|mấy|bao lâu|bao xa|tỷ lệ nào",
    AnswerKind.PERSON: "ai|(?:người|nhân vật|ông|bà|vua|vị vua|tác giả) nào",
    AnswerKind.PLACE: "ở đâu|(?:nơi|nước|quốc gia|thành phố|tỉnh|huyện|xã|vùng|khu vực|địa điểm|đảo|sông|châu lục) nào",
}
_PATTERNS = {
    bare: {kind: re.compile(rf"\b(?:{fold(asking) if bare else asking})\b") for kind, asking in _ASKING.items()}
    for bare in (False, True)
}
_YEAR = re.compile(r"1\d{3}|20\d\d")


def asked_kinds(question: str, *, bare: bool) -> frozenset[AnswerKind]:
    """Return what a unified question asks for; () for none of them. ``bare``: it is typed without accents.

    "năm bao nhiêu" asks for a year and not for a number.
    """
    text = fold(question) if bare else question
    found = {kind for kind, pattern in _PATTERNS[bare].items() if pattern.search(text)}
    return frozenset(found - {AnswerKind.NUMBER} if AnswerKind.YEAR in found else found)


def mentions(words: Sequence[str]) -> tuple[Mention, ...]:
    """Return the years, numbers and names among the words of a passage as written, in order; () for none."""
    found: list[Mention] = []
    for at, word in enumerate(words):
        if word[0].isdigit():
            found.append(Mention(at, (word,), year=_YEAR.fullmatch(word) is not None))
        elif word[0].isupper() and at + 1 < len(words) and words[at + 1][0].isupper():
            found.append(Mention(at, (unify(word), unify(words[at + 1]))))
    return tuple(found)


def told_kinds(
    found: Collection[Mention], first: int, last: int, *, asked: Collection[str], bare: bool
) -> frozenset[AnswerKind]:
    """Return what the words ``first`` (0-based) up to before ``last`` have of it that the question does not say itself.

    ``asked``: the words of the question, folded for ``bare``.
    """
    told: set[AnswerKind] = set()
    for one in found:
        words = map(fold, one.words) if bare else one.words
        if first <= one.at < last and not any(word in asked for word in words):
            told |= {AnswerKind.PERSON, AnswerKind.PLACE} if one.name else {AnswerKind.NUMBER}
            told |= {AnswerKind.YEAR} if one.year else set()
    return frozenset(told)
