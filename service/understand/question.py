"""A question as typed -> a Query: what is asked, of which period and place, and the words that name it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from ingest.domain import FigureRole, Span
from ingest.vi.normalise import canonical, fold, has_accents, unify
from ingest.vi.units import match_unit, unit_kind
from ingest.vi.word_tables import entries
from ingest.vi.words import Word, words
from service.domain import Query, Want
from service.understand import wants
from service.understand.defined import explained
from service.understand.everyday import alternatives, is_wording
from service.understand.periods_asked import times_asked, with_lead
from service.understand.place_parts import closest
from service.understand.places import find_place, nameless_place, unknown_place
from service.understand.whole import opened_up

# Tells whether a folded phrase stands in any report.
Said = Callable[[str], bool]
_WEEKDAY = re.compile(r"(?<!\w)thu may(?!\w)")
_ACCENTED_SHARE = 0.25
_MAX_PHRASE = 5
_HOW_MANY = (["bao", "nhiêu"], ["mấy"], ["cỡ", "nào"], ["chừng", "nào"], ["nhiêu"])


def understand(
    question: str, *, places: Mapping[str, str], said: Said | None = None, defined: Mapping[str, str] | None = None
) -> Query:
    """Return how ``question`` is read, with its parts where it asks for several figures (``read_single``)."""

    def read(text: str) -> Query:
        return read_single(text, places=places, said=said, defined=defined)

    return opened_up(read(question), read, places=places)


def read_single(
    question: str, *, places: Mapping[str, str], said: Said | None = None, defined: Mapping[str, str] | None = None
) -> Query:
    """Return how ``question`` is read as one question.

    ``places``: folded form -> name as the reports write it (``places.vocabulary``). ``said`` tells whether a folded
    phrase stands in any report: without it, a place typed in small letters that no report names is not noticed.
    ``defined``: the abbreviations the reports explain themselves. ``terms`` of the result are unified
    (folded when the question has no accents), in order, without question words, period and place; () when nothing is
    left. Never raises.
    """
    text = " ".join(canonical(question).split())
    accents = typed_with_accents(text)
    typed = text if accents else fold(text)  # a stray accent must not make the reading expect all of them
    wording = wants.Wording(unify(typed), accents)
    periods, during, timed_spans = times_asked(typed)
    placed = closest(find_place(typed, places), typed, places)
    if placed is None and said is not None:
        placed = _unknown_place(typed, said) or nameless_place(typed, places)
    spoken = words(typed)
    timed = [w for w in spoken if any(s.start <= w.start < s.end for s in timed_spans)]
    unit, unit_span = _unit(typed, spoken, accents=accents, timed=timed)
    taken = [*timed_spans, *((placed[1],) if placed else ()), *((unit_span,) if unit_span else ())]
    want = wants.wanted(wording)
    meta = wants.meta_field(wording)
    role = wants.wanted_role(wording)
    kept = _kept(spoken, [with_lead(typed, span) for span in taken], accents=accents)
    terms, faint = _content(kept, accents=accents)
    # "Chỉ tiêu nào chưa đạt mục tiêu": aims are spoken of there, none is asked for.
    spent = frozenset() if _asks_about_aims(want, role) else wants.role_words(role, accents=accents)
    return Query(
        text=text,
        terms=tuple(t for t in terms if t not in spent),
        faint=faint,
        want=want or _default_want(spoken, accents=accents),
        unit="%" if wants.wants_percent(wording) else unit,
        role=role,
        period=periods[0] if periods else None,
        during=during,
        others=periods[1:],
        place=placed[0] if placed else None,
        meta_field=meta,
        accents=accents,
        also=(*alternatives(kept, accents=accents), *explained(kept, defined or {}, accents=accents)),
    )


def _asks_about_aims(want: Want | None, role: FigureRole | None) -> bool:
    return role is FigureRole.TARGET and want in (Want.NAME, Want.LIST, Want.PERSON, Want.DATE, Want.PLACE)


def _unknown_place(typed: str, said: Said) -> tuple[str, Span] | None:
    return unknown_place(typed, lambda phrase: said(phrase) or is_wording(phrase))


def naming(query: Query) -> Query:
    """Return the query without the words of ``light.txt``; unchanged when nothing would be left."""
    light = _phrases("light.txt", accents=query.accents)
    kept: list[str] = []
    at = 0
    while at < len(query.terms):
        # "môn thứ ba": which one is meant, not how many.
        ordinal = fold(query.terms[at]) == "thu" or (at > 0 and fold(query.terms[at - 1]) == "thu")
        skip = 0 if ordinal and not _WEEKDAY.search(fold(query.text)) else _longest(query.terms, at, light)
        kept += [] if skip else [query.terms[at]]
        at += skip or 1
    return replace(query, terms=tuple(kept) or query.terms)


def typed_with_accents(text: str) -> bool:
    """Tell whether a question was typed with accents: one accented word at the end does not make it so.

    About two syllables in three of Vietnamese prose carry an accent; below one in four they were left out.
    """
    syllables = [word.text for word in words(text) if not word.is_number]
    marked = sum(has_accents(word) for word in syllables)
    return marked > 0 and marked >= _ACCENTED_SHARE * len(syllables)


def _unit(text: str, spoken: Sequence[Word], *, accents: bool, timed: Sequence[Word] = ()) -> tuple[str, Span | None]:
    """Return the canonical unit after "bao nhiêu" or "mấy", else after "số" ("số vụ cháy"), "" for none.

    The span is that of a unit of measure or money, which names no indicator; None for a counted noun, which does.
    ``timed``: the words of period mentions.
    """
    at = _after_how_many(spoken, accents=accents)
    if at is not None and spoken[at] in timed:
        at = None  # "mấy tháng đầu năm" is a period
    known = _unit_at(text, spoken[at].start, accents=accents) if at is not None else None
    if at is not None and known is not None:
        return known[0], Span(spoken[at].start, known[1]) if unit_kind(known[0]) != "count" else None
    # A noun that is no unit of the table names what is counted, and only that.
    at = _after_number_of(spoken, accents=accents)
    known = _unit_at(text, spoken[at].start, accents=accents) if at is not None else None
    return (known[0], None) if known is not None and unit_kind(known[0]) == "count" else ("", None)


def _unit_at(text: str, at: int, *, accents: bool) -> tuple[str, int] | None:
    """Return the unit at ``text[at:]`` and its end; "so với" is no "sổ", with accents or without."""
    known = match_unit(text, at)
    if known is None:
        return None
    written = text[at : known[1]]
    if not accents:
        return None if (unify(written),) in _phrases("stopwords.txt", accents=False) else known
    return None if has_accents(known[0]) and not has_accents(written) else known


def _after_how_many(spoken: Sequence[Word], *, accents: bool) -> int | None:
    """Return the place of the word after "bao nhiêu", "mấy" or "cỡ nào"; None when there is none."""
    texts = [w.text for w in spoken]
    for head in _HOW_MANY if accents else tuple([fold(word) for word in head] for head in _HOW_MANY):
        for at in range(len(texts) - len(head)):
            if texts[at : at + len(head)] == head:
                return at + len(head)
    return None


def _after_number_of(spoken: Sequence[Word], *, accents: bool) -> int | None:
    """Return the place of the word after "số" or "tổng số" when that opens the question; else None."""
    number, total = ("số", "tổng") if accents else ("so", "tong")
    texts = [w.text for w in spoken]
    opening = texts[:3]
    if opening[:1] == [number] and len(texts) > 1:
        return 1
    return 2 if opening[:2] == [total, number] and len(texts) > 2 else None


def _default_want(spoken: Sequence[Word], *, accents: bool) -> Want:
    opening = [w.text for w in spoken[:3]]
    phrases = _phrases("quantity.txt", accents=accents)
    opens = any(tuple(opening[:n]) in phrases for n in (1, 2, 3))
    return Want.FIGURE if opens else Want.TEXT


def _kept(spoken: Sequence[Word], taken: Sequence[Span], *, accents: bool) -> tuple[str, ...]:
    kept = [w for w in spoken if not any(s.start <= w.start < s.end for s in taken)]
    return tuple(w.text if accents else w.folded for w in kept)


def _content(texts: Sequence[str], *, accents: bool) -> tuple[tuple[str, ...], frozenset[str]]:
    """Return the content words in order, and those of them that stand in faint phrases only."""
    stop = _phrases("stopwords.txt", accents=accents)
    whole = _phrases("compounds.txt", accents=accents)
    dim = _phrases("faint.txt", accents=accents)
    out: list[str] = []
    telling: set[str] = set()
    at = 0
    while at < len(texts):
        keep = _longest(texts, at, whole)
        skip, faint = (0, 0) if keep else (_longest(texts, at, stop), _longest(texts, at, dim))
        if skip and skip >= faint:
            at += skip
            continue
        taken = texts[at : at + (keep or faint or 1)]
        out += [word for word in taken if not faint or (word,) not in stop]
        telling |= set() if faint else set(taken)
        at += len(taken)
    return tuple(out), frozenset(out) - telling


def _longest(texts: Sequence[str], at: int, phrases: frozenset[tuple[str, ...]]) -> int:
    """Return how many syllables the longest of ``phrases`` at ``texts[at]`` has, 0 for none."""
    most = min(_MAX_PHRASE, len(texts) - at)
    return next((n for n in range(most, 0, -1) if tuple(texts[at : at + n]) in phrases), 0)


@lru_cache(maxsize=8)
def _phrases(name: str, *, accents: bool) -> frozenset[tuple[str, ...]]:
    """Return the phrases of a word table as tuples of syllables, folded for questions without accents."""
    phrases = entries("service.understand", name)
    if accents:
        return frozenset(tuple(unify(p.removeprefix("=")).split()) for p in phrases)
    return frozenset(tuple(fold(p).split()) for p in phrases if not p.startswith("="))
