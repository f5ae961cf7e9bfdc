"""Several figures of one question, each by its own words. Texts are our own."""

from __future__ import annotations

import pytest

from service.domain import Abstention, Draft
from tests.service.answer.asking import ask

REPORT = """ỦY BAN NHÂN DÂN
HUYỆN VÂN TRẠCH

BÁO CÁO

Tình hình kinh tế - xã hội quý I năm 2023

I. KẾT QUẢ THỰC HIỆN

1. Nông nghiệp: Diện tích mía 1.250 ha, năng suất 625 tạ/ha, sản lượng 78.125 tấn. Đàn dê 840 con, đạt 105% kế hoạch,
bằng 98,2% so với cùng kỳ; đàn ngựa 56 con.

2. Tài chính: Thu ngân sách 41,7 tỷ đồng, đạt 22,1% dự toán. Chi ngân sách 62,3 tỷ đồng. Kinh phí mua máy bơm 350 triệu
đồng.

3. Trật tự: Xảy ra 18 vụ lật thuyền, 05 người chết, 22 người bị thương (giảm 01 vụ so với cùng kỳ năm 2022). Tặng
120 suất quà cho hộ nghèo với tổng kinh phí 60 triệu đồng. Toàn huyện có 450 hộ nghèo và cận nghèo.

4. Giáo dục: Có 52 lớp học (mầm non 12, tiểu học 31, trung học 09).

5. Cây ăn quả: Trồng mới cam 15 ha, bưởi 6,5 ha. Giông lốc làm sập 04 nhà, tốc mái 61 nhà.
"""


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (
            "Có bao nhiêu vụ lật thuyền, bao nhiêu người chết và bị thương?",
            "18 vụ; 05 người chết; 22 người bị thương",
        ),
        ("Diện tích, năng suất và sản lượng mía?", "1.250 ha; 625 tạ/ha; 78.125 tấn"),
        ("Thu và chi ngân sách là bao nhiêu?", "thu ngân sách: 41,7 tỷ đồng; chi ngân sách: 62,3 tỷ đồng"),
        ("Đàn dê và đàn ngựa lần lượt là bao nhiêu?", "đàn dê: 840 con; đàn ngựa: 56 con"),
        ("Tặng bao nhiêu suất quà, kinh phí bao nhiêu?", "120 suất quà; 60 triệu đồng"),
        ("Đàn dê bao nhiêu con, đạt bao nhiêu % kế hoạch?", "840 con; 105%"),
        ("Có bao nhiêu hộ nghèo và cận nghèo?", "450 hộ nghèo"),
        (
            "Số lớp mầm non, tiểu học và trung học là bao nhiêu?",
            "số lớp mầm non: 12 lớp học; tiểu học: 31 lớp học; trung học: 09 lớp học",
        ),
        ("Diện tích cam và bưởi trồng mới là bao nhiêu?", "diện tích cam: 15 ha; bưởi trồng mới: 6,5 ha"),
        ("Đàn dê bao nhiêu con, so với cùng kỳ thế nào?", "840 con; 98,2%"),
        ("Số nhà bị sập và bị tốc mái lần lượt là bao nhiêu?", "số nhà bị sập: 04 nhà; bị tốc mái: 61 nhà"),
    ],
)
def test_each_part_has_its_figure(question: str, expected: str) -> None:
    result = ask(question, REPORT)
    assert isinstance(result, Draft)
    assert result.short_answer == expected


def test_one_sentence_is_cited_once() -> None:
    result = ask("Có bao nhiêu vụ lật thuyền, bao nhiêu người chết?", REPORT)
    assert isinstance(result, Draft)
    assert len(result.evidence) == len(result.claims) == 1
    assert [f.figure.text for f in result.figures] == ["18 vụ", "05 người"]


def test_a_part_that_is_not_said_is_named() -> None:
    result = ask("Đàn dê và đàn hươu lần lượt là bao nhiêu?", REPORT)
    assert isinstance(result, Draft)
    assert result.short_answer == "840 con"
    assert "không nêu: đàn hươu" in result.claims[0].text
    assert [w.code for w in result.warnings] == ["missing-part"]


def test_nothing_said_is_not_found() -> None:
    assert isinstance(ask("Đàn hươu và đàn nai lần lượt là bao nhiêu?", REPORT), Abstention)


def test_two_figures_against_each_other() -> None:
    result = ask("Đàn ngựa hay đàn dê nhiều hơn?", REPORT)
    assert isinstance(result, Draft)
    assert result.short_answer == "đàn dê: 840 con; Đàn ngựa: 56 con"
