"""Which way a figure went, and the figure that tells it for a question."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from ingest.domain import Figure, FigureRole
from ingest.vi.normalise import fold
from service.answer import weights
from service.answer.candidates import Candidate, Choice, Material, choose, figure_candidates
from service.answer.compared import figure_direction
from service.answer.query_words import Scorer, scorer
from service.answer.views import FigureView
from service.domain import Query

_LEVELS = (FigureRole.LEVEL, FigureRole.PROGRESS)
# What may stand between a level's comma and its change: anything else names another subject.
_LINKING = frozenset(
    """tang giam bang dat chi vuot thap cao hon uoc tuong duong ung them so voi cung ky nam truoc cknt con khoang gan
    tren duoc sut hut nhieu it""".split()  # noqa: SIM905
)
_LESS_NAMED = 0.05  # a level named by less of the question than the best one speaks of something else

Test = Callable[[Figure], bool]


def telling(asked: Query, material: Material, fits: Test, *, least: float = weights.OF_ITS_KIND) -> Choice | None:
    """Return the figure that meets ``fits`` and answers ``asked`` best; None when none fits well enough."""
    return choose(telling_candidates(asked, material, fits), least)


def telling_candidates(asked: Query, material: Material, fits: Test) -> list[Candidate]:
    """Return the figures that meet ``fits``, best first; [] for a question without content words."""
    one = scorer(asked, material.rarity)
    if not one.terms:
        return []
    return [c for c in figure_candidates(one, material) if c.figure is not None and fits(c.figure.figure)]


def told_beside(asked: Query, material: Material, fits: Test) -> Choice | None:
    """Return the figure that meets ``fits`` and is said of the very level asked about, right behind it.

    "Đàn dê 840 con, đạt 105% kế hoạch, bằng 98,2% so với cùng kỳ": the ratios speak of the 840 goats. None where no
    level is certain, nothing of the kind follows it before the next one, or levels that fit and are named as well went
    another way.
    """
    one = scorer(replace(asked, role=None, unit=asked.unit if asked.unit != "%" else ""), material.rarity)
    ranked = [c for c in figure_candidates(one, material) if c.figure and c.figure.figure.role in _LEVELS]
    choice = choose(ranked, weights.NAMED_FIGURE) if one.terms else None
    if choice is None or choice.rivals:
        return None
    named = _named_share(one, choice.best)
    close = [
        c
        for c in ranked
        if c.score.rank >= choice.best.score.rank - weights.SAME_READING and _named_share(one, c) >= named - _LESS_NAMED
    ]
    told = [(c, own) for c in close if (own := _behind(c, fits)) is not None]
    if not told or told[0][0] is not choice.best or len({figure_direction(own.figure) for _, own in told}) > 1:
        return None
    own = told[0][1]
    return replace(choice, best=replace(choice.best, figure=own, stretch=own.segment))


def _named_share(one: Scorer, candidate: Candidate) -> float:
    """Return the share of the question that names the figure itself or stands in its headings."""
    figure = candidate.figure
    zones = ((figure.own, 1.0), (candidate.view.heading, weights.ZONE_HEADING)) if figure is not None else ()
    return one.coverage(zones) if zones else 0.0


def _behind(candidate: Candidate, fits: Test) -> FigureView | None:
    """Return the first figure behind a level, before the next one, that tells of nothing else."""
    level, text = candidate.figure, candidate.view.reading.text
    for other in sorted(candidate.view.figures, key=lambda f: f.at.start):
        if level is None or other.at.start < level.at.end or other.segment != level.segment:
            continue
        if other.figure.role in _LEVELS:
            return None
        said = re.split(r"[,(;]", text[level.at.end : other.at.start])[-1]
        same_thing = "%" in other.figure.unit or other.figure.unit == level.figure.unit
        if fits(other.figure) and same_thing and set(fold(said).split()) <= _LINKING:
            return other
    return None
