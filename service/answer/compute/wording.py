"""Which sum a question asks for, by the table ``wordings.tsv``, and the question without the words that ask for it."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from ingest.domain import Span
from ingest.vi.normalise import fold, unify
from ingest.vi.word_tables import rows
from ingest.vi.words import words
from service.domain import Query, Want
from service.understand.question import understand


def spot(query: Query, group: str) -> re.Match[str] | None:
    """Return the first match of a group of the table in the question, None for none; offsets are those of its text."""
    text = _searched(query)
    found = (pattern.search(text) for pattern in _patterns(group, accents=query.accents))
    return next((match for match in found if match is not None), None)


def without(query: Query, group: str) -> Query:
    """Return ``query`` for the plain level it names: words of the group's matches and its role are left out."""
    text, taken = query.text, set[str]()
    for pattern in _patterns(group, accents=query.accents):
        while match := pattern.search(_cleaned(text, accents=query.accents)):
            taken |= {word.folded for word in words(match[0])}
            text = f"{text[: match.start()]} {text[match.end() :]}"
    terms = tuple(term for term in query.terms if fold(term) not in taken)
    return replace(query, text=text, terms=terms, role=None, want=Want.FIGURE, others=())


def about(query: Query, span: Span, *, tail: str = "") -> Query:
    """Return the question for the level that the words ``span`` of ``query`` name, of its period and place.

    A period or place said inside the words is theirs. ``tail``: words that belong to several such levels.
    """
    part = understand(f"{span.of(query.text)} {tail}", places={})
    return replace(
        part,
        want=Want.FIGURE,
        role=None,
        unit="",
        others=(),
        accents=query.accents,
        terms=part.terms if part.accents == query.accents else tuple(fold(term) for term in part.terms),
        period=part.period or query.period,
        place=part.place or query.place,
    )


def by_place(query: Query) -> Query:
    """Return a question that names nothing but a place with the place's words as its terms: a row has its name."""
    if query.place is None or not set(query.terms) <= {"năm", "nam"}:
        return query
    return replace(query, terms=tuple((unify if query.accents else fold)(query.place).split()))


def _searched(query: Query) -> str:
    return _cleaned(query.text, accents=query.accents)


def _cleaned(text: str, *, accents: bool) -> str:
    """Return the text patterns are searched in: as long as ``text``, end marks blanked."""
    return re.sub(r"[?.!]\s*$", lambda end: " " * len(end[0]), unify(text) if accents else fold(text)).rstrip()


@lru_cache(maxsize=64)
def _patterns(group: str, *, accents: bool) -> tuple[re.Pattern[str], ...]:
    told = rows("service.answer.compute", "wordings.tsv")
    # Folding keeps ASCII, so the syntax of the expressions survives it.
    found = [pattern if accents else fold(pattern) for own, pattern in told if own == group]
    return tuple(re.compile(rf"(?<!\w)(?:{pattern})(?!\w)") for pattern in found)
