"""Follow-ups: what a question leaves out is taken from the ones before it, and a new topic takes nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.domain import Period, PeriodKind
from ingest.vi.normalise import fold
from service.domain import Earlier
from service.understand.places import vocabulary
from service.understand.question import understand
from service.understand.turn_scope import Part
from service.understand.turns import Resolved, standalone

PLACES = vocabulary(["xã Đồi Cam", "xã Nà Sao", "xã Bến Đá", "thị trấn Sông Mơ", "huyện Sông Mơ"])
SAID = frozenset(("vu chay", "vu tai nan", "vu tai"))
NEWEST = Period(PeriodKind.QUARTER, 2031, 1, 3)
PIGS = "Đàn lợn quý I năm 2030 có bao nhiêu con?"
ACCIDENTS = "Quý I huyện Sông Mơ có bao nhiêu vụ tai nạn giao thông?"
REVENUE = "Thu ngân sách tháng 3 năm 2030 được bao nhiêu?"


def resolve(*questions: str, answered: str = "") -> Resolved:
    """Read the last question after the others; ``answered``: the short answer to the one before it."""
    earlier = [Earlier(question) for question in questions[:-1]]
    if answered:
        earlier[-1] = Earlier(questions[-2], short_answer=answered)
    return standalone(earlier, questions[-1], places=PLACES, said=lambda phrase: phrase in SAID, newest=NEWEST)


@pytest.mark.parametrize(
    ("before", "typed", "expected"),
    [
        # another thing
        (PIGS, "Thế còn đàn bò?", "Đàn bò quý I năm 2030 có bao nhiêu con?"),
        (PIGS, "gia cầm thì sao?", "Đàn gia cầm quý I năm 2030 có bao nhiêu con?"),
        (PIGS, "Thế còn xã Nà Sao?", "Đàn lợn quý I năm 2030 ở xã Nà Sao có bao nhiêu con?"),  # no "sao?"
        (PIGS, "Thế năm 2031 thì mục tiêu mấy con?", "Đàn lợn quý I/2031 mục tiêu mấy con?"),
        (PIGS, "bằng bao nhiêu % tổng đàn?", "Đàn lợn quý I năm 2030 bằng bao nhiêu % tổng đàn?"),
        ("Có bao nhiêu tàu cá?", "tổng công suất?", "Tổng công suất tàu cá là bao nhiêu?"),
        ("Có bao nhiêu học sinh?", "tiểu học bao nhiêu?", "Có bao nhiêu học sinh tiểu học?"),
        ("Nạo vét bao nhiêu km kênh?", "khối lượng?", "Khối lượng nạo vét kênh là bao nhiêu?"),
        ("Tiền hỗ trợ lũ là bao nhiêu?", "Còn lại bao nhiêu chưa cấp?", "Tiền hỗ trợ lũ còn lại bao nhiêu chưa cấp?"),
        (PIGS, "Đàn bò?", "Đàn bò quý I năm 2030 có bao nhiêu con?"),
        ("Diện tích lúa xuân là bao nhiêu ha?", "còn ngô?", "Diện tích ngô là bao nhiêu ha?"),
        ("Diện tích lúa là bao nhiêu ha?", "sản lượng?", "Sản lượng lúa là bao nhiêu?"),
        ("Sản lượng thủy sản khai thác quý I?", "nuôi trồng?", "Sản lượng thủy sản nuôi trồng quý I?"),
        (REVENUE, "còn chi?", "Chi ngân sách tháng 3 năm 2030 được bao nhiêu?"),
        (ACCIDENTS, "còn cháy?", "Quý I huyện Sông Mơ có bao nhiêu vụ cháy?"),
        (ACCIDENTS, "thế thu ngân sách thì sao?", "Thu ngân sách quý I huyện Sông Mơ là bao nhiêu?"),
        (REVENUE, "trong đó thuế đò bao nhiêu?", "Thu ngân sách tháng 3 năm 2030 thuế đò bao nhiêu?"),
        ("Thu phí chợ năm 2030 có tăng không?", "Nhờ đâu mà tăng?", "Nhờ đâu mà thu phí chợ năm 2030 tăng?"),
        # another period
        ("Điểm thi đua năm 2030 là bao nhiêu?", "Năm trước đó?", "Điểm thi đua năm 2029 là bao nhiêu?"),
        (PIGS, "quý II thì sao?", "Đàn lợn quý II năm 2030 có bao nhiêu con?"),
        (PIGS, "năm 2029?", "Đàn lợn quý I/2029 có bao nhiêu con?"),
        (PIGS, "năm ngoái thì sao?", "Đàn lợn quý I/2029 có bao nhiêu con?"),
        (PIGS, "cả năm?", "Đàn lợn cả năm 2030 có bao nhiêu con?"),
        (REVENUE, "Lũy kế 3 tháng?", "Thu ngân sách lũy kế 3 tháng năm 2030 được bao nhiêu?"),
        (REVENUE, "lũy kế thì sao", "Thu ngân sách 3 tháng đầu năm 2030 được bao nhiêu?"),
        ("Đàn lợn có bao nhiêu con?", "năm ngoái?", "Đàn lợn quý I/2030 có bao nhiêu con?"),
        # another place
        ("Xã Đồi Cam có bao nhiêu hộ nghèo?", "Còn xã Bến Đá?", "Xã Bến Đá có bao nhiêu hộ nghèo?"),
        (PIGS, "ở xã Đồi Cam?", "Đàn lợn quý I năm 2030 ở xã Đồi Cam có bao nhiêu con?"),
        (ACCIDENTS, "toàn huyện thì sao?", "Quý I toàn huyện có bao nhiêu vụ tai nạn giao thông?"),
        # something else asked of the same thing
        (PIGS, "so với cùng kỳ thì sao?", "Đàn lợn quý I năm 2030 so với cùng kỳ?"),
        (PIGS, "Đạt bao nhiêu % kế hoạch?", "Đàn lợn quý I năm 2030 đạt bao nhiêu % kế hoạch?"),
        (ACCIDENTS, "tăng hay giảm?", "Số vụ tai nạn giao thông quý I huyện Sông Mơ tăng hay giảm?"),
        (ACCIDENTS, "bao nhiêu người chết?", "Tai nạn giao thông quý I huyện Sông Mơ bao nhiêu người chết?"),
        (ACCIDENTS, "còn bị thương?", "Tai nạn giao thông quý I huyện Sông Mơ có bao nhiêu người bị thương?"),
        ("Đàn lợn giảm bao nhiêu?", "Vì sao?", "Vì sao đàn lợn giảm?"),
        (PIGS, "vì sao giảm?", "Vì sao đàn lợn quý I năm 2030 giảm?"),
        ("Hội thi cá lồng tổ chức khi nào?", "ở đâu?", "Hội thi cá lồng tổ chức ở đâu?"),
        ("Hội thi cá lồng tổ chức khi nào?", "ai chủ trì?", "Hội thi cá lồng ai chủ trì?"),
        ("Xã nào có tiến độ cao nhất?", "thấp nhất?", "Xã nào có tiến độ thấp nhất?"),
        ("Số hộ nghèo của xã Đồi Cam?", "Xã nào cao nhất?", "Xã nào có số hộ nghèo cao nhất?"),
        # pointing words
        (REVENUE, "Số đó đạt bao nhiêu phần trăm dự toán?",
         "Thu ngân sách tháng 3 năm 2030 đạt bao nhiêu phần trăm dự toán?"),
        ("Tiến độ xã Đồi Cam đạt bao nhiêu?", "Ở đó có bao nhiêu hộ nghèo?", "Có bao nhiêu hộ nghèo xã Đồi Cam?"),
        ("Dự án cầu Bến Đá do ai thi công?", "Dự án này bao giờ xong?", "Dự án cầu Bến Đá bao giờ xong?"),
        # parts, names and shares of what was counted
        (REVENUE, "trong đó thu tiền sử dụng đất?", "Thu tiền sử dụng đất tháng 3 năm 2030 được bao nhiêu?"),
        (REVENUE, "chiếm bao nhiêu % tổng thu?", "Thu ngân sách tháng 3 năm 2030 chiếm bao nhiêu % tổng thu?"),
        (REVENUE, "dự toán tỉnh giao?", "Thu ngân sách tháng 3 năm 2030 dự toán tỉnh giao?"),
        (REVENUE, "nhiều hơn năm ngoái bao nhiêu?", "Thu ngân sách tháng 3 năm 2030 nhiều hơn năm ngoái bao nhiêu?"),
        ("Có bao nhiêu xã đạt chuẩn văn hóa?", "là những xã nào?", "Có những xã nào đạt chuẩn văn hóa?"),
        ("Bao nhiêu hồ sơ được giải quyết?", "đúng hạn?", "Hồ sơ đúng hạn bao nhiêu?"),
        ("Quý I phát hiện mấy vụ đánh bạc?", "Thế số đối tượng?", "Số đối tượng phát hiện đánh bạc quý I?"),
        (ACCIDENTS, "mấy vụ?", ACCIDENTS),
        ("Doanh thu vận tải 3 tháng đầu năm 2030?", "Riêng tháng 3 thì sao?", "Doanh thu vận tải tháng 3 năm 2030?"),
        ("Đàn lợn bằng bao nhiêu % cùng kỳ?", "đạt bao nhiêu % kế hoạch?", "Đàn lợn đạt bao nhiêu % kế hoạch?"),
        # two parts at once
        (PIGS, "đàn bò quý II thì sao?", "Đàn bò quý II năm 2030 có bao nhiêu con?"),
    ],
)  # fmt: skip
def test_a_follow_up_is_filled_in(before: str, typed: str, expected: str) -> None:
    assert resolve(before, typed).text == expected


@pytest.mark.parametrize(
    "typed",
    [
        "Diện tích rừng trồng mới là bao nhiêu?",
        "Có bao nhiêu doanh nghiệp thành lập mới?",
        "Có bao nhiêu hộ nghèo?",
        "Ai ký?",
        "Số hiệu báo cáo?",
        "cảm ơn bạn",
        "Tình hình dịch bệnh trên đàn vật nuôi",
        "GRDP tăng bao nhiêu?",
    ],
)
def test_a_new_topic_takes_nothing(typed: str) -> None:
    assert resolve(PIGS, typed) == Resolved(typed)


def test_a_new_topic_can_be_read_in_the_scope_spoken_of() -> None:
    read = resolve("Quý I năm 2030 xã Đồi Cam có mấy vụ cháy?", "Có bao nhiêu doanh nghiệp thành lập mới?")
    assert (read.text, read.carried) == ("Có bao nhiêu doanh nghiệp thành lập mới?", ())
    assert "Đồi Cam" in read.otherwise
    assert "năm 2030" in read.otherwise


@pytest.mark.parametrize(
    ("before", "typed", "expected"),
    [
        ("Quý I năm 2030 xã Đồi Cam có mấy vụ cháy?", "thế quý I năm ngoái thì sao?", "quý I năm 2029"),
        ("Thôn Gò Lau xã Đồi Cam có bao nhiêu hộ nghèo?", "thôn Nà Tỉn thì sao?", "thôn Nà Tỉn xã Đồi Cam"),
        ("Thu ngân sách quý I năm 2030 xã Đồi Cam được bao nhiêu?", "bên xã Bến Đá thì thế nào?", "xã Bến Đá"),
        ("Thu ngân sách quý I năm 2030 được bao nhiêu?", "Quý II phấn đấu bao nhiêu?", "Thu ngân sách quý II năm 2030"),
    ],
)
def test_the_piece_named_takes_the_place_of_its_like(before: str, typed: str, expected: str) -> None:
    text = resolve(before, typed).text
    assert expected.lower() in text.lower()
    assert "bên" not in text


def test_the_first_question_stays_as_it_is() -> None:
    assert resolve("thế còn đàn bò") == Resolved("thế còn đàn bò")


def test_turns_are_folded_one_after_another() -> None:
    told = [PIGS, "Thế còn đàn bò?", "so với cùng kỳ thì sao?", "năm 2029?", "ở xã Đồi Cam?"]
    assert resolve(*told).text == "Đàn bò quý I/2029 ở xã Đồi Cam so với cùng kỳ?"
    assert resolve(*told, "Có bao nhiêu vụ cháy rừng phòng hộ?", "năm 2029?").text == (
        "Có bao nhiêu vụ cháy rừng phòng hộ năm 2029?"
    )
    assert resolve(ACCIDENTS, "mấy người chết?", "còn bị thương?", "tăng hay giảm?").text == (
        "Số người bị thương tai nạn giao thông quý I huyện Sông Mơ tăng hay giảm?"
    )


def test_what_is_carried_is_told() -> None:
    assert resolve(PIGS, "Thế còn đàn bò?").carried == (Part.ASKING, Part.PERIOD)
    assert resolve(PIGS, "quý II?").carried == (Part.MATTER, Part.ASKING)
    assert resolve(ACCIDENTS, "tăng hay giảm?").carried == (Part.MATTER, Part.PERIOD, Part.PLACE)
    assert resolve(PIGS, "Ai ký?").carried == ()


@pytest.mark.parametrize("typed", ["Thế còn đàn bò?", "so với cùng kỳ thì sao?", "quý II thì sao?", "Ở xã Đồi Cam?"])
def test_typing_without_accents_reads_alike(typed: str) -> None:
    plain = fold(resolve(PIGS, typed).text)
    assert resolve(fold(PIGS), fold(typed)).text.lower() == plain
    assert resolve(PIGS, fold(typed)).text.lower() == plain


def test_a_place_the_last_answer_named() -> None:
    asked = ("Xã nào có tiến độ cao nhất?", "Xã này có bao nhiêu hộ nghèo?")
    assert resolve(*asked, answered="xã Bến Đá").text == "Có bao nhiêu hộ nghèo ở xã Bến Đá?"


def test_the_document_spoken_of_is_that_of_the_period() -> None:
    assert resolve(PIGS, "Ai ký báo cáo này?").text == "Ai ký báo cáo này quý I năm 2030?"


def test_of_the_document_asked_about_before_more_is_asked() -> None:
    assert resolve("Báo cáo quý I năm 2030 do ai ký?", "Số hiệu?").text == "Số hiệu quý I năm 2030?"


def test_a_short_question_has_a_second_reading_and_the_next_turn_goes_on_from_it() -> None:
    typed = "Có bao nhiêu vụ cháy?"
    read = resolve(PIGS, typed)
    assert (read.text, read.otherwise) == ("Có bao nhiêu vụ cháy quý I năm 2030?", typed)
    taken = [Earlier(PIGS), Earlier(typed, understood_as=f"{typed} (kỳ: quý I/2031)")]
    assert standalone(taken, "quý II?", places=PLACES, newest=NEWEST).text == "Có bao nhiêu vụ cháy quý II?"


@given(st.lists(st.text(max_size=40), max_size=4), st.text(max_size=40))
def test_anything_typed_is_read(earlier: list[str], typed: str) -> None:
    read = standalone([Earlier(one) for one in earlier], typed, places=PLACES, said=lambda _: True, newest=NEWEST)
    assert understand(read.text, places=PLACES).text or not read.carried


@given(st.lists(st.sampled_from(
    ["đàn bò", "quý II", "năm ngoái", "xã Đồi Cam", "thế còn", "bao nhiêu con", "so với cùng kỳ", "đó", "thì sao", "?",
     "vì sao", "tăng", "số", "vụ cháy", "xã nào", "cao nhất", "lũy kế", "bao nhiêu %", "kế hoạch", "ở", "trong đó"]
), min_size=1, max_size=6))  # fmt: skip
def test_pieces_in_any_order_are_read(parts: list[str]) -> None:
    read = standalone([Earlier(ACCIDENTS), Earlier(PIGS)], " ".join(parts), places=PLACES, newest=NEWEST)
    assert read.text.strip()
