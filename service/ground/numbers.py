"""Numbers of a claim against numbers of its quotes: value, second value, unit and direction must agree."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ingest.domain import Period, Span
from ingest.vi.normalise import unify
from ingest.vi.numbers import find_numbers
from ingest.vi.periods import find_periods, same
from ingest.vi.quantities import find_quantities
from ingest.vi.units import match_unit, to_base

_UP, _DOWN = ("tăng", "vượt", "cao hơn"), ("giảm", "thấp hơn", "hụt")
_DIRECTION_CHARS = 18


# A superscript 2 or 3 after a length is a unit (m², km³), every other superscript a footnote mark; "[12]" is one too.
_MARK = re.compile(r"(?<!(?<![^\W\d_])[kdc]m)(?<!(?<![^\W\d_])m)[²³]|[⁰¹⁴-⁹]|\[\d{1,3}\]")
_EMPHASIS = re.compile(r"\*+")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as the guard compares it: values in the unit without scale, "" for no unit or no direction."""

    text: str
    value: Decimal
    whole: Decimal | None
    unit: str
    direction: str


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
    return [q for at, q in found if not any(s.start <= at < s.end for s in outside)]


def unsupported(claim: str, quotes: Iterable[str], *, spare_units: str = "") -> list[str]:
    """Return the numbers of ``claim`` that no quote supports, as written; [] when all are supported.

    ``spare_units`` is text (a table's header and unit line) in which the unit of a bare cell may stand.
    """
    outside = [span for span, _ in find_periods(claim)]
    known = [q for quote in quotes for q in quantities(quote)]
    return [q.text for q in quantities(claim, outside=outside) if not _supported(q, known, spare_units)]


def says(text: str, short_answer: str | None) -> bool:
    """Tell whether ``text`` states every number of a short answer; True for one without numbers or for none."""
    return short_answer is None or not unsupported(short_answer, [text])


def foreign_periods(claim: str, quotes: Iterable[str], *, allowed: Sequence[Period]) -> list[str]:
    """Return the periods of ``claim`` that stand neither in a quote nor among ``allowed`` (the report's own)."""
    known = [period for quote in quotes for _, period in find_periods(quote)] + list(allowed)
    years = {year for p in known for year in (p.year, p.last_year) if year is not None}
    # A quote that says only "quý I" means the report's own year.
    own_year = next((p.year for p in allowed if p.year is not None), None)
    bad: list[str] = []
    for span, period in find_periods(claim):
        fits = any(same(period, k, default_year=own_year) for k in known)
        if not fits and not (_only_year(period) and period.year in years):
            bad.append(span.of(claim))
    return bad


def _quantity(
    text: str, start: int, end: int, value: Decimal, whole: Decimal | None, unit: str
) -> tuple[int, Quantity]:
    scaled, base = to_base(value, unit) if unit else (value, "")
    return start, Quantity(text[start:end], scaled, whole, base, _direction(text, start))


def _supported(claimed: Quantity, known: Sequence[Quantity], spare_units: str) -> bool:
    return any(_agrees(claimed, one, spare_units) for one in known)


def _agrees(claimed: Quantity, known: Quantity, spare_units: str) -> bool:
    if claimed.direction and known.direction and claimed.direction != known.direction:
        return False
    if claimed.whole is not None and claimed.whole != known.whole:
        return False
    if claimed.unit == known.unit or not claimed.unit:
        return claimed.value == known.value
    if not known.unit and unify(claimed.unit) in unify(spare_units):
        return _scaled(claimed, known)
    return False


def _scaled(claimed: Quantity, known: Quantity) -> bool:
    """A bare table cell "58,9" under "tỷ đồng" is claimed as 58.9 thousand million dong."""
    ratio = claimed.value / known.value if known.value else Decimal(1 if claimed.value == 0 else 0)
    return ratio in (1, 10**3, 10**6, 10**9, 10**12)


def _direction(text: str, at: int) -> str:
    before = unify(text[max(0, at - _DIRECTION_CHARS) : at])
    up = max(before.rfind(word) for word in _UP)
    down = max(before.rfind(word) for word in _DOWN)
    if up == down:
        return ""
    return "up" if up > down else "down"


def _only_year(period: Period) -> bool:
    return period.first_month in (None, 1) and period.last_month in (None, 12) and period.day is None
