"""The questions a real report must answer; it is not part of the repository, so the tests skip without it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from eval.asking import in_process
from eval.compare import says
from eval.fresh import fresh_services
from eval.outcome import Given
from service.domain import Status
from service.ports import Services

REPORT = Path(__file__).parents[2].parent / "shared" / "reports" / "kien-thuy-2024-quy-1.txt"
# question, short answer, footnote of the first citation, what its quote must hold
EXPECTED = [
    ("Quý I có bao nhiêu vụ tai nạn giao thông?", "18 vụ", "", "18 vụ"),
    ("Bao nhiêu người bị thương vì tai nạn giao thông?", "22 người", "", "22"),
    ("Đàn bò hiện có bao nhiêu con?", "502 con", "", "502"),
    ("Xã Du Lễ đã hoàn thành bao nhiêu công trình?", "16/24 công trình", "3", "16/24"),
    ("Mua bao nhiêu liều vắc xin cúm gia cầm?", "1.557.000 liều", "2", "1.557.000 liều"),
    ("Thu cân đối ngân sách 3 tháng được bao nhiêu?", "123,643 tỷ đồng", "", "123,643"),
    ("Thu cân đối ngân sách tháng 3 được bao nhiêu?", "58,878 tỷ đồng", "", "58,878"),
    ("Khối lượng rác thu gom?", "8.128m³", "6", "8.128"),
]


@pytest.fixture(scope="module")
def services() -> Iterator[Services]:
    if not REPORT.exists():
        pytest.skip(f"{REPORT.name} is not beside the repository")
    with fresh_services([REPORT]) as opened:
        yield opened


def asked(services: Services, question: str) -> Given:
    given = in_process(services).ask(question)
    assert not given.error
    return given


@pytest.mark.parametrize(("question", "short", "footnote", "held"), EXPECTED, ids=[row[0] for row in EXPECTED])
def test_short_answer_and_first_citation(
    services: Services, question: str, short: str, footnote: str, held: str
) -> None:
    given = asked(services, question)
    assert given.status is Status.ANSWERED
    assert given.short_answer is not None and says(given.short_answer, short), given.short_answer
    first = given.citations[0]
    assert held in first.quote and first.quote == first.original
    assert first.place.footnote == footnote


def test_who_signed(services: Services) -> None:
    given = asked(services, "Ai ký báo cáo?")
    assert given.short_answer is not None and "Lưu Văn Thụy" in given.short_answer
    assert "Lưu Văn Thụy" in given.citations[0].quote


def test_another_quarter_is_not_found(services: Services) -> None:
    given = asked(services, "Số vụ tai nạn giao thông quý II?")
    assert given.status is Status.NOT_FOUND
    assert given.short_answer is None and given.citations == ()
