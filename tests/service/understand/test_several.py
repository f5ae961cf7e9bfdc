"""Questions for several figures: where they are cut, and what stays whole."""

from __future__ import annotations

import pytest

from ingest.vi.normalise import fold, unify
from service.understand.several import alternatives, every_period, split


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("Có bao nhiêu vụ cháy, bao nhiêu người bị thương?", ("Có bao nhiêu vụ cháy", "bao nhiêu người bị thương?")),
        ("Tặng mấy suất quà, kinh phí bao nhiêu?", ("Tặng mấy suất quà", "kinh phí bao nhiêu?")),
        ("Có mấy dự án với tổng vốn bao nhiêu?", ("Có mấy dự án", "tổng vốn bao nhiêu?")),
        ("Số người chết và bị thương?", ("Số người chết", "Số người bị thương")),
        ("Bao nhiêu người chết và bị thương?", ("Bao nhiêu người chết", "Bao nhiêu người bị thương?")),
        ("Diện tích, năng suất và sản lượng mía?", ("Diện tích mía", "năng suất mía", "sản lượng mía")),
        ("Thu và chi ngân sách quý I là bao nhiêu?", ("Thu ngân sách", "chi ngân sách")),
        ("Đàn dê và đàn ngựa lần lượt là bao nhiêu?", ("Đàn dê", "đàn ngựa")),
        ("Vụ hè diện tích và sản lượng khoai?", ("Vụ hè diện tích khoai", "Vụ hè sản lượng khoai")),
        ("dien tich va san luong mia", ("dien tich mia", "san luong mia")),
    ],
)
def test_every_part_asks_for_a_quantity(question: str, parts: tuple[str, ...]) -> None:
    assert split(question, accents=unify(question) != fold(question)).parts == parts


@pytest.mark.parametrize(
    "question",
    [
        "Kinh phí nông nghiệp và phát triển nông thôn là bao nhiêu?",
        "Số hộ nghèo và cận nghèo là bao nhiêu?",
        "Thu và chi ngân sách cộng lại bao nhiêu?",
        "Diện tích cao su và chi trả dịch vụ môi trường rừng?",
        "Sản lượng mía so với kế hoạch là bao nhiêu?",
        "Đàn dê có bao nhiêu con?",
    ],
)
def test_what_stays_whole(question: str) -> None:
    found = split(question, accents=True)
    assert found.parts == () or found.loose


@pytest.mark.parametrize(
    ("question", "pair"),
    [
        ("Đàn dê hay đàn ngựa nhiều hơn trong quý I?", ("Đàn dê trong quý I", "đàn ngựa trong quý I")),
        ("Giữa đàn dê và đàn ngựa, đàn nào nhiều hơn?", ("đàn dê", "đàn ngựa")),
        ("Thu có cao hơn chi không?", ("Thu", "chi")),
        ("Mường Lạ với Mường Mơ thôn nào ngập nhiều hơn?", ("Mường Lạ ngập", "Mường Mơ ngập")),
        ("Mường Lạ hay Mường Mơ thu đạt tỷ lệ cao hơn?", ("Mường Lạ thu đạt tỷ lệ", "Mường Mơ thu đạt tỷ lệ")),
        ("Cầu Lạ hay Chợ phiên Mường Mơ đạt cao hơn?", ("Cầu Lạ", "Chợ phiên Mường Mơ")),
        ("Đàn gà khối nào lớn hơn: Mường Lạ hay Mường Mơ?", ("Đàn gà Mường Lạ", "Đàn gà Mường Mơ")),
        ("Đàn dê có bao nhiêu con?", None),
    ],
)
def test_two_against_each_other(question: str, pair: tuple[str, str] | None) -> None:
    assert alternatives(question, accents=True) == pair


@pytest.mark.parametrize(
    ("question", "every"),
    [("Đàn dê qua các kỳ báo cáo", True), ("Đàn dê từng quý", True), ("Đàn dê theo báo cáo quý I", False)],
)
def test_every_period(question: str, *, every: bool) -> None:
    assert every_period(question, accents=True) is every


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Số hộ trồng mía, trồng dứa và nuôi dê là bao nhiêu?", ("Số hộ trồng mía", "trồng dứa", "nuôi dê")),
        ("Số nhà bị sập và bị tốc mái lần lượt là bao nhiêu?", ("Số nhà bị sập", "bị tốc mái")),
    ],
)
def test_members_are_cut_loosely_and_left_to_the_reports(question: str, expected: tuple[str, ...]) -> None:
    found = split(question, accents=True)
    assert found.loose
    assert tuple(part.removesuffix(" là bao nhiêu").strip() for part in found.parts) == expected


@pytest.mark.parametrize(
    "question",
    ["Thu phí, lệ phí là bao nhiêu?", "Tổng số trâu và bò là bao nhiêu?", "Không kể đất, thu được bao nhiêu?"],
)
def test_one_comma_a_sum_or_what_is_left_out_makes_no_members(question: str) -> None:
    assert split(question, accents=True).parts == ()
