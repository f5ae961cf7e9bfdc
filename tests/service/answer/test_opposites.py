"""High or low told in words: premises that a sentence contradicts, and yes or no by it. Texts are our own."""

from __future__ import annotations

import pytest

from service.answer.opposites import way_asked
from service.domain import Abstention, Draft
from service.understand.question import understand
from service.understand.stance import Direction
from tests.service.answer.asking import ask

NOTICE = """THÔNG BÁO

Kết luận tại cuộc họp về chợ huyện Vân Trạch năm 2025

Một số hạn chế: tỷ lệ quầy hàng có hợp đồng còn thấp; thu phí chợ thấp hơn mức bình quân của các huyện, chưa đạt kế
hoạch; việc bán vé trông xe đã nhanh hơn trước.
"""


@pytest.mark.parametrize(
    ("question", "way"),
    [
        ("Vì sao tỷ lệ quầy hàng có hợp đồng lại cao?", Direction.UP),
        ("Vì sao thu phí chợ chưa đạt kế hoạch?", Direction.DOWN),
        ("Vì sao giảm nghèo nhanh?", Direction.UP),
        ("Vì sao tăng trưởng kinh tế vùng cao được quan tâm?", Direction.UP),
        ("Vì sao họp chợ?", None),
        ("vi sao thu phi cho thap", None),
    ],
)
def test_what_a_question_takes_to_be_high_or_low(question: str, way: Direction | None) -> None:
    assert way_asked(understand(question, places={})) is way


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("Vì sao tỷ lệ quầy hàng có hợp đồng lại cao?", "còn thấp"),
        ("Nhờ đâu thu phí chợ cao hơn bình quân các huyện?", "thấp hơn mức bình quân của các huyện"),
    ],
)
def test_a_premise_that_a_sentence_contradicts_is_corrected(question: str, short: str) -> None:
    told = ask(question, NOTICE)
    assert isinstance(told, Draft)
    assert told.short_answer == short
    assert [notice.code for notice in told.warnings] == ["false-premise"]


def test_what_the_sentence_says_as_well_is_no_false_premise() -> None:
    assert isinstance(ask("Vì sao tỷ lệ quầy hàng có hợp đồng còn thấp?", NOTICE), Abstention)


@pytest.mark.parametrize(
    ("question", "short"),
    [("Tỷ lệ quầy hàng có hợp đồng có cao không?", "Không"), ("Việc bán vé trông xe có nhanh không?", "Có")],
)
def test_yes_or_no_by_what_a_sentence_calls_high_or_low(question: str, short: str) -> None:
    told = ask(question, NOTICE)
    assert isinstance(told, Draft)
    assert told.short_answer == short
