"""Answers whose evidence stands in two places: body and footnote."""

from __future__ import annotations

from ingest.domain import PassageKind
from service.domain import Draft
from tests.service.answer.asking import ask

REPORT = """ỦY BAN NHÂN DÂN
HUYỆN VÂN TRẠCH

BÁO CÁO

Tình hình kinh tế - xã hội quý I năm 2023

I. KẾT QUẢ THỰC HIỆN

1. Xã hội: Đã trao 1.200 suất quà Tết cho hộ nghèo [1]. Trồng 500 cây bàng [2].

2. Giao thông: Xảy ra 05 vụ đuối nước.

[1] Quà Tết của tỉnh cho hộ nghèo: 700 suất; quà của các hội: 500 suất.

[2] Ươm tại vườn ươm Suối Lạ.
"""


def kinds(question: str) -> list[PassageKind]:
    result = ask(question, REPORT)
    assert isinstance(result, Draft)
    assert result.claims[0].evidence == tuple(range(len(result.evidence)))
    return [one.passage.kind for one in result.evidence]


def test_the_note_that_speaks_of_the_same_comes_second() -> None:
    assert kinds("Có bao nhiêu suất quà Tết cho hộ nghèo?") == [PassageKind.SECTION, PassageKind.FOOTNOTE]


def test_the_sentence_of_the_mark_follows_a_figure_of_a_note() -> None:
    assert kinds("Quà của các hội bao nhiêu suất?") == [PassageKind.FOOTNOTE, PassageKind.SECTION]


def test_a_note_about_something_else_is_left_out() -> None:
    assert kinds("Trồng bao nhiêu cây bàng?") == [PassageKind.SECTION]
