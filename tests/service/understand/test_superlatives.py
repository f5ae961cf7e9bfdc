"""Which of several is asked for."""

from __future__ import annotations

import pytest

from ingest.vi.normalise import fold, unify
from service.domain import Extreme
from service.understand.superlatives import superlative, versus


@pytest.mark.parametrize(
    ("question", "extreme", "top", "among"),
    [
        ("Xã nào có tiến độ cao nhất?", Extreme.MOST, 1, "xã"),
        ("Đơn vị nào dẫn đầu về giải ngân?", Extreme.MOST, 1, "đơn vị"),
        ("Khoản chi nào thấp nhất?", Extreme.LEAST, 1, "khoản"),
        ("Thị trường nào nhiều lao động xuất cảnh nhất?", Extreme.MOST, 1, "thị trường"),
        ("Top 3 xã thu nhiều nhất", Extreme.MOST, 3, "xã"),
        ("xa nao thap nhat", Extreme.LEAST, 1, "xa"),
    ],
)
def test_an_end_is_asked_for(question: str, extreme: Extreme, top: int, among: str) -> None:
    text = unify(question)
    found = superlative(text, accents=text != fold(question))
    assert found is not None
    assert (found.extreme, found.top, found.among) == (extreme, top, among)


@pytest.mark.parametrize("question", ["Hợp nhất mấy xã nào?", "Ít nhất 5 xã nào?", "Đàn dê có bao nhiêu con?"])
def test_no_end_is_asked_for(question: str) -> None:
    assert superlative(unify(question), accents=True) is None


def test_which_of_two() -> None:
    assert versus("đàn dê hay đàn ngựa nhiều con hơn", accents=True) is Extreme.MOST
    assert versus("xã nào thấp hơn", accents=True) is Extreme.LEAST
    assert versus("đàn dê có bao nhiêu con", accents=True) is None
