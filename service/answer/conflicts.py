"""Two figures for one thing: when reports differ on the same indicator, period and place, both are shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from ingest.domain import Figure, FigureRole, PassageKind, Period
from ingest.vi.normalise import fold
from ingest.vi.periods import same
from ingest.vi.units import to_base
from service.answer import weights
from service.answer.candidates import Candidate, Choice
from service.answer.drafting import draft_of
from service.answer.tokens import keys
from service.domain import Claim, Draft, FigureClaim, Notice, Query

_TWO = Notice("conflicting-figures", "Báo cáo nêu hai số liệu khác nhau cho cùng một nội dung: xem cả hai nguồn.")
_ONE_CLEAR = Notice(
    "conflicting-figures", "Báo cáo có hai số liệu khác nhau, một số đọc không rõ: lấy số đọc rõ; xem cả hai nguồn."
)
_MIN_WORDS = 3  # of an indicator: fewer name too little to be sure that two are one


def with_conflict(query: Query, choice: Choice, draft: Draft, ranked: Sequence[Candidate]) -> Draft:
    """Return ``draft`` with the figure that contradicts it beside it and a warning; unchanged where none does.

    Where one of the two was read with little confidence, the clear one is the answer and the other stands below it.

    Strict, so that neighbours never pass for contradictions: the same words, unit, role, base, period and place, an
    equally good fit, another sentence, and no rounding of one another.
    """
    other = next((c for c in ranked if _contradicts(c, choice.best)), None)
    if other is None or draft.short_answer is None:
        return draft
    second = draft_of(query, Choice(other, (), older=choice.older))
    unsure = [_doubtful(choice.best), _doubtful(other)]
    if unsure == [True, False]:
        draft, second = second, draft
    base, clear_first = len(draft.evidence), unsure[0] != unsure[1]
    beside = "" if clear_first else f"; nơi khác ghi {second.short_answer}"
    return replace(
        draft,
        claims=(*draft.claims, *(Claim(f"\n{c.text}", tuple(base + i for i in c.evidence)) for c in second.claims)),
        evidence=(*draft.evidence, *second.evidence),
        short_answer=f"{draft.short_answer}{beside}",
        figures=(*draft.figures, *(FigureClaim(f.figure, base + f.evidence) for f in second.figures)),
        warnings=(*draft.warnings, _ONE_CLEAR if clear_first else _TWO),
    )


def _doubtful(candidate: Candidate) -> bool:
    return candidate.figure is not None and candidate.figure.figure.doubtful


def _contradicts(other: Candidate, best: Candidate) -> bool:
    if other.figure is None or best.figure is None or other.score.rank < best.score.rank - weights.SAME_FIT:
        return False
    one, two = best.figure.figure, other.figure.figure
    if _sort(one) != _sort(two) or one.place != two.place:
        return False
    if one.hedge or two.hedge or one.sentence == two.sentence or one.span == two.span:
        return False
    (first, unit), (second, second_unit) = (to_base(f.value, f.unit) if f.unit else (f.value, "") for f in (one, two))
    if unit != second_unit or _rounded(first, second) or not _same_period(best, other):
        return False
    words = frozenset(fold(k) for k in keys(one.indicator))
    tables = PassageKind.TABLE_ROW in (best.view.passage.kind, other.view.passage.kind)
    return not tables and len(words) >= _MIN_WORDS and words == frozenset(fold(k) for k in keys(two.indicator))


def _sort(figure: Figure) -> tuple[FigureRole, str, bool]:
    return figure.role, fold(figure.base), figure.whole is None


def _same_period(best: Candidate, other: Candidate) -> bool:
    periods = [_period(best), _period(other)]
    if periods[0] is None or periods[1] is None:
        return periods[0] is periods[1] and best.hit.report.version_id == other.hit.report.version_id
    named = [c.figure.named for c in (best, other) if c.figure is not None]
    return same(periods[0], periods[1]) and named[0] == named[1]


def _period(candidate: Candidate) -> Period | None:
    own = candidate.figure.figure.period if candidate.figure else None
    return own or candidate.hit.report.period


def _rounded(first: Decimal, second: Decimal) -> bool:
    """Tell whether two values are equal or one is the other with fewer decimals."""
    places = max(int(first.as_tuple().exponent), int(second.as_tuple().exponent))
    step = Decimal(1).scaleb(places)
    return first.quantize(step) == second.quantize(step)
