"""Who is charged, by when, and why: answers without a figure over texts of our own."""

from __future__ import annotations

import pytest

from service.answer.dates import date_in
from service.answer.names import kind_name_in
from service.answer.offices import office_in, offices
from service.answer.reasons import reason_in
from service.answer.spots import place_in
from service.domain import Abstention, Draft, Query
from service.understand.question import understand
from tests.service.answer.asking import ask

REPORT = """ỦY BAN NHÂN DÂN
HUYỆN VÂN TRẠCH

THÔNG BÁO

Kết luận của Chủ tịch UBND huyện tại cuộc họp tháng 5 năm 2023

1. Về sửa chữa hồ Suối Lạ: giao Phòng Kinh tế và Hạ tầng chủ trì, phối hợp với Phòng Tài chính - Kế hoạch lập dự toán
theo Quyết định số 41/QĐ-UBND ngày 02/3/2023, báo cáo UBND huyện trước ngày 20/6/2023.

2. Về chợ Vân Sen: hoàn thành di dời các hộ trước 15/7/2023. Giao Ban Quản lý chợ huyện chủ trì.

3. Sản lượng mía thấp hơn năm trước. Do nắng hạn kéo dài, giống cũ thoái hóa nên năng suất chè giảm mạnh.
"""


def read(question: str) -> Query:
    return understand(question, places={})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("giao Phòng Văn hóa, Khoa học và Thông tin huyện tham mưu", ["Phòng Văn hóa, Khoa học và Thông tin huyện"]),
        ("Sở Xây dựng thẩm định; các phòng, ban phối hợp", ["Sở Xây dựng"]),
        ("do UBND huyện làm chủ đầu tư", ["UBND huyện"]),
        ("Tập đoàn Điện - Nước Vân Trạch chủ động làm việc với nhà thầu", ["Tập đoàn Điện - Nước Vân Trạch"]),
        ("cán bộ xã họp 3 buổi", []),
    ],
)
def test_the_name_of_an_organisation_ends_where_its_task_begins(text: str, expected: list[str]) -> None:
    assert [text[s.start : s.end] for s in offices(text)] == expected


def test_the_one_that_does_what_is_asked() -> None:
    text = "giao Phòng Nội vụ chủ trì, phối hợp với Phòng Tư pháp rà soát; Công an huyện hướng dẫn các xã"
    assert office_in(read("Việc rà soát giao cho ai chủ trì?"), text) == "Phòng Nội vụ"
    assert office_in(read("Đơn vị nào hướng dẫn các xã?"), text) == "Công an huyện"
    assert office_in(read("Sở nào chủ trì?"), text) is None


def test_a_deadline_is_no_date_of_a_document() -> None:
    text = "theo Quyết định số 41/QĐ-UBND ngày 02/3/2023 lập dự toán, báo cáo trong tháng 6 năm 2023"
    assert date_in(read("Dự toán phải báo cáo chậm nhất khi nào?"), text) == "tháng 6 năm 2023"


def test_what_stands_before_nen_is_the_reason() -> None:
    text = "Tuy giá thấp nhưng người dân chăm bón tốt nên năng suất chè tăng."
    found = reason_in(read("Vì sao năng suất chè tăng?"), text)
    assert found is not None
    assert text[found.start : found.end] == "người dân chăm bón tốt"


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Sửa chữa hồ Suối Lạ giao phòng nào chủ trì?", "Phòng Kinh tế và Hạ tầng"),
        ("Sửa chữa hồ Suối Lạ phải báo cáo trước ngày nào?", "ngày 20/6/2023"),
        ("Di dời các hộ chợ Vân Sen giao cho ai chủ trì?", "Ban Quản lý chợ huyện"),
        ("Vì sao năng suất chè giảm?", "Do nắng hạn kéo dài, giống cũ thoái hóa"),
    ],
)
def test_answered_from_a_notice(question: str, expected: str) -> None:
    result = ask(question, REPORT)
    assert isinstance(result, Draft)
    assert result.short_answer == expected


@pytest.mark.parametrize(
    "question",
    ["Phòng Y tế phải báo cáo trước ngày nào?", "Vì sao sản lượng ngô giảm?", "Trưởng Phòng Nội vụ tên là gì?"],
)
def test_another_office_or_thing_is_not_said(question: str) -> None:
    assert not isinstance(ask(question, REPORT), Draft)


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        (
            "Nghị quyết nào được sửa?",
            "đề nghị sửa đổi Nghị quyết số 12.5/2024/NQ-HĐND về phí chợ",
            "Nghị quyết số 12.5/2024/NQ-HĐND",
        ),
        (
            "Giấy phép xây dựng của nhà trọ số bao nhiêu?",
            "nhà trọ xây sai giấy phép số 45/GPXD ngày 2/3/2024",
            "giấy phép số 45/GPXD",
        ),
        (
            "Xã trả lời bằng văn bản nào?",
            "xã trả lời tại Công văn số 77/UBND ngày 2/3/2024",
            "Công văn số 77/UBND",
        ),
        ("Huyện xếp thứ mấy?", "huyện xếp thứ 4/11 toàn tỉnh", "thứ 4/11"),
        ("Huyện xếp thứ mấy?", "huyện xếp thứ 4, huyện bạn xếp thứ 7", None),
        ("Dân tộc nào đông nhất?", "đông nhất là dân tộc Dao, tiếp đến dân tộc khác", "dân tộc Dao"),
        ("Giống gì được trồng?", "trồng thử nghiệm ở ba xã", None),
    ],
)
def test_a_name_of_the_kind_asked_for(question: str, text: str, expected: str | None) -> None:
    assert kind_name_in(read(question), text) == expected


HARM = """ỦY BAN NHÂN DÂN
HUYỆN VÂN TRẠCH

BÁO CÁO

Tình hình kinh tế - xã hội quý I năm 2023

1. Thương mại: Không xảy ra tình trạng khan hiếm gạo, thiếu muối, phục vụ tốt nhu cầu của nhân dân.

2. Y tế: Ổ dịch thủy đậu tại xã Hạ Khê làm 24 ca mắc, không có tử vong. Tiêm phòng sởi cho 900 trẻ.

3. Chăn nuôi: Đàn dê 840 con, đạt 95% kế hoạch, bằng 108,2% so với cùng kỳ.
"""


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Có xảy ra thiếu muối không?", "Không"),
        ("Ổ dịch thủy đậu có làm ai chết không?", "Không"),
        ("Vì sao đàn dê giảm?", "tăng, bằng 108,2% so với cùng kỳ"),
    ],
)
def test_denied_or_corrected(question: str, expected: str) -> None:
    result = ask(question, HARM)
    assert isinstance(result, Draft)
    assert result.short_answer == expected


def test_what_prevents_a_thing_is_not_the_thing() -> None:
    result = ask("Có bệnh sởi không?", HARM)
    assert not isinstance(result, Draft) or result.short_answer not in ("Có", "Không")


DIRECTIVE = """CHỈ THỊ

Về tăng cường quản lý chợ năm 2025

Tuy nhiên, việc thu phí chợ còn chậm; sổ sách ghi tay gây khó khăn trong đối chiếu số thu hằng ngày. Nguyên nhân
của những hạn chế nêu trên là do nhiều yếu tố, trong đó có các nguyên nhân chủ quan như: ban quản lý thiếu người.

Rà soát quầy hàng theo Quyết định số 41/QĐ-UBND ngày 02/3/2023; thu phí theo Nghị quyết số 9/NQ-HĐND của Hội đồng.
"""


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("Vì sao khó đối chiếu số thu hằng ngày?", "sổ sách ghi tay"),
        ("Nguyên nhân chủ quan của việc thu phí chợ chậm là gì?", "ban quản lý thiếu người"),
        ("Thu phí chợ theo nghị quyết nào?", "Nghị quyết số 9/NQ-HĐND"),
    ],
)
def test_causes_and_documents_in_other_words(question: str, short: str) -> None:
    told = ask(question, DIRECTIVE)
    assert isinstance(told, Draft)
    assert told.short_answer is not None
    assert short in told.short_answer


def test_of_two_places_the_one_beside_the_words_asked_about() -> None:
    text = "Trung tâm giống lúa đặt tại xã Đồi Cam, trạm thử nghiệm chè đặt tại Vân Sen."
    assert place_in(read("Trạm thử nghiệm chè đặt ở đâu?"), text) == "Vân Sen"


def test_the_newest_report_answers_only_where_it_says_as_much() -> None:
    older = "BÁO CÁO\n\nTình hình quý I năm 2023\n\n1. Chủ đề\n\nChủ đề năm của xã là “Sạch đồng, sạch ngõ”.\n"
    newer = "BÁO CÁO\n\nTình hình quý I năm 2024\n\n1. Đất đai\n\nXã họp chuyên đề về đất đai và chủ trương cấp giấy.\n"
    told = ask("Chủ đề năm của xã là gì?", older, newer)
    assert isinstance(told, Draft)
    assert told.short_answer == "Sạch đồng, sạch ngõ"


def test_another_thing_of_the_same_kind_does_not_answer() -> None:
    text = "THÔNG BÁO\n\nVề đóng cống năm 2023\n\n1. Đóng cống Suối Lạ từ ngày 10/3/2023.\n\n2. Sửa cầu Vân Sen.\n"
    assert isinstance(ask("Cống Vân Sen đóng từ ngày nào?", text), Abstention)
    told = ask("Cống Suối Lạ đóng từ ngày nào?", text)
    assert isinstance(told, Draft)
    assert told.short_answer == "ngày 10/3/2023"


MINUTES = """ĐẢNG ỦY XÃ ĐÔNG THỬ
Số: 05-BB/ĐU
BIÊN BẢN
Họp Ban Chấp hành Đảng bộ xã
I. THÀNH PHẦN
Thời gian: khai mạc lúc 7 giờ 30 phút, ngày 08/01/2026; bế mạc lúc 11 giờ cùng ngày.
Địa điểm: Phòng họp số 2.
Vắng 02 đồng chí: đồng chí Hồ Thị Vở (nằm viện), đồng chí Lê Thị Nháp (đi học xa).
Chủ trì: đồng chí Đỗ Văn Thử, Bí thư.
II. NỘI DUNG
Cơ quan Văn phòng chủ trì soạn nghị quyết.
Chợ Thử mất điện, chưa sửa do thiếu vốn.
Đề nghị sửa chợ Thử trước mùa mưa, vì tiểu thương khổ.
"""


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("Ai chủ trì cuộc họp?", "đồng chí Đỗ Văn Thử, Bí thư"),
        ("Họp ở đâu?", "Phòng họp số 2"),
        ("Cuộc họp bế mạc lúc mấy giờ?", "11 giờ"),
        ("Vì sao chợ Thử chưa sửa?", "do thiếu vốn"),
        ("Vì sao đồng chí Lê Thị Nháp vắng?", "đi học xa"),
    ],
)
def test_what_the_head_of_minutes_tells_of_the_meeting(question: str, short: str) -> None:
    draft = ask(question, MINUTES)
    assert isinstance(draft, Draft) and draft.short_answer == short


REWORDED = """HỘI NÔNG DÂN
HUYỆN VÂN TRẠCH

BÁO CÁO

Hoạt động quý I năm 2023

I. HOẠT ĐỘNG

1. Phiên chợ ở bến Mẫu Thử phải lùi sang ngày 23/3/2023. Hội nghị mở tại nhà văn hóa xóm.

2. Ngày hội Gặt lần thứ ba tổ chức tại đình Mẫu.
"""


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("Phiên chợ bến Mẫu Thử dời sang hôm nào?", "ngày 23/3/2023"),
        ("Ngày hội Gặt lần thứ ba tổ chức ở đâu?", "đình Mẫu"),
        ("Ngày hội Gặt lần thứ nhất tổ chức ở đâu?", None),
    ],
)
def test_said_in_other_words_or_of_another_turn(question: str, short: str | None) -> None:
    found = ask(question, REWORDED)
    assert (found.short_answer if isinstance(found, Draft) else None) == short
