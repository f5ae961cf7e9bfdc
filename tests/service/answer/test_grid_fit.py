"""Which table and which of its columns a question is about. Texts are our own."""

from __future__ import annotations

import pytest

from service.answer.grid_fit import column_of, figures_in, fitting
from service.answer.query_words import scorer
from service.understand.question import understand
from tests.service.answer.asking import opened

REPORT = """BÁO CÁO
Tình hình năm 2023

I. BẾN KHÁCH

| Tên bến | Xã | Khách năm 2022 (lượt) | Khách năm 2023 (lượt) | Tỷ lệ lấp đầy (%) |
| --- | --- | --- | --- | --- |
| Bến Gáo | Đồi Cam | 8.200 | 9.430 | 81,5 |
| Bến Vại | Đồi Chanh | 6.400 | 5.120 | 47,0 |
"""


@pytest.mark.parametrize(
    ("question", "kind", "first"),
    [
        ("Bến nào nhiều khách nhất?", "ben", "9.430"),
        ("Năm 2022 bến nào nhiều khách nhất?", "ben", "8.200"),
        ("Bến nào có tỷ lệ lấp đầy cao nhất?", "ben", "81,5"),
    ],
)
def test_the_column_that_measures_what_is_asked(question: str, kind: str, first: str) -> None:
    material = opened(REPORT)
    one = scorer(understand(question, places={}), material.rarity)
    found = fitting(one, material, (kind,), used=frozenset())
    column = column_of(one, found[0])
    assert column is not None
    assert figures_in(found[0], column)[0].text == first


def test_no_table_has_rows_of_another_kind_or_year() -> None:
    material = opened(REPORT)
    asked = [("Cầu nào nhiều khách nhất?", "cau"), ("Năm 2019 bến nào nhiều khách nhất?", "ben")]
    for question, kind in asked:
        one = scorer(understand(question, places={}), material.rarity)
        assert fitting(one, material, (kind,), used=frozenset()) == []
