"""A reading of one question -> the same with what it sets side by side: parts, places, the first or last of several."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from ingest.domain import FigureRole, Period
from ingest.vi.normalise import fold, unify
from ingest.vi.places import LEVELS, bare_name, type_of
from service.domain import Extreme, Query, Want
from service.understand.places import find_place
from service.understand.places_beside import places_beside
from service.understand.several import alternatives, every_period, split
from service.understand.superlatives import superlative, versus, without_choice, without_which

# Kinds that a counted noun before them is divided into.
_KINDS = frozenset(("cap", "bac", "khoi", "lop", "loai", "nhom", "nganh", "vung"))
Read = Callable[[str], Query]
_JOINT = re.compile(
    r"^\s*(?:,|va|voi|hay|hoac|so voi|cung voi|, va)\s*(?:cua |o |tai )?(?:cac )?"
    r"(?:xa |phuong |thi tran |huyen |tinh |thon )?$"
)
_CHANGES = re.compile(r"(?<!\w)(?:tăng|giảm|tang|giam)(?! (?:truong|trưởng|nghèo|ngheo))(?!\w)")
_HOW_MUCH = re.compile(r"(?<!\w)(?:bao nhieu|may)(?!\w)")
_PERIOD_WORDS = re.compile(r"qua|theo|trong|tung|moi|nam|ky|quy|thang|bao|cao")
_COMPARING = re.compile(r"nhieu|it|cao|thap|lon|nho|dong|hon|kem|giua")
# Words that name a base of comparison and nothing that could be set beside a figure.
_BASE = re.compile(
    r"ke|hoach|du|toan|chi|tieu|muc|cung|ky|truoc|ngoai|nam|quy|thang|nghi|quyet|de|giao|dau|trung|uong|binh|quan|mat"
    r"|bang|chung|ca|nuoc|quoc|tinh"
)


def opened_up(query: Query, read: Read, *, places: Mapping[str, str]) -> Query:
    """Return ``query`` with its parts, further places and the end asked for; unchanged for a single figure.

    ``read`` reads one single question. ``places`` as in ``question.understand``. Parts take the period and place they
    do not name from the whole question.
    """
    if query.meta_field:
        return query
    read_text = unify(query.text) if query.accents else fold(query.text)
    query = _with_places(query, read, places)
    query = _with_periods(query)
    best = superlative(read_text, accents=query.accents)
    if best is not None:
        changes = query.role is None and _CHANGES.search(read_text) is not None
        bare = read(without_choice(query.text, accents=query.accents))
        query = replace(query, place=bare.place)
        terms = tuple(t for t in bare.terms if fold(t) not in best.used and not (changes and _CHANGES.fullmatch(t)))
        role = FigureRole.CHANGE if changes else query.role
        terms = terms or _role_named(role, accents=query.accents) or _counted_among(best.among)
        if query.place is not None and LEVELS.get(type_of(query.place), "") == LEVELS.get(best.among, best.among):
            # "Xã nào ... ở xã X": of one place there is no first; what is asked of it stands.
            return replace(query, terms=terms, role=role, want=Want.FIGURE)
        return replace(query, extreme=best.extreme, top=best.top, among=best.among, terms=terms, role=role)
    more = versus(read_text, accents=query.accents) if not _HOW_MUCH.search(fold(query.text)) else None
    if more is not None and (query.beside or query.others):
        return _compared(query, more)
    if more is not None:
        return _against(query, more, read)
    if query.others or query.beside:
        return query
    if query.want is Want.YES_NO:
        return query
    found = split(query.text, accents=query.accents)
    if found.loose and (query.want is not Want.FIGURE or not all(read(part).terms for part in found.parts)):
        return query
    parts = tuple(_filled(read(part), query) for part in found.parts)
    lead = read(found.lead).terms if found.lead else ()
    return replace(query, parts=parts, marked=found.marked, loose=found.loose, lead=lead)


def _with_periods(query: Query) -> Query:
    """Note that the figure of every period is asked for ("qua các kỳ"); the words that say so name no figure."""
    if query.others or not every_period(query.text, accents=query.accents):
        return query
    terms = tuple(t for t in query.terms if not _PERIOD_WORDS.fullmatch(fold(t)))
    return replace(query, every_period=True, terms=terms)


def _with_places(query: Query, read: Read, places: Mapping[str, str]) -> Query:
    """Add the places of the same level that are joined to the first one ("xã A và xã B")."""
    typed = query.text if query.accents else fold(query.text)
    first = find_place(typed, places)
    if first is None or query.place != first[0]:
        return query
    names, rest, last = [first[0]], typed, first[1]
    for name, span in places_beside(typed, first[1], places):
        low, high = sorted((last, span))
        if _level(name) == _level(first[0]) and name not in names and _JOINT.match(fold(typed[low.end : high.start])):
            names.append(name)
            rest = f"{rest[: span.start]}{' ' * len(span)}{rest[span.end :]}"
            last = span
    if len(names) == 1:
        return query
    ordered = sorted(names, key=lambda name: _at(typed, name))
    terms = read(without_which(rest, accents=query.accents)).terms
    kept = tuple(t for t in query.terms if t in terms)
    return replace(query, place=ordered[0], beside=tuple(ordered[1:]), terms=kept)


def _at(text: str, name: str) -> int:
    bare = fold(name).split(" ", 1)[-1]
    return max(0, fold(text).find(bare))


def _level(name: str) -> int | None:
    return LEVELS.get(type_of(name))


def _compared(query: Query, more: Extreme) -> Query:
    """The words of the comparison name no figure: "nhiều hơn" asks for no change here."""
    terms = tuple(t for t in query.terms if not _COMPARING.fullmatch(fold(t)))
    role = None if query.role is FigureRole.CHANGE else query.role
    return replace(query, extreme=more, terms=terms, role=role, want=Want.FIGURE)


def _against(query: Query, more: Extreme, read: Read) -> Query:
    """Read "A hay B nhiều hơn" as two questions; a base ("cao hơn kế hoạch") is no second figure."""
    pair = alternatives(query.text, accents=query.accents)
    if pair is None:
        return query
    # A place that one of the two names is not that of the other.
    own = query.place is not None and any(fold(query.place).split(" ", 1)[-1] in fold(text) for text in pair)
    whole = replace(query, place=None) if own else query
    parts = tuple(_compared(_filled(_named(read(text), text) if own else read(text), whole), more) for text in pair)
    if any(not p.terms or all(_BASE.fullmatch(fold(t)) for t in p.terms) for p in parts):
        return query
    parts = tuple(replace(p, extreme=None) for p in parts)
    return replace(_compared(query, more), parts=parts, marked=True)


def _named(part: Query, text: str) -> Query:
    """Take the name a part opens with for a place, where the other part names one ("A Lý với thị trấn B")."""
    words = text.split()
    name = next((n for n in (bare_name(" ".join(words[:k])) for k in (4, 3, 2)) if n), None)
    if part.place is not None or name is None:
        return part
    used = fold(name).split()
    return replace(part, place=name, terms=tuple(t for t in part.terms if fold(t) not in used))


def _filled(part: Query, whole: Query) -> Query:
    period = part.period
    if period is None:
        period = whole.period
    elif period.year is None and whole.period is not None:
        period = Period(period.kind, whole.period.year, period.first_month, period.last_month, day=period.day)
    return replace(part, period=period, others=(), place=part.place or whole.place, want=Want.FIGURE)


def _counted_among(among: str) -> tuple[str, ...]:
    """Return what is counted where only "học sinh cấp nào đông nhất" says it: all but the kind chosen among."""
    *counted, kind = among.split() or [""]
    return tuple(counted) if fold(kind) in _KINDS else ()


def _role_named(role: FigureRole | None, *, accents: bool) -> tuple[str, ...]:
    """Return the words of the role itself: "xã nào tiến độ cao nhất" names nothing else that its figures could have."""
    if role is not FigureRole.PROGRESS:
        return ()
    return ("tiến", "độ") if accents else ("tien", "do")
