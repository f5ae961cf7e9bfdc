"""Trees of short texts: one report a test, its outline on screen."""

from __future__ import annotations

from textwrap import dedent

from ingest.domain import ParagraphKind, Report
from ingest.parse.outline import outline
from ingest.parse.read import read_report


def report(raw: str) -> Report:
    return read_report(dedent(raw).strip().encode(), name="a.txt")


def check(raw: str, expected: str) -> None:
    assert outline(report(raw)).strip() == dedent(expected).strip()


def test_headings_nest_by_their_numbering() -> None:
    check(
        """
        Phần thứ nhất
        KẾT QUẢ
        I. KINH TẾ
        1. Nông nghiệp
        1.1. Trồng trọt: Gieo cấy 5 ha.
        1.2. Chăn nuôi
        Đàn bò 5 con.
        2. Công nghiệp
        Tăng khá.
        II. XÃ HỘI
        a) Y tế: Khám 5 lượt.
        b) Giáo dục: Có 5 trường.
        """,
        """
        root
          part “Phần thứ nhất KẾT QUẢ”
            roman “I. KINH TẾ”
              arabic “1. Nông nghiệp”
                arabic “1.1. Trồng trọt” [p1]
                arabic “1.2. Chăn nuôi” [p1]
              arabic “2. Công nghiệp” [p1]
            roman “II. XÃ HỘI”
              letter “a) Y tế” [p1]
              letter “b) Giáo dục” [p1]
        """,
    )


def test_a_heading_repeated_or_skipped_is_kept_and_reported() -> None:
    check(
        """
        I. MỘT
        II. HAI
        II. HAI NỮA
        1. Xã An
        Có 5 ha.
        2. Xã Bình
        Có 6 ha.
        5. Xã Cường
        Có 7 ha.
        """,
        """
        root
          roman “I. MỘT”
          roman “II. HAI”
          roman “II. HAI NỮA”
            arabic “1. Xã An” [p1]
            arabic “2. Xã Bình” [p1]
            arabic “5. Xã Cường” [p1]
        ! info numbering
        ! info numbering
        """,
    )


def test_a_lone_number_among_bullets_is_text() -> None:
    found = report("I. VIỆC LÀM\n- Thứ nhất;\n1. Một dòng lạc\n- Thứ hai;\nII. VIỆC KHÁC\nXong.")
    assert [s.marker for s in found.sections[1:]] == ["I.", "II."]
    assert [(p.kind, p.marker) for p in found.paragraphs] == [
        (ParagraphKind.BULLET, "-"),
        (ParagraphKind.BULLET, "1."),
        (ParagraphKind.BULLET, "-"),
        (ParagraphKind.TEXT, ""),
    ]


def test_a_numbered_list_of_amounts_is_no_row_of_headings() -> None:
    check(
        """
        Điều 1. Thông qua dự toán như sau:
        1. Tổng thu ngân sách: 3.790 triệu đồng (Bằng chữ: Ba nghìn);
        2. Tổng chi ngân sách: 7.093 triệu đồng.
        a) Chi thường xuyên: 5 triệu đồng;
        b) Chi đầu tư: 6 triệu đồng.
        Điều 2. Tổ chức thực hiện
        """,
        """
        root
          article “Điều 1. Thông qua dự toán như sau” [b4]
          article “Điều 2. Tổ chức thực hiện”
        """,
    )


def test_numbered_sentences_beside_headings_keep_their_places() -> None:
    check(
        """
        I. NHIỆM VỤ
        1. Về thu ngân sách:
        Thu đúng, thu đủ.
        2. Cần rà soát kỹ các nguồn thu. Trên cơ sở đó giao chỉ tiêu cho từng xã, từng thôn.
        3. Về chi ngân sách: giao phòng Tài chính chủ trì.
        """,
        """
        root
          roman “I. NHIỆM VỤ”
            arabic “1. Về thu ngân sách” [p1]
            arabic “2.” [p1]
            arabic “3. Về chi ngân sách” [p1]
        """,
    )


def test_headings_without_number() -> None:
    check(
        """
        I. KẾT QUẢ
        * *Trồng trọt*: Gieo cấy 5 ha.
        * *Chăn nuôi*: Đàn bò 5 con.
        ** Về thu ngân sách:*
        Thu 5 tỷ đồng.
        Một số tồn tại, hạn chế:
        - Tiến độ chậm.
        Trong đó:
        - Thu nội địa: 5 tỷ đồng.
        II. NHIỆM VỤ
        **Về kinh tế**
        Tập trung sản xuất.
        """,
        """
        root
          roman “I. KẾT QUẢ”
            run_in “Trồng trọt” [p1]
            run_in “Chăn nuôi” [p1]
            run_in “Về thu ngân sách” [p1]
              run_in “Một số tồn tại, hạn chế” [p1 b2]
          roman “II. NHIỆM VỤ”
            run_in “Về kinh tế” [p1]
        """,
    )


def test_a_list_that_starts_again_below_a_heading_without_number() -> None:
    check(
        """
        1. Cấp tỉnh
        Có 5 trường.
        2. Cấp huyện
        Có 6 trường.
        Đơn vị trực thuộc:
        1. Trung tâm Giáo dục:
        - Có 7 lớp.
        2. Phòng Giáo dục:
        - Có 8 lớp.
        3. Cấp xã
        Có 9 trường.
        """,
        """
        root
          arabic “1. Cấp tỉnh” [p1]
          arabic “2. Cấp huyện” [p1]
            run_in “Đơn vị trực thuộc”
              arabic “1. Trung tâm Giáo dục” [b1]
              arabic “2. Phòng Giáo dục” [b1]
              arabic “3. Cấp xã” [p1]
        """,
    )


def test_letters_as_parts_may_hold_letters() -> None:
    check(
        """
        E. TỔNG QUAN
        Nội dung.
        F1. KẾ HOẠCH
        A. TRỒNG TRỌT
        Lúa 5 ha.
        B. CHĂN NUÔI
        Bò 5 con.
        F2. ĐỊA BÀN
        1. Xã An
        Lúa 5 ha.
        2. Xã Bình
        Lúa 6 ha.
        G. XÃ HỘI
        Tốt.
        """,
        """
        root
          upper “E. TỔNG QUAN” [p1]
          upper “F1. KẾ HOẠCH”
            upper “A. TRỒNG TRỌT” [p1]
            upper “B. CHĂN NUÔI” [p1]
          upper “F2. ĐỊA BÀN”
            arabic “1. Xã An” [p1]
            arabic “2. Xã Bình” [p1]
          upper “G. XÃ HỘI” [p1]
        ! info numbering
        """,
    )


def test_header_signature_and_annexes() -> None:
    check(
        """
        UBND HUYỆN X
        BÁO CÁO
        Tình hình quý I năm 2024
        I. KẾT QUẢ
        Tốt./.
        Nơi nhận:
        - Lưu: VT.
        TM. ỦY BAN NHÂN DÂN
        Nguyễn Văn An
        Phụ lục I
        BIỂU SỐ LIỆU
        (Kèm theo Báo cáo số 5/BC-UBND)
        Phụ lục II
        DANH SÁCH
        Nội dung.
        """,
        """
        root
          header [p3]
          roman “I. KẾT QUẢ” [p1]
          signature [p4]
          annex “Phụ lục I BIỂU SỐ LIỆU” [p1]
          annex “Phụ lục II DANH SÁCH” [p1]
        """,
    )


def test_spans_of_sections_run_to_the_next_of_their_level() -> None:
    found = report("I. MỘT\n1. Hai\nA.\n2. Ba\nB.\nII. BỐN\nC.")
    spans = {s.marker + s.title: s.span.of(found.text) for s in found.sections[1:]}
    assert spans["I.MỘT"] == "I. MỘT\n1. Hai\nA.\n2. Ba\nB.\n"
    assert spans["1.Hai"] == "1. Hai\nA.\n"
    assert spans["II.BỐN"] == "II. BỐN\nC."


def test_a_title_has_no_marks_and_its_heading_covers_marker_and_title() -> None:
    found = report("**2.1. Công tác giáo dục¹:** Có 5 trường.\n\n¹ Trong đó 2 trường mới.")
    section = found.sections[1]
    assert section.title == "Công tác giáo dục"
    assert section.heading is not None and section.heading.of(found.text) == "2.1. Công tác giáo dục¹"
    assert found.footnotes[0].paragraph is None and found.footnotes[0].section == 1
