from __future__ import annotations

import pytest

from eval.retrieval.sets import RetrievalSet

TEXTS = (
    "Sản lượng thủy sản quý I đạt 2.567,9 tấn, tăng 4,2 % so với cùng kỳ.",
    "Toàn huyện có 12 trường học đạt chuẩn quốc gia mức độ 2.",
    "Thu ngân sách nhà nước trên địa bàn đạt 120 tỷ đồng.",
    "Đàn gia cầm có 667.300 con, giảm 2 % do giá thức ăn tăng.",
    "Tỷ lệ hộ nghèo còn 1,2 %, giảm 30 hộ so với đầu năm.",
    "Tai nạn giao thông xảy ra 3 vụ, bị thương 2 người.",
)


@pytest.fixture(scope="session")
def small() -> RetrievalSet:
    """Six passages of no real report and a question about each, in the passage's own words."""
    asked = (
        "sản lượng thủy sản",
        "trường học đạt chuẩn",
        "thu ngân sách",
        "đàn gia cầm",
        "hộ nghèo",
        "tai nạn giao thông",
    )
    return RetrievalSet(
        name="small",
        queries={f"q{n}": text for n, text in enumerate(asked)},
        documents={f"d{n}": text for n, text in enumerate(TEXTS)},
        qrels={f"q{n}": {f"d{n}": 1} for n in range(len(TEXTS))},
        contexts={"d0": "1. Nông nghiệp", "d5": "3. Trật tự"},
    )
