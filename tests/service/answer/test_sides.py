"""Those who passed answer no question about those who failed, whatever the wording."""

from __future__ import annotations

import pytest

from service.answer.sides import contrary, names_side
from service.domain import Abstention, Draft
from tests.service.answer.asking import ask

REPORT = """ỦY BAN NHÂN DÂN
HUYỆN VÂN TRẠCH

BÁO CÁO

Tình hình kinh tế - xã hội quý I năm 2023

I. XÃ HỘI

1. Thi nghề: Có 812 thí sinh dự thi; đạt 640 thí sinh, không đạt 172 thí sinh. Giáo viên 45 người (nữ 12 người).

2. Nhà máy chè có 08 lò sấy; đang hoạt động 05 lò, 03 lò tạm dừng để sửa chữa.

3. Có 52 bè nuôi cá, trong đó 44 bè được cấp mã số, 08 bè chưa được cấp mã số.
"""


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("Bao nhiêu người thi trượt nghề?", "172 thí sinh"),
        ("Có mấy lò tạm nghỉ?", "03 lò"),
        ("Mấy lò sấy đang hoạt động?", "05 lò"),
        ("Bao nhiêu bè chưa được cấp mã số?", "08 bè"),
        ("Có bao nhiêu bè được cấp mã số?", "44 bè"),
    ],
)
def test_the_side_asked_about_answers(question: str, short: str) -> None:
    told = ask(question, REPORT)
    assert isinstance(told, Draft)
    assert told.short_answer == short


@pytest.mark.parametrize(
    "question", ["Có bao nhiêu nữ thí sinh thi trượt?", "Bao nhiêu người thi trượt môn thực hành?"]
)
def test_a_side_no_figure_names_is_not_answered_with_all(question: str) -> None:
    assert isinstance(ask(question, REPORT), Abstention)


@pytest.mark.parametrize(
    ("asked", "said", "apart"),
    [
        ("Bao nhiêu hồ sơ quá hạn?", "hồ sơ giải quyết đúng hạn", True),
        ("Bao nhiêu hồ sơ trễ hẹn?", "hồ sơ quá hạn", False),
        ("Có mấy ca thủy đậu?", "ca không đạt", False),  # a disease is no examination
        ("Bao nhiêu hộ thoát nghèo?", "hộ cận nghèo", True),
        ("Bao nhieu ho so qua han?", "hồ sơ giải quyết đúng hạn", True),
        ("Bao nhiêu xã chưa có chợ?", "xã có chợ", True),
        ("Bao nhiêu xã chưa có chợ?", "xã thiếu chợ", False),
        ("Đất trồng lúa, trồng màu và chưa dùng?", "đất trồng lúa chưa cấp giấy", False),  # one of several is denied
        ("Hồ sơ có quá hạn không?", "hồ sơ giải quyết đúng hạn", False),
    ],
)
def test_what_is_apart(asked: str, said: str, apart: bool) -> None:
    accents = "hồ" in asked or not asked.isascii()
    assert contrary(asked, said, lambda: said, accents=accents) is apart


def test_a_side_is_named_by_any_of_its_wordings() -> None:
    assert names_side("Mấy lò tạm nghỉ?", "lò tạm dừng", accents=True)
    assert not names_side("Mấy lò tạm nghỉ?", "lò sấy", accents=True)
