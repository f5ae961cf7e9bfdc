"""What a table says in words: who has a task, by when, how it was judged.

The row is named by the question, the column by what is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.vi.normalise import fold
from service.answer.candidates import Material
from service.answer.grids import Grid, GridRow
from service.answer.offices import asks_office
from service.answer.query_words import Scorer
from service.answer.scope import period_fits
from service.answer.tokens import Bag, Rarity, bag, keys
from service.answer.views import PassageView
from service.domain import Claim, Draft, Evidence, Query, ReportRef, Want
from service.understand.places import same_place

_HELPERS = re.compile(r"phoi hop")
_OFFICE = re.compile(r"chu tri|thuc hien|don vi|co quan|phu trach|dau moi|chu dau tu|tham muu")
_DATE = re.compile(r"(?<!\w)(?:thoi (?:han|gian|diem)|han|hoan thanh|tien do|ngay)(?!\w)")
_JUDGED = re.compile(r"(?<!\w)(?:danh gia|ket qua|xep loai|trang thai|tinh trang)(?!\w)")
_ASKS_JUDGED = re.compile(r"(?<!\w)dat (?:chua|khong|hay)|(?<!\w)(?:danh gia|xep loai) (?:the nao|ra sao|gi|nao)")
_PLACE = re.compile(r"(?<!\w)(?:dia (?:ban|diem|chi|phuong)|noi|vi tri|xa|phuong|thi tran|huyen|thon|khu vuc)(?!\w)")
_PERSON = re.compile(r"(?<!\w)(?:ho (?:va )?ten|truong doan|nguoi|phu trach|chu nhiem|dau moi|chi huy|giam doc)(?!\w)")
_DATED = re.compile(r"\d|thuong xuyen|hang (?:nam|quy|thang)")
_NUMBERED = re.compile(r"\D{1,20} \d+")  # "Đoàn 2" is not named by "đoàn"
_SAME_ROW = 0.7  # of the weight of a row's label in the question, or of the question's in the label
_FEWEST_WORDS = 2
_OTHER_TASK = 0.15  # of the question's weight that neither row nor head has: it is about something else
# Words that ask for the column or say what sort of thing a row is.
_SHAPE_WORDS = (
    "phai xong chu tri phoi hop don vi co quan nao han chot cuoi hoan thanh nhiem vu dau moi phu trach thuc hien chi"
    " tieu dat chua danh gia truoc luc thoi gian diem den khi cham nhat du an viec ngay la ai duoc giao can"
)
_SHAPE = frozenset(_SHAPE_WORDS.split())
_BY_HEAD = (Want.NAME, Want.TEXT, Want.LIST)  # what a head names: "Sản phẩm của việc X là gì?"
_NEXT_BEST = 0.15  # another row this near: which of them is meant cannot be told


@dataclass(frozen=True, slots=True)
class _Cell:
    share: float
    report: ReportRef
    view: PassageView
    label: str
    head: str
    text: str


def cell_told(one: Scorer, material: Material) -> Draft | None:
    """Return the cell of the row and column asked for; None where no row, or more than one, is meant."""
    wanted = _columns(one.query)
    if not wanted and (one.query.want not in _BY_HEAD or one.query.extreme is not None):
        return None
    found = sorted(_cells(one, material, wanted), key=lambda cell: -cell.share)
    if not found or (len(found) > 1 and found[1].share > found[0].share - _NEXT_BEST):
        return None
    best = found[0]
    spans = best.view.passage.spans
    text = f"{best.label}: {best.head[:1].lower()}{best.head[1:]} {best.text}"
    return Draft(
        claims=(Claim(text, tuple(range(len(spans)))),),
        evidence=tuple(Evidence(best.report, best.view.passage, span) for span in spans),
        short_answer=best.text,
    )


def _columns(query: Query) -> tuple[re.Pattern[str], ...]:
    """Return what the head of the column asked for may say, likeliest first; () where no cell of words is asked for."""
    text = fold(query.text)
    if query.want is Want.YES_NO or query.want is Want.TEXT:
        return (_JUDGED,) if _ASKS_JUDGED.search(text) else ()
    if query.want is Want.DATE:
        return (_DATE,)
    offices: tuple[re.Pattern[str], ...] = ()
    if asks_office(query) and query.want is not Want.LIST:
        offices = (_HELPERS if _HELPERS.search(text) else _OFFICE,)
    if query.want is Want.PERSON:
        return (*offices, _PERSON)
    return (*offices, _PLACE) if query.want is Want.PLACE else offices


def _cells(one: Scorer, material: Material, wanted: Sequence[re.Pattern[str]]) -> Iterator[_Cell]:
    query = one.query
    for report, grid in material.tables():
        if not period_fits(query.period, None, report.period):
            continue
        for row in grid.members:
            if not _at_place(query, report, grid, row):
                continue
            column = _column(one, grid, row, wanted) if wanted else _headed(one, grid, row)
            if column is None:
                continue
            head = bag(grid.heads[column]).folded
            share = _named(one, row.label, material.rarity, spent=_SHAPE | head)
            known = bag(row.label).folded | grid.whole.folded | grid.about.folded | _SHAPE
            if share >= _SAME_ROW and sum(w for _, folded, w in one.terms if folded not in known) <= _OTHER_TASK:
                yield _Cell(share, report, row.view, row.label, grid.heads[column], row.cells[column])


def _headed(one: Scorer, grid: Grid, row: GridRow) -> int | None:
    """Return the column of words whose head the question says in full, that with the longest; None for none."""
    told = [
        (len(words), -n)
        for n in grid.values
        if n < len(row.cells) and n not in row.figures and any(ch.isalpha() for ch in row.cells[n])
        if (words := bag(grid.heads[n]).folded) and words <= one.spoken
    ]
    return -max(told)[1] if told else None


def _at_place(query: Query, report: ReportRef, grid: Grid, row: GridRow) -> bool:
    if query.place is None or same_place(report.area, query.place):
        return True
    place = fold(query.place)
    return any(place in fold(part) for part in (*row.cells, grid.lead, *grid.path))


def _named(one: Scorer, label: str, rarity: Rarity, *, spent: frozenset[str]) -> float:
    """Return how fully the question names a row (0..1), a little more where it has the label word for word.

    ``spent``: folded words of the question that name no row.
    """
    spoken, asked = (f" {' '.join(fold(key) for key in keys(text))} " for text in (label, one.query.text))
    if len(label.split()) >= _FEWEST_WORDS and spoken in asked:
        return 1.0 + _NEXT_BEST * len(spoken.split())
    words = bag(label)
    worths = zip(one.terms, one.worths(words), strict=True)
    left = [(weight, worth) for (_, folded, weight), worth in worths if folded not in spent]
    if _NUMBERED.fullmatch(label) or len(left) < _FEWEST_WORDS:
        return 0.0
    said = sum(weight * worth for weight, worth in left) / sum(weight for weight, _ in left)
    return max(_asked_share(one, words, rarity), said)


def _column(one: Scorer, grid: Grid, row: GridRow, wanted: Sequence[re.Pattern[str]]) -> int | None:
    """Return the column asked for: of those a pattern finds the one whose head the question says most of."""
    for pattern in wanted:
        fitting = [
            n
            for n in sorted(grid.values)
            if n < len(row.cells)
            and pattern.search(fold(grid.heads[n]))
            and _fits(pattern, grid.heads[n], row.cells[n])
        ]
        if fitting:
            return max(fitting, key=lambda n: (len(one.spoken & bag(grid.heads[n]).folded), -n))
    return None


def _fits(wanted: re.Pattern[str], head: str, text: str) -> bool:
    if wanted is _DATE:
        return _DATED.search(fold(text)) is not None
    if wanted is _OFFICE and _HELPERS.search(fold(head)):
        return False
    return any(ch.isalpha() for ch in text)


def _asked_share(one: Scorer, label: Bag, rarity: Rarity) -> float:
    """Return the share (0..1) of a row's label that the question names; 0 for a label of one word."""
    words = label.pairs
    if len(words) < _FEWEST_WORDS:
        return 0.0
    accents = one.query.accents
    weights = [(folded, rarity.of(word if accents else folded, accents=accents)) for word, folded in words]
    total = sum(weight for _, weight in weights)
    return sum(weight for folded, weight in weights if folded in one.asked) / total if total else 0.0
