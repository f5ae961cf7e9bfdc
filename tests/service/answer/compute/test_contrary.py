"""Of two amounts the question has the wrong way round, the difference says how it is."""

from __future__ import annotations

import pytest

from service.domain import Status
from tests.service.answer.compute.test_compute import ask

TEXTS = tuple(
    f"""ỦY BAN NHÂN DÂN
HUYỆN SÔNG MƠ

BÁO CÁO

Tình hình kinh tế - xã hội quý {quarter} năm 2024

I. KẾT QUẢ THỰC HIỆN

1. Chăn nuôi: Tổng đàn ngựa {horses} con. Đàn dê {goats} con, tăng 2,6%.
"""
    for quarter, horses, goats in (("I", "1.861", "3.254"), ("II", "1.874", "3.216"))
)


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("Đàn ngựa nhiều hơn đàn dê bao nhiêu con?", "ít hơn 1.342 con"),
        ("Đàn dê ít hơn đàn ngựa bao nhiêu con?", "nhiều hơn 1.342 con"),
        ("Đàn dê nhiều hơn đàn ngựa bao nhiêu con?", "1.342 con"),
        ("Đàn ngựa ít hơn đàn dê bao nhiêu con?", "1.342 con"),
        ("Đàn ngựa và đàn dê chênh nhau bao nhiêu con?", "1.342 con"),
    ],
)
def test_a_difference_the_wrong_way_round_is_corrected(
    question: str, short: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for behind in (False, True):  # the ways behind the first one say the same
        if behind:
            monkeypatch.setattr("service.answer.compute.compute.set_apart", lambda _query, _material, _stated: None)
        found = ask(question, *TEXTS)
        assert found.status is Status.ANSWERED
        assert found.short_answer == short
