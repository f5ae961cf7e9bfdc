"""Several periods or places in one question: each is answered on its own, side by side; nothing is computed."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from ingest.domain import Figure, Period
from ingest.vi.periods import period_label, same
from ingest.vi.places import without_type
from ingest.vi.units import to_base
from service.answer.candidates import Material, age_key
from service.answer.drafting import NEWEST
from service.domain import Abstention, Claim, Draft, Evidence, Extreme, FigureClaim, Notice, Query

One = Callable[[Query], Draft | Abstention]
_NOTHING = "Các báo cáo không nêu nội dung này."
_MAX_ROWS = 12


@dataclass(frozen=True, slots=True)
class Cell:
    """A row of the table: ``label`` says of what the figure is; ``draft`` None where the reports do not say."""

    label: str
    draft: Draft | None


def side_by_side(query: Query, answer_one: One, material: Material) -> Draft | Abstention:
    """Return one line for each period or place of ``query``; what the reports do not cover is said to be missing.

    An abstention when none is covered. The short answer names each: "quý I/2023: 14 vụ; quý I/2024: 19 vụ"; asked
    which is more it begins with that one.
    """
    # "tăng bao nhiêu" between two periods asks for both levels: the reader sees the difference.
    bare = replace(query, others=(), beside=(), extreme=None, every_period=False)
    refusal: Abstention | None = None
    cells: list[Cell] = []
    for label, single in _singles(query, bare, material):
        result = answer_one(single)
        cells.append(Cell(label, result if isinstance(result, Draft) else None))
        if isinstance(result, Abstention):
            refusal = refusal or result
    if query.every_period:
        cells = [cell for cell in cells if cell.draft is not None]
    if not any(cell.draft for cell in cells):
        return refusal or Abstention(_NOTHING)
    return table(cells, extreme=query.extreme)


def _singles(query: Query, bare: Query, material: Material) -> list[tuple[str, Query]]:
    if query.every_period:
        periods = _told(material)
        return [(period_label(p), replace(bare, period=p, role=query.role)) for p in periods[-_MAX_ROWS:]]
    if query.beside:
        places = [place for place in (query.place, *query.beside) if place]
        return [(one, replace(bare, place=one, text=_without(query.text, places, one))) for one in places]
    asked = [p for p in (query.period, *query.others) if p is not None]
    return [(period_label(p), replace(bare, period=p, role=None)) for p in asked]


def _without(text: str, places: Sequence[str], kept: str) -> str:
    """Return a question without the names of the other places: it asks about one now."""
    for bare in (without_type(place) for place in places if place != kept):
        text = re.sub(rf"(?<!\w){re.escape(bare)}(?!\w)", " ", text, flags=re.IGNORECASE)
    return " ".join(text.split())


def _told(material: Material) -> list[Period]:
    """Return the periods of the reports at hand, without repeats, from old to new."""
    refs = {hit.report.version_id: hit.report for hit in material.hits}
    found: list[Period] = []
    for ref in sorted(refs.values(), key=age_key):
        if ref.period is not None and not any(same(ref.period, one) for one in found):
            found.append(ref.period)
    return found


def table(cells: Sequence[Cell], *, extreme: Extreme | None = None) -> Draft:
    """Return the cells as one draft: a line for each, in order; the one asked for first when ``extreme`` is given.

    At least one cell must have a draft. Missing cells become notices.
    """
    known = [(cell.label, cell.draft) for cell in cells if cell.draft is not None]
    if extreme is not None:
        known = _sorted(known, extreme)
    claims: list[Claim] = []
    evidence: list[Evidence] = []
    figures: list[FigureClaim] = []
    for label, draft in known:
        base = len(evidence)
        told = draft.short_answer or draft.claims[0].text
        text = f"{label[:1].upper()}{label[1:]}: {told}"
        cited = tuple(base + i for i in dict.fromkeys(i for claim in draft.claims for i in claim.evidence))
        claims.append(Claim(f"\n{text}" if claims else text, cited))
        evidence += draft.evidence
        figures += [FigureClaim(f.figure, base + f.evidence) for f in draft.figures]
    shorts = [f"{label}: {draft.short_answer}" for label, draft in known if draft.short_answer]
    notices = [w for _, draft in known for w in draft.warnings if w.code != NEWEST]
    notices += [
        Notice("missing-period", f"Các báo cáo không nêu số liệu này cho {cell.label}.")
        for cell in cells
        if cell.draft is None
    ]
    return Draft(
        claims=tuple(claims),
        evidence=tuple(evidence),
        short_answer="; ".join(shorts) or None,
        figures=tuple(figures),
        warnings=tuple(dict.fromkeys(notices)),
    )


def magnitude(figure: Figure) -> tuple[str, Decimal]:
    """Return what figures are compared by: the unit without scale and the value in it."""
    value, unit = to_base(figure.value, figure.unit) if figure.unit else (figure.value, "")
    return unit, value


def _sorted(known: list[tuple[str, Draft]], extreme: Extreme) -> list[tuple[str, Draft]]:
    """Put the most (or least) first; the order is left alone when the figures cannot be compared."""
    sizes = [magnitude(draft.figures[0].figure) for _, draft in known if draft.figures]
    if len(sizes) < len(known) or len({unit for unit, _ in sizes}) > 1:
        return known
    sign = -1 if extreme is Extreme.MOST else 1
    order = sorted(range(len(known)), key=lambda i: sign * sizes[i][1])
    return [known[i] for i in order]
