"""The guard: true drafts pass, each kind of corruption is stopped."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from ingest.domain import Figure, FigureRole, Passage, PassageKind, Period, PeriodKind, Span
from service.domain import Abstention, Claim, Draft, Evidence, FigureClaim, ReportRef, Status
from service.ground.faults import faults
from service.ground.guard import Frame, ground, ground_abstention

TEXT = (
    "Quý I, xảy ra 14 vụ cháy, 03 người chết (tăng 2 vụ, giảm 1 người so với cùng kỳ năm 2022). "
    "Thu ngân sách tháng 3 là 58,878 tỷ đồng, 03 tháng là 123,643 tỷ đồng, đạt 28,4% dự toán. "
    "Xã Đồi Cam: hoàn thành 04/12 công trình; diện tích 9.905,3m²; kinh phí 27 tỷ 781 triệu đồng."
)
REF = ReportRef("r1", "v1", "Báo cáo quý I", "UBND huyện Sông Mơ", "12/BC-UBND", "huyện Sông Mơ",
                Period(PeriodKind.QUARTER, 2023, 1, 3), "2023-03-20")  # fmt: skip
PASSAGE = Passage("p1", 0, PassageKind.SECTION, 1, ("I. KINH TẾ",), (Span(0, len(TEXT)),), TEXT, "I. KINH TẾ")
FRAME = Frame("a", "c", "câu hỏi", "câu hỏi", "extractive", "x")


def texts(version_id: str) -> str:
    assert version_id == "v1"
    return TEXT


def evidence(quote: str) -> Evidence:
    start = TEXT.index(quote)
    return Evidence(REF, PASSAGE, Span(start, start + len(quote)))


ALL = {0: evidence(TEXT)}


def cited_page(passage: Passage, quote: str) -> int | None:
    there = replace(evidence(quote), passage=passage)
    answer = ground(Draft((Claim(quote, (0,)),), (there,)), FRAME, texts=texts)
    return answer.citations[0].page


def test_a_citation_names_the_page_its_quote_stands_on() -> None:
    turn = TEXT.index("Xã Đồi Cam")
    passage = replace(PASSAGE, page=4, turns=(turn,))
    assert cited_page(passage, "xảy ra 14 vụ cháy, 03 người chết") == 4
    assert cited_page(passage, "Xã Đồi Cam: hoàn thành 04/12 công trình") == 5
    assert cited_page(PASSAGE, "xảy ra 14 vụ cháy, 03 người chết") is None


@pytest.mark.parametrize(
    "claim",
    [
        "Xảy ra 14 vụ cháy, 3 người chết",
        "Quý I/2023 xảy ra 14 vụ cháy, tăng 2 vụ so với cùng kỳ năm 2022",
        "Thu ngân sách 3 tháng là 123,643 tỷ đồng, tức 123.643 triệu đồng",
        "Xã Đồi Cam hoàn thành 4/12 công trình",
        "Kinh phí 27,781 tỷ đồng, diện tích 9.905,3 m2",
        "Số người chết giảm 1 người",
    ],
)
def test_true_claims_pass(claim: str) -> None:
    assert faults(Claim(claim, (0,)), ALL, texts=texts) == []


@pytest.mark.parametrize(
    ("claim", "fault"),
    [
        ("Xảy ra 15 vụ cháy", "number"),
        ("Xảy ra 14 người chết", "number"),
        ("Thu ngân sách 3 tháng là 123,643 triệu đồng", "number"),
        ("Thu ngân sách 3 tháng là 123.643 tỷ đồng", "number"),
        ("Xã Đồi Cam hoàn thành 4/13 công trình", "number"),
        ("Số vụ cháy giảm 2 vụ", "number"),
        ("Quý I/2024 xảy ra 14 vụ cháy", "period"),
        ("Quý II xảy ra 14 vụ cháy", "period"),
        ("Xã Đồi Chanh hoàn thành 4/12 công trình", "place"),
    ],
)
def test_corrupted_claims_are_stopped(claim: str, fault: str) -> None:
    assert [f.split(":")[0] for f in faults(Claim(claim, (0,)), ALL, texts=texts)] == [fault]


def test_uncited_and_invented_citations_are_stopped() -> None:
    assert faults(Claim("Xảy ra 14 vụ cháy", ()), ALL, texts=texts) == ["citation"]
    assert faults(Claim("Xảy ra 14 vụ cháy", (7,)), ALL, texts=texts) == ["citation"]
    beyond = Evidence(REF, PASSAGE, Span(0, len(TEXT) + 1))
    answer = ground(Draft((Claim("Xảy ra 14 vụ cháy", (0,)),), (beyond,)), FRAME, texts=texts)
    assert answer.status is Status.NOT_FOUND and answer.citations == ()


def test_answer_numbers_citations_and_keeps_only_sound_claims() -> None:
    fire, money = evidence("xảy ra 14 vụ cháy"), evidence("03 tháng là 123,643 tỷ đồng")
    figure = Figure(
        evidence("14 vụ").span, "14 vụ", Decimal(14), "vụ", FigureRole.LEVEL, "vụ cháy", fire.span, fire.span
    )
    draft = Draft(
        claims=(Claim("Thu 123,643 tỷ đồng", (1,)), Claim("Xảy ra 99 vụ cháy", (0,)), Claim("Xảy ra 14 vụ cháy", (0,))),
        evidence=(fire, money),
        short_answer="14 vụ",
        figures=(FigureClaim(figure, 0),),
    )
    answer = ground(draft, FRAME, texts=texts)
    assert answer.status is Status.ANSWERED
    assert answer.answer == "Thu 123,643 tỷ đồng. [1] Xảy ra 14 vụ cháy. [2]"
    assert [(c.index, c.quote) for c in answer.citations] == [(1, money.span.of(TEXT)), (2, "xảy ra 14 vụ cháy")]
    assert all(c.quote == TEXT[c.start : c.end] for c in answer.citations)
    assert [(f.text, f.value, f.citation) for f in answer.figures] == [("14 vụ", "14", 2)]
    assert [w.code for w in answer.warnings] == ["guard-dropped"]


def test_what_belongs_together_is_shown_whole_or_not_at_all() -> None:
    fire, money = evidence("xảy ra 14 vụ cháy"), evidence("03 tháng là 123,643 tỷ đồng")
    false, true = Claim("Xảy ra 99 vụ cháy", (0,)), Claim("Thu 123,643 tỷ đồng", (1,))
    draft = Draft((false, true), (fire, money), short_answer="123,643 tỷ đồng", together=True)
    assert ground(draft, FRAME, texts=texts).status is Status.NOT_FOUND
    assert ground(replace(draft, together=False), FRAME, texts=texts).answer == "Thu 123,643 tỷ đồng. [1]"


@pytest.mark.parametrize(("short", "shown"), [("2 khoản", True), ("3 khoản", False), ("2 khoản, 7 vụ", False)])
def test_how_many_claims_there_are_may_be_said_where_they_are_counted(short: str, *, shown: bool) -> None:
    fire, money = evidence("xảy ra 14 vụ cháy"), evidence("03 tháng là 123,643 tỷ đồng")
    told = (Claim("Xảy ra 14 vụ cháy", (0,)), Claim("03 tháng là 123,643 tỷ đồng", (1,)))
    draft = Draft(told, (fire, money), short_answer=short, together=True, counts=True)
    assert (ground(draft, FRAME, texts=texts).short_answer == short) is shown
    assert ground(replace(draft, counts=False), FRAME, texts=texts).short_answer is None


def test_short_answer_with_a_foreign_number_is_withheld() -> None:
    draft = Draft((Claim("Xảy ra 14 vụ cháy", (0,)),), (evidence("xảy ra 14 vụ cháy"),), short_answer="15 vụ")
    assert ground(draft, FRAME, texts=texts).short_answer is None


def test_abstention_is_no_error_and_has_no_figures() -> None:
    answer = ground_abstention(Abstention("Các báo cáo không nêu."), FRAME)
    assert (answer.status, answer.figures, answer.citations) == (Status.NOT_FOUND, (), ())


@pytest.mark.parametrize(
    ("written", "claim"),
    [
        ("toàn huyện còn 512 hộ\nnghèo", "Toàn huyện còn 512 hộ nghèo"),
        ("tăng 1,4 điểm\nphần trăm", "Tăng 1,4 điểm phần trăm"),
        ("còn **512** hộ nghèo", "Còn 512 hộ nghèo"),
        ("còn 512² hộ nghèo", "Còn 512 hộ nghèo"),
    ],
)
def test_a_quote_is_read_as_a_person_reads_it(written: str, claim: str) -> None:
    one = Evidence(REF, replace(PASSAGE, text=claim), Span(0, len(written)))
    assert faults(Claim(claim, (0,)), {0: one}, texts=lambda _: written) == []


ROW = "| 5 | Đàn ngan | con | 4.650 | 4.527 | 97,4 |"


def row(*, unit: str = "con") -> tuple[Evidence, FigureClaim]:
    passage = replace(
        PASSAGE, kind=PassageKind.TABLE_ROW, text=ROW, spans=(Span(0, len(ROW)),), context="Chỉ tiêu | ĐVT"
    )
    cell = Span(ROW.index("4.527"), ROW.index("4.527") + 5)
    whole = Span(0, len(ROW))
    figure = Figure(cell, "4.527", Decimal(4527), unit, FigureRole.LEVEL, "Đàn ngan", whole, whole)
    return Evidence(REF, passage, whole), FigureClaim(figure, 0)


@pytest.mark.parametrize(
    ("claim", "stopped"),
    [
        ("Đàn ngan: 4.527 con", False),
        ("Đàn ngan: 4.650 con", True),
        ("Đàn ngan: 4.527%", True),
        ("Đàn ngan: 4,527 con", True),
    ],
)
def test_of_a_table_row_only_the_figure_is_told(claim: str, *, stopped: bool) -> None:
    evidence_of_row, figure = row()
    found = faults(Claim(claim, (0,)), {0: evidence_of_row}, texts=lambda _: ROW, figures=[figure])
    assert bool(found) is stopped


def test_the_label_beside_the_first_cell_does_not_speak_for_that_cell_alone() -> None:
    written = "| 4 | Vịt trời | 730 | 6.840 | +475 |"
    at = written.index("+475")
    whole = Span(0, len(written))
    passage = replace(PASSAGE, kind=PassageKind.TABLE_ROW, text=written, spans=(whole,), context="Tăng, giảm")
    figure = Figure(Span(at, at + 4), "+475", Decimal(475), "", FigureRole.CHANGE, "Vịt trời, tăng giảm", whole, whole)
    one = {0: Evidence(REF, passage, whole)}
    told = [FigureClaim(figure, 0)]
    assert faults(Claim("Vịt trời: +475", (0,)), one, texts=lambda _: written, figures=told) == []
    assert faults(Claim("Vịt trời: 730", (0,)), one, texts=lambda _: written, figures=told) != []


def test_the_unit_of_a_bare_cell_has_the_scale_of_its_table() -> None:
    written = "| Thu tại xã | 1.404 |"
    passage = replace(PASSAGE, kind=PassageKind.TABLE_ROW, context="Đơn vị tính: triệu đồng")
    one = {0: Evidence(REF, passage, Span(0, len(written)))}
    assert faults(Claim("Thu tại xã: 1.404 triệu đồng", (0,)), one, texts=lambda _: written) == []
    assert faults(Claim("Thu tại xã: 1,404 tỷ đồng", (0,)), one, texts=lambda _: written) == []
    assert faults(Claim("Thu tại xã: 1.404 tỷ đồng", (0,)), one, texts=lambda _: written) != []


@pytest.mark.parametrize("short", ["03 vụ", "2 vụ", "14 người", "Quý IV: 14 vụ", "Xã Đồi Chanh: 14 vụ"])
def test_a_short_answer_says_the_figure_and_nothing_else(short: str) -> None:
    fire = evidence("xảy ra 14 vụ cháy, 03 người chết (tăng 2 vụ")
    figure = Figure(
        evidence("14 vụ").span, "14 vụ", Decimal(14), "vụ", FigureRole.LEVEL, "vụ cháy", fire.span, fire.span
    )
    draft = Draft((Claim("Xảy ra 14 vụ cháy", (0,)),), (fire,), short_answer="14 vụ", figures=(FigureClaim(figure, 0),))
    assert ground(draft, FRAME, texts=texts).short_answer == "14 vụ"
    assert ground(replace(draft, short_answer=short), FRAME, texts=texts).short_answer is None


def test_a_claim_about_something_else_is_stopped() -> None:
    claim = Claim("Khai trương chợ đầu mối phía bắc", (0,))
    assert faults(claim, {0: evidence("xảy ra 14 vụ cháy")}, texts=texts) == ["words"]


@pytest.mark.parametrize(("short", "kept"), [("cháy: 14 vụ; tăng 2 vụ", True), ("cháy: 14 vụ; sập: 14 vụ", False)])
def test_one_figure_does_not_stand_for_two(short: str, *, kept: bool) -> None:
    fire = evidence("xảy ra 14 vụ cháy, 03 người chết (tăng 2 vụ")
    roles = {"14 vụ": (14, FigureRole.LEVEL), "2 vụ": (2, FigureRole.CHANGE)}
    figures = tuple(
        FigureClaim(Figure(evidence(text).span, text, Decimal(value), "vụ", role, "cháy", fire.span, fire.span), 0)
        for text, (value, role) in roles.items()
    )
    draft = Draft((Claim("Xảy ra 14 vụ cháy, tăng 2 vụ", (0,)),), (fire,), short_answer=short, figures=figures)
    assert (ground(draft, FRAME, texts=texts).short_answer is not None) is kept
