"""What came of something ("mưa lũ gây hậu quả gì"): what stands behind "làm", "gây" in the sentence on its cause."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.vi.normalise import fold, unify
from service.answer import weights
from service.answer.candidates import Candidate, Choice, Material, sentence_candidates
from service.answer.drafting import draft_of
from service.answer.query_words import Scorer, scorer
from service.answer.shortest import SHORT_MAX_CHARS
from service.answer.tokens import key
from service.answer.views import Stretch, segments
from service.domain import Draft, Query, Want

_SORT = r"(?:hau qua|thiet hai|anh huong|he qua|tac dong|kho khan|he luy)"
_ASKED = re.compile(
    rf"(?<!\w)(?:(?:gay|de lai|dan den|keo theo|lam)(?: ra| nen)?(?: nhung)?(?: {_SORT})?"
    r" (?:gi|nao|(?:nhu )?the nao|ra sao)"
    rf"|(?:{_SORT})(?: \w+){{0,3}}? (?:gi|nao|(?:nhu )?the nao|ra sao))(?!\w)"
)
_ASKING = frozenset(
    "gay de lai dan den keo theo ra nen nhung hau qua thiet hai anh huong he tac dong lam gi nao sao".split()  # noqa: SIM905
)
_BROUGHT = re.compile(
    r"(?<!\w)(?:gây(?: ra| nên)?|khiến(?: cho)?|làm(?: cho)?(?! việc| theo| rõ)|dẫn đến|kéo theo"
    r"|ảnh hưởng(?: đến| tới)?)\s"
)


def effect(query: Query, material: Material) -> Draft | None:
    """Return what the sentence on the cause asked about says came of it; None for another question or no such words."""
    if query.others or query.want not in (Want.NAME, Want.LIST, Want.TEXT) or not _ASKED.search(fold(query.text)):
        return None
    cause = replace(query, want=Want.TEXT, terms=tuple(t for t in query.terms if fold(key(t)) not in _ASKING))
    one = scorer(cause, material.rarity)
    for candidate in sentence_candidates(one, material) if one.terms else ():
        if candidate.score.fit < weights.ANSWERABLE_TEXT:
            break
        found = _brought(one, candidate)
        if found is not None:
            part, short = found
            draft = draft_of(cause, Choice(replace(candidate, stretch=part), (), older=False))
            return replace(draft, short_answer=short if len(short) <= SHORT_MAX_CHARS else None)
    return None


def _brought(one: Scorer, candidate: Candidate) -> tuple[Stretch, str] | None:
    """Return the part of the sentence that has the cause before such a word, and what stands behind that word."""
    text = candidate.view.reading.text
    asked = {folded for _, folded, _ in one.terms}
    for part in segments(text, candidate.stretch.start, candidate.stretch.end):
        clause = text[part.start : part.end]
        for match in _BROUGHT.finditer(unify(clause)):
            before = {fold(key(w)) for w in re.findall(r"\w+", unify(clause[: match.start()]))}
            if 2 * len(asked & before) > len(asked):
                return part, clause[match.end() :].strip(" .,;")
    return None
