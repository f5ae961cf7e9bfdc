"""Choosing the figure: unit, role, period, place, measure nouns, tasks against results. Texts are our own."""

from __future__ import annotations

import pytest

from service.domain import Abstention, Draft, Status
from tests.service.answer.asking import ask as ask_of

REPORT = """ỦY BAN NHÂN DÂN
HUYỆN SÔNG MƠ

BÁO CÁO

Tình hình kinh tế - xã hội quý I năm 2023

I. KẾT QUẢ THỰC HIỆN

1. Nông nghiệp: Diện tích lúa xuân 1.250 ha, năng suất 62,5 tạ/ha, sản lượng 7.812,5 tấn. Đàn dê 840 con, đạt 105%
kế hoạch, bằng 98,2% so với cùng kỳ; đàn ngựa 56 con. Hoàn thành 07/12 công trình (trong đó xã Đồi Cam 03/04 công
trình, xã Đồi Chanh 04/08 công trình).

2. Tài chính: Thu ngân sách tháng 3 là 12,5 tỷ đồng, 03 tháng là 41,7 tỷ đồng, đạt 22,1% dự toán. Khối lượng quặng khai
thác bình thường. Khu mỏ đá xuất bán 5.400 m³, thu về 3 tỷ 250 triệu đồng.

3. Trật tự: Xảy ra 05 vụ cháy, 02 người bị thương (giảm 01 vụ so với cùng kỳ năm 2022). Phát động cuộc thi “Nhà nhà an
toàn, xóm làng bình yên” do đồng chí Trần Văn Lợi chủ trì ngày 12/2/2023.

II. NHIỆM VỤ TRỌNG TÂM QUÝ II

- Phấn đấu đàn dê đạt 900 con. Cấp 30 giếng khoan cho các thôn.
"""


def ask(question: str, *texts: str) -> Draft | Abstention:
    return ask_of(question, *(texts or (REPORT,)))


def short(question: str, *texts: str) -> str | None:
    result = ask(question, *texts)
    return result.short_answer if isinstance(result, Draft) else None


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Đàn dê có bao nhiêu con?", "840 con"),
        ("Đàn dê đạt bao nhiêu phần trăm kế hoạch?", "105%"),
        ("Phấn đấu đàn dê bao nhiêu con?", "900 con"),
        ("Năng suất lúa xuân?", "62,5 tạ/ha"),
        ("Sản lượng lúa xuân là bao nhiêu?", "7.812,5 tấn"),
        ("Thu ngân sách 3 tháng được bao nhiêu?", "41,7 tỷ đồng"),
        ("Thu ngân sách tháng 3 được bao nhiêu?", "12,5 tỷ đồng"),
        ("Khối lượng đá xuất bán của khu mỏ?", "5.400 m³"),
        ("Khu mỏ đá thu về bao nhiêu tiền?", "3 tỷ 250 triệu đồng"),
        ("Xã Đồi Chanh hoàn thành bao nhiêu công trình?", "04/08 công trình"),
        ("Có bao nhiêu vụ cháy?", "05 vụ"),
        ("Số vụ cháy giảm bao nhiêu so với cùng kỳ?", "giảm 01 vụ"),
        ("co bao nhieu nguoi bi thuong", "02 người"),
        ("Cuộc thi phát động có tên là gì?", "Nhà nhà an toàn, xóm làng bình yên"),
        ("Cuộc thi phát động ngày nào?", "ngày 12/2/2023"),
    ],
)
def test_the_figure_that_is_asked_for(question: str, expected: str) -> None:
    assert short(question) == expected


@pytest.mark.parametrize(
    "question",
    [
        "Đàn trâu có bao nhiêu con?",
        "Quý II có bao nhiêu vụ cháy?",
        "Quý I năm 2021 có bao nhiêu vụ cháy?",
        "Xã Đồi Bưởi hoàn thành bao nhiêu công trình?",
        "Huyện Núi Lạ có bao nhiêu vụ cháy?",
        "???",
    ],
)
def test_what_the_report_does_not_say_is_not_answered(question: str) -> None:
    result = ask(question)
    assert isinstance(result, Abstention) and result.status is Status.NOT_FOUND and result.message


def test_the_figure_stands_in_the_first_evidence() -> None:
    result = ask("Đàn ngựa có bao nhiêu con?")
    assert isinstance(result, Draft)
    figure = result.figures[0]
    assert figure.evidence == 0 and result.evidence[0].span.covers(figure.figure.span)


def test_two_districts_are_asked_back_and_two_periods_give_the_newest() -> None:
    other = REPORT.replace("SÔNG MƠ", "NÚI XA").replace("840 con", "910 con")
    result = ask("Đàn dê có bao nhiêu con?", REPORT, other)
    assert isinstance(result, Abstention) and result.status is Status.CLARIFY
    assert len(result.suggestions) == 2
    later = REPORT.replace("quý I năm 2023", "quý I năm 2024").replace("840 con", "910 con")
    newest = ask("Đàn dê có bao nhiêu con?", REPORT, later)
    assert isinstance(newest, Draft) and newest.short_answer == "910 con"
    assert [w.code for w in newest.warnings] == ["newest-period"]
    assert short("Quý I năm 2023 đàn dê có bao nhiêu con?", REPORT, later) == "840 con"


YEARS = """ỦY BAN NHÂN DÂN
HUYỆN SÔNG MƠ

BÁO CÁO

Tình hình kinh tế - xã hội năm 2023

1. Đầu tư: Bổ sung 84,3 tỷ đồng vốn kiên cố hóa kênh mương từ nguồn tăng thu ngân sách năm 2022 để sớm hoàn thành.

2. Kinh tế tập thể: Năm 2021, huyện có 14 tổ hợp tác hoạt động. Số lao động làm việc trong tổ hợp tác là 637 người.
"""


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Vốn kiên cố hóa kênh mương bổ sung từ nguồn tăng thu năm 2022 là bao nhiêu?", "84,3 tỷ đồng"),
        ("Vốn kiên cố hóa kênh mương được bổ sung bao nhiêu?", "84,3 tỷ đồng"),
        ("Năm 2021 có bao nhiêu lao động làm việc trong tổ hợp tác?", "637 người"),
        ("Năm 2020 có bao nhiêu lao động làm việc trong tổ hợp tác?", None),
    ],
)
def test_a_year_named_behind_a_figure_or_before_its_sentence_is_its_own_as_well(
    question: str, expected: str | None
) -> None:
    assert short(question, YEARS) == expected


DIRECTIVE = """ỦY BAN NHÂN DÂN
HUYỆN SÔNG MƠ

CHỈ THỊ

Về việc đẩy mạnh giải ngân vốn kiên cố hóa kênh mương năm 2023

1. Các phòng, ban, ngành phấn đấu giải ngân đạt tối thiểu 95% kế hoạch vốn kiên cố hóa kênh mương năm 2023 (6 tháng
đầu năm mới giải ngân 41,9% kế hoạch vốn kiên cố hóa kênh mương).

2. Tốc độ tăng trưởng ngành mộc năm 2023 đạt 8,2%.
"""


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Năm 2023 phải giải ngân tối thiểu bao nhiêu kế hoạch vốn kiên cố hóa kênh mương?", "tối thiểu 95%"),
        ("Vốn kiên cố hóa kênh mương năm 2023 phải giải ngân đạt bao nhiêu % kế hoạch?", "tối thiểu 95%"),
        ("Ngành mộc năm 2023 tăng bao nhiêu phần trăm?", "8,2%"),
    ],
)
def test_what_has_to_be_reached_is_an_aim_and_a_rate_of_growth_is_a_rise(question: str, expected: str) -> None:
    assert short(question, DIRECTIVE) == expected
