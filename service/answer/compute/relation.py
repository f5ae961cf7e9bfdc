"""What a question sets beside what: by how much one amount exceeds another, what is left of a whole, what changed.

All of these ask how far two amounts lie apart. The words that say so ("hơn", "còn thiếu", "giảm") and what the amounts
are measured against ("so với kế hoạch", "cùng kỳ") are read off and left out: what remains names the amounts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import Enum
from functools import lru_cache

from ingest.domain import FigureRole
from ingest.vi.normalise import fold, unify
from ingest.vi.units import match_unit, unit_kind
from ingest.vi.word_tables import rows
from service.answer.tokens import keys
from service.domain import Query, Want
from service.understand.question import understand

Sides = tuple[tuple[str, ...], tuple[str, ...]]
_NO_SIDES: Sides = ((), ())
# What may be said for any noun that is counted, folded.
ANY = frozenset(("cai", "chiec", "em", "chau", "nguoi"))


class Against(Enum):
    """What the one amount is set against."""

    PLAN = "plan"  # "so với kế hoạch", "mới đủ chỉ tiêu"
    TIME = "time"  # "cùng kỳ", "đầu năm", "năm 2024"
    OTHER = "other"  # another thing the question names: "A hơn B"
    WHOLE = "whole"  # "còn ... chưa": the whole that what is done is a part of
    OPEN = "open"  # the question does not say


@dataclass(frozen=True, slots=True)
class Relation:
    """A question for a difference: ``plain`` names the amounts, ``against`` says what the one is set against.

    ``sides``: the words before and behind "hơn", each only what the other has not; ``year``: the year of the base, None
    for none; ``falls``: it takes for granted that the first is less (True), more (False) or neither (None).
    ``denied``: the words behind "chưa"; ``must``: it asks for what has to be done ("còn phải"); ``giver``: who set the
    plan.
    """

    plain: Query
    against: Against
    sides: Sides = ((), ())
    year: int | None = None
    falls: bool | None = None
    denied: tuple[str, ...] = ()
    must: bool = False
    giver: tuple[str, ...] = ()


@lru_cache(maxsize=256)
def relation(query: Query) -> Relation | None:
    """Return the difference a question asks for; None where it asks for none."""
    if query.want not in (Want.FIGURE, Want.TEXT) or query.others or query.extreme is not None or query.meta_field:
        return None
    text = _searched(query)
    if _found("how", text, query) is None or _found("never", text, query) is not None:
        return None
    name = next((name for name in ("more", "left", "move") if _found(name, text, query) is not None), "")
    if not name or (name == "left" and _found("each", text, query) is not None):
        return None
    against, year, giver, text = _base(name, _unasked(text, query), query)
    sides, denied = _NO_SIDES, _words("", query)
    if name == "more" and against is Against.OPEN:
        sides = _sides(text, query)
        against = Against.OTHER if sides != _NO_SIDES else Against.OPEN
    elif name == "left":
        match = _found("denied", text, query)
        denied = _terms(text[match.end() :], query) if match else ()
        against = Against.WHOLE if against is Against.OPEN else against
    elif against is Against.OPEN and query.role is FigureRole.TARGET:
        return None  # "phấn đấu tăng bao nhiêu" asks for the aim
    elif against is Against.OPEN:
        against = Against.TIME
    if against is Against.TIME and _found("rate", _searched(query), query) and not _found("of_rate", text, query):
        return None  # by how many per cent a number rose, not how far two percentages lie apart
    plain = _plain(query, _without(text, query, "more", "cue"))
    if not plain.terms:
        return None
    plain = replace(plain, place=None) if sides != _NO_SIDES else plain
    must = name == "left" and _found("must", text, query) is not None
    return Relation(plain, against, sides, year, _falls(text, query), denied, must, giver)


def _base(name: str, text: str, query: Query) -> tuple[Against, int | None, tuple[str, ...], str]:
    """Return what is set against, the year of the base, who set the plan, and the text without all that."""
    giver: tuple[str, ...] = ()
    if (set_by := _found("giver", text, query)) is not None:
        giver, text = _words(set_by[1], query), f"{text[: set_by.start(1)]} {text[set_by.end(1) :]}"
    # "Bao nhiêu chỉ tiêu không đạt kế hoạch": no amount of a plan is asked for.
    undone = name == "left" and _found("undone_plan", text, query) is not None
    plan, time = None if undone else _found("plan", text, query), _found("time", text, query)
    year = re.search(r"(?:19|20)\d\d", time[0]) if time is not None else None
    text = _without(text, query, "time", *(() if undone else ("plan",)), "per", "now")
    against = Against.PLAN if plan else Against.TIME if time else Against.OPEN
    return against, int(year[0]) if year else None, giver, text


def _plain(query: Query, said: str) -> Query:
    """Return the question for what ``said`` names."""
    terms = tuple(dict.fromkeys((*_terms(said, query), *_counted(query))))
    period = understand(said, places={}).period
    unit = query.unit or _named_unit(said)
    plain = replace(query, text=said, terms=terms, unit=unit, want=Want.FIGURE, role=None, period=period)
    return replace(plain, others=(), beside=(), parts=(), marked=False, loose=False)


def _named_unit(said: str) -> str:
    """Return the unit that "số ..." names at the head of a question ("số người bị thương"); "" for none."""
    head = re.match(r"\s*(?:tổng )?số (?=\w)", said)
    found = match_unit(said, head.end()) if head is not None else None
    return found[0] if found is not None and unit_kind(found[0]) == "count" else ""


def _falls(text: str, query: Query) -> bool | None:
    down, up = _found("down", text, query), _found("up", text, query)
    return None if (down is None) is (up is None) else down is not None


def _sides(text: str, query: Query) -> Sides:
    """Return the words on either side of what compares, each without those of the other; none where one is lacking.

    "A và B chênh nhau" and "so với A thì B hơn" are parted.
    """
    match = _found("more", text, query)
    if match is None:
        return _NO_SIDES
    left, right = text[: match.start()], text[match.end() :]
    ahead = _found("ahead", text, query)
    if ahead is not None and ahead.end() <= match.start():
        left, right = left[ahead.end() :], ahead[1]
    elif not _terms(right, query) and (parted := _found("parted", left, query)) is not None:
        left, right = left[: parted.start()], left[parted.end() :]
    elif not left.strip() and (parted := _found("parted", right, query)) is not None:
        left, right = right[: parted.start()], right[parted.end() :]
    one, other = _terms(left, query), _terms(right, query) or _words(right, query)
    if not one or not other:
        return _NO_SIDES
    return tuple(t for t in one if t not in other), tuple(t for t in other if t not in one)


def _terms(text: str, query: Query) -> tuple[str, ...]:
    read = understand(text, places={})
    terms = [*read.terms, *(unify(read.place).split() if read.place else ())]
    for place in read.beside:
        terms += unify(place).split()
    faint = _faint(accents=query.accents)
    found = tuple(t if query.accents else fold(t) for t in terms)
    return tuple(t for t in found if t not in faint)


def _counted(query: Query) -> tuple[str, ...]:
    """Return the words of the noun counted: it names what is asked for as well, unless it is one for anything."""
    if unit_kind(query.unit) not in ("count", "") or fold(query.unit) in ANY:
        return ()
    return tuple(word if query.accents else fold(word) for word in query.unit.split())


def _words(text: str, query: Query) -> tuple[str, ...]:
    faint = _faint(accents=query.accents)
    return tuple(t for t in keys(text) if t not in faint)


@lru_cache(maxsize=2)
def _faint(*, accents: bool) -> frozenset[str]:
    told = {word for name, word in rows("service.answer.compute", "relations.tsv") if name == "faint"}
    return frozenset(told if accents else map(fold, told))


def _unasked(text: str, query: Query) -> str:
    """Return the text without "bao nhiêu" and the unit or the last word behind it."""
    match = _found("how", text, query)
    while match is not None:
        behind = text[match.end() :]
        unit = query.unit if query.accents else fold(query.unit)
        words = behind.split()
        if unit and behind.strip().startswith(unit):
            behind = behind.strip()[len(unit) :]
        elif len(words) == 1 or words[:1] in (["tỷ"], ["triệu"], ["tiền"], ["ty"], ["trieu"], ["tien"]):
            behind = " ".join(words[1:])
        text = f"{text[: match.start()]} {behind}"
        match = _found("how", text, query)
    return text


def _without(text: str, query: Query, *names: str) -> str:
    for name in names:
        while match := _found(name, text, query):
            text = f"{text[: match.start()]} {text[match.end() :]}"
    return text


def _searched(query: Query) -> str:
    text = unify(query.text) if query.accents else fold(query.text)
    return re.sub(r"[?.!]\s*$", "", text).strip()


def _found(name: str, text: str, query: Query) -> re.Match[str] | None:
    found = (pattern.search(text) for pattern in _patterns(name, accents=query.accents))
    return min((m for m in found if m is not None), key=lambda m: (m.start(), -m.end()), default=None)


@lru_cache(maxsize=64)
def _patterns(name: str, *, accents: bool) -> tuple[re.Pattern[str], ...]:
    told = [pattern for own, pattern in rows("service.answer.compute", "relations.tsv") if own == name]
    # Folding keeps ASCII, so the syntax of the expressions survives it.
    return tuple(re.compile(rf"(?<!\w)(?:{p if accents else fold(p)})(?!\w)") for p in told)
