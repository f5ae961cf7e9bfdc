from __future__ import annotations

import pytest

from ingest.headings import says_something


@pytest.mark.parametrize(
    "title",
    [
        "Về đề nghị hỗ trợ khoảng 200 tỷ đồng để khắc phục hậu quả sau bão",
        "Hoàn thành 12/15 dự án chuyển tiếp",
        "Giao phòng chuyên môn chủ trì, phối hợp với các xã rà soát hồ sơ, báo cáo kết quả thực hiện hằng tháng",
    ],
)
def test_a_sentence_or_a_number_tells_something(title: str) -> None:
    assert says_something(title)


@pytest.mark.parametrize(
    "title",
    [
        "",
        "Kết quả thu, chi ngân sách năm 2024",
        "Dự báo các chỉ tiêu chủ yếu giai đoạn 2026 - 2028",
        "Tình hình thực hiện nhiệm vụ quý I",
        "Kế hoạch 5 năm",
        "DỰ TOÁN CHI NGÂN SÁCH CỦA 12 XÃ, THỊ TRẤN",
    ],
)
def test_a_name_and_its_dates_tell_nothing(title: str) -> None:
    assert not says_something(title)
