"""What is seen of a figure beside a question, as numbers: the input of the linear ranker (``service.answer.ranker``).

Every feature is between 0 and 1 (a share of the question's weight, or 1 for yes). None of them knows a word of any
report: a question is compared with what stands around a figure, whatever both are about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ingest.domain import FigureRole, PassageKind, Period
from ingest.vi.normalise import fold
from ingest.vi.periods import same
from ingest.vi.units import same_unit, unit_kind
from service.answer.measures import said_by_unit
from service.answer.placing import WORD_FEATURES, far, near, placed
from service.answer.query_words import Scorer
from service.answer.scope import is_plan, looks_ahead, scope_of
from service.answer.stands_by import BESIDE, beside
from service.answer.tokens import Rarity, keys
from service.answer.unit_match import unit_feature
from service.answer.views import FigureView, PassageView
from service.domain import Hit, Query

FEATURES = (
    *WORD_FEATURES,
    "contrast_after",  # "đàn trâu" asked, "đàn bò" counted: the weight of the word in whose stead another stands
    "contrast_before",  # "lúa mùa" asked, "ngô mùa" counted
    "turned",  # "ngoài nhà nước" asked, "nhà nước" counted, or the other way round
    "pairs_near",  # neighbouring words of the question that are neighbours in the indicator or clause
    "pairs_far",  # the same in its part of the sentence
    "extra",  # share of the indicator's weight that the question does not mention, of what stands in its clause
    "extra_carried",  # the same of what was carried over from before its clause
    "unit_open",
    "unit_same",
    "unit_person",
    "unit_named",
    "unit_other",
    "measure_other",
    "plain_level",
    "plain_percent",
    "plain_target",
    "plain_aim",  # the same in a plan, where every figure is one
    "plain_change",
    "plain_other",
    "role_same",
    "role_as_level",
    "role_near",
    "role_other",
    "sub_period",
    "sub_place",
    "part_of_whole",  # "toàn huyện" asked, the figure is of one commune
    "far_place",
    "ahead",
    "period_own",  # the asked period is the figure's own, not only its report's
    "first",  # the first figure of its unit in the sentence: totals stand before their parts
    "rest",  # "thu khác": what is left over, when the question does not ask for that
    "bracketed",  # inside brackets: a part or a remark
    "table",
    "footnote",
    *BESIDE,
    "retrieved",  # 1 / rank of its passage in retrieval
)
# What is looked at only where the others leave a figure a chance: each is a remark on it.
MINOR = (
    "contrast_after", "contrast_before", "turned", "pairs_near", "pairs_far", "sub_period", "sub_place",
    "part_of_whole", "far_place", "ahead", "period_own", "first", "rest", "bracketed", "table", "footnote", *BESIDE,
)  # fmt: skip
_AT: Mapping[str, int] = {name: at for at, name in enumerate(FEATURES)}
_NOTHING_MORE = (0.0,) * (len(FEATURES) - len(WORD_FEATURES))
_UNNAMED = 0.5  # a figure named by its place alone says neither that it is the one nor that it is another
_LEVELS = (FigureRole.LEVEL, FigureRole.PROGRESS)
_DIRECTS = frozenset(("chỉ thị", "công điện"))
_GROWTH = (frozenset(("tang", "truong")), frozenset(("toc", "do", "tang")))
_ROLE_ALSO: Mapping[FigureRole, tuple[FigureRole, ...]] = {
    FigureRole.CHANGE: (FigureRole.YOY_RATIO,),
    FigureRole.YOY_RATIO: (FigureRole.CHANGE,),
    FigureRole.PLAN_RATIO: (FigureRole.PROGRESS, FigureRole.TARGET),  # "phải giải ngân 95% kế hoạch"
    FigureRole.PROGRESS: (FigureRole.PLAN_RATIO,),
}
_NO_SORT = frozenset(("so", "số", "tong", "tổng", "cac", "các"))  # "số mắc" is no other sort of "ca mắc"
_QUANTITY = frozenset(("số", "lượng"))  # "lượng khách": that something is counted is no more than "bao nhiêu" asks
_TURNS = frozenset(("ngoai", "khong", "chua", "tru", "phi"))
_TOTAL = frozenset(("tong", "cong", "so"))
_ADDS_UP = re.compile(r"\s*(?:\d+ )?(?:tong(?: cong| so)?|cong) (?!ty |dong |trinh |an |nghiep |nhan |tac |suat )")


def features(one: Scorer, hit: Hit, passage: PassageView, figure: FigureView, *, rarity: Rarity) -> tuple[float, ...]:
    """Return the values of ``FEATURES`` in their order."""
    values = main_features(one, hit, passage, figure, rarity=rarity)
    add_minor(values, one, hit, passage, figure, rarity=rarity)
    return tuple(values)


def main_features(one: Scorer, hit: Hit, passage: PassageView, figure: FigureView, *, rarity: Rarity) -> list[float]:
    """Return the values of ``FEATURES`` in their order, those of ``MINOR`` left at 0: a first, cheap look."""
    words = placed(one, passage, figure, rarity=rarity).values
    values = [*words, *_NOTHING_MORE]
    values[_AT["extra"]], values[_AT["extra_carried"]] = extra_words(one, passage, figure, rarity)
    values[_AT[unit_feature(one, figure, passage.heading)]] = 1.0
    values[_AT[_role(one.query, hit, figure)]] = 1.0
    values[_AT["retrieved"]] = 1 / hit.rank
    return values


def add_minor(
    values: list[float], one: Scorer, hit: Hit, passage: PassageView, figure: FigureView, *, rarity: Rarity
) -> None:
    """Set the values of ``MINOR`` in those that ``main_features`` gave."""
    query = one.query
    words = placed(one, passage, figure, rarity=rarity)
    after = [weight for a, b, weight in words.after if other_after(figure, a, b)]
    before = [weight for a, b, weight in words.before if other_before(figure, a, b)]
    values[_AT["contrast_after"]] = max(after, default=0.0)
    values[_AT["contrast_before"]] = max(before, default=0.0)
    values[_AT["turned"]] = float(_turned(one, figure))
    if one.pairs and near(one, figure):
        values[_AT["pairs_near"]] = sum(f" {pair} " in figure.spoken_near for pair in one.pairs) / len(one.pairs)
    values[_AT["pairs_far"]] = far(one, passage, figure, rarity=rarity).pairs
    for name in (*scope_of(query, hit, figure), *_place(passage)):
        values[_AT[name]] = 1.0
    values[_AT["period_own"]] = float(_of_asked_period(query.period, figure))
    values[_AT["rest"]] = float("khác" in figure.own.exact and "khac" not in one.asked)
    values[_AT["first"]] = float(figure.first)
    values[_AT["bracketed"]] = float(figure.bracketed)
    values[_AT[BESIDE[0]] : _AT[BESIDE[-1]] + 1] = beside(one, passage, figure)


def _called(one: Scorer, passage: PassageView) -> frozenset[str]:
    """Return the folded words that name a table row and need not be asked for."""
    if passage.passage.kind is not PassageKind.TABLE_ROW:
        return frozenset()
    if one.query.extreme is not None:
        return passage.whole.folded
    return _TOTAL if _ADDS_UP.match(passage.spoken) else frozenset()


def other_after(figure: FigureView, first: str, second: str) -> bool:
    """Tell whether ``first`` is followed by another word than ``second`` wherever it names the figure."""
    following = figure.following.get(first, frozenset())
    return bool(following) and second not in following


def other_before(figure: FigureView, first: str, second: str) -> bool:
    """Tell whether ``second`` follows another word than ``first`` wherever it names the figure."""
    leading = figure.leading.get(second, frozenset()) - _NO_SORT
    return bool(leading) and first not in leading


def _turned(one: Scorer, figure: FigureView) -> bool:
    """Tell whether a word turns the sense of a neighbour in the question or beside the figure, and not in the other."""
    for word, before in one.turning.items():
        leading = figure.leading.get(word)
        if leading is not None and before.isdisjoint(leading) and (before | leading) & _TURNS:
            return True
    return False


def extra_words(one: Scorer, passage: PassageView, figure: FigureView, rarity: Rarity) -> tuple[float, float]:
    """Return the share of the indicator's weight that the question does not mention (0..1), place and unit left out.

    In two parts: what stands in the figure's clause, and what was carried over from before it.

    "Dự án nào ... thấp nhất?": what the row of a table is called is the answer and need not be in the question. Nor
    need "tổng cộng" of the row that adds up: it is of what the column counts.
    """
    if not figure.telling:
        return _UNNAMED, 0.0
    sought = _called(one, passage)
    if _carried(one, figure):
        return _UNNAMED, 0.0
    plain = (said_by_unit(figure.figure.unit) | one.role_words) - one.asked  # say no more than the unit or the role
    accents = one.query.accents
    total = extra = carried = 0.0
    for word, folded in figure.telling:
        if folded in plain or word in _QUANTITY:
            continue
        weight = rarity.of(word if accents else folded, accents=accents)
        total += weight
        if folded not in one.asked and folded not in one.spoken and folded not in sought:
            if folded in figure.clause_bag.folded:
                extra += weight
            else:
                carried += weight
    return (extra / total, carried / total) if total else (_UNNAMED, 0.0)


def _carried(one: Scorer, figure: FigureView) -> bool:
    """Tell whether a figure that counts just what is asked ("hộ cận nghèo") only has a name from above its sentence."""
    unit = one.query.unit
    counted = " " in unit and unit_kind(unit) == "count" and same_unit(unit, figure.figure.unit)
    return counted and figure.telling_folded.isdisjoint(figure.segment_bag.folded)


def _role(query: Query, hit: Hit, figure: FigureView) -> str:
    own, asked = figure.figure.role, query.role
    if asked is None:
        if own in _LEVELS:
            return "plain_level"
        if own is FigureRole.TARGET:
            return "plain_aim" if is_plan(hit.report) else "plain_target"
        if own is FigureRole.CHANGE and query.unit != "%":
            return "plain_change"
        # A percentage asked for without saying of what may be any ratio; a plain "bao nhiêu" is not.
        return "plain_percent" if query.unit == "%" else "plain_other"
    if own is asked or (asked is FigureRole.PROGRESS and figure.figure.whole is not None):
        return "role_same"
    if own is FigureRole.TARGET and asked is FigureRole.CHANGE and is_plan(hit.report) and _to_change(query, figure):
        return "role_same"
    if asked is FigureRole.TARGET and own in (*_LEVELS, FigureRole.PLAN_RATIO) and _sets_aims(hit):
        return "role_as_level"  # where every figure is an aim none is marked as one
    if own is FigureRole.LEVEL and _said_as_level(asked, figure):
        return "role_as_level"
    return "role_near" if own in _ROLE_ALSO.get(asked, ()) else "role_other"


def _said_as_level(asked: FigureRole, figure: FigureView) -> bool:
    """Tell whether what is asked for may be written as a plain level: a share as "18,5%", a rise as a growth rate."""
    if asked is FigureRole.SHARE:
        return "%" in figure.figure.unit
    if asked is FigureRole.CHANGE:
        return "%" in figure.figure.unit and any(words <= figure.own.folded for words in _GROWTH)
    return False


def _to_change(query: Query, figure: FigureView) -> bool:
    """Tell whether an aim is by how much something is to rise or fall, as asked ("giảm 35 hộ", "tăng từ 5%")."""
    number = next(iter(keys(figure.figure.text)), "")
    asked = next((word for word in ("tang", "giam") if word in fold(query.text).split()), "")
    return bool(asked) and re.search(rf" {asked}(?: \D\w*){{0,2}} {re.escape(number)} ", figure.spoken_far) is not None


def _sets_aims(hit: Hit) -> bool:
    """Tell whether a passage says what is to be reached: in a plan, a directive, or under tasks to come."""
    directs = hit.report.doc_type in _DIRECTS
    return directs or is_plan(hit.report) or looks_ahead(hit.passage.section_path)


def _place(passage: PassageView) -> Iterator[str]:
    if passage.passage.kind is PassageKind.TABLE_ROW:
        yield "table"
    if passage.passage.footnote is not None:
        yield "footnote"


def _of_asked_period(asked: Period | None, figure: FigureView) -> bool:
    own = figure.figure.period
    return asked is not None and own is not None and same(asked, own, default_year=own.year)
