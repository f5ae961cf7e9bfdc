"""May arithmetic be shown? Its operands must be cited figures as the reports write them, its result must follow."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from ingest.domain import Figure, FigureRole
from ingest.vi.numbers import format_number
from ingest.vi.units import same_unit, scale_factor, scaled, split_scale, to_base
from service.domain import Computation, Draft, Evidence, FigureClaim
from service.ground.arithmetic import Equation, Measured, NotArithmetic, Number, read_equation
from service.ground.numbers import quantities, without_marks

_PERCENT = ("%", "điểm %")
_TIMES = "lần"
_WHOLE = Decimal(100)


@dataclass(frozen=True, slots=True)
class Checked:
    """Arithmetic that holds: ``texts`` may be said beside the quotes by a claim that cites all of ``evidence``."""

    texts: tuple[str, ...]
    evidence: frozenset[int]


def check(draft: Draft, sound: Mapping[int, Evidence], *, texts: Callable[[str], str]) -> Checked | None:
    """Return what the draft's arithmetic allows to be said; None when it has none or it does not hold.

    Every input must be a figure of the draft that stands in sound evidence as written, every number of the left side
    an input (its value, its whole, or either in the scale of another input) or 100%, and every input must be used.
    """
    computation = draft.computation
    if computation is None or not computation.inputs:
        return None
    if any(not 0 <= i < len(draft.figures) for i in computation.inputs):
        return None
    claims = [draft.figures[i] for i in computation.inputs]
    if not all(stands(claim, sound, texts=texts) and _reads(claim.figure) for claim in claims):
        return None
    operands = _Operands([claim.figure for claim in claims])
    try:
        equation = read_equation(computation.expression, operands.measured)
    except NotArithmetic:
        return None
    if not equation.holds or computation.result != equation.shown.value or not operands.all_used:
        return None
    return Checked(_sayable(computation, equation), frozenset(claim.evidence for claim in claims))


def stands(claim: FigureClaim, sound: Mapping[int, Evidence], *, texts: Callable[[str], str]) -> bool:
    """Tell whether a figure stands, as written, in the evidence it names."""
    evidence = sound.get(claim.evidence)
    if evidence is None or not evidence.span.covers(claim.figure.span):
        return False
    return claim.figure.span.of(texts(evidence.report.version_id)) == claim.figure.text


class _Operands:
    """The inputs of a computation, found again by their numbers; notes which were used."""

    def __init__(self, figures: list[Figure]) -> None:
        self._figures = figures
        self._used: set[int] = set()

    @property
    def all_used(self) -> bool:
        return len(self._used) == len(self._figures)

    def measured(self, number: Number) -> Measured:
        """Return what a number of the expression is. Raises ``NotArithmetic`` for one that is no input and not 100%."""
        # An input not used yet first: two inputs may have equal numbers.
        for i in sorted(range(len(self._figures)), key=lambda i: i in self._used):
            unit = self._unit_as_written(self._figures[i], number)
            if unit is not None:
                self._used.add(i)
                return _measured(self._figures[i], number, unit)
        if number == Number(_WHOLE, percent=True):
            return Measured(Decimal(1), "", constant=True)
        raise NotArithmetic(f"{number.value} is no input")

    def _unit_as_written(self, figure: Figure, number: Number) -> str | None:
        own = [abs(part) for part in (figure.value, figure.whole) if part is not None]
        if number.percent != (figure.unit in _PERCENT):
            return None
        if number.value in own:
            return figure.unit
        for unit in (
            *(other.unit for other in self._figures if same_unit(other.unit, figure.unit)),
            *scaled(figure.unit),
        ):
            factor = scale_factor(split_scale(unit)[0])
            if any(to_base(part, figure.unit)[0] == number.value * factor for part in own):
                return unit
        return None


def _measured(figure: Figure, number: Number, unit: str) -> Measured:
    rises = 0 if figure.role is not FigureRole.CHANGE else (1 if figure.value > 0 else -1)
    if number.percent:
        return Measured(number.value / 100, "", change=rises)
    # "Gấp 2 lần" is a pure number: what it divides keeps its unit.
    return Measured(number.value, "" if unit == _TIMES else unit, change=rises)


def _reads(figure: Figure) -> bool:
    """Tell whether a figure's value is what its own text says, in any scale; ranges say two and are refused."""
    said = quantities(without_marks(figure.text))
    if len(said) != 1 or (said[0].whole is not None and figure.whole is None):
        return False
    parts = [abs(part) for part in (figure.value, figure.whole) if part is not None]
    values = {said[0].value, *([said[0].whole] if said[0].whole is not None else [])}
    return all(part in values or to_base(part, figure.unit)[0] in values or _digits(part, figure) for part in parts)


def _digits(part: Decimal, figure: Figure) -> bool:
    """A cell of a sheet with decimal dots ("1.642" for one and a bit) has the digits, not the value."""
    return re.sub(r"\D", "", figure.text).strip("0") == re.sub(r"\D", "", format(part, "f")).strip("0") != ""


def _sayable(computation: Computation, equation: Equation) -> tuple[str, ...]:
    """Return the expression and its result with unit: a difference of percentages is also one of percentage points."""
    shown = format_number(equation.shown.value)
    if not equation.unit and not equation.shown.percent:
        return (computation.expression, f"{shown} lần")
    if not equation.unit:
        return (computation.expression, f"{shown}%", f"{shown} điểm phần trăm")
    return (computation.expression, f"{shown} {equation.unit}")
