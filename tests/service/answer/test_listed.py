"""Enumerations cut into their items. Texts are our own."""

from __future__ import annotations

import pytest

from service.answer.listed import items_in, split_items
from service.understand.question import understand


def test_an_and_between_commas_is_inside_an_item() -> None:
    assert split_items("thịt và sản phẩm từ thịt, rau, củ và quả") == ("thịt và sản phẩm từ thịt", "rau", "củ", "quả")
    assert split_items("Sở Y tế, Sở Nông nghiệp và Môi trường") == ("Sở Y tế", "Sở Nông nghiệp và Môi trường")


@pytest.mark.parametrize(
    ("question", "text", "items"),
    [
        (
            "Thiếu thợ ở những nghề nào?",
            "Khó tuyển thợ các nghề hàn, tiện và may: đăng tin ba lần, không ai nộp đơn.",
            "hàn; tiện; may",
        ),
        (
            "Thiếu thợ ở những nghề nào?",
            "Lớp nghề mở trong tháng 4, 20 học viên dự gồm hàn, tiện.",
            "hàn; tiện",
        ),
        ("Những giếng nào đã lấp?", "Có 03 giếng cũ đã lấp, gồm: Gò Vả, Bến Thử.", "Gò Vả; Bến Thử"),
    ],
)
def test_the_row_behind_the_word_for_what_is_asked(question: str, text: str, items: str) -> None:
    assert items_in(understand(question, places={}), text) == items
