"""The guard works shown arithmetic out again: true sums are shown, every kind of corruption is stopped."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from ingest.domain import Figure, FigureRole, Passage, PassageKind, Period, PeriodKind, Span
from service.domain import Claim, Computation, Draft, Evidence, FigureClaim, ReportRef, Status
from service.ground.guard import Frame, ground

TEXT = (
    "Xảy ra 18 vụ cháy (tăng 11 vụ so với cùng kỳ). Đàn dê 502 con, bằng 102,8% so với cùng kỳ. "
    "Quyết toán 35 tỷ 874 triệu đồng, thấp hơn tổng mức đầu tư 626 triệu đồng. Cần 85 - 100 ha. Đã làm 16/24 cầu."
)
REF = ReportRef("r1", "v1", "Báo cáo quý I", "UBND huyện Sông Mơ", "12/BC-UBND", "huyện Sông Mơ",
                Period(PeriodKind.QUARTER, 2023, 1, 3), "2023-03-20")  # fmt: skip
PASSAGE = Passage("p1", 0, PassageKind.SECTION, 1, ("I. KINH TẾ",), (Span(0, len(TEXT)),), TEXT, "I. KINH TẾ")
FRAME = Frame("a", "c", "câu hỏi", "câu hỏi", "extractive", "x")
ALL = Evidence(REF, PASSAGE, Span(0, len(TEXT)))
OTHER = Evidence(REF, PASSAGE, Span(0, 18))


def figure(text: str, value: str, unit: str, role: FigureRole = FigureRole.LEVEL, whole: str = "") -> Figure:
    start = TEXT.index(text)
    span = Span(start, start + len(text))
    return Figure(span, text, Decimal(value), unit, role, "", span, span, whole=Decimal(whole) if whole else None)


FIRES = figure("18 vụ", "18", "vụ")
MORE = figure("11 vụ", "11", "vụ", FigureRole.CHANGE)
GOATS = figure("502 con", "502", "con")
RATIO = figure("102,8%", "102.8", "%", FigureRole.YOY_RATIO)
PAID = figure("35 tỷ 874 triệu đồng", "35.874", "tỷ đồng")
UNDER = figure("626 triệu đồng", "-626", "triệu đồng", FigureRole.CHANGE)
AREA = figure("85 - 100 ha", "85", "ha")
BRIDGES = figure("16/24 cầu", "16", "cầu", FigureRole.PROGRESS, whole="24")


def draft(expression: str, result: str, unit: str, *figures: Figure) -> Draft:
    said = f"Tính từ số liệu của báo cáo: {expression}{unit}"
    return Draft(
        claims=(Claim(said, (0,)), Claim("Xảy ra 18 vụ cháy", (0,))),
        evidence=(ALL, OTHER),
        short_answer=f"{result}{unit}",
        figures=tuple(FigureClaim(one, 0) for one in figures),
        computation=Computation(expression, tuple(range(len(figures))), Decimal(result.replace(",", "."))),
    )


TRUE = [
    draft("18 − 11 = 7", "7", " vụ", FIRES, MORE),
    draft("502 ÷ 102,8% ≈ 488", "488", " con", GOATS, RATIO),
    draft("102,8% − 100% = 2,8%", "2,8", "%", RATIO),
    draft("35,874 + 0,626 = 36,500", "36,5", " tỷ đồng", PAID, UNDER),
    draft("24 − 16 = 8", "8", " cầu", BRIDGES),
]


@pytest.mark.parametrize("true", TRUE)
def test_true_arithmetic_is_shown_with_its_figures(true: Draft) -> None:
    answer = ground(true, FRAME, texts=lambda _: TEXT)
    assert answer.status is Status.ANSWERED
    assert answer.computation == true.computation
    assert answer.short_answer == true.short_answer
    assert "Tính từ số liệu của báo cáo" in answer.answer
    assert [w.code for w in answer.warnings] == []


SUM = TRUE[0]
SHOWN = SUM.computation
assert SHOWN is not None


def said(expression: str, *, result: str = "7", inputs: tuple[int, ...] = (0, 1)) -> Draft:
    claim = Claim(f"Tính từ số liệu của báo cáo: {expression} vụ", (0,))
    shown = Computation(expression, inputs, Decimal(result))
    return replace(SUM, claims=(claim, SUM.claims[1]), computation=shown)


@pytest.mark.parametrize(
    "false",
    [
        said("18 − 11 = 8", result="8"),
        said("18 + 11 = 29", result="29"),
        said("18 − 12 = 6", result="6"),
        said("18 − 18 = 0", result="0"),
        said("19 − 11 = 8", result="8"),
        said("11 − 18 = −7", result="-7"),
        said("18 − 11 = 7", result="8"),
        said("18 − 11 = 7", inputs=()),
        said("18 − 11 = 7", inputs=(0,)),
        said("18 − 11 = 7", inputs=(0, 2)),
        said("18 − 11 = 7", inputs=(-1, 1)),
        said("18 − 11"),
        replace(SUM, figures=(SUM.figures[0], FigureClaim(MORE, 1))),
        replace(SUM, figures=(SUM.figures[0], FigureClaim(replace(MORE, text="12 vụ"), 0))),
        replace(SUM, figures=(SUM.figures[0], FigureClaim(replace(MORE, value=Decimal(10)), 0))),
        replace(SUM, figures=(FigureClaim(replace(FIRES, unit="người"), 0), SUM.figures[1])),
        replace(SUM, claims=(replace(SUM.claims[0], evidence=(1,)), SUM.claims[1])),
        replace(SUM, claims=(replace(SUM.claims[0], evidence=()), SUM.claims[1])),
        replace(SUM, claims=(Claim("Tính từ số liệu của báo cáo: 18 − 11 = 7 người", (0,)), SUM.claims[1])),
        replace(SUM, claims=(Claim("Tính từ số liệu của báo cáo: 18 − 11 = 18 vụ", (0,)), SUM.claims[1])),
        replace(SUM, computation=None),
        draft("100 − 85 = 15", "15", " ha", AREA),
        draft("502 ÷ 102,8 ≈ 5", "5", " con", GOATS, RATIO),
        draft("502 × 102,8% ≈ 515", "516", " con", GOATS, RATIO),
        draft("35,874 − 0,626 = 35,248", "35,248", " tỷ đồng", PAID, UNDER),
        draft("35,874 + 626 = 661,874", "661,874", " tỷ đồng", PAID, UNDER),
    ],
)
def test_corrupted_arithmetic_is_dropped_with_what_it_says(false: Draft) -> None:
    answer = ground(false, FRAME, texts=lambda _: TEXT)
    assert answer.computation is None
    assert answer.short_answer is None
    assert "Tính từ số liệu của báo cáo" not in answer.answer
    assert "guard-dropped" in [w.code for w in answer.warnings]


def test_inputs_are_counted_among_the_figures_shown() -> None:
    lost = FigureClaim(replace(GOATS, text="503 con"), 0)
    shown = Computation("18 − 11 = 7", (1, 2), Decimal(7))
    answer = ground(replace(SUM, figures=(lost, *SUM.figures), computation=shown), FRAME, texts=lambda _: TEXT)
    assert [one.text for one in answer.figures] == ["18 vụ", "11 vụ"]
    assert answer.computation is not None and answer.computation.inputs == (0, 1)
