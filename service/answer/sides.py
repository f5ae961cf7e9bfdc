"""What excludes what: a figure of those who passed answers no question about those who failed.

A question takes a side by a wording of the table ``sides.tsv`` or by denying what others affirm ("chưa được cấp phép"
beside "được cấp phép"). A figure told of another side only is not the one asked for.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import lru_cache

from ingest.vi.normalise import fold, unify
from ingest.vi.word_tables import rows

_ONLY_WITH_ACCENTS = "~"
_STRICT = "!"
_Side = tuple[int, int]  # line of the table, place on it
# "không gian", "không khí" name things; "không quá", "không kể" deny nothing; "có ... hay không" asks.
_DENIES = re.compile(
    r"(?<!\w)(?<!có )(?<!hay )(?<!hàng )(?:chưa|không|chẳng)\s"
    r"(?!(?:khí|gian|quân|dây|tính|kể|gồm|bao|quá|phải|biết|nhỉ|ạ|vậy|chỉ)(?!\w))"
    r"(?:(?:được|có|bị|còn|đủ|thể|kịp|hề|phát|xảy) )*((?:[^\W\d_]+ ?){1,2})"
)
_NEGATED = re.compile(r"(?<!\w)(?:chưa|không|chẳng|chua|khong|chang) (?:(?:được|có|duoc|co) )?$")  # "chưa làm xong"
# "... chưa?" asks whether something is so, "đã khởi công nhưng chưa làm xong" for what is between the two sides.
_BOTH = re.compile(r"(?<!\w)(?:khong|chua)(?: nhi| a| vay)?\W*$|(?<!\w)(?:nhung|ma)(?: van| con)* (?:chua|khong)(?!\w)")
# "trồng lúa, trồng màu và chưa dùng": one of several things asked for is denied, not the others.
_AMONG = re.compile(r"(?:,|(?<!\w)(?:và|hoặc))\s(?:chưa|không|chẳng)(?!\w)")
_LEFT = re.compile(r"(?<!\w)còn(?!\w)")
# A denial by another word: what is wanting is not there either.
_WANTING = re.compile(
    r"(?<!\w)(?:không|chưa|thiếu|hỏng|còn|tồn|trễ|chậm|nợ|vắng|bỏ|nghỉ|ngừng|dừng|hủy|loại|mất|hết|dưới|ngoài|yếu|kém"
    r"|từ chối|trả lại|vô)(?!\w)"
)
_NO_MATTER = frozenset(
    "bao nhiêu mấy nào gì là thì và có được bị đã đang sẽ người số trong của đến".split()  # noqa: SIM905
)


def contrary(asked: str, said: str, around: Callable[[], str], *, accents: bool) -> bool:
    """Tell whether what ``said`` tells excludes what is ``asked``; False where neither takes a side.

    ``asked``: a question; ``said``: what names a figure, ``around`` returns its sentence and headings, both unified; it
    is called only where they matter, as this is asked of every figure near the question. Without ``accents`` in the
    question only the wordings are compared that need none.
    """
    mine = _of_question(asked, accents=accents)
    if mine:
        theirs = _sides(said if accents else fold(said), accents=accents)
        if any(line in theirs and taken.isdisjoint(theirs[line]) for line, taken in mine.items()):
            return True
        wanting = {line: taken for line, taken in mine.items() if line in _strict() and line not in theirs}
        told = around() if wanting else ""
        beside = _sides(told if accents else fold(told), accents=accents)
        if any(taken.isdisjoint(beside.get(line, frozenset())) for line, taken in wanting.items()):
            return True
    return accents and not _BOTH.search(fold(asked)) and _denied_otherwise(unify(asked), said)


def names_side(asked: str, said: str, *, accents: bool) -> bool:
    """Tell whether ``said`` names a side that the question takes."""
    mine = _of_question(asked, accents=accents)
    theirs = _sides(said if accents else fold(said), accents=accents) if mine else {}
    return any(not taken.isdisjoint(theirs.get(line, frozenset())) for line, taken in mine.items())


def _of_question(asked: str, *, accents: bool) -> Mapping[int, frozenset[int]]:
    """Return the sides a question takes; none where both sides tell."""
    if _BOTH.search(fold(asked)):
        return {}
    return _sides(unify(asked) if accents else fold(asked), accents=accents)


@lru_cache(maxsize=4096)
def _sides(text: str, *, accents: bool) -> Mapping[int, frozenset[int]]:
    """Return for each line of the table the sides that a unified (or folded) text takes."""
    known = _table(accents=accents)
    found: defaultdict[int, set[int]] = defaultdict(set)
    for match in _pattern(accents=accents).finditer(text):
        places = known[match[0]]
        if len(places) == 1 and not _NEGATED.search(text, 0, match.start()):
            line, side = places[0]
            found[line].add(side)
    return {line: frozenset(sides) for line, sides in found.items()}


@lru_cache(maxsize=1)
def _lines() -> tuple[tuple[str, ...], ...]:
    return tuple((line[0].removeprefix(_STRICT), *line[1:]) for line in rows("service.answer", "sides.tsv"))


@lru_cache(maxsize=1)
def _strict() -> frozenset[int]:
    """Return the lines whose side has to be named."""
    return frozenset(at for at, line in enumerate(rows("service.answer", "sides.tsv")) if line[0].startswith(_STRICT))


@lru_cache(maxsize=2)
def _table(*, accents: bool) -> Mapping[str, tuple[_Side, ...]]:
    found: defaultdict[str, list[_Side]] = defaultdict(list)
    for line, sides in enumerate(_lines()):
        for side, wordings in enumerate(sides):
            for wording in wordings.split("|"):
                plain = unify(wording.removeprefix(_ONLY_WITH_ACCENTS))
                if accents or not wording.startswith(_ONLY_WITH_ACCENTS):
                    found[plain if accents else fold(plain)].append((line, side))
    return {wording: tuple(places) for wording, places in found.items()}


@lru_cache(maxsize=2)
def _pattern(*, accents: bool) -> re.Pattern[str]:
    wordings = sorted(_table(accents=accents), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, wordings))})(?!\w)")


def _denied_otherwise(asked: str, said: str) -> bool:
    """Tell whether one denies what the other affirms, or both deny, but not the same."""
    if _AMONG.search(asked):
        return False
    mine, theirs = _denied(asked), _denied(said)
    if mine and theirs:
        return _words(asked).isdisjoint(theirs) and not names_side(asked, said, accents=True)
    if mine:  # what is left of a whole is worked out from those that are
        return mine <= _words(said) and not _LEFT.search(asked) and _WANTING.search(said) is None
    return bool(theirs) and theirs <= _words(asked)


@lru_cache(maxsize=4096)
def _denied(text: str) -> frozenset[str]:
    """Return the words that a unified text denies."""
    found = (match[1].split() for match in _DENIES.finditer(text))
    return frozenset(word for some in found for word in some if word not in _NO_MATTER)


@lru_cache(maxsize=4096)
def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[^\W\d_]+", text))
