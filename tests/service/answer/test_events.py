"""A date answers to the event asked about. Texts are our own."""

from __future__ import annotations

import pytest

from service.answer.dates import date_in
from service.answer.events import of_event
from service.domain import Abstention, Draft
from service.understand.question import understand
from tests.service.answer.asking import ask

BRIDGES = """BÁO CÁO

Tình hình quý II năm 2024 huyện Vân Trạch

1. Giao thông

Cầu Suối Lạ bàn giao ngày 12/4/2024, giá trị 4,2 tỷ đồng. Bến đò Vân Sen tạm dừng hoạt động từ ngày 20/5/2024.
"""


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("Cầu khởi công ngày nào?", "cầu bàn giao ngày 12/4/2024", False),
        ("Cầu hoàn thành khi nào?", "cầu bàn giao ngày 12/4/2024", True),
        ("Bến đò ngừng chạy từ ngày nào?", "tạm dừng hoạt động từ ngày 20/5", True),
        ("Hội nghị họp ngày nào?", "họp ngày 20/5", True),
        ("Quy chế phải xong trước ngày nào?", "trình quy chế trước ngày 20/5; lắp biển ở bến", True),
        ("Quy chế phải xong trước ngày nào?", "lắp biển ở bến trước ngày 20/5; ban hành quy chế", False),
        ("Cầu phải xong trước ngày nào?", "cầu khởi công trước ngày 12/4/2024", False),
        ("cau khoi cong ngay nao", "cầu bàn giao ngày 12/4/2024", True),
    ],
)
def test_the_event_asked_about_is_told_in_words_that_mean_it(question: str, text: str, expected: bool) -> None:
    assert of_event(understand(question, places={}), text) is expected


def test_of_several_dates_the_one_the_event_leads_to() -> None:
    text = "Đề án công bố ngày 02/3/2024, có hiệu lực từ ngày 01/5/2024, thay Đề án số 7/ĐA-UBND ngày 05/6/2019."
    assert date_in(understand("Đề án có hiệu lực từ bao giờ?", places={}), text) == "ngày 01/5/2024"


def test_the_date_of_another_event_is_no_answer() -> None:
    assert isinstance(ask("Cầu Suối Lạ khởi công ngày nào?", BRIDGES), Abstention)
    told = ask("Bến đò Vân Sen ngừng chạy từ ngày nào?", BRIDGES)
    assert isinstance(told, Draft)
    assert told.short_answer == "ngày 20/5/2024"
