"""The sides of a sum: each a question of its own, filled up with what the question says once for all of them.

"Số nhà tốc mái ở A nhiều hơn ở B mấy nhà" names what is counted in the first side only, "A và B có tổng cộng bao nhiêu
hộ nghèo" behind the last. Where the common words end nobody can tell from the question alone: every likely place is
tried, and the figures decide.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from ingest.domain import FigureRole
from ingest.vi.normalise import fold, unify
from service.answer.candidates import Material
from service.domain import Query, Want
from service.understand.question import understand

_LEADS = "giữa|cả|hai|ba|bốn|các|của|ở|tại|trong|là|thì|và|với|tổng cộng|tổng số|tổng|cộng|so với"
_ENDS = "giữa|cả|của|ở|tại|trong|là|thì|có|được|đạt|đến|và"
_KIND = re.compile(r"(?:\s|^)(?:xa|phuong|thi tran|thi xa|huyen|quan|tinh|thanh pho|thon|khu pho)$")
_CUT = re.compile(r"\s*[,;]\s*(?:và\s|va\s)?|\s(?:và|va|cộng với|cong voi|với|voi|cộng|cong|cùng|cung)\s")
_ASKING = {
    *("chenh", "lech", "giua", "hon", "kem", "nhieu", "it", "cao", "thap", "lon", "nho", "dong"),
    *("tong", "cong", "lai", "gop", "ca", "tat", "hai", "ba", "bon", "gap", "lan", "so", "voi"),
}
_MAX_SIDES = 5
_NEAR = (0, 1, -1)


def listed(texts: Sequence[str]) -> tuple[str, ...]:
    """Return the sides of a sum, lists in them taken apart ("trâu, bò" and "lợn" are three); () for too many."""
    found = tuple(part for text in texts for part in map(opened, _CUT.split(text)) if part)
    return found if len(found) <= _MAX_SIDES else ()


def opened(text: str) -> str:
    """Return a side without the words that only lead to it ("giữa", "cả hai", "ở")."""
    text = text.strip(" ,;:()?.")
    # Folded only where the question has no accents: "cá" is no "cả", "lá" no "là".
    accents = unify(text) != fold(text)
    leads, ends = _around(accents=accents)
    text = text[: ends.search(unify(text) if accents else fold(text)).start()]  # type: ignore[union-attr]
    lead = leads.match(unify(text) if accents else fold(text))
    return text[lead.end() :] if lead else text


@lru_cache(maxsize=2)
def _around(*, accents: bool) -> tuple[re.Pattern[str], re.Pattern[str]]:
    leads, ends = (_LEADS, _ENDS) if accents else (fold(_LEADS), fold(_ENDS))
    return re.compile(rf"(?:(?:{leads})\s+)+(?=\S)"), re.compile(rf"(?:\s+(?:{ends}))*\s*$")


def own_words(texts: Sequence[str]) -> tuple[str, ...]:
    """Return for the first and last side the words nothing can be said for all in: those it has where the others end.

    The last of a first side ("vốn FDI của A" beside "B": "A"), the first of a last side; a side that opens as its
    neighbour does ("lúa mùa gieo trồng" beside "lúa xuân") has its own words first. "" where it is no longer.
    """
    words = [opened(text).split() for text in texts]
    found = [""] * len(words)
    ahead, behind = max(map(len, words[1:])), max(map(len, words[:-1]))
    alike = fold(words[0][0]) == fold(words[1][0])
    if ahead < len(words[0]):
        found[0] = " ".join(words[0][:ahead] if alike else words[0][-ahead:])
    if behind < len(words[-1]):
        found[-1] = " ".join(words[-1][:behind])
    return tuple(found)


def readings(query: Query, texts: Sequence[str], material: Material, *, tail: str = "") -> list[tuple[Query, ...]]:
    """Return the ways of reading the sides ``texts`` of ``query``, without repeats: as they stand, then filled up.

    ``tail``: words that belong to every side. A place or period said in a side is that side's own; a side without one
    takes that of the question, unless the question has it from another side.
    """
    said = [opened(text) for text in texts]
    if not all(said):
        return []
    known = _places(material)
    places = [_place_in(text, known) for text in said]
    bare = [_without(text, place) for text, place in zip(said, places, strict=True)]
    ways = [tuple(bare), *_filled(bare, first=True), *_filled(bare, first=False)]
    own = [known[place] if place else None for place in places]
    shared = query.place if not any(own) else None
    tail = tail.strip(" ?.")
    return [
        tuple(_side(query, f"{text} {tail}".strip(), place or shared) for text, place in zip(way, own, strict=True))
        for way in dict.fromkeys(ways)
    ]


def of_places(query: Query) -> tuple[Query, ...]:
    """Return the question for each of its places, without the words that ask for the sum; () where it has not two."""
    if not query.beside or query.place is None:
        return ()
    terms = tuple(dict.fromkeys(term for term in query.terms if fold(term) not in _ASKING))
    plain = replace(_plain(query), text=" ".join(terms), terms=terms, unit="")
    return tuple(replace(plain, place=place) for place in (query.place, *query.beside))


def _filled(said: Sequence[str], *, first: bool) -> list[tuple[str, ...]]:
    """Return the sides with the words before (``first``) or behind what one of them has of its own."""
    words = [text.split() for text in said]
    whole = words[0] if first else words[-1]
    others = words[1:] if first else words[:-1]
    longest = max(len(one) for one in others)
    found: list[tuple[str, ...]] = []
    for own in (longest + more for more in _NEAR):
        if not 0 <= own < len(whole):
            continue
        if first:
            head = " ".join(whole[: len(whole) - own])
            found.append((said[0], *(f"{head} {text}".strip() for text in said[1:])))
        else:
            end = " ".join(whole[own:])
            found.append((*(f"{text} {end}".strip() for text in said[:-1]), said[-1]))
    return found


def _places(material: Material) -> dict[str, str]:
    """Return the places the figures at hand stand for, by their folded names without the word for their kind."""
    named = {one.figure.place for view in material.views for one in view.figures if one.figure.place}
    return {fold(place).split(" ", 1)[-1]: place for place in named}


def _place_in(text: str, places: Mapping[str, str]) -> str | None:
    read = f" {fold(text)} "
    return max((name for name in places if f" {name} " in read), key=len, default=None)


def _without(text: str, place: str | None) -> str:
    """Return a side without its place and the word for that place's kind ("ở xã")."""
    if place is None:
        return text
    at = f" {fold(text)} ".find(f" {place} ")
    before = _KIND.sub("", fold(text[:at]).rstrip())
    return opened(f"{text[: len(before)]} {text[at + len(place) :]}")


def _plain(query: Query) -> Query:
    role = FigureRole.TARGET if query.role is FigureRole.TARGET else None
    return replace(query, want=Want.FIGURE, role=role, others=(), beside=(), parts=(), marked=False, extreme=None)


def _side(query: Query, text: str, place: str | None) -> Query:
    part = understand(text, places={})
    return replace(
        _plain(part),
        unit="",
        accents=query.accents,
        terms=part.terms if part.accents == query.accents else tuple(fold(term) for term in part.terms),
        period=part.period or query.period,
        place=place,
        around=query.around,
    )
