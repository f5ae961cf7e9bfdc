"""Two-letter abbreviations of a question, read by its other words and by the reports."""

from __future__ import annotations

import pytest

from service.understand.lexicon import Lexicon, lexicon
from service.understand.shorts import readings

REPORT = (
    " toàn huyện có 1204 học sinh tiểu học đã tiếp nhận 9120 hồ sơ giải quyết đúng hạn sản xuất công nghiệp tăng"
    " doanh nghiệp thành lập mới nông nghiệp phát triển "
)


@pytest.fixture(scope="module")
def known() -> Lexicon:
    return lexicon([REPORT])


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("Có bao nhiêu HS giỏi?", ("Có bao nhiêu học sinh giỏi?",)),
        ("Bao nhiêu HS quá hạn?", ("Bao nhiêu hồ sơ quá hạn?",)),
        ("Mấy DN thành lập mới?", ("Mấy doanh nghiệp thành lập mới?",)),
        ("co bao nhieu HS gioi truong TH", None),
        ("Sản xuất CN tăng bao nhiêu?", ("Sản xuất công nghiệp tăng bao nhiêu?",)),
        ("Bao nhiêu HS?", ("Bao nhiêu hồ sơ?", "Bao nhiêu học sinh?")),
        ("Quyết định 12/QĐ-UBND, KH&ĐT, TT Y tế, QL.10", ("Quyết định 12/QĐ-UBND, KH&ĐT, TT Y tế, QL.10",)),
        ("BAO NHIÊU HS", ("BAO NHIÊU HS",)),
        ("Phạt AA bao nhiêu?", ("Phạt AA bao nhiêu?",)),
    ],
)
def test_readings(known: Lexicon, question: str, meant: tuple[str, ...] | None) -> None:
    found = readings(question, known)
    if meant is None:
        assert all(one.isascii() for one in found)
        assert any("hoc sinh gioi" in one for one in found)
    else:
        assert found == meant
