"""Yes, no and contradicted questions over a report of our own."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ingest.domain import Figure, FigureRole, Span
from service.answer.verdicts import holds
from service.domain import Abstention, Draft
from service.understand.stance import Bound, Sign
from tests.service.answer.asking import ask

REPORT = """ỦY BAN NHÂN DÂN
HUYỆN VÂN TRẠCH

BÁO CÁO

Tình hình kinh tế - xã hội quý I năm 2023

I. KẾT QUẢ THỰC HIỆN

1. Nông nghiệp: Đàn dê 840 con, đạt 105% kế hoạch, bằng 98,2% so với cùng kỳ; đàn ngựa 56 con, đạt 91% kế hoạch, bằng
112% so với cùng kỳ.

2. Trật tự: Xảy ra 18 vụ đuối nước, 02 người bị thương (giảm 03 vụ so với cùng kỳ năm 2022); không để xảy ra cháy rừng.
Diện tích mía giảm 12 ha so với cùng kỳ do thiếu nước tưới.

3. Xây dựng: Cầu Đồi Cam đã khánh thành, đưa vào sử dụng. Trạm bơm Suối Lạ chưa hoàn thành. Tuyến kè hoàn thành 07/12
công trình.

II. NHIỆM VỤ TRỌNG TÂM

- Xây dựng nhà văn hóa thôn Đồi Chanh.
"""


# Clauses that say how far things are.
STATES = """ỦY BAN NHÂN DÂN
HUYỆN VÂN TRẠCH

BÁO CÁO

Tình hình xây dựng 9 tháng năm 2023

I. KẾT QUẢ

1. Trường học: Số hóa học bạ đạt 71%, chưa đạt mục tiêu; thư viện điện tử vượt 4 điểm phần trăm so với mục tiêu.
Nợ tiền điện là 48 triệu đồng, tăng 6 triệu đồng so với thời điểm 31/12/2022. Đã cấp phát 310 bộ bàn ghế, còn 25 bộ
chưa cấp phát do nhà thầu giao chậm.

2. Đường sá: Tuyến Đồi Cam giải ngân 6,4/8,2 tỷ đồng, đã hoàn thành đoạn qua chợ; còn 17 hộ ở bản Lạ chưa nhận tiền
đền bù. Bố trí xây dựng 32 phòng học; đã hoàn thành 20 phòng học. Huyện cấp sách giáo khoa chậm 2 tháng. Thu phí
đò đạt 80% dự toán, giảm 5% so với cùng kỳ, do thiếu khách.
"""


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Số hóa học bạ có đạt mục tiêu không?", "Không"),
        ("Thư viện điện tử đã đạt mục tiêu chưa?", "Có"),
        ("Nợ tiền điện có giảm so với cuối năm ngoái không?", "Không"),
        ("Đã cấp phát hết bàn ghế chưa?", "Không"),
        ("Tuyến Đồi Cam đoạn qua chợ làm xong chưa?", "Có"),
        ("17 hộ bản Lạ nhận tiền đền bù chưa?", "Không"),
        ("Phòng học đã làm xong hết chưa?", "Không"),
        ("Huyện cấp sách giáo khoa có đúng hạn không?", "Không"),
    ],
)
def test_a_clause_that_says_how_far_a_thing_is_decides(question: str, expected: str) -> None:
    result = ask(question, STATES)
    assert isinstance(result, Draft)
    assert result.short_answer == expected


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("Vì sao 12 hộ bản Lạ chưa nhận tiền đền bù?", "17 hộ"),
        ("Vì sao thu phí đò chỉ đạt 65% dự toán?", "80%"),
        ("Sao thư viện điện tử lại không đạt mục tiêu?", "vượt 4 điểm phần trăm so với mục tiêu"),
    ],
)
def test_a_number_or_a_plan_taken_for_granted_is_put_right(question: str, short: str) -> None:
    result = ask(question, STATES)
    assert isinstance(result, Draft)
    assert result.short_answer == short
    assert [notice.code for notice in result.warnings] == ["false-premise"]


def test_a_number_the_report_has_is_no_false_premise() -> None:
    told = ask("Vì sao thu phí đò chỉ đạt 80% dự toán?", STATES)
    assert isinstance(told, Draft)
    assert told.short_answer == "do thiếu khách"


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Đàn dê có đạt kế hoạch không?", "Có"),
        ("Đàn ngựa có đạt kế hoạch không?", "Không"),
        ("Dan ngua co dat ke hoach khong?", "Không"),
        ("Đàn dê có tăng so với cùng kỳ không?", "Không"),
        ("Đàn ngựa có tăng không?", "Có"),
        ("Số vụ đuối nước có giảm không?", "Có"),
        ("Số vụ đuối nước có vượt 20 vụ không?", "Không"),
        ("Đàn dê có trên 800 con không?", "Có"),
        ("Có 18 vụ đuối nước phải không?", "Có"),
        ("Có xảy ra đuối nước không?", "Có"),
        ("Có xảy ra cháy rừng không?", "Không"),
        ("Cầu Đồi Cam đã khánh thành chưa?", "Có"),
        ("Đàn dê có nhiều hơn đàn ngựa không?", "Có"),
        ("Đàn dê có ít hơn đàn ngựa không?", "Không"),
        ("Trạm bơm Suối Lạ đã hoàn thành chưa?", "Không"),
    ],
)
def test_the_evidence_decides(question: str, expected: str) -> None:
    result = ask(question, REPORT)
    assert isinstance(result, Draft) and result.short_answer == expected
    assert result.evidence and result.claims[0].text.startswith(f"{expected}. ")


def test_a_document_that_speaks_of_something_says_so() -> None:
    result = ask("Báo cáo có nêu việc cầu Đồi Cam không?", REPORT)
    assert isinstance(result, Draft) and result.short_answer == "Có"
    assert isinstance(ask("Báo cáo có đề cập đến sân bay quốc tế không?", REPORT), Abstention)


@pytest.mark.parametrize("question", ["Có xảy ra động đất không?", "Đàn hươu có đạt kế hoạch không?"])
def test_what_no_report_speaks_of_is_not_denied(question: str) -> None:
    assert isinstance(ask(question, REPORT), Abstention)


def test_what_is_still_to_come_is_shown_without_a_verdict() -> None:
    result = ask("Nhà văn hóa thôn Đồi Chanh đã xây dựng chưa?", REPORT)
    assert isinstance(result, Draft) and result.short_answer not in ("Có", "Không")


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Vì sao số vụ đuối nước tăng?", "giảm 03 vụ"),
        ("Số vụ đuối nước tăng bao nhiêu so với cùng kỳ?", "giảm 03 vụ"),
        ("Vì sao đàn dê tăng so với cùng kỳ?", "giảm, bằng 98,2% so với cùng kỳ"),
        ("Đàn ngựa vượt kế hoạch bao nhiêu?", "đạt 91% kế hoạch"),
    ],
)
def test_a_false_premise_is_corrected(question: str, expected: str) -> None:
    result = ask(question, REPORT)
    assert isinstance(result, Draft) and result.short_answer == expected
    assert result.claims[0].text.startswith("Báo cáo nêu ngược lại: ")
    assert "false-premise" in [notice.code for notice in result.warnings]


def test_a_true_premise_is_answered() -> None:
    reason = ask("Vì sao diện tích mía giảm?", REPORT)
    assert isinstance(reason, Draft) and reason.short_answer == "do thiếu nước tưới" and not reason.warnings
    change = ask("Số vụ đuối nước giảm bao nhiêu?", REPORT)
    assert isinstance(change, Draft) and change.short_answer == "giảm 03 vụ" and not change.warnings


def test_a_pair_cites_both_levels() -> None:
    result = ask("Đàn dê có nhiều hơn đàn ngựa không?", REPORT)
    assert isinstance(result, Draft) and [f.figure.text for f in result.figures] == ["840 con", "56 con"]
    assert [f.evidence for f in result.figures] == [0, 1]


def test_a_denial_in_the_report_is_no_false_premise() -> None:
    report = REPORT.replace("Tuyến kè hoàn thành", "Còn 60 m chưa có mặt bằng thi công. Tuyến kè hoàn thành")
    assert isinstance(ask("Vì sao chưa có mặt bằng thi công nào?", report), Abstention)


def test_a_document_called_by_number_has_to_be_named() -> None:
    report = REPORT.replace("Tuyến kè", "Cử 52 công chức học nghị quyết của huyện. Tuyến kè")
    assert isinstance(ask("Nghị quyết số 52 của huyện về việc gì?", report), Abstention)


def test_without_a_reason_there_is_no_answer() -> None:
    assert isinstance(ask("Vì sao số vụ đuối nước giảm?", REPORT), Abstention)


@pytest.mark.parametrize(
    ("value", "hedge", "sign", "expected"),
    [
        ("600", "trên", Sign.OVER, True),
        ("550", "trên", Sign.OVER, None),
        ("650", "gần", Sign.OVER, None),
        ("600", "khoảng", Sign.EQUAL, None),
        ("600", "", Sign.UNDER, False),
        ("600", "", Sign.AT_LEAST, True),
    ],
)
def test_a_hedge_may_leave_it_open(value: str, hedge: str, sign: Sign, expected: bool | None) -> None:
    figure = Figure(
        Span(0, 3), value, Decimal(value), "người", FigureRole.LEVEL, "người", Span(0, 3), Span(0, 3), hedge=hedge
    )
    assert holds(figure, Bound(sign, Decimal(600), "người")) is expected


def test_an_office_holder_who_is_not_named_is_not_found() -> None:
    report = REPORT.replace("Tuyến kè", "Trưởng Công an huyện chỉ đạo tuần tra địa bàn Suối Lạ. Tuyến kè")
    assert isinstance(ask("Ai là trưởng công an huyện?", report), Abstention)
