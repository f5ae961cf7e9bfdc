"""Words of a claim against words of its quotes: is it said of the same thing, in the same direction?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from ingest.vi.normalise import fold, unify
from ingest.vi.periods import find_periods
from ingest.vi.word_tables import entries
from service.ground.numbers import Quantity, agrees, quantities

# A claim with a smaller share of its words in the quotes and headings is about something else.
_LEAST_SHARED = 0.5
_LEAST_WORDS = 3
# So many words beside a number must tell for another number of the quote, and so many more than for its own.
_TELLING, _MARGIN, _WINDOW = 2, 1, 6
# What the engine itself says before a quote; whether it is so the figures and directions behind it tell.
_OWN_LEAD = re.compile(r"^(?:báo cáo nêu ngược lại:|có\.|không\.)\s+", re.IGNORECASE)
_WORD = re.compile(r"\w+|%")
_END = re.compile(r"[.;!?](?=\s|$)")
_UP = r"tăng|vượt|thêm|lên|gấp|(?:cao|nhiều|lớn|dài|nhanh) hơn"
_DOWN = r"giảm|hụt|sụt|xuống|kém|thiếu|(?:thấp|ít|nhỏ|ngắn|chậm) hơn"
_MOVED = re.compile(
    r"(?<!\w)(?:(?P<up>tăng|vượt|cao hơn|nhiều hơn)|(?P<down>giảm|hụt|sụt|thấp hơn|ít hơn))"
    r"(?=(?:\s[^\W\d]+){0,2}\s[0-9])"
)


def unlike(claim: str, texts: Iterable[str]) -> bool:
    """Tell whether less than half of the words of ``claim`` stand in ``texts``; False for a claim of a word or two.

    Compared folded, syllable by syllable, without the small words every sentence has.
    """
    words = set(_content(_OWN_LEAD.sub("", claim)))
    if len(words) < _LEAST_WORDS:
        return False
    known = {word for text in texts for word in _content(text)}
    return len(words & known) < _LEAST_SHARED * len(words)


def turned(claim: str, texts: Sequence[str]) -> list[str]:
    """Return the directions ``claim`` gives a number ("giảm") where no text has a word or sign of that direction."""
    said = [unify(text) for text in texts]
    bad: list[str] = []
    for match in _MOVED.finditer(unify(claim)):
        words, signs = (_UP, r"\+\s?\d") if match["up"] else (_DOWN, r"(?<![\w\d])[-−–]\s?\d")
        if not any(re.search(rf"(?<!\w)(?:{words})(?!\w)|{signs}", text) for text in said):
            bad.append(match[0])
    return bad


def misplaced(claim: str, quotes: Sequence[str]) -> list[str]:
    """Return the numbers of ``claim`` said with the words that another number of the quotes has; [] for none.

    The words right before and after a number tell what it counts: "đàn trâu 502 con" of a quote with "đàn bò 502 con,
    đàn trâu 120 con" has the words of 120. Only a number of the same unit can take another's place.
    """
    told = [one for quote in quotes for one in _placed(quote)]
    bad: list[str] = []
    for one in _placed(claim, periods=False):
        own = max((_shared(one, other) for other in told if agrees(one.quantity, other.quantity)), default=None)
        rivals = [other for other in told if _rival(one.quantity, other.quantity)]
        best = max((_shared(one, other) for other in rivals), default=0)
        if own is not None and best >= _TELLING and best >= own + _MARGIN:
            bad.append(one.quantity.text)
    return bad


@dataclass(frozen=True, slots=True)
class _Placed:
    """A number with the folded words next to it in its sentence, nearest first."""

    quantity: Quantity
    before: tuple[str, ...]
    after: tuple[str, ...]


def _placed(text: str, *, periods: bool = True) -> list[_Placed]:
    outside = () if periods else [span for span, _ in find_periods(text)]
    ends = [match.end() for match in _END.finditer(text)]
    found: list[_Placed] = []
    for one in quantities(text, outside=outside):
        start = max((end for end in ends if end <= one.start), default=0)
        end = min((end for end in ends if end >= one.end), default=len(text))
        before = [w for w in _words(text[start : one.start]) if w not in _fillers()]
        after = [w for w in _words(text[one.end : end]) if w not in _fillers()]
        found.append(_Placed(one, tuple(before[::-1][:_WINDOW]), tuple(after[:_WINDOW])))
    return found


def _rival(claimed: Quantity, told: Quantity) -> bool:
    return claimed.unit == told.unit and (claimed.value, claimed.whole) != (told.value, told.whole)


def _shared(one: _Placed, other: _Placed) -> int:
    """Count the words that two numbers share, going away from each until the first that differs."""
    return _run(one.before, other.before) + _run(one.after, other.after)


def _run(one: Sequence[str], other: Sequence[str]) -> int:
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count


def _words(text: str) -> list[str]:
    return [word.lstrip("0") or "0" for word in _WORD.findall(fold(text))]


def _content(text: str) -> list[str]:
    return [word for word in _words(text) if not word[0].isdigit() and word not in _small()]


@cache
def _fillers() -> frozenset[str]:
    return _read("number_fillers.txt")


@cache
def _small() -> frozenset[str]:
    return _read("small_words.txt")


def _read(name: str) -> frozenset[str]:
    return frozenset(fold(word) for line in entries("service.ground", name) for word in line.split())
