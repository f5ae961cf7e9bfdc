"""Reasons told in other words than asked: first what is to be explained is found, then the reason beside it.

A report says little of why. Where the sentence that says most of a question also gives a reason, that is the reason
asked for, though the words of the reason's own clause cover less of the question than an answer otherwise needs.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.vi.normalise import fold, unify
from service.answer import weights
from service.answer.asked_why import effect_terms
from service.answer.candidates import Candidate, Choice, Material, sentence_candidates
from service.answer.findings import unmarked
from service.answer.query_words import Scorer, scorer
from service.answer.tokens import bag, key
from service.domain import Want

_GOES_ON = re.compile(r"(?<!\w)(?:nguyên nhân|lý do|lí do|nêu trên|nói trên|trên đây|này|đó)(?!\w)")


def reason_beside(one: Scorer, material: Material) -> Choice | None:
    """Return the reason in, or right behind, the sentence that says most of the question; None for no clear one.

    Clear: told in one of the first passages, and other sentences with a reason say much less of the question.
    """
    if one.query.want is not Want.REASON:
        return None
    reasons = sentence_candidates(one, material, telling=False)
    if not reasons or reasons[0].hit.rank > weights.ALONE_HITS:
        return None
    best = reasons[0]
    # One sentence may give several reasons, each offered by itself.
    others = [c for c in reasons[1:] if not _same(c, best)]
    if any(best.score.fit - c.score.fit < weights.REASON_STANDS_OUT for c in others):
        return None
    plain = scorer(replace(one.query, want=Want.TEXT, terms=effect_terms(one.query)), material.rarity)
    told = sentence_candidates(plain, material, telling=False)[:1]
    if not told:
        return None
    if _same(told[0], best) and best.score.fit >= weights.REASON_BESIDE:
        return Choice(best, (), older=False)
    behind = told[0].score.fit >= weights.MENTIONED and best.score.fit >= weights.REASON_BEHIND
    return Choice(best, (), older=False) if behind and _next(told[0], best) and _goes_on(one, best) else None


def _goes_on(one: Scorer, behind: Candidate) -> bool:
    """Tell whether a sentence goes on with what the one before it told: by a word asked for, or by how it opens."""
    if unmarked(behind.text) or _GOES_ON.search(unify(behind.text)):
        return True
    effect = frozenset(fold(key(term)) for term in effect_terms(one.query))
    return not effect.isdisjoint(bag(behind.text).folded)


def _same(one: Candidate, other: Candidate) -> bool:
    """Tell whether two candidates stand in one sentence."""
    return one.view.passage.id == other.view.passage.id and _place(one) == _place(other)


def _next(first: Candidate, second: Candidate) -> bool:
    return first.view.passage.id == second.view.passage.id and _place(first) + 1 == _place(second)


def _place(candidate: Candidate) -> int:
    starts = (s.at.start for s in candidate.view.sentences)
    return sum(start <= candidate.stretch.start for start in starts)
