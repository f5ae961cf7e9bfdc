"""The comparable figures of one enumeration, table column or note, each with the name of what it is of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from ingest.domain import FigureRole, PassageKind
from ingest.vi.normalise import fold
from ingest.vi.places import LEVELS, type_of
from ingest.vi.units import match_unit, same_unit, to_base, unit_kind
from service.answer import weights
from service.answer.candidates import Candidate, Material
from service.answer.spots import PROPER
from service.domain import Query
from service.understand.places import place_names, same_place

_ANY_PLACE = ("đơn vị", "nơi", "địa phương", "don vi", "noi", "dia phuong")
_TOTAL = re.compile(r"(?:tong|cong|toan (?:huyen|tinh|xa|quoc)|chung|binh quan|ca nuoc)(?!\w)")
_PARTS_BEGIN = re.compile(r"(?:trong do|bao gom|gom|cu the|chia ra)(?!\w)[:,]?|:")
_EDGE = (
    r"(?:và|với|gồm|bao gồm|trong đó|cụ thể|còn lại|là|có|đạt|được|ước|khoảng|trên|hơn|gần|đã|số|còn|tiếp đến|trồng"
    r"|làm|bị)"
)
_LEADING = re.compile(rf"^(?:[\s\-+•*–:(]|{_EDGE}\s)+", re.IGNORECASE)
_TRAILING = re.compile(rf"(?:[\s:(,]|\s{_EDGE})+$", re.IGNORECASE)
_CUT_LISTED = re.compile(r"[;:(]\s|\.\s")
_CUT = re.compile(r"[,;:(]\s|\.\s")
_ASKS_SHARE = re.compile(
    r"%|phan tram|ty le|ti le|ty trong|tien do|toc do|tang truong|co cau|chi so"
    r"|(?:dat|giai ngan|thuc hien|hoan thanh)(?: \w+){0,4}? (?:cao|thap|cham|kem|tot|nhanh|kha) (?:nhat|hon)"
)
_ASKS_SUM = re.compile(r"(?<!\w)(?:so tien|gia tri|bao nhieu tien|tien|tong so|luong)(?!\w)")
_NAMED_KINDS = re.compile(
    r"truong|cong trinh|du an|doanh nghiep|thi truong|co quan|chuong trinh|tuyen duong|dan|nganh|khu vuc"
)
_BODY = re.compile(r"(?:ubnd|phong|ban|trung tam|truong|cong ty|so|chi cuc|huyen|hoi|cong an|benh vien|htx|tram)(?!\w)")
_COUNTED = re.compile(r"(?<!\w)(?:nhieu|it|dong) ")
_PEOPLE = re.compile(r"nguoi|lao dong|hoc sinh|em|luot|doi tuong|hoi vien|khau|cong dan|khach|chau|tre")
_BULLET = re.compile(r"\s*[-+•–*]\s")
_MAX_NAME_WORDS = 12
_PAIR = 2  # fewer figures show no order
_ROMAN = re.compile(r"[ivxlc]+|[a-z]")


@dataclass(frozen=True, slots=True)
class Item:
    """A figure and the name of what it is of; ``depth`` 1 for a table row under another ("- ...")."""

    name: str
    candidate: Candidate
    size: Decimal


@dataclass(frozen=True, slots=True)
class Group:
    """Figures that can be set against each other, in document order; at least two, of different names."""

    items: tuple[Item, ...]
    rank: float


def groups(query: Query, ranked: Sequence[Candidate], material: Material) -> list[Group]:
    """Return the groups of comparable figures among ``ranked``, best first; () when no two belong together.

    Comparable: of one table column, of one note or section (places) or one sentence (other things), with the same
    unit, role, base and period. Totals are left out.
    """
    parents = _parents(material)
    found: dict[tuple[object, ...], dict[str, Item]] = {}
    for candidate in ranked:
        if candidate.figure is None:
            continue
        name = name_of(query, candidate)
        if not name or _TOTAL.match(fold(name)) or candidate.score.fit < _needed(candidate):
            continue
        item = Item(name, candidate, _size(query, candidate))
        # The best figure of a name counts (candidates come best first), but one in brackets is part of one before it.
        named = found.setdefault(_key(query, candidate, parents), {})
        known = named.get(fold(name))
        if known is None or (_bracketed(known.candidate) and not _bracketed(candidate)):
            named[fold(name)] = item
    made = [_group(query, list(items.values())) for items in found.values()]
    return sorted((g for g in made if g is not None and g.rank >= weights.RANKED), key=lambda g: -g.rank)


def name_of(query: Query, candidate: Candidate) -> str:
    """Return what a figure is of: its place, its row, or the words before it; "" where that is not what is asked."""
    figure = candidate.figure
    if figure is None:
        return ""
    level = LEVELS.get(query.among) if query.among else None
    place = figure.figure.place
    if place is not None and not same_place(place, candidate.hit.report.area) and _takes_places(query):
        return place if level is None or LEVELS.get(type_of(place), level) == level else ""
    if level is not None and (heading := _heading_place(candidate, level)):
        return heading
    name = _label(candidate) if candidate.view.passage.kind is PassageKind.TABLE_ROW else _before(candidate)
    if level is not None:
        named = PROPER.fullmatch(name.removeprefix("UBND ")) or type_of(name.removeprefix("UBND ")) != ""
        return name if named else ""
    if query.among in _ANY_PLACE and not _BODY.match(fold(name)):
        return ""
    if query.among and not _takes_places(query) and type_of(name) in LEVELS and not _called(query, candidate):
        return ""  # "khoản thu nào": no places
    return name


def _called(query: Query, candidate: Candidate) -> bool:
    return re.search(rf"(?<!\w){fold(query.among)}(?!\w)", fold(candidate.view.passage.context)) is not None


def _heading_place(candidate: Candidate, level: int) -> str:
    """Return the one place of ``level`` that the nearest heading names ("3. Xã A"), "" for none or several."""
    for heading in reversed(candidate.view.passage.section_path):
        named = {name for name in place_names(heading) if LEVELS.get(type_of(name)) == level}
        if named:
            return named.pop() if len(named) == 1 else ""
    return ""


def _bracketed(candidate: Candidate) -> bool:
    figure, text = candidate.figure, candidate.view.reading.text
    before = text[figure.sentence.start : figure.at.start] if figure else ""
    return before.count("(") > before.count(")")


def _takes_places(query: Query) -> bool:
    return not query.among or query.among in LEVELS or query.among in (*_ANY_PLACE, *map(fold, LEVELS))


def _group(query: Query, items: list[Item]) -> Group | None:
    items = _after_the_total(items)
    if len(items) < _PAIR or items[0].candidate.score.fit < weights.GROUPED:
        return None
    kind = fold(query.among).split()[-1:]
    if _NAMED_KINDS.fullmatch(fold(query.among)) and not any(_is_kind(item, kind[0]) for item in items):
        return None  # "trường nào": what is set side by side has to be schools
    best = max(item.candidate.score.rank for item in items)
    bonus = weights.RANKED_ITEM * min(len(items), weights.RANKED_ITEMS)
    says = [item.candidate.figure for item in items if item.candidate.figure]
    if "tien do" in fold(query.text) and all({"tien", "do"} <= one.own.folded for one in says):
        bonus += weights.PROGRESS_NAMED
    share = _ASKS_SHARE.search(fold(query.text)) is not None and _ASKS_SUM.search(fold(query.text)) is None
    told = all("%" in one.figure.unit or one.figure.whole for one in says)
    if (told and not share and query.role is None) or (share and not told):
        bonus -= weights.PLAIN_SHARES
    if query.among and _kind_said(query, items):
        bonus += weights.KIND_NAMED
    if query.role is not FigureRole.TARGET and all(one.figure.role is FigureRole.TARGET for one in says):
        bonus -= weights.PLAIN_SHARES
    if query.period is None and any(_of_before(item) for item in items):
        bonus -= weights.PLAIN_SHARES
    if any(_other_count(query, one.figure.unit) for one in says):
        bonus -= weights.PLAIN_SHARES
    ordered = sorted(
        items,
        key=lambda i: (i.candidate.view.passage.ordinal, i.candidate.figure.at.start if i.candidate.figure else 0),
    )
    return Group(tuple(ordered), best + bonus)


def _is_kind(item: Item, kind: str) -> bool:
    """Tell whether a thing is called by its kind, or the row above it is ("Trung tâm y tế khu vực", "- Đồi Sim")."""
    figure = item.candidate.figure
    return kind in fold(item.name).split() or (figure is not None and kind in figure.own.folded)


def _kind_said(query: Query, items: Sequence[Item]) -> bool:
    """Tell whether what is set side by side is called what is asked for: in its names, the words that lead to the first
    of them, the heading or the head of the table ("Kết quả theo nguồn: ...")."""
    kind, first = fold(query.among), items[0].candidate
    if first.figure is None:
        return False
    text = first.view.reading.text
    begin = min(i.candidate.figure.sentence.start for i in items if i.candidate.figure)
    lead = fold(text[begin : min(i.candidate.figure.at.start for i in items if i.candidate.figure)])
    around = (lead, fold(first.view.passage.context), *(fold(item.name) for item in items))
    return any(re.search(rf"(?<!\w){kind}(?!\w)", told) for told in around)


def _of_before(item: Item) -> bool:
    """Tell whether a figure is of a year before its report's: "cùng kỳ" is not what is asked for by itself."""
    own, period = item.candidate.figure, item.candidate.hit.report.period
    told = own.figure.period if own is not None else None
    return told is not None and period is not None and (told.year or 0) < (period.year or 0) and told.year is not None


def _other_count(query: Query, unit: str) -> bool:
    """Tell whether "nhiều vụ nhất" counts another thing than ``unit``; people are counted by many words."""
    counted = _COUNTED.search(fold(query.text))
    asked = match_unit(query.text, counted.end()) if counted else None
    if asked is None or unit_kind(asked[0]) != "count" or same_unit(asked[0], unit):
        return False
    return not (_PEOPLE.match(fold(asked[0])) and _PEOPLE.match(fold(unit)))


def _after_the_total(items: list[Item]) -> list[Item]:
    """Leave out what stands before "trong đó", "gồm" or a colon in a sentence: that is the sum of the others."""
    first = items[0].candidate
    if first.figure is None or first.view.passage.kind is PassageKind.TABLE_ROW:
        return items
    kept: list[Item] = []
    for item in items:
        figure, text = item.candidate.figure, item.candidate.view.reading.text
        if figure is None:
            continue
        others = [
            o for o in items if o is not item and o.candidate.figure and o.candidate.figure.sentence == figure.sentence
        ]
        after = fold(text[figure.at.end : figure.sentence.end])
        opens = _PARTS_BEGIN.search(after)
        later = [
            o
            for o in others
            if opens and o.candidate.figure and o.candidate.figure.at.start >= figure.at.end + opens.end()
        ]
        if len(later) < _PAIR or len(later) < len(others):
            kept.append(item)
    return kept


def _key(query: Query, candidate: Candidate, parents: dict[str, int]) -> tuple[object, ...]:
    assert candidate.figure is not None
    figure, passage = candidate.figure.figure, candidate.view.passage
    unit = to_base(figure.value, figure.unit)[1] if figure.unit else ""
    same = (candidate.hit.report.version_id, unit, figure.role, fold(figure.base), figure.period, figure.whole is None)
    elsewhere = figure.place is not None and not same_place(figure.place, candidate.hit.report.area)
    by_place = elsewhere and _takes_places(query)
    level = LEVELS.get(type_of(figure.place), -1) if by_place and figure.place else LEVELS.get(query.among, -1)
    if level >= 0 and _heading_place(candidate, level):
        return (*same, passage.section_path[:-1], fold(figure.indicator))  # one block of the report for each place
    if passage.kind is PassageKind.TABLE_ROW:
        return (*same, passage.section, fold(figure.indicator) if by_place else parents.get(passage.id, -1))
    if _BULLET.match(candidate.view.reading.text, candidate.figure.sentence.start):
        return (*same, passage.section, "bullets")  # each of a list says its own
    return (*same, passage.id, -1 if by_place else candidate.figure.sentence.start)


def _needed(candidate: Candidate) -> float:
    """Return the fit a figure needs to be set beside others: a row on its own needs more than a member of a list."""
    return weights.ANSWERABLE if candidate.view.passage.kind is PassageKind.TABLE_ROW else weights.NEAREST


def _size(query: Query, candidate: Candidate) -> Decimal:
    """Return what items are ordered by: the share done for progress, the fall where a fall is asked for."""
    assert candidate.figure is not None
    figure = candidate.figure.figure
    asked = fold(query.text)
    if figure.whole and (query.role is FigureRole.PROGRESS or "tien do" in asked or "ty le" in asked):
        return figure.value / figure.whole
    value = to_base(figure.value, figure.unit)[0] if figure.unit else figure.value
    return -value if figure.role is FigureRole.CHANGE and re.search(r"\bgiam\b", asked) else value


def _before(candidate: Candidate) -> str:
    """Return the words between the sign or figure before a figure and the figure itself; "" when they name nothing."""
    assert candidate.figure is not None
    text, at, start = candidate.view.reading.text, candidate.figure.at.start, candidate.figure.segment.start
    earlier = [f.at.end for f in candidate.view.figures if start <= f.at.end <= at]
    begin = max([start, *earlier])
    listed = candidate.figure.segment != candidate.figure.sentence  # parted by semicolons: commas stand inside names
    cuts = [m.end() for m in (_CUT_LISTED if listed else _CUT).finditer(text, begin, at)]
    name = _TRAILING.sub("", _LEADING.sub("", text[max([begin, *cuts]) : at].lstrip(" ,;")))
    words = name.split()
    if not 0 < len(words) <= _MAX_NAME_WORDS or any(ch.isdigit() for ch in name):
        return ""
    return " ".join(words)


def _label(candidate: Candidate) -> str:
    cells = [cell.strip(" *\t") for cell in candidate.view.reading.text.split("|")]
    label = next(
        (c for c in cells if len(c) > 1 and any(ch.isalpha() for ch in c) and not _ROMAN.fullmatch(fold(c))), ""
    )
    return label.lstrip("-+•– ").strip()


def _parents(material: Material) -> dict[str, int]:
    """Return for each table row under another ("- ...") the ordinal of that one; rows of the first level have none."""
    rows = [v for v in material.views if v.passage.kind is PassageKind.TABLE_ROW]
    found: dict[str, int] = {}
    for view in rows:
        if not re.search(r"\|\s*[-+•–]\s*[^\W\d]", f"|{view.reading.text}"):
            continue
        above = [
            other.passage.ordinal
            for other in rows
            if other.passage.section == view.passage.section
            and other.passage.ordinal < view.passage.ordinal
            and not re.search(r"\|\s*[-+•–]\s*[^\W\d]|trong đó", f"|{other.reading.text}", re.IGNORECASE)
        ]
        if above:
            found[view.passage.id] = max(above)
    return found
