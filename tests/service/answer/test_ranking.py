"""Which of several is first or last. Texts are our own."""

from __future__ import annotations

import pytest

from service.domain import Abstention, Draft
from tests.service.answer.asking import ask

REPORT = """ỦY BAN NHÂN DÂN
HUYỆN VÂN TRẠCH

BÁO CÁO

Tình hình kinh tế - xã hội quý I năm 2023

I. KẾT QUẢ THỰC HIỆN

1. Nông nghiệp: Đàn dê 840 con. Trồng rừng được 92 ha, trong đó: xã Đồi Cam 15 ha, xã Đồi Chanh 27 ha, xã Đồi Sim 50 ha.

2. Nông thôn mới:

- Xã Đồi Cam: hoàn thành 12/16 công trình, tiến độ trung bình đạt 80%.

- Xã Đồi Chanh: hoàn thành 13/20 công trình, tiến độ trung bình đạt 71%.

- Xã Đồi Sim: hoàn thành 03/09 công trình, tiến độ trung bình đạt 40%.

3. Tài chính: Chi ngân sách 62,3 tỷ đồng, trong đó chi thường xuyên 40,1 tỷ đồng, chi đầu tư phát triển 22,2 tỷ đồng.
Xã có tỷ lệ nộp thuế cao nhất là Đồi Sim 98,5%, tiếp đến Đồi Cam 92,1%; thấp nhất là Đồi Chanh 61,3%.

4. Hộ nghèo:

| STT | Đơn vị | Số hộ nghèo (hộ) | Tỷ lệ (%) |
| --- | --- | --- | --- |
|  | Tổng số | 365 | 4,1 |
| 1 | Xã Đồi Cam | 120 | 5,2 |
| 2 | Xã Đồi Chanh | 45 | 2,4 |
| 3 | Xã Đồi Sim | 200 | 4,9 |
"""


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Xã nào trồng nhiều rừng nhất?", "xã Đồi Sim (50 ha)"),
        ("Xã nào trồng ít rừng nhất?", "xã Đồi Cam (15 ha)"),
        ("Xã nào hoàn thành nhiều công trình nhất?", "xã Đồi Chanh (13/20 công trình)"),
        ("Xã nào có tiến độ nông thôn mới cao nhất?", "xã Đồi Cam (80%)"),
        ("Xã nào tiến độ cao nhất?", "xã Đồi Cam (80%)"),
        ("xa nao tien do thap nhat", "xã Đồi Sim (40%)"),
        ("Xã nào có số hộ nghèo nhiều nhất?", "xã Đồi Sim (200 hộ)"),
        ("Khoản chi nào lớn nhất?", "chi thường xuyên (40,1 tỷ đồng)"),
        ("Xã nào có tỷ lệ nộp thuế cao nhất?", "Đồi Sim (98,5%)"),
        ("Xã nào có tỷ lệ nộp thuế thấp nhất?", "Đồi Chanh (61,3%)"),
        ("Top 2 xã nhiều hộ nghèo nhất", "xã Đồi Sim (200 hộ); xã Đồi Cam (120 hộ)"),
    ],
)
def test_the_first_or_last(question: str, expected: str) -> None:
    result = ask(question, REPORT)
    assert isinstance(result, Draft)
    assert result.short_answer == expected


def test_the_winner_is_cited_first_and_what_it_was_compared_with_after_it() -> None:
    result = ask("Xã nào trồng nhiều rừng nhất?", REPORT)
    assert isinstance(result, Draft)
    assert [f.figure.text for f in result.figures] == ["50 ha", "27 ha", "15 ha"]
    assert result.figures[0].evidence == 0
    assert [w.message for w in result.warnings] == ["So sánh 3 số liệu cùng loại trong một báo cáo."]


def test_one_figure_alone_is_no_ranking() -> None:
    result = ask("Xã nào nuôi nhiều dê nhất?", REPORT)
    assert isinstance(result, Abstention) or not result.short_answer or "(" not in result.short_answer


def test_of_one_place_there_is_no_first() -> None:
    result = ask("Xã nào tiến độ ở xã Đồi Sim cao nhất?", REPORT)
    assert isinstance(result, Abstention) or "Đồi Cam" not in (result.short_answer or "")


def test_without_figures_and_without_a_sentence_that_says_so_nothing_is_first() -> None:
    assert isinstance(ask("Hội nào vận động quyên góp nhiều nhất?", REPORT), Abstention)


SECTOR = """SỞ Y TẾ TỈNH VÂN TRẠCH

BÁO CÁO

Công tác y tế năm 2023

I. KẾT QUẢ

1. Khám bệnh

Bảng 1. Kết quả khám bệnh năm 2023

| STT | Cơ sở | Lượt khám | Công suất sử dụng giường (%) |
| --- | --- | --- | --- |
| 1 | Trung tâm Y tế Đồi Cam | 61.204 | 71,5 |
| 2 | Trung tâm Y tế Đồi Sim | 48.930 | 83,4 |
|  | Tổng cộng | 110.134 | 76,9 |

II. NHIỆM VỤ: Tiếp tục khám sức khỏe người cao tuổi.

Phụ lục
Số bác sĩ trên một vạn dân theo khu vực

| Khu vực | Năm 2022 | Năm 2023 |
| --- | --- | --- |
| Thành thị | 14,9 | 15,3 |
| Nông thôn | 7,6 | 8,1 |
"""


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("Cơ sở nào có công suất sử dụng giường cao nhất?", "Trung tâm Y tế Đồi Sim (83,4%)"),
        ("Cơ sở nào có lượt khám nhiều nhất?", "Trung tâm Y tế Đồi Cam (61.204 lượt)"),
        ("Tổng số lượt khám là bao nhiêu?", "110.134 lượt"),
        ("Số bác sĩ trên một vạn dân ở nông thôn năm 2022?", "7,6 bác sĩ"),
        ("Năm 2023 thành thị có bao nhiêu bác sĩ trên một vạn dân?", "15,3 bác sĩ"),
    ],
)
def test_rows_of_things_that_are_no_places_and_tables_of_years(question: str, short: str) -> None:
    told = ask(question, SECTOR)
    assert isinstance(told, Draft), told
    assert told.short_answer == short


SHARES = """ỦY BAN NHÂN DÂN
HUYỆN VÂN TRẠCH

BÁO CÁO

Thu phí và xây dựng 9 tháng năm 2023

I. MỘT SỐ KHOẢN PHÍ

- Phí chợ 612 triệu đồng, đạt 58% dự toán, giảm 6% so với cùng kỳ.

- Phí đò 447 triệu đồng, đạt 83% dự toán, tăng 21%.

- Tiền thuê sạp 902 triệu đồng, đạt 41% dự toán.

II. XÂY DỰNG

Tiến độ các công trình: cầu Đồi Cam giải ngân 38/60 triệu đồng, đạt 63%, khối lượng đạt 71%; cầu Đồi Sim giải ngân
66/82 triệu đồng, đạt 80%, khối lượng đạt 90%; cầu Suối Lạ giải ngân 15/75 triệu đồng, đạt 20%, khối lượng đạt 12%.

| STT | Chủ đầu tư | Kế hoạch vốn (triệu đồng) | Giải ngân (triệu đồng) | Tỷ lệ (%) | Cùng kỳ 2022 (%) |
| --- | --- | --- | --- | --- | --- |
| 1 | Ban Quản lý chợ | 900 | 360 | 40 | 12 |
| 2 | Ban Quản lý đò | 200 | 150 | 75 | 90 |
| 3 | Công ty Đường sông | 80 | 8 | 10 | 30 |
"""


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Khoản phí nào đạt tỷ lệ dự toán thấp nhất?", "Tiền thuê sạp (41%)"),
        ("Khoản phí nào tăng mạnh nhất?", "Phí đò (tăng 21%)"),
        ("Công trình nào giải ngân thấp nhất?", "cầu Suối Lạ (15/75 triệu đồng)"),
        ("Chủ đầu tư nào giải ngân tỷ lệ thấp nhất?", "Công ty Đường sông (10%)"),
        ("Chủ đầu tư nào giải ngân tỷ lệ cao nhất?", "Ban Quản lý đò (75%)"),
        ("Chủ đầu tư nào được giao nhiều vốn nhất?", "Ban Quản lý chợ (900 triệu đồng)"),
        ("Ban Quản lý chợ hay Ban Quản lý đò giải ngân khá hơn?", "Ban Quản lý đò: 75%; Ban Quản lý chợ: 40%"),
    ],
)
def test_rates_aims_and_changes_where_they_are_asked_for(question: str, expected: str) -> None:
    result = ask(question, SHARES)
    assert isinstance(result, Draft)
    assert result.short_answer is not None
    assert result.short_answer.replace(" giải ngân:", ":") == expected
