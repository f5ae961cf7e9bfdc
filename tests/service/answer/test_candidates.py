"""One less likely than none that stands out: which figures are given all the same."""

from __future__ import annotations

from dataclasses import replace

import pytest

from service.answer.candidates import Candidate, best_figure, figure_candidates
from service.answer.query_words import scorer
from service.answer.ranker import likely
from service.answer.scoring import Score
from service.domain import Query
from service.understand.question import understand
from tests.service.answer.asking import opened

REPORT = """ỦY BAN NHÂN DÂN
XÃ ĐỒI QUẾ

BÁO CÁO

Tình hình kinh tế - xã hội quý I năm 2023

1. Nông nghiệp: Sản lượng chè búp 215 tấn, sản lượng chè khô 43 tấn, bán được 3,2 tỷ đồng.
"""


def ranked(*ranks: float, question: str = "Sản lượng chè bao nhiêu tấn?") -> tuple[Query, list[Candidate]]:
    """Return the figures 215 tấn, 43 tấn as if they ranked so."""
    material = opened(REPORT)
    query = understand(question, places={})
    found = {c.figure.figure.text: c for c in figure_candidates(scorer(query, material.rarity), material) if c.figure}
    texts = ("215 tấn", "43 tấn")
    return query, [replace(found[t], score=Score(likely(r), r)) for t, r in zip(texts, ranks, strict=False)]


@pytest.mark.parametrize(
    ("ranks", "expected"),
    [
        ((0.5, 0.4), "215 tấn"),
        ((-0.5, -3.0), "215 tấn"),
        ((-0.5, -1.0), None),  # another amount is about as near
        ((-1.5, -4.0), None),  # too far from the question
        ((-0.5,), "215 tấn"),
    ],
)
def test_an_amount_that_stands_out_is_given(ranks: tuple[float, ...], expected: str | None) -> None:
    query, found = ranked(*ranks)
    choice = best_figure(query, found)
    assert (choice.best.figure.figure.text if choice and choice.best.figure else None) == expected


def test_only_in_the_unit_that_is_asked_for() -> None:
    query, found = ranked(-0.5)
    assert best_figure(replace(query, unit="con"), found) is None
    assert best_figure(replace(query, unit=""), found) is None
