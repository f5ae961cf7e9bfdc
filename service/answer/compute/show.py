"""A worked sum -> a draft that says it is computed, shows the arithmetic and cites every number of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from ingest.vi.numbers import format_number
from ingest.vi.units import unit_kind
from service.answer.candidates import Candidate
from service.answer.compute.operands import PERCENT, Operand
from service.answer.phrases import claim_stretch, claim_text, short_figure
from service.answer.views import FigureView
from service.domain import Claim, Computation, Draft, Evidence, FigureClaim, Notice

ROUNDED = "kết quả làm tròn"
NOT_STATED = "báo cáo không nêu trực tiếp"


@dataclass(frozen=True, slots=True)
class Worked:
    """A sum done: ``left`` as shown ("18 − 11"), ``result`` as shown, ``unit`` of the result ("%" for a percentage).

    ``rounded``: the result is not exact. ``rule``: the sum in words. ``verb``: "tăng" or "giảm" before a change.
    """

    left: str
    result: Decimal
    unit: str
    inputs: tuple[Operand, ...]
    rule: str
    rounded: bool = False
    verb: str = ""
    notices: tuple[Notice, ...] = ()

    @property
    def rough(self) -> bool:
        """Whether the result is only about right: rounded, or made of figures that are."""
        return self.rounded or any(operand.rough for operand in self.inputs)

    @property
    def expression(self) -> str:
        """The arithmetic as shown: "18 − 11 = 7", "502 ÷ 102,8% ≈ 488"."""
        sign = "%" if self.unit in ("%", "điểm phần trăm") else ""
        return f"{self.left} {'≈' if self.rounded else '='} {format_number(self.result)}{sign}"

    @property
    def amount(self) -> str:
        """The result with its unit: "7 vụ", "2,8%"."""
        return f"{format_number(self.result)}{'' if self.unit == '%' else ' '}{self.unit}"


def rounded_to(value: Decimal, *, like: Decimal) -> Decimal:
    """Return ``value`` with as many decimals as ``like`` shows, halves away from zero."""
    return round_half_up(value, decimals=decimals_of(like))


def round_half_up(value: Decimal, *, decimals: int) -> Decimal:
    """Return ``value`` rounded to ``decimals`` >= 0 decimals, halves away from zero."""
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def decimals_of(value: Decimal) -> int:
    """Return how many decimals ``value`` is written with: 2 for 31.66, 0 for 1843."""
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def shown(value: Decimal) -> str:
    """Return an operand as written in an expression."""
    return format_number(value)


def difference(one: Operand, other: Operand) -> Worked | None:
    """Return how far two levels lie apart, the greater first; percentages differ by percentage points."""
    part = other.in_scale_of(one)
    percent = one.unit == PERCENT
    mark = "%" if percent else ""
    high, low = (one.value, part) if one.value >= part else (part, one.value)
    return Worked(
        left=f"{shown(high)}{mark} − {shown(low)}{mark}",
        result=high - low,
        unit="điểm phần trăm" if percent else common(one.unit, other.unit),
        inputs=(one, other),
        rule="hiệu của hai số liệu của báo cáo",
    )


def common(unit: str, other: str) -> str:
    """Return the unit two numbers have in common: of "hộ nghèo" and "hộ" the second, else the first."""
    return other if unit_kind(unit) == "count" and unit.startswith(f"{other} ") else unit


def draft_of(worked: Worked) -> Draft:
    """Return the computed answer: first the result with the sum, then what the reports say, each stretch once."""
    evidence, holders = _cited(worked.inputs)
    figures: dict[tuple[int, int, str], int] = {}
    claims: list[FigureClaim] = []
    inputs: list[int] = []
    for operand, holder in zip(worked.inputs, holders, strict=True):
        own = operand.figure.figure
        key = (own.span.start, own.span.end, operand.at.hit.report.version_id)
        if key not in figures:
            figures[key] = len(claims)
            claims.append(FigureClaim(own, holder))
        inputs.append(figures[key])
    about = "khoảng " if worked.rough else ""
    verb = f"{worked.verb} " if worked.verb else ""
    note = "; ".join(part for part in (worked.rule, ROUNDED if worked.rounded else "", NOT_STATED) if part)
    said = f"Tính từ số liệu của báo cáo: {worked.expression}"
    said += "" if worked.unit in ("%", "điểm phần trăm") else f" {worked.unit}"
    said += f", tức {verb}{about}{worked.amount}" if verb or worked.unit == "điểm phần trăm" else ""
    said += f" ({worked.rule})"
    return Draft(
        claims=(Claim(said, tuple(dict.fromkeys(holders))), *_quotes(worked.inputs, evidence)),
        evidence=tuple(evidence),
        short_answer=f"{verb}{about}{worked.amount}",
        figures=tuple(claims),
        computation=Computation(worked.expression, tuple(dict.fromkeys(inputs)), worked.result, note),
        warnings=worked.notices,
    )


def quoted(at: Candidate, figure: FigureView) -> Draft:
    """Return a stated figure as an answer of its own: nothing is worked out."""
    operand = Operand(at, figure)
    evidence, holders = _cited((operand,))
    return Draft(
        claims=_quotes((operand,), evidence),
        evidence=tuple(evidence),
        short_answer=short_figure(figure.figure, before=at.view.reading.text[: figure.at.start]),
        figures=(FigureClaim(figure.figure, holders[0]),),
    )


def _cited(inputs: Sequence[Operand]) -> tuple[list[Evidence], list[int]]:
    """Return the evidence of all operands without repeats, and for each operand which of it holds its figure."""
    evidence: list[Evidence] = []
    holders: list[int] = []
    for operand in inputs:
        stretch = claim_stretch(operand.at.view, operand.figure)
        report, passage = operand.at.hit.report, operand.at.view.passage
        spans = operand.at.view.reading.spans(stretch.start, stretch.end)
        own = operand.figure.figure.span
        held = next((span for span in spans if span.covers(own)), own)
        one = Evidence(report, passage, held)
        if one not in evidence:
            evidence.append(one)
        holders.append(evidence.index(one))
    return evidence, holders


def _quotes(inputs: Sequence[Operand], evidence: list[Evidence]) -> tuple[Claim, ...]:
    """Return what the report says around each operand, every stretch once, with all the pieces it is cut into."""
    said: dict[str, tuple[int, ...]] = {}
    for operand in inputs:
        stretch = claim_stretch(operand.at.view, operand.figure)
        text = claim_text(operand.at.view, stretch, operand.figure)
        cited: list[int] = []
        for span in operand.at.view.reading.spans(stretch.start, stretch.end):
            one = Evidence(operand.at.hit.report, operand.at.view.passage, span)
            if one not in evidence:
                evidence.append(one)
            cited.append(evidence.index(one))
        said.setdefault(text, tuple(cited))
    return tuple(Claim(text, cited) for text, cited in said.items())
