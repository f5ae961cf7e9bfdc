"""What a table says in words: who has a task, by when, how it was judged.

The row is named by the question, the column by what is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.domain import PassageKind
from ingest.vi.normalise import fold
from service.answer.candidates import Material
from service.answer.offices import asks_office
from service.answer.query_words import Scorer
from service.answer.scope import period_fits, place_fits
from service.answer.tokens import Bag, Rarity, bag
from service.answer.views import PassageView
from service.domain import Claim, Draft, Evidence, Hit, Query, Want

# "Nhiệm vụ: ...; Cơ quan chủ trì: ...": the last line of a row's context.
_PAIR = re.compile(r"(?P<head>[^:;]{1,80}): (?P<cell>.*?)(?=; [^:;]{1,80}: |$)")
_HELPERS = re.compile(r"phoi hop")
_OFFICE = re.compile(r"chu tri|thuc hien|don vi|co quan|phu trach|dau moi|chu dau tu|tham muu")
_DATE = re.compile(r"(?<!\w)(?:thoi (?:han|gian|diem)|han|hoan thanh|tien do|ngay)(?!\w)")
_JUDGED = re.compile(r"(?<!\w)(?:danh gia|ket qua|xep loai|trang thai|tinh trang)(?!\w)")
_ASKS_JUDGED = re.compile(r"(?<!\w)dat (?:chua|khong|hay)|(?<!\w)(?:danh gia|xep loai) (?:the nao|ra sao|gi|nao)")
_DATED = re.compile(r"\d|thuong xuyen|hang (?:nam|quy|thang)")
_SAME_ROW = 0.7  # of the weight of a row's label in the question, or of the question's in the label
_FEWEST_WORDS = 2
_OTHER_TASK = 0.15  # of the question's weight that neither row nor head has: it is about something else
# Words that ask for the column or say what sort of thing a row is.
_SHAPE_WORDS = (
    "phai xong chu tri phoi hop don vi co quan nao han chot cuoi hoan thanh nhiem vu dau moi phu trach thuc hien chi"
    " tieu dat chua danh gia truoc luc thoi gian diem den khi cham nhat du an viec ngay la ai duoc giao can"
)
_SHAPE = frozenset(_SHAPE_WORDS.split())
_NEXT_BEST = 0.15  # another row this near: which of them is meant cannot be told


@dataclass(frozen=True, slots=True)
class _Cell:
    share: float
    hit: Hit
    view: PassageView
    label: str
    head: str
    text: str


def cell_told(one: Scorer, material: Material) -> Draft | None:
    """Return the cell of the row and column asked for; None where no row, or more than one, is meant."""
    wanted = _column(one.query)
    if wanted is None:
        return None
    found = sorted(_cells(one, material, wanted), key=lambda cell: -cell.share)
    if not found or (len(found) > 1 and found[1].share > found[0].share - _NEXT_BEST):
        return None
    best = found[0]
    spans = best.view.passage.spans
    text = f"{best.label}: {best.head[:1].lower()}{best.head[1:]} {best.text}"
    return Draft(
        claims=(Claim(text, tuple(range(len(spans)))),),
        evidence=tuple(Evidence(best.hit.report, best.view.passage, span) for span in spans),
        short_answer=best.text,
    )


def _column(query: Query) -> re.Pattern[str] | None:
    text = fold(query.text)
    if query.want is Want.YES_NO or query.want is Want.TEXT:
        return _JUDGED if _ASKS_JUDGED.search(text) else None
    if query.want is Want.DATE:
        return _DATE
    if asks_office(query) and query.want is not Want.LIST:
        return _HELPERS if _HELPERS.search(text) else _OFFICE
    return None


def _cells(one: Scorer, material: Material, wanted: re.Pattern[str]) -> Iterator[_Cell]:
    query = one.query
    for hit, view in zip(material.hits, material.views, strict=True):
        if view.passage.kind is not PassageKind.TABLE_ROW or not period_fits(query.period, None, hit.report.period):
            continue
        pairs = [(m["head"].strip(), m["cell"].strip()) for m in _PAIR.finditer(view.passage.context.splitlines()[-1])]
        if len(pairs) < _FEWEST_WORDS or not place_fits(query, hit, view, None):
            continue
        cells = [(head, text) for head, text in pairs[1:] if wanted.search(fold(head)) and _fits(wanted, head, text)]
        if not cells:
            continue
        label = bag(pairs[0][1])
        share = max(_asked_share(one, label, material.rarity), one.coverage(((label, 1.0),)))
        known = label.folded | bag(*(head for head, _ in pairs)).folded | view.heading.folded | _SHAPE
        if sum(weight for _, folded, weight in one.terms if folded not in known) > _OTHER_TASK:
            continue
        if share >= _SAME_ROW:
            yield _Cell(share, hit, view, pairs[0][1], *cells[0])


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
