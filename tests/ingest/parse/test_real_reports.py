"""What is expected of the real reports; none of it is known to the program."""

from __future__ import annotations

import pytest

from ingest.domain import Footnote, Period, PeriodKind, Report, SectionKind
from tests.ingest.parse.real_reports import real_report

SEED = "kien-thuy"


def before(report: Report, note: Footnote, size: int) -> str:
    assert note.mark is not None
    return report.text[note.mark.start - size : note.mark.start]


def children(report: Report, marker: str) -> list[str]:
    parents = [section.id for section in report.sections if section.marker == marker]
    return [section.marker or section.title for section in report.sections if section.parent in parents]


def test_all_notes_are_bound_to_the_right_words() -> None:
    report = real_report(SEED)
    anchors = ["Xuân", "2024", "Bằng", "52%", "thành", "huyện", "tạo", "sơ", "đồng", "đồng"]
    assert [before(report, n, len(w)) for n, w in zip(report.footnotes, anchors, strict=True)] == anchors
    openings = ["Nhìn", "Mua", "Xã Đ", "Tập", "Hiện", "Kết", "Học", "Cấp", "Quà", "Các"]
    assert [n.spans[0].of(report.text)[: len(w)] for n, w in zip(report.footnotes, openings, strict=True)] == openings
    titles = [report.sections[note.section].title.split()[0] for note in report.footnotes]
    assert titles == ["Trồng", "Chăn", "Xây", "Triển", "Triển", "Công", "Công", "Hoạt", "Về", "Về"]
    assert report.footnotes[6].paragraph is None


def test_sections_of_the_seed() -> None:
    report = real_report(SEED)
    romans = [section for section in report.sections if section.kind is SectionKind.ROMAN]
    assert [section.marker for section in romans] == ["I.", "II.", "III.", "III.", "IV."]
    assert children(report, "I.") == ["1.", "2.", "3."]
    deep = [s.marker for s in report.sections if s.marker.count(".") == 2]
    assert len(deep) == 18 and deep[0] == "1.1." and deep[-1] == "3.5."
    run_ins = [section.title for section in report.sections if section.kind is SectionKind.RUN_IN]
    assert run_ins[:3] == ["Trồng trọt", "Chăn nuôi", "Thủy sản"] and "Một số tồn tại, hạn chế" in run_ins
    assert len(run_ins) == 12
    assert children(report, "IV.") == ["1.", "2."]


def test_the_sentence_cut_by_a_page_is_whole() -> None:
    report = real_report(SEED)
    cut = [paragraph for paragraph in report.paragraphs if len(paragraph.spans) == 2]
    assert len(cut) == 1
    first, second = (span.of(report.text) for span in cut[0].spans)
    assert first.endswith("xã Đông Phương, huyện") and second.startswith("Kiến Thụy; Nhiệm vụ")


def test_head_and_signature_of_the_seed() -> None:
    meta = real_report(SEED).meta
    assert (meta.signer, meta.signer_role, meta.area) == ("Lưu Văn Thụy", "PHÓ CHỦ TỊCH", "huyện Kiến Thụy")
    assert meta.period == Period(PeriodKind.QUARTER, 2024, 1, 3)
    assert meta.doc_type == "báo cáo" and meta.title.endswith("quý II năm 2024")
    assert len(meta.recipients) == 11 and meta.recipients[-1] == "Lưu: VT"


def test_the_swallowed_page_number_and_the_second_iii_are_remarks() -> None:
    report = real_report(SEED)
    pages = [i.span for i in report.issues if i.code == "page-number"]
    assert [report.text[s.start - 3 : s.end + 3] for s in pages if s] == ["ký 6 số"]
    assert sorted(issue.code for issue in report.issues) == ["numbering", "page-number"]


@pytest.mark.parametrize(
    ("start", "sections", "notes", "tables"),
    [
        ("baclieu", 3, 0, 0),
        ("bentre", 2, 0, 0),
        ("binhduong", 6, 0, 0),
        ("camau", 36, 4, 5),
        ("daklak", 7, 0, 0),
        ("kien-thuy", 43, 10, 0),
        ("kontum", 53, 0, 0),
        ("lamdong", 2, 0, 1),
        ("phuyen", 5, 0, 0),
        ("quochoi", 13, 0, 0),
        ("sonla", 54, 0, 2),
        ("vpcp-2025-11-thong-bao-623", 13, 0, 0),
        ("vpcp-2025-11-thong-bao-son-la", 18, 0, 0),
        ("vpcp-2025-11-thong-bao-thanh-hoa", 19, 0, 0),
    ],
)
def test_counts(start: str, sections: int, notes: int, tables: int) -> None:
    report = real_report(start)
    assert (len(report.sections), len(report.footnotes), len(report.tables)) == (sections, notes, tables)


def test_bracket_notes_at_the_end_of_the_file() -> None:
    report = real_report("camau")
    assert [(n.label, n.spans[0].of(report.text).split()[0]) for n in report.footnotes] == [
        ("1", "Trong"),
        ("2", "Cụ"),
        ("3", "Bao"),
        ("4", "Trong"),
    ]
    assert [before(report, note, 2).strip(" *") for note in report.footnotes] == ["", "", "", ""]
    assert all(note.paragraph is not None for note in report.footnotes)


def test_tables_of_lone_bars_have_their_rows() -> None:
    report = real_report("camau")
    assert [len(table.rows) for table in report.tables] == [44, 51, 25, 26, 32]
    by_label = {row.cells[1].of(report.text): row for row in report.tables[3].rows}
    row = by_label["CHI CÂN ĐỐI NSĐP"]
    assert [cell.of(report.text) for cell in row.cells[2:]] == [
        "21.049.188",
        "21.773.092",
        "22.228.100",
        "24.951.112",
        "26.145.609",
    ]


@pytest.mark.parametrize(
    ("start", "number", "issuer", "area", "signer"),
    [
        ("camau", "0204/KH-UBND", "ỦY BAN NHÂN DÂN TỈNH CÀ MAU", "tỉnh Cà Mau", "Lâm Văn Bi"),
        ("daklak", "012/CT-UBND", "ỦY BAN NHÂN DÂN TỈNH ĐẮK LẮK", "tỉnh Đắk Lắk", "Trương Công Thái"),
        ("phuyen", "57/NQ-HĐND", "HỘI ĐỒNG NHÂN DÂN TỈNH PHÚ YÊN", "tỉnh Phú Yên", ""),
        ("sonla", "2954/QĐ-UBND", "ỦY BAN NHÂN DÂN TỈNH SƠN LA", "tỉnh Sơn La", "Nguyễn Thành Công"),
        ("vpcp-2025-11-thong-bao-623", "623/TB-VPCP", "VĂN PHÒNG CHÍNH PHỦ", "tỉnh Đắk Lắk", "Trịnh Mạnh Linh"),
        ("lamdong", "", "CỤC THỐNG KÊ TỈNH LÂM ĐỒNG", "huyện Đạ Huoai", ""),
        ("kontum", "", "", "huyện Tu Mơ Rông", ""),
    ],
)
def test_heads(start: str, number: str, issuer: str, area: str, signer: str) -> None:
    meta = real_report(start).meta
    assert (meta.number, meta.issuer, meta.area, meta.signer) == (number, issuer, area, signer)
