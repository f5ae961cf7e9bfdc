"""Numbers of a claim against numbers of its quotes: value, second value, unit and direction must agree."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ingest.domain import Figure, FigureRole, Span
from ingest.vi.normalise import unify
from ingest.vi.numbers import find_numbers
from ingest.vi.periods import find_periods
from ingest.vi.quantities import find_quantities
from ingest.vi.units import match_unit, to_base

_UP, _DOWN = ("tăng", "vượt", "cao hơn"), ("giảm", "thấp hơn", "hụt")
_DIRECTION_CHARS = 18


# A superscript 2 or 3 after a length is a unit (m², km³), every other superscript a footnote mark; "[12]" is one too.
_MARK = re.compile(r"(?<!(?<![^\W\d_])[kdc]m)(?<!(?<![^\W\d_])m)[²³]|[⁰¹⁴-⁹]|\[\d{1,3}\]")
_UNIT_START = re.compile(r"(?<!\w)(?=\w)|%")
_EMPHASIS = re.compile(r"\*+")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as the guard compares it: values in the unit without scale, "" for no unit or no direction.

    It stands, with its unit, at ``start`` to ``end`` of the text it was read from.
    """

    text: str
    value: Decimal
    whole: Decimal | None
    unit: str
    direction: str
    start: int
    end: int


def without_marks(quote: str) -> str:
    """Return a quote as it is read: on one line, without footnote marks and emphasis.

    Glued to a number or a word marks would change both; a line may end inside a unit ("12 hộ\\nnghèo").
    """
    return " ".join(_EMPHASIS.sub("", _MARK.sub(" ", quote)).split())


def quantities(text: str, *, outside: Sequence[Span] = ()) -> list[Quantity]:
    """Return the numbers of ``text`` that do not lie in ``outside`` (period mentions are judged apart).

    Every number counts, also one that is no figure of a report (a year, a road): the guard has to account for all.
    """
    counted = find_quantities(text, unify(text), bytearray(len(text)))
    bare = [n for n in find_numbers(text) if not any(q.start <= n.start < q.end for q in counted)]
    found = [_quantity(text, q.start, q.end, q.value, q.whole or q.high, q.unit) for q in counted]
    for number in bare:
        unit = match_unit(text, number.end)
        end = unit[1] if unit else number.end
        second = number.whole if number.whole is not None else number.high
        found.append(_quantity(text, number.start, end, number.value, second, unit[0] if unit else ""))
    return [q for q in found if not any(s.start <= q.start < s.end for s in outside)]


def unsupported(claim: str, quotes: Iterable[str], *, spare_units: str = "") -> list[str]:
    """Return the numbers of ``claim`` that no quote supports, as written; [] when all are supported.

    ``spare_units`` is text (a table's header and unit line) in which the unit of a bare cell may stand.
    """
    known = [q for quote in quotes for q in quantities(quote)]
    missing = not_among(claim, known)
    if not missing or not spare_units:
        return [q.text for q in missing]
    bare = [one for one in known if not one.unit]
    units = _units_in(spare_units)
    return [q.text for q in missing if not any(_cell_agrees(q, one, units) for one in bare)]


def not_among(claim: str, known: Sequence[Quantity]) -> list[Quantity]:
    """Return the numbers of ``claim``, those of periods left out, that agree with none of ``known``."""
    outside = [span for span, _ in find_periods(claim)]
    return [q for q in quantities(claim, outside=outside) if not any(agrees(q, one) for one in known)]


def agrees(claimed: Quantity, known: Quantity) -> bool:
    """Tell whether a claimed number is the known one: value, second value, unit (where one is claimed), direction."""
    if claimed.direction and known.direction and claimed.direction != known.direction:
        return False
    if claimed.whole is not None and claimed.whole != known.whole:
        return False
    return claimed.value == known.value and (claimed.unit == known.unit or not claimed.unit)


def quantity_of(figure: Figure) -> Quantity:
    """Return a figure of a report as a number to compare with; its direction is its sign where it is a change."""
    value, base = to_base(abs(figure.value), figure.unit)
    direction = ""
    if figure.role is FigureRole.CHANGE and figure.value:
        direction = "up" if figure.value > 0 else "down"
    return Quantity(figure.text, value, figure.whole, base, direction, figure.span.start, figure.span.end)


def says(text: str, short_answer: str | None) -> bool:
    """Tell whether ``text`` states every number of a short answer; True for one without numbers or for none."""
    return short_answer is None or not unsupported(short_answer, [text])


def _quantity(text: str, start: int, end: int, value: Decimal, whole: Decimal | None, unit: str) -> Quantity:
    scaled, base = to_base(value, unit) if unit else (value, "")
    return Quantity(text[start:end], scaled, whole, base, _direction(text, start), start, end)


def _cell_agrees(claimed: Quantity, known: Quantity, units: Sequence[tuple[Decimal, str]]) -> bool:
    """Tell whether a bare table cell "58,9" is claimed with the unit and scale its table names ("tỷ đồng")."""
    return any(base == claimed.unit and claimed.value == known.value * factor for factor, base in units)


def _units_in(text: str) -> list[tuple[Decimal, str]]:
    """Return the units named anywhere in ``text`` as (scale factor, base)."""
    found = {match_unit(text, match.start()) for match in _UNIT_START.finditer(text)}
    return [to_base(Decimal(1), unit[0]) for unit in found if unit is not None]


def _direction(text: str, at: int) -> str:
    before = unify(text[max(0, at - _DIRECTION_CHARS) : at])
    up = max(before.rfind(word) for word in _UP)
    down = max(before.rfind(word) for word in _DOWN)
    if up == down:
        return ""
    return "up" if up > down else "down"
