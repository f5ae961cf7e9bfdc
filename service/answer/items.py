"""The comparable figures of one enumeration, table column or note, each with the name of what it is of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from ingest.domain import FigureRole, PassageKind
from ingest.vi.normalise import fold
from ingest.vi.places import LEVELS, type_of
from ingest.vi.units import to_base
from service.answer import weights
from service.answer.candidates import Candidate, Material
from service.answer.item_measures import measure_fits, of_before, other_count, size
from service.answer.item_names import bracketed, heading_place, name_of, takes_places
from service.answer.query_words import scorer
from service.answer.scoring import Score, eligible
from service.domain import Query, Want
from service.understand.places import same_place

_TOTAL = re.compile(r"(?:tong(?! cong ty)|cong(?=\W*$)|toan (?:huyen|tinh|xa|quoc)|chung|binh quan|ca nuoc)(?!\w)")
_PARTS_BEGIN = re.compile(r"(?:trong do|bao gom|gom|cu the|chia ra)(?!\w)[:,]?|:")
_NAMED_KINDS = re.compile(
    r"truong|cong trinh|du an|doanh nghiep|thi truong|co quan|chuong trinh|tuyen duong|dan|nganh|khu vuc"
)
_BULLET = re.compile(r"\s*[-+•–*]\s")
_PAIR = 2  # fewer figures show no order


@dataclass(frozen=True, slots=True)
class Item:
    """A figure and the name of what it is of; ``again``: another part of the text has a figure of that name, too;
    ``near``: the question's own words lead to it."""

    name: str
    candidate: Candidate
    size: Decimal
    again: bool = False
    near: bool = True


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
        if candidate.figure is not None and candidate.score.fit >= _needed(candidate):
            _add(query, candidate, parents, found, new=True)
    # The others of a list count whatever their words: one left out might be the first.
    others = list(_others(query, ranked, material))
    for candidate in others:
        if _lead_says(query, candidate):
            _add(query, replace(candidate, score=Score(weights.GROUPED, weights.RANKED)), parents, found, new=True)
    short = [c for c in ranked if c.figure is not None and weights.NEAREST <= c.score.fit < _needed(c)]
    for candidate in (*short, *others) if found else ():
        _add(query, candidate, parents, found, new=False)
    made = [_group(query, _things(list(items.values()))) for items in found.values()]
    return sorted((g for g in made if g is not None and g.rank >= weights.RANKED), key=lambda g: -g.rank)


def _add(
    query: Query,
    candidate: Candidate,
    parents: dict[str, int],
    found: dict[tuple[object, ...], dict[str, Item]],
    *,
    new: bool,
) -> None:
    """Put a figure into its group; into one that is there already unless ``new``.

    The best figure of a name counts (candidates come best first), but one in brackets is part of one before it.
    """
    name, key = name_of(query, candidate), _key(query, candidate, parents)
    if not name or _TOTAL.match(fold(name)) or (not new and not _beside(candidate, found.get(key, {}))):
        return
    named = found.setdefault(key, {})
    known = named.get(fold(name))
    item = Item(name, candidate, size(query, candidate), near=new)
    if known is None or (bracketed(known.candidate) and not bracketed(candidate)):
        named[fold(name)] = replace(item, again=known is not None and known.again)
    elif known.candidate.figure and candidate.figure and known.candidate.figure.segment != candidate.figure.segment:
        named[fold(name)] = replace(known, again=True)


def _beside(candidate: Candidate, named: Mapping[str, Item]) -> bool:
    """Tell whether a figure stands in the table, the list or the sentence of those of its group."""
    if not named or candidate.figure is None:
        return False
    text = candidate.view.reading.text
    if candidate.view.passage.kind is PassageKind.TABLE_ROW or _BULLET.match(text, candidate.figure.sentence.start):
        return True
    own = (candidate.view.passage.id, candidate.figure.sentence)
    return any(
        own == (i.candidate.view.passage.id, i.candidate.figure.sentence) for i in named.values() if i.candidate.figure
    )


def _others(query: Query, ranked: Sequence[Candidate], material: Material) -> Iterator[Candidate]:
    """Yield the figures of the right period and place that are too far from the question to be ranked."""
    one = scorer(replace(query, want=Want.FIGURE), material.rarity)
    seen = {(c.view.passage.id, c.figure.at) for c in ranked if c.figure is not None}
    for hit, view in zip(material.hits, material.views, strict=True):
        for figure in eligible(one, hit, view):
            if (view.passage.id, figure.at) not in seen:
                yield Candidate(Score(0.0, weights.FAR), hit, view, figure, figure.segment)


def _things(items: list[Item]) -> list[Item]:
    """Leave out what several parts of the text call alike: that names what is measured ("khối lượng"), no thing.

    Of a list of which the question's words lead to few only those count: the others are of something else.
    """
    if items[0].candidate.view.passage.kind is PassageKind.TABLE_ROW:
        return items
    near = [item for item in items if item.near]
    items = items if 2 * len(near) >= len(items) else near
    return items if _named_by_places(items) else [item for item in items if not item.again]


def _named_by_places(items: Sequence[Item]) -> bool:
    """Tell whether all of ``items`` are named by their places."""
    return all(i.candidate.figure and same_place(i.candidate.figure.figure.place or "", i.name) for i in items)


def _group(query: Query, items: list[Item]) -> Group | None:
    items = _after_the_total(items) if items else []
    if len(items) < _PAIR or items[0].candidate.score.fit < weights.GROUPED:
        return None
    kind = fold(query.among).split()[-1:]
    called = _kind_said(query, items)
    if _NAMED_KINDS.fullmatch(fold(query.among)) and not (called or any(_is_kind(item, kind[0]) for item in items)):
        return None  # "trường nào": what is set side by side has to be schools
    best = max(item.candidate.score.rank for item in items)
    bonus = weights.RANKED_ITEM * min(len(items), weights.RANKED_ITEMS)
    says = [item.candidate.figure for item in items if item.candidate.figure]
    if "tien do" in fold(query.text) and all({"tien", "do"} <= one.own.folded for one in says):
        bonus += weights.PROGRESS_NAMED
    bonus += measure_fits(query, [one.figure for one in says])
    if query.among and not takes_places(query):
        bonus += weights.KIND_NAMED if called else -weights.OTHER_KIND
    if query.period is None and any(of_before(item.candidate) for item in items):
        bonus -= weights.PLAIN_SHARES
    if any(other_count(query, one.figure.unit) for one in says):
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


def _says(kind: str, *texts: str) -> bool:
    return any(re.search(rf"(?<!\w){re.escape(fold(kind))}(?!\w)", fold(text)) for text in texts)


def _lead_says(query: Query, candidate: Candidate) -> bool:
    """Tell whether the words before the first figure of a sentence call what it tells off what is asked for."""
    figure = candidate.figure
    if not query.among or figure is None or candidate.view.passage.kind is PassageKind.TABLE_ROW:
        return False
    first = min(f.at.start for f in candidate.view.figures if f.sentence == figure.sentence)
    lead = fold(candidate.view.reading.text[figure.sentence.start : first])
    return re.search(rf"(?<!\w){re.escape(fold(query.among))}(?!\w)[^:]*:", lead) is not None


def _kind_said(query: Query, items: Sequence[Item]) -> bool:
    """Tell whether what is set side by side is called what is asked for: in its names, the words that lead to the first
    of them, the heading or the head of the table ("Kết quả theo nguồn: ...")."""
    kind, first = query.among, items[0].candidate
    if first.figure is None or not kind:
        return False
    text = first.view.reading.text
    begin = min(i.candidate.figure.sentence.start for i in items if i.candidate.figure)
    lead = fold(text[begin : min(i.candidate.figure.at.start for i in items if i.candidate.figure)])
    around = (lead, first.view.passage.context, *(item.name for item in items))
    return _says(kind, *around)


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
    same = (candidate.hit.report.version_id, unit, *_sort(candidate), figure.period, figure.whole is None)
    elsewhere = figure.place is not None and not same_place(figure.place, candidate.hit.report.area)
    by_place = elsewhere and takes_places(query)
    level = LEVELS.get(type_of(figure.place), -1) if by_place and figure.place else LEVELS.get(query.among, -1)
    if level >= 0 and heading_place(candidate, level):
        return (*same, passage.section_path[:-1], fold(figure.indicator))  # one block of the report for each place
    if passage.kind is PassageKind.TABLE_ROW:
        column = candidate.view.reading.text.count("|", 0, candidate.figure.at.start)
        return (*same, passage.section, column, parents.get(passage.id, -1))
    bullet = _BULLET.match(candidate.view.reading.text, candidate.figure.sentence.start)
    if bullet and query.among and _says(query.among, *passage.section_path[-1:]):
        return (*same, passage.section, "bullets")  # a list of just that, each of which says its own
    return (*same, passage.id, -1 if by_place else candidate.figure.sentence.start)


def _sort(candidate: Candidate) -> tuple[str, str]:
    """Return role and base as they are compared: of "đạt 62% dự toán; ... đạt 77%" the second leaves its base out, as
    "tăng 5%" does after "tăng 3% so với cùng kỳ"."""
    assert candidate.figure is not None
    figure = candidate.figure.figure
    base, attained = fold(figure.base), (FigureRole.LEVEL, FigureRole.PLAN_RATIO, FigureRole.PROGRESS)
    if "%" in figure.unit and figure.role in attained and candidate.view.passage.kind is not PassageKind.TABLE_ROW:
        said = fold(candidate.view.reading.text[: candidate.figure.at.start]).split()[-1:]
        return ("attained", "") if said == ["dat"] else (figure.role.value, base)
    if figure.role in (FigureRole.CHANGE, FigureRole.YOY_RATIO) and base.startswith("cung ky"):
        return figure.role.value, ""
    return figure.role.value, base


def _needed(candidate: Candidate) -> float:
    """Return the fit a figure needs to be set beside others: a row on its own needs more than a member of a list."""
    return weights.GROUPED if candidate.view.passage.kind is PassageKind.TABLE_ROW else weights.NEAREST


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
