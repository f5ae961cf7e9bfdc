"""What was read with little confidence is said, and a clear figure goes before an unclear one. Texts are our own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ingest.domain import Span
from service.answer.doubts import SCAN, TABLE, TEXT, UNCLEAR, with_doubts
from service.domain import Draft
from tests.service.answer.asking import ask

REPORT = """ỦY BAN NHÂN DÂN
HUYỆN VÂN TRẠCH

BÁO CÁO

Tình hình kinh tế - xã hội quý I năm 2023

I. KẾT QUẢ THỰC HIỆN

1. Cải cách hành chính: Tỷ lệ hồ sơ trực tuyến đạt 87,36%. Nguyên nhân chậm là do thiếu cán bộ.

2. Chuyển đổi số: Tỷ lệ hồ sơ trực tuyến đạt 37,36%.

| Chỉ tiêu | ĐVT | Thực hiện |
|---|---|---|
| Đàn dê | con | 1.215 |
"""
QUESTION = "Tỷ lệ hồ sơ trực tuyến đạt bao nhiêu?"


def told(question: str, *doubtful: str, text: str = REPORT) -> Draft:
    result = ask(question, text, doubtful=doubtful)
    assert isinstance(result, Draft)
    return result


def scanned(draft: Draft) -> Draft:
    evidence = tuple(replace(one, report=replace(one.report, scanned=True)) for one in draft.evidence)
    return replace(draft, evidence=evidence)


def codes(draft: Draft) -> list[str]:
    return [one.code for one in draft.warnings]


@pytest.mark.parametrize(("unclear", "clear"), [("37,36%", "87,36%"), ("87,36%", "37,36%")])
def test_of_two_that_differ_the_clear_one_answers(unclear: str, clear: str) -> None:
    draft = with_doubts(scanned(told(QUESTION, unclear)), lambda _: ())
    assert draft.short_answer == clear
    assert clear in draft.claims[0].text
    assert unclear in draft.claims[-1].text
    assert codes(draft) == ["conflicting-figures", UNCLEAR]
    assert SCAN in draft.warnings


def test_two_unclear_ones_are_both_shown() -> None:
    draft = told(QUESTION, "37,36%", "87,36%")
    assert draft.short_answer is not None
    assert set(draft.short_answer.split("; nơi khác ghi ")) == {"87,36%", "37,36%"}


def test_a_cell_placed_by_a_guess_has_its_own_words() -> None:
    draft = with_doubts(told("Đàn dê có bao nhiêu con?", "1.215"), lambda _: ())
    assert draft.short_answer == "1.215 con"
    assert draft.warnings[-1] == TABLE


def test_clear_figures_are_not_warned_of() -> None:
    draft = told("Đàn dê có bao nhiêu con?", "87,36%")
    assert with_doubts(draft, lambda _: (Span(0, 10_000),)) == draft


def test_a_quote_without_figures_is_asked_itself() -> None:
    draft = replace(told("Vì sao chậm?"), figures=())
    span = draft.evidence[0].span
    assert with_doubts(draft, lambda _: (Span(0, 3), Span(span.end, span.end + 2))) == draft
    assert with_doubts(draft, lambda _: (Span(span.end - 2, span.end + 2),)).warnings[-1] == TEXT
