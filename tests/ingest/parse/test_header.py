from __future__ import annotations

from datetime import date
from textwrap import dedent

import pytest

from ingest.domain import Period, PeriodKind, ReportMeta
from ingest.errors import RefusedReport
from ingest.parse.read import read_report

HEAD = """
UBND TỈNH THUẬN GIANG
UBND HUYỆN VÂN TRẠCH
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 156/BC-UBND
Vân Trạch, ngày 05 tháng 4 năm 2024
BÁO CÁO
{title}

I. KẾT QUẢ
Tốt.
"""


def meta(raw: str) -> ReportMeta:
    return read_report(dedent(raw).strip().encode(), name="a.txt").meta


def titled(title: str) -> ReportMeta:
    return meta(HEAD.format(title=title))


def test_the_usual_head() -> None:
    raw = HEAD.format(title="Tình hình kinh tế - xã hội quý I;\nnhiệm vụ quý II năm 2024").strip()
    found = meta(raw)
    assert (found.parent_issuer, found.issuer) == ("UBND TỈNH THUẬN GIANG", "UBND HUYỆN VÂN TRẠCH")
    assert (found.number, found.doc_type, found.area) == ("156/BC-UBND", "báo cáo", "huyện Vân Trạch")
    assert (found.issued_at, found.issued_on) == ("Vân Trạch", date(2024, 4, 5))
    assert found.title == "Tình hình kinh tế - xã hội quý I; nhiệm vụ quý II năm 2024"
    read = {name: span.of(raw) for name, span in found.spans.items()}
    assert read["number"] == "156/BC-UBND" and read["issuer"] == "UBND HUYỆN VÂN TRẠCH"
    assert read["issued_on"] == "Vân Trạch, ngày 05 tháng 4 năm 2024" and read["period"] == "quý I"


@pytest.mark.parametrize(
    ("typed", "number"),
    [("Số 87-TB/ĐU", "87-TB/ĐU"), ("Số: 05 - NQ/HU", "05-NQ/HU"), ("Số 12/BC-UBND", "12/BC-UBND")],
)
def test_numbers_as_the_party_writes_them(typed: str, number: str) -> None:
    assert meta(HEAD.format(title="Tình hình").replace("Số: 156/BC-UBND", typed)).number == number


def test_a_body_named_over_two_lines_and_a_blank_number() -> None:
    found = meta(
        """
        ỦY BAN NHÂN DÂN
        HUYỆN VÂN TRẠCH
        Số:    /BC-UBND
        Vân Trạch, ngày   tháng 4 năm 2024
        BÁO CÁO
        Kết quả công tác tháng 3
        I. KẾT QUẢ
        """
    )
    assert found.issuer == "ỦY BAN NHÂN DÂN HUYỆN VÂN TRẠCH" and found.parent_issuer == ""
    assert found.number == "/BC-UBND" and found.issued_on is None and found.issued_at == "Vân Trạch"


def test_the_name_of_the_nation_may_be_broken_over_two_lines() -> None:
    raw = HEAD.format(title="Quý I năm 2024").replace("CHỦ NGHĨA VIỆT NAM", "CHỦ NGHĨA\nVIỆT NAM")
    assert meta(raw).issuer == "UBND HUYỆN VÂN TRẠCH"
    alone = meta(raw.replace("UBND TỈNH THUẬN GIANG\n", ""))
    assert (alone.parent_issuer, alone.issuer) == ("", "UBND HUYỆN VÂN TRẠCH")


def test_type_and_title_on_one_line_of_capitals() -> None:
    found = meta("UBND XÃ AN LÃNG\nBÁO CÁO TÌNH HÌNH KINH TẾ - XÃ HỘI NĂM 2023\nI. KẾT QUẢ\nTốt.")
    assert (found.doc_type, found.title) == ("báo cáo", "TÌNH HÌNH KINH TẾ - XÃ HỘI NĂM 2023")
    assert found.area == "xã An Lãng"


@pytest.mark.parametrize(
    ("title", "kind", "year", "months"),
    [
        ("Tình hình tháng 3 và quý I; nhiệm vụ tháng 4 và quý II năm 2024", PeriodKind.QUARTER, 2024, (1, 3)),
        ("Tình hình 6 tháng đầu năm 2023; nhiệm vụ 6 tháng cuối năm 2023", PeriodKind.CUMULATIVE, 2023, (1, 6)),
        ("Tình hình kinh tế - xã hội 10 tháng năm 2025", PeriodKind.CUMULATIVE, 2025, (1, 10)),
        ("Kết quả công tác tháng 01/2025", PeriodKind.MONTH, 2025, (1, 1)),
        ("Kết quả thực hiện năm 2025, phương hướng năm 2026", PeriodKind.YEAR, 2025, None),
        ("Kết quả 6 tháng đầu năm 2023", PeriodKind.CUMULATIVE, 2023, (1, 6)),
        ("Kết quả 09 tháng năm 2023", PeriodKind.CUMULATIVE, 2023, (1, 9)),
        ("Tình hình thu hút đầu tư 6 tháng đầu năm 2023", PeriodKind.CUMULATIVE, 2023, (1, 6)),
        ("KẾT QUẢ GIẢI QUYẾT VIỆC LÀM MỚI 6 THÁNG NĂM 2023", PeriodKind.CUMULATIVE, 2023, (1, 6)),
        ("Kết quả công tác quý III", PeriodKind.QUARTER, 2024, (7, 9)),
    ],
)
def test_the_period_of_the_title(title: str, kind: PeriodKind, year: int, months: tuple[int, int] | None) -> None:
    period = titled(title).period
    assert isinstance(period, Period)
    assert (period.kind, period.year) == (kind, year)
    if months:
        assert (period.first_month, period.last_month) == months


def test_a_title_without_time_and_a_text_without_head() -> None:
    assert titled("Tình hình thực hiện nhiệm vụ").period is None
    assert meta("Chỉ một câu.") == ReportMeta()


def test_the_area_of_a_text_without_head_is_the_unit_it_names_most() -> None:
    body = "Huyện Vân Trạch tăng. Trên địa bàn huyện Vân Trạch có 5 xã. Toàn huyện Vân Trạch tốt. Xem huyện Bình An."
    assert meta(f"BÁO CÁO\nTình hình quý I\nI. KẾT QUẢ\n{body}").area == "huyện Vân Trạch"


def test_the_holder_of_an_office_in_a_title_is_no_place() -> None:
    title = "Kết luận của Phó Chủ tịch UBND huyện Trần Thị Mẫu tại cuộc họp về thủy lợi"
    assert titled(title).area == "huyện Vân Trạch"
    assert titled("Kết luận của Chủ tịch UBND huyện về thủy lợi tại xã Đồi Cam").area == "xã Đồi Cam"


@pytest.mark.parametrize("stamp", ["MẬT", "TỐI MẬT", "TUYỆT  MẬT", "[MẬT]", "**TỐI MẬT**", "Độ mật: MẬT".upper()])
def test_a_secret_stamp_before_the_title_is_refused(stamp: str) -> None:
    with pytest.raises(RefusedReport) as caught:
        meta(f"UBND HUYỆN X\n{stamp}\nBÁO CÁO\nTình hình\nI. KẾT QUẢ\nTốt.")
    assert "bí mật nhà nước" in caught.value.message


@pytest.mark.parametrize("line", ["MẶT", "MÁT", "Bí mật kinh doanh được bảo vệ", "mật"])
def test_other_words_are_no_stamp(line: str) -> None:
    assert meta(f"UBND HUYỆN X\n{line}\nBÁO CÁO\nTình hình\nI. KẾT QUẢ\nTốt.").doc_type == "báo cáo"


def test_a_stamp_word_in_the_body_is_no_stamp() -> None:
    body = "\n".join(f"{number}. Mục số {number}\nKết quả tốt." for number in range(1, 9))
    assert meta(f"UBND HUYỆN X\nBÁO CÁO\nTình hình\nI. KẾT QUẢ\n{body}\nMẬT\nTốt.").doc_type == "báo cáo"
