"""The figures a sum is made of: the level a question names, and what its sentence tells about it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from ingest.domain import FigureRole, PassageKind, Period
from ingest.vi.normalise import fold
from ingest.vi.numbers import find_numbers
from ingest.vi.units import same_unit, scale_factor, split_scale, to_base
from service.answer import weights
from service.answer.candidates import Candidate, Choice, Material, choose, figure_candidates
from service.answer.measures import implied_words
from service.answer.query_words import scorer
from service.answer.views import FigureView
from service.domain import Draft, Query

LEVELS = (FigureRole.LEVEL, FigureRole.PROGRESS)
PERCENT, POINTS = "%", "điểm %"
# Share of a question that a stated figure must name itself: "dự toán thu" is not "dự toán thu tiền sử dụng đất".
STRICT = 0.8
_SHARES = (FigureRole.PLAN_RATIO, FigureRole.SHARE)
# What may be said of a number without making a sum with it rough: an estimate is a number like any other.
_NEAR_BY = 0.9  # what a word counts for that stands in the level's sentence or row
_TOLD = 0.75  # share of the question that has to be told of a level to make a sum with it
_FIRM = ("", "ước", "ước tính", "dự kiến")


class Base(Enum):
    """What a change or a ratio is measured against."""

    SAME_PERIOD = "same_period"  # the same period of the year before
    NEAR = "near"  # the month or quarter before, the start of the year
    PLAN = "plan"
    OTHER = "other"  # a price, a total, a capacity ...
    UNSAID = "unsaid"


_PLANS = ("ke hoach", "kh", "du toan", "chi tieu", "nghi quyet", "kich ban", "muc tieu", "giao", "dt")
_NEAR = ("thang truoc", "quy truoc", "dau nam", "cuoi nam", "ky truoc", "tuan truoc", "nhiem ky", "thang ", "dau nhiem")
_SAME = ("cung ky", "cknt", "cung thoi diem", "nam truoc", "nam ngoai", "nam hoc")


_LEFT = ("con", "chua", "thieu")


@dataclass(frozen=True, slots=True)
class Operand:
    """A number of a sum: a figure of ``at`` with its value, or with ``whole`` its second number ("24" of "16/24")."""

    at: Candidate
    figure: FigureView
    whole: bool = False

    @property
    def value(self) -> Decimal:
        """The number without sign, in the figure's own unit."""
        own = self.figure.figure
        return abs(own.whole if self.whole and own.whole is not None else own.value)

    @property
    def unit(self) -> str:
        """The figure's unit, "" for none."""
        return self.figure.figure.unit

    @property
    def rough(self) -> bool:
        """Whether the report itself says "about", "over", "nearly"."""
        return self.figure.figure.hedge not in _FIRM

    def in_scale_of(self, other: Operand) -> Decimal:
        """Return the number in the scale of ``other``: 626 triệu beside tỷ is 0.626; as written where they are one."""
        own, its = split_scale(self.unit)[0], split_scale(other.unit)[0]
        if own == its:
            return self.value
        plain = (self.value * scale_factor(own) / scale_factor(its)).normalize()
        return plain.quantize(Decimal(1)) if plain == plain.to_integral_value() else plain


def levels(
    query: Query,
    material: Material,
    *,
    fit: float = weights.ANSWERABLE,
    having: Callable[[Candidate], object] | None = None,
) -> list[Candidate]:
    """Return the level a question names with its repetitions in the same report, best first.

    ``having``: only levels of which a sum can be made, but none that fits worse than the best level does.
    [] when nothing fits or several places fit.
    """
    one = scorer(query, material.rarity)
    if not one.terms:
        return []
    ranked = [c for c in figure_candidates(one, material) if usable(c, unit=query.unit)]
    if having is None or not ranked:
        return unique(ranked, fit=fit)
    found = unique([c for c in ranked if having(c)], fit=fit)
    others = (c for c in ranked if not found or not _told_beside(c, found[0]))
    best = next((c.score.rank for c in others), weights.FAR)
    return found if found and found[0].score.rank >= best - weights.SAME_READING else []


def _told_beside(one: Candidate, other: Candidate) -> bool:
    """Tell whether two figures are one thing at two times of one sentence: "tháng 9 52 lượt; 9 tháng 618 lượt"."""
    if one.figure is None or other.figure is None or one.view.passage.id != other.view.passage.id:
        return False
    a, b = one.figure.figure, other.figure.figure
    names = sorted((fold(a.indicator), fold(b.indicator)), key=len)
    return a.sentence == b.sentence and a.unit == b.unit and a.period != b.period and names[1].startswith(names[0])


def unique(ranked: Sequence[Candidate], *, fit: float) -> list[Candidate]:
    """Return the chosen candidate and those of its report and reading with the same value and unit."""
    choice: Choice | None = choose(ranked, fit)
    if choice is None or choice.rivals:
        return []
    best = choice.best
    version = best.hit.report.version_id
    near = [c for c in ranked if c.hit.report.version_id == version and c.score.fit >= fit]
    return [best, *(c for c in near if c is not best and _equal(c, best))]


def usable(candidate: Candidate, *, unit: str = "") -> bool:
    """Tell whether a candidate is a level that one number with a unit tells; a range is none.

    ``unit`` "%": a percentage of the plan or of a total is what is asked for as well.
    """
    figure = candidate.figure
    if figure is None or not figure.figure.unit or not single(figure):
        return False
    return figure.figure.role in LEVELS or (unit == PERCENT and figure.figure.role in _SHARES)


def single(figure: FigureView) -> bool:
    """Tell whether a figure says one number (with its whole, if it has one), no range."""
    return all(number.high is None for number in find_numbers(figure.figure.text))


def only(found: Iterable[FigureView], wanted: Callable[[FigureView], bool]) -> FigureView | None:
    """Return the one figure that is ``wanted``; None for none and for several of different value."""
    fitting = [one for one in found if wanted(one)]
    values = {(one.figure.value, one.figure.unit) for one in fitting}
    return fitting[0] if len(values) == 1 else None


def stated_figure(draft: Draft | None, material: Material) -> FigureView | None:
    """Return the figure a stated answer gives, in its passage; None when it gives none."""
    if draft is None or not draft.figures:
        return None
    own = draft.figures[0].figure
    return next((one for view in material.views for one in view.figures if one.figure == own), None)


def named_by(figure: FigureView, query: Query, material: Material) -> float:
    """Return the share (0..1) of a question's weight that stands in a figure's own words and clause."""
    return scorer(query, material.rarity).coverage(((figure.own, 1.0), (figure.clause_bag, 1.0)))


def of_earlier_year(figure: FigureView, report: Period | None) -> bool:
    """Tell whether a figure is of a year before its report's: a column of the year before beside this year's."""
    own = figure.figure.period
    years = (own.last_year or own.year) if own is not None else None, report.year if report is not None else None
    return years[0] is not None and years[1] is not None and (years[0] < years[1] or _starts_before(own, report))


def _starts_before(own: Period | None, report: Period | None) -> bool:
    """Tell whether a school year is one before the report's: both name two years."""
    if own is None or report is None or own.last_year is None or report.last_year is None:
        return False
    return own.last_year < report.last_year and (own.year or 0) < (report.year or 0)


def told_of(level: Candidate, query: Query, material: Material) -> bool:
    """Tell whether what a level is told of is what the question names: a total's row is none of its parts.

    Words may stand with the figure, in its part of the sentence, in its row or above it.
    """
    figure, view = level.figure, level.view
    if figure is None:
        return False
    one = scorer(query, material.rarity)
    row = view.passage.kind is PassageKind.TABLE_ROW
    around = [(view.whole, _NEAR_BY)] if row else [(figure.sentence_bag, _NEAR_BY), (view.whole, weights.ZONE_HEADING)]
    # Above a row that adds up stands the name of the last one before it.
    above = view.title if row and view.spoken.lstrip().startswith(("tong", "cong")) else view.heading
    zones = [(figure.own, 1.0), (figure.clause_bag, 1.0), *around, (above, weights.ZONE_HEADING)]
    return one.coverage(zones, implied=implied_words(query.text, figure.figure.unit)) >= _TOLD


def says_left(figure: FigureView) -> bool:
    """Tell whether a figure counts what is left to do ("còn 60 m chưa có mặt bằng"), not what is done of a whole."""
    words = figure.clause_folded.split()
    return figure.figure.whole is None and any(word in words for word in _LEFT)


def base_of(figure: FigureView) -> Base:
    """Return what a change or ratio is measured against, by the words of its base."""
    said = fold(figure.figure.base)
    if not said:
        return Base.UNSAID
    if any(word in said for word in _SAME):
        return Base.SAME_PERIOD
    if any(f" {word} " in f" {said} " for word in _PLANS):
        return Base.PLAN
    if any(word in said for word in _NEAR):
        return Base.NEAR
    return Base.OTHER


def of_same_period(figure: FigureView, among: Iterable[FigureView]) -> bool:
    """Tell whether a change or ratio is against the same period of the year before.

    A bare "tăng 5 ca" is, unless something else of the level is measured against a nearer time.
    """
    base = base_of(figure)
    if base is Base.UNSAID:
        return all(base_of(other) is not Base.NEAR for other in among)
    return base is Base.SAME_PERIOD


def _equal(one: Candidate, other: Candidate) -> bool:
    if one.figure is None or other.figure is None:
        return False
    a, b = one.figure.figure, other.figure.figure
    return same_unit(a.unit, b.unit) and to_base(a.value, a.unit)[0] == to_base(b.value, b.unit)[0]
