"""Reasons asked in other words than the report's."""

from __future__ import annotations

import pytest

from service.domain import Abstention, Draft
from tests.service.answer.asking import ask

REPORT = """UBND XÃ TRÀ LĨNH

BÁO CÁO
Kết quả công tác năm 2024

I. HẠ TẦNG

Tuyến đường Gò Đình - Bến Đá xuống cấp nhanh do xe chở cát quá tải đi lại cả đêm. Chợ Trà họp mỗi tuần hai phiên.

Đài truyền thanh thôn Mít im tiếng ba tuần liền. Qua kiểm tra, bộ thu bị sét đánh hỏng nguồn.

Cầu treo Suối Vả đóng cửa từ tháng 5. Nhà máy nước Đồng Cốc dừng cấp nước; lý do là bể lắng bị nứt.

Xưởng gỗ cháy ngày 14/4 do chập điện.

II. NÔNG NGHIỆP

Nhờ được cấp giống mới và mở thêm hai trạm khuyến nông, năng suất lạc tăng khá. Năng suất vừng chưa tăng do nắng hạn.

Đàn ong lấy mật giảm 40 đàn; đàn dê 310 con.
"""


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("Sao tuyến đường Gò Đình - Bến Đá hư hỏng nhanh vậy?", "do xe chở cát quá tải đi lại cả đêm"),
        ("Đài truyền thanh thôn Mít im tiếng vì sao?", "bộ thu bị sét đánh hỏng nguồn"),
        ("Vì sao xưởng gỗ cháy ngày 14/4?", "do chập điện"),
        ("Nhờ đâu năng suất lạc tăng?", "Nhờ được cấp giống mới và mở thêm hai trạm khuyến nông"),
    ],
)
def test_the_reason_beside_what_is_to_be_explained(question: str, reason: str) -> None:
    found = ask(question, REPORT)
    assert isinstance(found, Draft)
    assert found.short_answer == reason


@pytest.mark.parametrize(
    "question",
    [
        "Vì sao cầu treo Suối Vả đóng cửa?",
        "Vì sao xưởng gỗ cháy ngày 15/4?",
        "Vì sao đàn ong lấy mật giảm?",
        "Vì sao chợ Trà họp hai phiên?",
    ],
)
def test_what_has_no_reason_gets_none_of_its_neighbours(question: str) -> None:
    assert isinstance(ask(question, REPORT), Abstention)
