"""Reading questions: what is asked, of which period and place."""

from __future__ import annotations

import unicodedata

import pytest

from ingest.domain import FigureRole
from ingest.vi.periods import Vague, period_label
from service.domain import Query, Want
from service.understand.places import find_place, place_names, same_place, vocabulary
from service.understand.question import understand

PLACES = vocabulary(["xã Đồi Cam", "thị trấn Sông Mơ", "huyện Sông Mơ", "thôn Đồi Cam"])


def read(question: str) -> Query:
    return understand(question, places=PLACES)


@pytest.mark.parametrize(
    ("question", "want"),
    [
        ("Có bao nhiêu vụ cháy?", Want.FIGURE),
        ("Diện tích rừng trồng mới?", Want.FIGURE),
        ("Vì sao diện tích lúa giảm?", Want.REASON),
        ("Lễ hội tổ chức khi nào?", Want.DATE),
        ("Ai chủ trì hội nghị?", Want.PERSON),
        ("Cầu khởi công quý mấy?", Want.DATE),
        ("Khai mạc lúc mấy giờ?", Want.DATE),
        ("Cả năm mấy vụ cháy?", Want.FIGURE),
        ("Kho thóc đặt ở chỗ nào?", Want.PLACE),
        ("Tổ dân phố nào làm điểm?", Want.PLACE),
        ("Tiền làm cầu lấy ở đâu ra?", Want.NAME),
        ("Văn bản nào quy định?", Want.NAME),
        ("Xã nào có tiến độ cao nhất?", Want.PLACE),
        ("Chủ đề năm nay là gì?", Want.NAME),
        ("Các dự án gồm những gì?", Want.LIST),
        ("Huyện có xảy ra dịch bệnh không?", Want.YES_NO),
        ("Tình hình dịch bệnh trên đàn vật nuôi", Want.TEXT),
    ],
)
def test_what_is_wanted(question: str, want: Want) -> None:
    assert read(question).want is want


@pytest.mark.parametrize(
    ("question", "field"),
    [
        ("Ai ký báo cáo?", "signer"),
        ("ai ky bao cao", "signer"),
        ("Báo cáo ban hành ngày nào?", "issued_on"),
        ("Số hiệu văn bản?", "number"),
        ("Cơ quan nào ban hành báo cáo?", "issuer"),
        ("Tai nạn ở đâu?", ""),
        ("Biên bản kiểm tra này số mấy?", "number"),
        ("Ai ký biên bản này?", "signer"),
        ("Ai ký giao đất cho hợp tác xã?", ""),
        ("Kế hoạch này thay cho kế hoạch số mấy?", ""),
    ],
)
def test_questions_about_the_document(question: str, field: str) -> None:
    assert read(question).meta_field == field


def test_unit_role_period_and_place() -> None:
    query = read("Thu ngân sách tháng 3 của thị trấn sông mơ đạt bao nhiêu phần trăm dự toán?")
    assert query.role is FigureRole.PLAN_RATIO and query.unit == "%"
    assert query.period is not None and (query.period.first_month, query.period.last_month) == (3, 3)
    assert query.place == "thị trấn Sông Mơ"
    assert query.terms == ("thu", "ngân", "sách")


def test_a_base_year_is_not_the_asked_period() -> None:
    period = read("Quý I/2024 có bao nhiêu vụ cháy, tăng bao nhiêu so với cùng kỳ năm 2023?").period
    assert period is not None and (period.year, period.first_month, period.last_month) == (2024, 1, 3)


@pytest.mark.parametrize(
    "question", ["Xã Đồi Cam có bao nhiêu hộ nghèo trong quý I năm 2024?", "Quý 1/2024 xã Đồi Cam có mấy hộ nghèo?"]
)
def test_typing_does_not_change_the_reading(question: str) -> None:
    plain = read(question)
    for typed in (question.upper(), unicodedata.normalize("NFD", question), "  " + question.replace(" ", "  ")):
        other = read(typed)
        assert (other.terms, other.unit, other.period, other.place) == (
            plain.terms,
            plain.unit,
            plain.period,
            plain.place,
        )


def test_accentless_question_keeps_content_words() -> None:
    query = read("quy 1 co bao nhieu vu tai nan trong rung o doi cam")
    assert not query.accents and query.place == "xã Đồi Cam"
    assert set(query.terms) >= {"vu", "tai", "nan", "trong", "rung"}
    assert query.period is not None and query.period.last_month == 3


def test_places_of_a_text_and_unknown_places() -> None:
    assert place_names("tại 03 xã An Bình, Hòa Lạc và Tân Tiến; thị trấn Sông Mơ.") == {
        "xã An Bình", "xã Hòa Lạc", "xã Tân Tiến", "thị trấn Sông Mơ"
    }  # fmt: skip
    assert place_names("") == frozenset()
    assert find_place("dân số huyện Núi Lạ?", PLACES) == ("huyện Núi Lạ", find_place("dân số huyện Núi Lạ?", {})[1])  # type: ignore[index]
    assert find_place("dân số?", PLACES) is None
    assert same_place("Đồi Cam", "xã đồi cam") and not same_place("xã Đồi Cam", "thôn Đồi Cam")


def test_an_empty_question_reads_as_nothing() -> None:
    assert read("   ").terms == () and read("?!").terms == ()


def test_one_stray_accent_does_not_make_the_reading_expect_all() -> None:
    query = read("quy 1 nam 2023 co bao nhieu vu chay ạ?")
    assert not query.accents and query.unit == "vụ"
    assert query.period is not None and (query.period.year, query.period.last_month) == (2023, 3)
    assert read("Quý 1 có bao nhiêu vụ cháy?").accents


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("thu ngân sách huyện núi bạc quý I?", "huyện núi bạc"),
        ("thu ngan sach huyen nui bac quy i", "huyen nui bac"),
        ("huyện thu ngân sách được bao nhiêu?", None),
        ("xã nào đạt chuẩn?", None),
        ("huyện giao bao nhiêu chỉ tiêu?", None),
    ],
)
def test_a_place_no_report_names_is_noticed_in_small_letters(question: str, place: str | None) -> None:
    said = frozenset(["thu ngan", "nong thon"])
    assert understand(question, places=PLACES, said=said.__contains__).place == place


@pytest.mark.parametrize(
    ("question", "want", "role"),
    [
        ("Đàn dê cỡ nào?", Want.FIGURE, None),
        ("Cho em hỏi thu ngân sách tăng hay giảm ạ", None, FigureRole.CHANGE),
        ("Thu ngân sách hơn hay kém năm ngoái?", None, FigureRole.CHANGE),
        ("Đàn dê biến động ra sao?", Want.TEXT, FigureRole.CHANGE),
        ("Thu ngân sách so với năm ngoái ra sao?", Want.TEXT, FigureRole.CHANGE),
        ("Thu ngân sách đạt chỉ tiêu chưa?", Want.YES_NO, None),
        ("Trận lũ xảy ra hôm nào?", Want.DATE, None),
        ("Phó chủ tịch nào phụ trách?", Want.PERSON, None),
        ("Xã phải thu hồi nợ ít nhất bao nhiêu?", Want.FIGURE, FigureRole.TARGET),
        ("Không được để quá mấy ca mắc?", Want.FIGURE, FigureRole.TARGET),
    ],
)
def test_spoken_wordings(question: str, want: Want | None, role: FigureRole | None) -> None:
    query = read(question)
    assert want is None or query.want is want
    assert query.role is role
    assert not {"hỏi", "ra", "hôm"}.intersection(query.terms)


@pytest.mark.parametrize(
    ("question", "during"),
    [
        ("Lũy kế cấp bao nhiêu thẻ?", Vague.TO_DATE),
        ("từ đầu năm tới giờ cấp được mấy thẻ", Vague.TO_DATE),
        ("Trong tháng cấp bao nhiêu thẻ?", Vague.THIS_MONTH),
        ("Lũy kế 8 tháng cấp bao nhiêu thẻ?", None),
    ],
)
def test_a_period_may_be_named_by_what_the_report_is_of(question: str, during: Vague | None) -> None:
    asked = read(question)
    assert asked.during is during
    assert "tháng" not in asked.terms and "lũy" not in asked.terms


def test_a_day_without_its_year_is_a_period_of_a_question() -> None:
    asked = read("Đến 31/12 phải cấp được bao nhiêu thẻ?").period
    assert asked is not None and period_label(asked) == "ngày 31/12"
    assert read("Nâng lên đến 10/12 xã thì còn mấy xã?").period is None


def test_a_month_and_the_months_so_far_may_both_be_asked_for() -> None:
    asked = read("Số thẻ cấp tháng 8 và lũy kế 8 tháng?")
    assert asked.period is not None and [period_label(p) for p in (asked.period, *asked.others)] == [
        "tháng 8",
        "8 tháng đầu năm",
    ]
