"""Which numbers of an answer stand in no quote it cites: a second reading, with none of the guard's own functions.

Plain digits are compared ("05" is "5", "1.450" is "1450"; "27 tỷ 781 triệu" is also 27,781), no units. A number of a
named period ("quý I/2024", "năm 2024") may stand in the heading of the citation instead: reports write many of their
figures without it. The result of arithmetic counts when the expression shown gives it and its operands stand in quotes.
How many they are may be said of lines that each cite quotes of their own.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from eval.outcome import Cited, Given
from service.domain import Status

_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
_GROUPED = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?")
_COMPOUND = re.compile(r"(?<![0-9.,])([0-9]+) (?:tỷ|tỉ|triệu) ([0-9]{1,3}) (?:triệu|nghìn|ngàn)")
_MARKS = re.compile(r"((?:\s*\[[0-9]+\])+)")
_BEFORE_PERIOD = re.compile(r"(?:(?:tháng|quý|năm|ngày|đoạn)\s+(?:[ivx]+\s?[/-]\s?)?|[/–-]\s?)$", re.IGNORECASE)
_AFTER_PERIOD = re.compile(r"\s+tháng|\s?[/–-]\s?[0-9]", re.IGNORECASE)
_PERCENT = re.compile(r"([0-9][0-9.]*)\s?%")
_OPERATORS = str.maketrans({"−": "-", "–": "-", "×": "*", "÷": "/", ":": "/"})


@dataclass(frozen=True, slots=True)
class Grounding:
    """How many numbers an answer shows, and those of them, as shown, that stand in no quote they cite."""

    numbers: int
    loose: tuple[str, ...] = ()


def grounding(given: Given) -> Grounding:
    """Return the numbers shown and the loose ones of an answer; (0, ()) for anything that is no answer."""
    if given.status is not Status.ANSWERED:
        return Grounding(0)
    worked = _worked(given)
    said = _sentences(given)
    parts = [(text, cited, worked) for text, cited in said]
    counted = _counted([cited for text, cited in said if text.strip()])
    parts.append((given.short_answer or "", given.citations, worked | counted))
    parts += [(one.text, given.citations[one.citation - 1 : one.citation], worked) for one in given.figures]
    numbers = 0
    loose: list[str] = []
    for text, cited, more in parts:
        known = {digits for one in cited for digits in _of_quote(one.quote)} | more
        named = {digits for one in cited for digits in _numbers(one.heading)}
        for match in _NUMBER.finditer(text):
            numbers += 1
            digits = _plain(match[0])
            if digits not in known and not (digits in named and _of_period(text, match)):
                loose.append(match[0])
    return Grounding(numbers, tuple(loose))


def holds(expression: str, quotes: Iterable[str]) -> bool:
    """Tell whether ``expression`` ("18 − 11 = 7", "502 ÷ 102,8% ≈ 488") is right and made of numbers of ``quotes``.

    An operand may be written in another scale than in its quote: its digits without outer zeros are looked for. 100 is
    an operand of every expression. "=" is exact, "≈" right to half of the last digit shown.
    """
    left, sign, right = (part.strip() for part in re.split(r"([=≈])", expression + "= ")[:3])
    known = {_significant(digits) for quote in quotes for digits in _of_quote(quote)} | {"1"}
    if any(_significant(digits) not in known for digits in _numbers(left)):
        return False
    try:
        value, shown = _value(left), _value(right)
    except (SyntaxError, ValueError, ZeroDivisionError):
        return False
    return value == shown if sign == "=" else abs(value - shown) <= _half_step(right)


def _counted(lines: Sequence[tuple[Cited, ...]]) -> set[str]:
    """Return how many lines there are, where each cites quotes that no other does."""
    return {str(len(lines))} if len({cited for cited in lines if cited}) == len(lines) else set()


def _worked(given: Given) -> set[str]:
    """Return all numbers of an expression that holds: its result, and operands in another scale."""
    if not given.expression or not holds(given.expression, [one.quote for one in given.citations]):
        return set()
    return set(_numbers(given.expression))


def _sentences(given: Given) -> list[tuple[str, tuple[Cited, ...]]]:
    """Return each sentence of the answer with what its marks cite; a last one without marks cites nothing."""
    pieces = [*_MARKS.split(given.answer), ""]
    found: list[tuple[str, tuple[Cited, ...]]] = []
    for text, marks in zip(pieces[::2], pieces[1::2], strict=True):
        cited = [int(number) for number in _NUMBER.findall(marks)]
        found.append((text, tuple(given.citations[n - 1] for n in cited if 0 < n <= len(given.citations))))
    return found


def _of_quote(quote: str) -> list[str]:
    """Return the numbers of a quote, of "27 tỷ 781 triệu" also 27,781."""
    bare = " ".join(_MARKS.sub(" ", quote).split())
    joined = [f"{big},{int(small):03}" for big, small in _COMPOUND.findall(bare)]
    return [*_numbers(bare), *(_plain(number) for number in joined)]


def _numbers(text: str) -> list[str]:
    return [_plain(number) for number in _NUMBER.findall(text)]


def _plain(number: str) -> str:
    """Return a number without dots for thousands, outer zeros and (sheets) with a comma for decimals."""
    written = number.replace(".", "") if _GROUPED.fullmatch(number) else number
    if written.count(".") == 1 and "," not in written:
        written = written.replace(".", ",")
    whole, comma, decimals = written.partition(",")
    decimals = decimals.rstrip("0")
    return (whole.lstrip("0") or "0") + (comma + decimals if decimals else "")


def _significant(digits: str) -> str:
    return digits.replace(",", "").replace(".", "").strip("0")


def _of_period(text: str, match: re.Match[str]) -> bool:
    return bool(_BEFORE_PERIOD.search(text[: match.start()]) or _AFTER_PERIOD.match(text, match.end()))


def _value(side: str) -> Fraction:
    """Return one side of an expression worked out exactly. Raises SyntaxError or ValueError for anything else."""
    written = _NUMBER.sub(lambda match: _plain(match[0]).replace(",", "."), side)
    written = _PERCENT.sub(r"(\1/100)", written).translate(_OPERATORS)
    match = re.fullmatch(r"[-+*/(). 0-9]+", re.sub(r"[^\W\d_]+", "", written).strip())
    if match is None:
        raise ValueError(side)
    return _work(ast.parse(match[0].strip(), mode="eval").body)


def _work(node: ast.expr) -> Fraction:
    match node:
        case ast.Constant(value=int() | float() as value):
            return Fraction(str(value))
        case ast.BinOp(left, ast.Add(), right):
            return _work(left) + _work(right)
        case ast.BinOp(left, ast.Sub(), right):
            return _work(left) - _work(right)
        case ast.BinOp(left, ast.Mult(), right):
            return _work(left) * _work(right)
        case ast.BinOp(left, ast.Div(), right):
            return _work(left) / _work(right)
        case ast.UnaryOp(ast.USub(), inner):
            return -_work(inner)
    raise ValueError(ast.dump(node))


def _half_step(shown: str) -> Fraction:
    number = _NUMBER.search(shown)
    written = number[0] if number else "0"
    decimals = len(written.partition(",")[2])
    return Fraction(1, 2 * 10**decimals * (100 if "%" in shown else 1))
