"""Which way a figure went, and the figure that tells it for a question."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from ingest.domain import Figure, FigureRole
from service.answer import weights
from service.answer.candidates import Candidate, Choice, Material, choose, figure_candidates
from service.answer.query_words import scorer
from service.domain import Query
from service.understand.stance import Direction

_RATIOS = (FigureRole.YOY_RATIO, FigureRole.PLAN_RATIO)
_WHOLE = Decimal(100)

Test = Callable[[Figure], bool]


def figure_direction(figure: Figure) -> Direction | None:
    """Return whether a change or a ratio of 100 % says more or less; None for any other figure and for no change."""
    if figure.role is FigureRole.CHANGE and figure.value:
        return Direction.UP if figure.value > 0 else Direction.DOWN
    if figure.role in _RATIOS and "%" in figure.unit and figure.value != _WHOLE:
        return Direction.UP if figure.value > _WHOLE else Direction.DOWN
    return None


def telling(asked: Query, material: Material, fits: Test, *, least: float = weights.OF_ITS_KIND) -> Choice | None:
    """Return the figure that meets ``fits`` and answers ``asked`` best; None when none fits well enough."""
    return choose(telling_candidates(asked, material, fits), least)


def telling_candidates(asked: Query, material: Material, fits: Test) -> list[Candidate]:
    """Return the figures that meet ``fits``, best first; [] for a question without content words."""
    one = scorer(asked, material.rarity)
    if not one.terms:
        return []
    return [c for c in figure_candidates(one, material) if c.figure is not None and fits(c.figure.figure)]
