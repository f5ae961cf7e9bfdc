"""Several periods in one question: each is answered on its own, side by side; nothing is computed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from ingest.domain import Period
from ingest.vi.periods import period_label
from service.domain import Abstention, Claim, Draft, Evidence, FigureClaim, Notice, Query

One = Callable[[Query], Draft | Abstention]


def side_by_side(query: Query, answer_one: One) -> Draft | Abstention:
    """Return one claim for each period of ``query``; a period the reports do not cover is said to be missing.

    An abstention when none is covered. The short answer names each period: "quý I/2023: 14 vụ; quý I/2024: 19 vụ".
    """
    asked: Sequence[Period] = [p for p in (query.period, *query.others) if p is not None]
    drafts: list[tuple[Period, Draft]] = []
    missing: list[Period] = []
    first_refusal: Abstention | None = None
    for period in asked:
        # "tăng bao nhiêu" between two periods asks for both levels: the reader sees the difference.
        result = answer_one(replace(query, period=period, others=(), role=None))
        if isinstance(result, Draft):
            drafts.append((period, result))
        else:
            missing.append(period)
            first_refusal = first_refusal or result
    if not drafts:
        return first_refusal or Abstention("Các báo cáo không nêu nội dung này.")
    notices = tuple(
        Notice("missing-period", f"Các báo cáo không nêu số liệu này cho {period_label(p)}.") for p in missing
    )
    return _joined(drafts, notices)


def _joined(drafts: Sequence[tuple[Period, Draft]], notices: tuple[Notice, ...]) -> Draft:
    claims: list[Claim] = []
    evidence: list[Evidence] = []
    figures: list[FigureClaim] = []
    shorts: list[str] = []
    for period, draft in drafts:
        base = len(evidence)
        label = period_label(period)
        for claim in draft.claims:
            text = f"{label[:1].upper()}{label[1:]}: {claim.text[:1].lower()}{claim.text[1:]}"
            claims.append(Claim(text, tuple(base + i for i in claim.evidence)))
        evidence += draft.evidence
        figures += [FigureClaim(f.figure, base + f.evidence) for f in draft.figures]
        if draft.short_answer:
            shorts.append(f"{label}: {draft.short_answer}")
    return Draft(
        claims=tuple(claims),
        evidence=tuple(evidence),
        short_answer="; ".join(shorts) or None,
        figures=tuple(figures),
        warnings=notices,
    )
