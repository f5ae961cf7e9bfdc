"""How what a figure counts agrees with what a question counts: the unit features of the ranker."""

from __future__ import annotations

from ingest.vi.normalise import fold
from ingest.vi.units import same_measure, same_unit, unit_kind
from service.answer.measures import other_measure
from service.answer.people import is_person
from service.answer.query_words import Scorer
from service.answer.tokens import Bag, key, keys
from service.answer.views import FigureView
from service.domain import Query

# "khách lưu trú 9.730 lượt": what is counted stands before the number.
_CLASSIFIERS = frozenset(
    ("con", "lượt", "trường hợp", "đối tượng", "suất", "chiếc", "cái", "bộ", "đợt", "cây", "cuộc", "khoản")
)
_CASES = frozenset(("trường hợp", "lượt", "ca"))  # of one person each, where persons are asked for


def unit_feature(one: Scorer, figure: FigureView, heading: Bag) -> str:
    """Return the name of the feature that the unit of a figure counts for; ``heading``: the words above its passage."""
    unit = figure.figure.unit
    known = one.kept.units.get(unit)
    if known is None:
        known = one.kept.units[unit] = _unit_alone(one, unit)
    if known == "unit_other" and _other_name(one.query, figure):
        return "unit_same"
    if known in ("", "unit_other") and _counted_in_question(one, unit):
        return "unit_same"
    if known:
        return known
    # Not the indicator: that may be carried over from a figure of another unit, but where the unit only helps to count.
    named = figure.counted.folded | (figure.own.folded if unit in _CLASSIFIERS else frozenset())
    if all(fold(key(word)) in named for word in one.query.unit.split()):
        return "unit_named"
    if unit and one.query.unit.startswith(f"{unit} "):
        # A sort of what is counted: "hộ nghèo" asked, "hộ" counted where the sentence or heading says which.
        sort = {fold(key(word)) for word in one.query.unit.removeprefix(unit).split()}
        return "unit_named" if sort <= figure.segment_bag.folded | heading.folded else "unit_other"
    if is_person(one.query.unit) and unit in _CASES:
        return "unit_person"
    return "unit_other" if unit else "unit_open"  # a cell under a head that names no unit may count anything


def _other_name(query: Query, figure: FigureView) -> bool:
    """Tell whether a figure counts what is asked for by another of its names ("bằng lái", "giấy phép lái xe")."""
    asked = query.unit.split()
    if not asked or unit_kind(query.unit) != "count" or unit_kind(figure.figure.unit) != "count":
        return False
    named = [phrase for phrase in query.also if list(phrase.words[: len(asked)]) == asked]
    return any(set(keys(term)) <= figure.counted.exact for phrase in named for term in phrase.terms)


def _counted_in_question(one: Scorer, unit: str) -> bool:
    """Tell whether a question counts by a word of no sort, and names what it counts: "hồ sơ nộp trễ ... mấy bộ"."""
    return one.query.unit in _CLASSIFIERS and bool(unit) and set(fold(unit).split()) <= one.spoken


def _unit_alone(one: Scorer, own: str) -> str:
    """Return the feature a unit counts for; "" where what is counted behind the number decides."""
    query, asked = one.query, one.query.unit
    if not asked:
        return "measure_other" if query.role is None and other_measure(query.text, own) else "unit_open"
    if asked == "%":
        return "unit_same" if "%" in own else "unit_other"
    if same_measure(asked, own) or any(same_unit(other, own) for other in one.units):
        return "unit_same"
    if is_person(asked) and is_person(own):
        return "unit_person"
    if "/" in own and same_unit(asked, own.partition("/")[0]):
        return "unit_named"  # "bao nhiêu kg", counted in kg/người
    return "" if unit_kind(asked) == unit_kind(own) == "count" else "unit_other"
