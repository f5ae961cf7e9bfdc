"""Answers worked out of stated figures, through the guard: which sum, of which figures, and when none is made."""

from __future__ import annotations

import pytest

from ingest.chunk import make_passages, marks
from ingest.figures import report_figures
from ingest.parse.read import read_report
from service.answer.candidates import Material
from service.answer.extractive import answer
from service.answer.opening import view
from service.answer.tokens import Bag, bag, rarity
from service.answer.views import PassageView
from service.domain import Abstention, Answer, Hit, ReportRef, Status
from service.ground.guard import Frame, ground, ground_abstention
from service.understand.places import place_names, vocabulary
from service.understand.question import understand

NOW = """ỦY BAN NHÂN DÂN
HUYỆN SÔNG MƠ

BÁO CÁO

Tình hình kinh tế - xã hội quý I năm 2023

I. KẾT QUẢ THỰC HIỆN

1. Nông nghiệp: Đàn dê 840 con, đạt 105% kế hoạch, bằng 96% so với cùng kỳ; đàn ngựa 56 con, bằng 112% so với cùng kỳ; \
đàn hươu 140 con, tăng 35 con so với cùng kỳ. Đào 17/20 giếng khoan. Diện tích sen 12,5 ha, diện tích súng 7,25 ha.

2. Tài chính: Thu ngân sách tháng 3 là 12,5 tỷ đồng, 03 tháng là 41,7 tỷ đồng, đạt 20% dự toán tỉnh giao, đạt 15% dự \
toán huyện giao. Thu phí chợ 3 tháng 834 triệu đồng. Kế hoạch vốn đầu tư công năm 2023 là 80 tỷ đồng; đã giải ngân 28 \
tỷ đồng, đạt 35% kế hoạch. Đấu giá khu đất Đồi Cam thu được 68 tỷ 900 triệu đồng (vượt giá khởi điểm 900 triệu đồng).

3. Trật tự: Xảy ra 18 vụ cháy, 05 người bị thương (tăng 11 vụ, giảm 02 người bị thương so với cùng kỳ năm 2022). Kiểm \
tra 40 cơ sở, xử lý 10 cơ sở. Có 36 trạm bơm (trong đó 31 trạm bơm chạy điện). \
Số hộ chưa có điện còn 25 hộ; 300/350 hộ đã có điện.

4. Đời sống: Đàn thỏ 96 con, tăng 16 con so với đầu năm. Mở 05 lớp nghề với 150 học viên.
"""
BEFORE = """ỦY BAN NHÂN DÂN
HUYỆN SÔNG MƠ

BÁO CÁO

Tình hình kinh tế - xã hội quý I năm 2022

I. KẾT QUẢ THỰC HIỆN

1. Nông nghiệp: Đàn hươu 110 con; đàn ngựa 50 con.

2. Trật tự: Xảy ra 07 vụ cháy, 07 người bị thương. Cấp 30 giấy phép xây dựng.
"""


def ask(question: str, *texts: str) -> Answer:
    hits: list[Hit] = []
    views: list[PassageView] = []
    bags: list[Bag] = []
    names: set[str] = set()
    whole: dict[str, str] = {}
    for n, text in enumerate(texts or (NOW,)):
        report = read_report(text.encode(), name="r.txt")
        passages = make_passages(report, key=f"k{n}")
        figures = report_figures(report, passages)
        meta = report.meta
        ref = ReportRef(f"r{n}", f"v{n}", meta.title, meta.issuer, meta.number, meta.area, meta.period, "")
        whole[ref.version_id] = report.text
        for passage in passages:
            own = figures.get(passage.id, ())
            views.append(view(passage, own, text=report.text, marks=marks(report)))
            hits.append(Hit(len(hits) + 1, 1.0, ref, passage, own))
            bags.append(bag(passage.text, passage.context))
        names |= place_names(report.text)
    query = understand(question, places=vocabulary(names))
    result = answer(query, Material(tuple(hits), tuple(views), rarity(bags))).result
    frame = Frame("a", "c", question, question, "extractive", "x")
    if isinstance(result, Abstention):
        return ground_abstention(result, frame)
    return ground(result, frame, texts=whole.__getitem__)


@pytest.mark.parametrize(
    ("question", "expression", "short"),
    [
        ("Cùng kỳ năm 2022 xảy ra bao nhiêu vụ cháy?", "18 − 11 = 7", "7 vụ"),
        ("Đàn dê gấp mấy lần đàn hươu?", "840 ÷ 140 = 6", "6 lần"),
        ("Diện tích sen hơn diện tích súng bao nhiêu ha?", "12,5 − 7,25 = 5,25", "5,25 ha"),
        ("Đầu năm có bao nhiêu con thỏ?", "96 − 16 = 80", "80 con"),
        ("Bình quân mỗi lớp nghề có bao nhiêu học viên?", "150 ÷ 5 = 30", "30 học viên/lớp"),
        ("Số vụ cháy cùng kỳ năm trước là bao nhiêu?", "18 − 11 = 7", "7 vụ"),
        ("cung ky nam ngoai co bao nhieu vu chay", "18 − 11 = 7", "7 vụ"),
        ("Quý I/2022 có bao nhiêu vụ cháy?", "18 − 11 = 7", "7 vụ"),
        ("Cùng kỳ năm trước có bao nhiêu người bị thương?", "5 + 2 = 7", "7 người"),
        ("Cùng kỳ năm trước đàn dê có bao nhiêu con?", "840 ÷ 96% ≈ 875", "khoảng 875 con"),
        ("Quý I/2022 đàn dê có bao nhiêu con?", "840 ÷ 96% ≈ 875", "khoảng 875 con"),
        ("Còn bao nhiêu giếng khoan chưa đào?", "20 − 17 = 3", "3 giếng"),
        ("Vốn đầu tư công còn bao nhiêu chưa giải ngân?", "80 − 28 = 52", "52 tỷ đồng"),
        ("Còn mấy trạm bơm chưa chạy điện?", "36 − 31 = 5", "5 trạm"),
        ("Cả dê lẫn ngựa có tổng cộng bao nhiêu con?", "840 + 56 = 896", "896 con"),
        ("Suy ra kế hoạch đàn dê cả năm khoảng bao nhiêu con?", "840 ÷ 105% ≈ 800", "khoảng 800 con"),
        ("Kế hoạch đàn dê là bao nhiêu con?", "840 ÷ 105% ≈ 800", "khoảng 800 con"),
        ("Dự toán tỉnh giao thu ngân sách là bao nhiêu?", "41,7 ÷ 20% ≈ 208,5", "khoảng 208,5 tỷ đồng"),
        ("Dự toán huyện giao thu ngân sách là bao nhiêu?", "41,7 ÷ 15% ≈ 278,0", "khoảng 278,0 tỷ đồng"),
        ("Giá khởi điểm khu đất Đồi Cam là bao nhiêu?", "68,9 − 0,9 = 68,0", "68,0 tỷ đồng"),
        ("Tổng đàn dê và đàn ngựa là bao nhiêu con?", "840 + 56 = 896", "896 con"),
        ("Đàn dê và ngựa cộng lại có bao nhiêu con?", "840 + 56 = 896", "896 con"),
        ("Đàn dê nhiều hơn đàn ngựa bao nhiêu con?", "840 − 56 = 784", "784 con"),
        ("Chênh lệch giữa diện tích sen và diện tích súng là bao nhiêu?", "12,5 − 7,25 = 5,25", "5,25 ha"),
        ("Thu phí chợ chiếm bao nhiêu phần trăm thu ngân sách 3 tháng?", "834 ÷ 41.700 = 2,0%", "2,0%"),
        ("Tỷ lệ đào giếng khoan là bao nhiêu phần trăm?", "17 ÷ 20 = 85,0%", "85,0%"),
        ("Đàn dê giảm bao nhiêu con so với cùng kỳ?", "840 ÷ 96% − 840 ≈ 35", "giảm khoảng 35 con"),
        ("Đàn ngựa tăng bao nhiêu phần trăm so với cùng kỳ?", "112% − 100% = 12%", "tăng 12%"),
        ("Đàn dê giảm bao nhiêu % so với cùng kỳ?", "100% − 96% = 4%", "giảm 4%"),
        ("Đàn hươu tăng bao nhiêu phần trăm so với cùng kỳ?", "35 ÷ (140 − 35) ≈ 33,3%", "tăng khoảng 33,3%"),
    ],
)
def test_what_follows_from_stated_figures_is_worked_out(question: str, expression: str, short: str) -> None:
    result = ask(question)
    assert result.computation is not None, result.answer
    assert result.computation.expression == expression
    assert result.short_answer == short
    assert "Tính từ số liệu của báo cáo" in result.answer
    assert all(0 <= i < len(result.figures) for i in result.computation.inputs)


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("Đàn hươu tăng bao nhiêu con so với cùng kỳ?", "tăng 35 con"),
        ("Xảy ra bao nhiêu vụ cháy?", "18 vụ"),
        ("Số vụ cháy tăng bao nhiêu vụ so với cùng kỳ?", "tăng 11 vụ"),
        ("Còn bao nhiêu hộ chưa có điện?", "25 hộ"),
        ("Kế hoạch vốn đầu tư công năm 2023 là bao nhiêu?", "80 tỷ đồng"),
        ("Đàn dê bằng bao nhiêu phần trăm cùng kỳ?", "96%"),
    ],
)
def test_what_is_stated_is_not_worked_out(question: str, short: str) -> None:
    result = ask(question)
    assert result.computation is None
    assert result.short_answer == short


@pytest.mark.parametrize(
    "question",
    [
        "Cùng kỳ năm 2020 xảy ra bao nhiêu vụ cháy?",
        "Cùng kỳ năm trước kiểm tra bao nhiêu cơ sở?",
        "Quý I/2021 có bao nhiêu vụ cháy?",
    ],
)
def test_what_does_not_follow_is_refused(question: str) -> None:
    result = ask(question)
    assert result.status is Status.NOT_FOUND
    assert result.computation is None and result.short_answer is None


def test_a_plan_set_by_two_is_not_guessed() -> None:
    assert ask("Dự toán thu ngân sách là bao nhiêu?").computation is None


def test_the_year_before_is_taken_from_its_own_report_when_there_is_one() -> None:
    result = ask("Cùng kỳ năm 2022 xảy ra bao nhiêu vụ cháy?", NOW, BEFORE)
    assert (result.short_answer, result.computation) == ("07 vụ", None)


def test_stated_and_computed_values_that_differ_are_both_shown() -> None:
    result = ask("Cùng kỳ năm 2022 đàn hươu có bao nhiêu con?", NOW, BEFORE)
    assert result.short_answer == "110 con"
    assert result.computation is not None and result.computation.expression == "140 − 35 = 105"
    assert "stated-differs" in [warning.code for warning in result.warnings]
    assert {citation.version_id for citation in result.citations} == {"v0", "v1"}


def test_two_periods_are_compared_by_their_own_reports() -> None:
    result = ask("Đàn ngựa quý I/2023 tăng bao nhiêu con so với quý I/2022?", NOW, BEFORE)
    assert result.computation is not None and result.computation.expression == "56 − 50 = 6"
    assert result.short_answer == "tăng 6 con"


SIDES = """ỦY BAN NHÂN DÂN
HUYỆN SÔNG MƠ

BÁO CÁO

Tình hình kinh tế - xã hội quý I năm 2023

I. KẾT QUẢ THỰC HIỆN

1. Trồng trọt: Vụ sớm gieo 420 ha, năng suất 61,5 tạ/ha, sản lượng 2.583 tấn; vụ muộn gieo 380 ha, năng suất \
54,2 tạ/ha, sản lượng 2.060 tấn.

2. Xử phạt: Xử phạt vi phạm về rừng 12 vụ, 86 triệu đồng; khai thác đá trái phép 04 vụ, phạt 130 triệu đồng.

3. Vốn vay: Tổng dư nợ 840 tỷ đồng, trong đó dư nợ ngắn hạn 336 tỷ đồng, dư nợ dài hạn 504 tỷ đồng. Nợ quá hạn chiếm \
0,6% tổng dư nợ.

4. Đăng ký mới 47 cơ sở may (cùng kỳ 40 cơ sở); tỷ lệ giải ngân 62,9% (cùng kỳ 58,4%).
"""


@pytest.mark.parametrize(
    ("question", "expression", "short"),
    [
        ("Năng suất vụ sớm cao hơn vụ muộn bao nhiêu?", "61,5 − 54,2 = 7,3", "7,3 tạ/ha"),
        ("Tổng tiền phạt vi phạm về rừng và khai thác đá là bao nhiêu?", "86 + 130 = 216", "216 triệu đồng"),
        ("Dư nợ ngắn hạn chiếm tỷ lệ bao nhiêu trong tổng dư nợ?", "336 ÷ 840 = 40,0%", "40,0%"),
        ("Số cơ sở may đăng ký mới tăng mấy cơ sở so với cùng kỳ?", "47 − 40 = 7", "tăng 7 cơ sở"),
        ("Số cơ sở may đăng ký mới tăng bao nhiêu phần trăm so với cùng kỳ?", "(47 − 40) ÷ 40 = 17,5%", "tăng 17,5%"),
    ],
)
def test_each_side_is_looked_up_as_a_question_of_its_own(question: str, expression: str, short: str) -> None:
    given = ask(question, SIDES)
    assert given.computation is not None and given.computation.expression == expression
    assert given.short_answer == short


@pytest.mark.parametrize(
    "question",
    [
        "Năng suất vụ sớm cao hơn vụ đông bao nhiêu?",
        "Tổng tiền phạt về rừng và về chợ",
        "Bình quân mỗi lớp có mấy học sinh?",
    ],
)
def test_a_side_the_report_does_not_name_makes_no_sum(question: str) -> None:
    assert ask(question, SIDES).computation is None


MONTHS = """ỦY BAN NHÂN DÂN
HUYỆN SÔNG MƠ

BÁO CÁO

Tình hình kinh tế - xã hội tháng 8 và 8 tháng đầu năm 2023

I. KẾT QUẢ THỰC HIỆN

1. Đón 4.120 lượt khách; 8 tháng 38.400 lượt khách, đạt 80% kế hoạch năm, tăng 20% so với cùng kỳ.

2. Trộm cắp xảy ra 04 vụ; lũy kế 29 vụ, tăng 3 vụ so với cùng kỳ; làm rõ 25 vụ. Khám tuyển 130 người, đạt 84 người.

3. Tổng kế hoạch vốn năm 2023 là 60 tỷ đồng. Giải ngân đến nay 27 tỷ đồng, bằng 45% kế hoạch.

4. Tỷ lệ cấp thẻ đạt 93,5%, vượt 1,5 điểm phần trăm so với chỉ tiêu giao.

| Chỉ tiêu | Đơn vị tính | Kế hoạch 2023 | Tháng 8 | Lũy kế 8 tháng | Cùng kỳ 2022 | Ước cả năm |
|---|---|---|---|---|---|---|
| Gạch nung | nghìn viên | 500 | 30 | 310 | 290 | 480 |
"""


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("Kế hoạch năm đón khoảng bao nhiêu lượt khách?", "khoảng 48.000 lượt khách"),
        ("Còn mấy vụ trộm cắp chưa làm rõ?", "4 vụ"),
        ("Còn bao nhiêu người khám tuyển không đạt?", "46 người"),
        ("Còn bao nhiêu vốn chưa giải ngân?", "33 tỷ đồng"),
        ("Gạch nung còn thiếu bao nhiêu so với kế hoạch?", "190 nghìn viên"),
        ("Gạch nung đã đạt bao nhiêu phần trăm kế hoạch?", "62,0%"),
        ("Chỉ tiêu cấp thẻ là bao nhiêu phần trăm?", "92,0%"),
    ],
)
def test_month_and_months_so_far_are_told_apart_in_sums(question: str, short: str) -> None:
    assert ask(question, MONTHS).short_answer == short


def test_months_of_a_year_do_not_tell_what_the_year_was() -> None:
    assert ask("Năm 2022 đón bao nhiêu lượt khách?", MONTHS).status is Status.NOT_FOUND
