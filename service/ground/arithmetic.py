"""Shown arithmetic, read back: "18 − 11 = 7", "502 ÷ 102,8% ≈ 488", numbers in Vietnamese style, units carried along.

Grammar: sum, an "=" (exact) or "≈" (rounded), one number. A sum has + and −, a product × and ÷, brackets group. The
percent sign belongs to its number and divides it by a hundred.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, DivisionByZero, InvalidOperation, localcontext

from ingest.vi.numbers import parse_number
from ingest.vi.units import same_count, same_unit, split_scale, unit_kind

_TOKEN = re.compile(r"\s*(?:(?P<number>\d[\d.,]*)(?P<percent>\s?%)?|(?P<sign>[-+−×*÷/()=≈]))")
_SIGNS = {"-": "−", "*": "×", "/": "÷"}
_PRECISION = 50


class NotArithmetic(ValueError):
    """The text is no arithmetic of this kind, or its units or signs do not go together."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written: "102,8%" has value 102.8 and ``percent``."""

    value: Decimal
    percent: bool


@dataclass(frozen=True, slots=True)
class Measured:
    """What a number stands for: ``value`` without percent sign, ``unit`` "" for a pure number.

    ``change``: 1 or -1 for a figure that tells a rise or a fall, else 0. ``constant``: the shown 100%.
    """

    value: Decimal
    unit: str
    change: int = 0
    constant: bool = False


@dataclass(frozen=True, slots=True)
class Equation:
    """A read expression: ``value`` of its left side with ``unit``, and the result as ``shown``."""

    value: Decimal
    unit: str
    shown: Number
    exact: bool

    @property
    def holds(self) -> bool:
        """Whether the shown result is the value: to the last digit for "=", rounded to the shown digits for "≈".

        A quotient of like units is a percentage with the percent sign, without it so many times ("12 ÷ 3 = 4").
        """
        if self.shown.percent and self.unit:
            return False
        shown, value = self.shown.value, self.value * 100 if self.shown.percent else self.value
        if self.exact:
            return shown == value
        exponent = shown.as_tuple().exponent
        step = Decimal(1).scaleb(exponent) if isinstance(exponent, int) else Decimal(0)
        return abs(shown - value) * 2 <= step


def read_equation(expression: str, measured: Callable[[Number], Measured]) -> Equation:
    """Return ``expression`` worked out; ``measured`` says what each number of its left side is.

    Raises ``NotArithmetic`` for a text outside the grammar, a division by zero, unlike units in a sum, or a change
    added the wrong way round (what it was before a rise is the level less the rise).
    """
    reader = _Reader(_tokens(expression), measured)
    with localcontext() as context:
        context.prec = _PRECISION
        try:
            left = reader.total()
            sign = reader.take("=", "≈")
            shown = reader.number()
        except (DivisionByZero, InvalidOperation) as error:
            raise NotArithmetic("division by zero") from error
    if not reader.done:
        raise NotArithmetic("something stands after the result")
    return Equation(left.value, left.unit, shown, exact=sign == "=")


def _tokens(text: str) -> list[Number | str]:
    found: list[Number | str] = []
    at = 0
    while at < len(text.rstrip()):
        match = _TOKEN.match(text, at)
        if match is None:
            raise NotArithmetic(f"unreadable from {text[at : at + 12]!r}")
        if match["number"] is not None:
            value = parse_number(match["number"])
            if value is None:
                raise NotArithmetic(f"no number: {match['number']!r}")
            found.append(Number(value, match["percent"] is not None))
        else:
            found.append(_SIGNS.get(match["sign"], match["sign"]))
        at = match.end()
    return found


class _Reader:
    """Recursive descent over the tokens; every step either takes a token or raises."""

    def __init__(self, tokens: list[Number | str], measured: Callable[[Number], Measured]) -> None:
        self._tokens = tokens
        self._at = 0
        self._measured = measured

    @property
    def done(self) -> bool:
        return self._at == len(self._tokens)

    def total(self) -> Measured:
        left = self._product()
        while self._next() in ("+", "−"):
            sign = self.take("+", "−")
            left = _added(left, self._product(), sign)
        return left

    def take(self, *wanted: str) -> str:
        token = self._next()
        if not isinstance(token, str) or token not in wanted:
            raise NotArithmetic(f"expected one of {wanted}")
        self._at += 1
        return token

    def number(self) -> Number:
        token = self._next()
        if not isinstance(token, Number):
            raise NotArithmetic("expected a number")
        self._at += 1
        return token

    def _product(self) -> Measured:
        left = self._factor()
        while self._next() in ("×", "÷"):
            sign = self.take("×", "÷")
            right = self._factor()
            left = _multiplied(left, right) if sign == "×" else _divided(left, right)
        return left

    def _factor(self) -> Measured:
        if self._next() != "(":
            return self._measured(self.number())
        self.take("(")
        inner = self.total()
        self.take(")")
        return inner

    def _next(self) -> Number | str | None:
        return None if self.done else self._tokens[self._at]


def _added(left: Measured, right: Measured, sign: str) -> Measured:
    # "Thu nhập 30 triệu đồng/năm, tăng 2 triệu đồng": a change leaves out what the level is for.
    unit = left.unit.partition("/")[0] if right.change and "/" not in right.unit else left.unit
    if not _alike(unit, right.unit):
        raise NotArithmetic(f"{left.unit!r} and {right.unit!r} do not add up")
    if right.change and not left.change and (sign == "+") != ((right.change > 0) == left.constant):
        raise NotArithmetic("the change is counted the wrong way round")
    if left.change and not right.change:
        raise NotArithmetic("a level is counted from a change")
    value = left.value + right.value if sign == "+" else left.value - right.value
    # "96 hộ nghèo − 71 hộ" are so many "hộ".
    wider = unit_kind(left.unit) == "count" and left.unit.startswith(f"{right.unit} ") and not right.change
    return Measured(value, right.unit if wider else left.unit)


def _alike(one: str, other: str) -> bool:
    """Tell whether two units are one in the same scale, or count a sort of the same ("hộ nghèo" and "hộ")."""
    return split_scale(one)[0] == split_scale(other)[0] and (
        same_unit(one, other) or (bool(one and other) and unit_kind(one) == "count" and same_count(one, other))
    )


def _multiplied(left: Measured, right: Measured) -> Measured:
    if left.unit and right.unit:
        raise NotArithmetic("two units multiplied")
    return Measured(left.value * right.value, left.unit or right.unit)


def _divided(left: Measured, right: Measured) -> Measured:
    if not right.unit:
        return Measured(left.value / right.value, left.unit)
    if _alike(left.unit, right.unit):
        return Measured(left.value / right.value, "")
    if not left.unit or "/" in left.unit or "/" in right.unit:
        raise NotArithmetic("units that do not divide")
    return Measured(left.value / right.value, f"{left.unit}/{right.unit}")
