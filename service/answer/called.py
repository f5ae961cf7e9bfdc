"""What a question calls by its name, its number or its turn, and whether a passage speaks of it."""

from __future__ import annotations

import re
from functools import lru_cache

from ingest.vi.normalise import fold, unify
from service.answer.spots import PROPER
from service.answer.tokens import keys
from service.answer.views import FigureView, PassageView
from service.domain import Hit, Query

_FIRST_WORD = re.compile(r"^\W*\w+")
# Things that have numbers for names; "5 tổ", "tổ 5 người" are counted.
_BY_NUMBER = re.compile(
    r" (doan|to|du an|nhom|goi|goi thau|dot|dieu|tieu chi|thon|ap|khu pho|to dan pho|hop phan|tieu ban|cum)(?: so)?"
    r" (\d{1,3})(?= (?!nguoi|ho|xa|thang|nam|ngay|lan|luot|trieu|ty)\D| $)"
)
# "bão số 10", "trạm số 2": so is anything that a number follows after "số", but for documents and counts.
_DOCUMENTS = "văn bản|công văn|tờ trình|chỉ thị|thông báo|kế hoạch|nghị quyết|quyết định|nghị định|thông tư|báo cáo"
_OTHER_WORDS = "tổng|con|chỉ|dân|một|hồ|cơ|đa|thiểu|hệ|tham|doanh|với|bằng|là"
_NUMBER_OF = re.compile(
    rf"(?<!\w)(?!(?:{_DOCUMENTS})(?!\w))(?P<noun>(?!(?:{_OTHER_WORDS})(?!\w))[^\W\d]+) số (?P<number>\d{{1,3}})"
    r"(?![\d/\w]|[.,-]\w)"
)
# "lần thứ ba", "lần thứ III" and "lần thứ 3" are one.
_TURN = re.compile(
    r"(?<!\w)(lan thu|giai) (nhat|nhi|hai|ba|tu|nam|sau|bay|tam|chin|muoi|khuyen khich|dac biet|[ivx]{1,5}|\d{1,2})"
    r"(?!\w)"
)
_WRITTEN = "nhat hai ba tu nam sau bay tam chin muoi".split()  # noqa: SIM905
_ROMANS = "i ii iii iv v vi vii viii ix x".split()  # noqa: SIM905
_TURNS = {word: str(n) for row in (_WRITTEN, _ROMANS) for n, word in enumerate(row, 1)}


def figure_named(query: Query, hit: Hit, view: PassageView) -> bool:
    """Tell whether a figure's passage names what the question calls by one proper name; True for several: they are set
    against each other."""
    return len(PROPER.findall(query.text)) != 1 or names_it(query, hit, view)


def names_it(query: Query, hit: Hit, view: PassageView) -> bool:
    """Tell whether what a question calls by a proper name ("cống Vàm Đình") or by a number ("Đoàn 5") is named in the
    passage or above it."""
    asked, numbered = _proper_names(query), _numbered(query)
    if not asked and not numbered:
        return True
    report, passage = hit.report, view.passage
    around = " ".join((passage.context, *passage.section_path, report.title, report.issuer, report.area))
    if not all(re.search(name, view.spoken) or re.search(name, _spoken(around)) for name in numbered):
        return False
    return all(name in view.spoken or name in _spoken(around) for name in asked)


def number_fits(query: Query, passage: PassageView, figure: FigureView) -> bool:
    """Tell whether a figure is of the thing a question calls by number, where its sentence tells of several.

    "Bão số 5 làm tốc mái 31 nhà; bão số 10 làm sập 04 nhà": each is of the one named last before it.
    """
    for noun, number in _called_by_number(query):
        sentence = passage.reading.text[figure.sentence.start : figure.sentence.end]
        named = [m for m in _NUMBER_OF.finditer(unify(sentence)) if m["noun"] == noun]
        before = [m for m in named if figure.sentence.start + m.start() < figure.at.start]
        nearest = before[-1] if before else next(iter(named), None)
        if nearest is not None and int(nearest["number"]) != number:
            return False
    return True


@lru_cache(maxsize=256)
def _called_by_number(query: Query) -> tuple[tuple[str, int], ...]:
    """Return the noun and the number of each thing a question calls by "số"; () for a question without accents."""
    if not query.accents:
        return ()
    return tuple((m["noun"], int(m["number"])) for m in _NUMBER_OF.finditer(unify(query.text)))


def ordinal_fits(query: Query, *told: str) -> bool:
    """Tell whether what a question calls by its turn ("lần thứ nhất") is of no other turn in ``told``, sentence first.

    True for a question without one and where ``told`` names none.
    """
    asked = _turns(query.text)
    for text in told if asked else ():
        named = _turns(text)
        if named & asked:
            return True
        if {sort for sort, _ in named} & {sort for sort, _ in asked}:
            return False
    return True


def _turns(text: str) -> set[tuple[str, str]]:
    return {(m[1], _TURNS.get(m[2], m[2])) for m in _TURN.finditer(fold(text))}


def _spoken(text: str) -> str:
    return f" {' '.join(fold(k) for k in keys(text))} "


@lru_cache(maxsize=256)
def _numbered(query: Query) -> tuple[str, ...]:
    """Return expressions for the things a question calls by number, as a text may name several ("Đoàn 1, 3 và 5")."""
    called = _BY_NUMBER.finditer(_spoken(query.text))
    by_kind = {(m[1], m[2]) for m in called} | {(fold(noun), str(number)) for noun, number in _called_by_number(query)}
    return tuple(rf" {noun}(?: so| va| \d+| {noun})* {number} " for noun, number in sorted(by_kind))


@lru_cache(maxsize=256)
def _proper_names(query: Query) -> tuple[str, ...]:
    """Return the folded proper names of a question, () where it was typed in capitals or without accents."""
    spoken = query.text.split()
    if not query.accents or 2 * sum(word[0].isupper() for word in spoken) > len(spoken):
        return ()
    return tuple(_spoken(match[0]) for match in PROPER.finditer(_FIRST_WORD.sub("", query.text)))
