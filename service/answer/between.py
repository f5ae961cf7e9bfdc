"""Yes or no on "X có nhiều hơn Y không": two stated levels of one unit set against each other."""

from __future__ import annotations

from dataclasses import replace

from ingest.domain import Figure, FigureRole
from ingest.vi.units import same_measure, to_base
from service.answer import weights
from service.answer.candidates import Choice, Material
from service.answer.directions import telling
from service.answer.drafting import draft_of, led
from service.domain import Claim, Draft, Query, Want
from service.understand.question import understand
from service.understand.stance import Direction, compared


def between(query: Query, material: Material) -> Draft | None:
    """Return "Có" or "Không" with both levels cited; None for another question, or unless both levels are stated,
    certain, of one period and of one unit."""
    pair = compared(query)
    if pair is None:
        return None
    left, right, way = pair
    choices = [_level(query, material, side) for side in (left, right)]
    if any(c is None or c.rivals or c.best.figure is None for c in choices):
        return None
    first, second = (c for c in choices if c is not None)
    one, other = (c.best.figure.figure for c in (first, second) if c.best.figure is not None)
    if one == other or one.period != other.period or not _alike(one, other) or one.hedge or other.hedge:
        return None
    ours, theirs = (to_base(f.value, f.unit)[0] for f in (one, other))
    word = "Có" if (ours > theirs if way is Direction.UP else ours < theirs) else "Không"
    left_draft, right_draft = draft_of(query, first), draft_of(query, second)
    return beside(led(left_draft, f"{word}.", short=word), right_draft)


def _level(query: Query, material: Material, side: str) -> Choice | None:
    terms = understand(side, places={}).terms
    asked = replace(query, text=side, terms=terms, want=Want.FIGURE, role=None, unit="", parts=(), extreme=None)
    return telling(asked, material, lambda f: f.role is FigureRole.LEVEL, least=weights.NAMED_FIGURE)


def _alike(one: Figure, other: Figure) -> bool:
    return same_measure(one.unit, other.unit)


def beside(left: Draft, right: Draft) -> Draft:
    """Return ``left`` with the claims, evidence and figures of ``right`` behind its own."""
    base = len(left.evidence)
    claims = [Claim(claim.text, tuple(base + i for i in claim.evidence)) for claim in right.claims]
    return replace(
        left,
        claims=(*left.claims, *claims),
        evidence=(*left.evidence, *right.evidence),
        figures=(*left.figures, *(replace(f, evidence=base + f.evidence) for f in right.figures)),
    )
