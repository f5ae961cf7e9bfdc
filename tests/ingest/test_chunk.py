from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from ingest.chunk import MAX_PASSAGE_CHARS, make_passages, marks, section_path
from ingest.domain import Page, ParagraphKind, Passage, PassageKind, Report, Span
from ingest.figures import report_figures
from ingest.parse.read import read_report
from ingest.vi.reading import read
from tests.ingest.parse.real_reports import NAMES, real_report

RAW = """\
UBND HUYỆN VÂN TRẠCH
BÁO CÁO
Tình hình quý I năm 2024

Thực hiện chương trình công tác, huyện báo cáo như sau:

I. KINH TẾ

1. Chăn nuôi: Đàn bò 502 con¹. Đàn lợn tăng khá.

¹ Trong đó 40 con bê.

- Dịch bệnh được kiểm soát [1].

2. Đã hoàn thành quyết toán

| STT | Chỉ tiêu | Số |
|---|---|---|
| A | CHĂN NUÔI |  |
| 1 | Đàn bò | 502 |
|  | - Bò sữa | 12 |

Nơi nhận:
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
Nguyễn Văn An

[1] Riêng xã An Lãng còn 1 ổ dịch.
"""


def report(raw: str = RAW) -> Report:
    return read_report(raw.encode(), name="a.md")


def of_kind(found: tuple[Passage, ...], kind: PassageKind) -> list[Passage]:
    return [passage for passage in found if passage.kind is kind]


def test_one_passage_for_header_sections_notes_rows_and_signature() -> None:
    found = make_passages(report(), key="k")
    assert [passage.kind.value for passage in found] == [
        "header",
        "section",
        "section",
        "footnote",
        "table_row",
        "table_row",
        "table_row",
        "signature",
        "footnote",
    ]
    assert [passage.ordinal for passage in found] == list(range(9))


def test_a_section_passage_reads_without_marks_and_says_which_notes_it_has() -> None:
    text = report()
    passage = make_passages(text, key="k")[2]
    assert passage.text == "Đàn bò 502 con. Đàn lợn tăng khá. - Dịch bệnh được kiểm soát."
    assert passage.section_path == ("I. KINH TẾ", "1. Chăn nuôi")
    assert passage.context == "I. KINH TẾ > 1. Chăn nuôi" and passage.notes == ("1", "1")
    assert passage.text == read(text.text, passage.spans, drop=marks(text)).text


def test_a_note_comes_with_its_path_and_the_sentence_it_belongs_to() -> None:
    text = report()
    first, second = of_kind(make_passages(text, key="k"), PassageKind.FOOTNOTE)
    assert (first.footnote, first.text) == ("1", "Trong đó 40 con bê.")
    assert first.context == "I. KINH TẾ > 1. Chăn nuôi\nĐàn bò 502 con."
    assert first.anchor is not None and first.anchor.of(text.text) == "Đàn bò 502 con¹."
    assert second.text == "Riêng xã An Lãng còn 1 ổ dịch."
    assert second.anchor is not None and second.anchor.of(text.text).endswith("kiểm soát [1].")


def test_the_note_of_a_heading_is_anchored_at_the_heading() -> None:
    text = report("I. GIÁO DỤC\n\n1. Công tác giáo dục¹: Có 5 trường.\n\n¹ Trong đó 2 trường mới.\n\n2. Y tế: Tốt.")
    note = of_kind(make_passages(text, key="k"), PassageKind.FOOTNOTE)[0]
    assert note.anchor is not None and note.anchor.of(text.text) == "1. Công tác giáo dục¹"
    assert note.section_path == ("I. GIÁO DỤC", "1. Công tác giáo dục")


def test_a_row_comes_with_its_columns_and_the_rows_above_it() -> None:
    rows = of_kind(make_passages(report(), key="k"), PassageKind.TABLE_ROW)
    assert rows[1].text == "| 1 | Đàn bò | 502 |"
    assert rows[1].context.splitlines()[-2:] == ["CHĂN NUÔI", "Chỉ tiêu: Đàn bò; Số: 502"]
    assert rows[2].context.splitlines()[-3:] == ["CHĂN NUÔI", "Đàn bò", "Chỉ tiêu: - Bò sữa; Số: 12"]


def test_a_heading_with_nothing_under_it_is_a_passage() -> None:
    found = make_passages(report("I. MỘT\n1. Đã hoàn thành quyết toán\n2. Đã công khai dự toán"), key="k")
    assert [passage.text for passage in found] == ["1. Đã hoàn thành quyết toán", "2. Đã công khai dự toán"]


@pytest.mark.parametrize(
    "heading",
    [
        "1. Về đề nghị hỗ trợ khoảng 200 tỷ đồng để khắc phục hậu quả sau bão",
        "1. Giao phòng chuyên môn chủ trì, phối hợp với các xã rà soát hồ sơ, báo cáo kết quả thực hiện hằng tháng",
    ],
)
def test_a_heading_that_tells_something_is_a_passage_above_its_text(heading: str) -> None:
    text = report(f"I. KIẾN NGHỊ\n\n{heading}:\n\na) Đồng ý về nguyên tắc.\n\nb) Báo cáo trước khi làm.")
    first, *below = make_passages(text, key="k")
    assert (first.text, first.section_path[-1], first.context) == (heading, heading, "I. KIẾN NGHỊ")
    assert [passage.context for passage in below] == [f"I. KIẾN NGHỊ > {heading}"] * 2


@pytest.mark.parametrize(
    "heading",
    ["1. Kết quả thu ngân sách năm 2024", "1. Kế hoạch 5 năm", "1. DỰ TOÁN CHI NGÂN SÁCH CỦA 12 XÃ, THỊ TRẤN"],
)
def test_a_heading_that_names_what_is_below_is_no_passage(heading: str) -> None:
    text = report(f"I. KIẾN NGHỊ\n\n{heading}:\n\na) Đồng ý về nguyên tắc.\n\nb) Báo cáo trước khi làm.")
    assert [passage.text[:2] for passage in make_passages(text, key="k")] == ["a)", "b)"]


def test_long_sections_are_cut_at_paragraphs_then_sentences() -> None:
    sentence = "Tập trung chỉ đạo sản xuất, chăm sóc và phòng trừ sâu bệnh cho lúa xuân. "
    text = report(f"I. KINH TẾ\n\nMở đầu ngắn.\n\n{sentence * 40}\n\nKết thúc ngắn.")
    found = make_passages(text, key="k")
    assert len(found) == 3 and all(len(passage.text) <= MAX_PASSAGE_CHARS for passage in found)
    assert all(passage.text.endswith(".") for passage in found)
    assert " ".join(passage.text for passage in found).count("Tập trung") == 40


def test_a_long_paragraph_without_sentences_is_still_cut() -> None:
    text = report("I. DANH SÁCH\n\n" + "xã An Lãng, " * 400 + "hết")
    assert all(len(passage.text) <= 2 * MAX_PASSAGE_CHARS for passage in make_passages(text, key="k"))


def test_ids_depend_on_the_key_and_nothing_else() -> None:
    first, again, other = (make_passages(report(), key=key) for key in ("k", "k", "l"))
    assert first == again
    assert not {passage.id for passage in first} & {passage.id for passage in other}


def test_page_numbers_and_source_marks_are_not_read() -> None:
    text = report("KCN Mỹ An 1,[30] 2,[31] và 3.[32]")
    assert [span.of(text.text) for span in marks(text)] == ["[30]", "[31]", "[32]"]
    assert make_passages(text, key="k")[0].text == "KCN Mỹ An 1, 2, và 3."


def test_a_mark_whose_note_is_lost_is_not_read_with_the_unit() -> None:
    found = report("I. CHĂN NUÔI\n\nĐàn lợn có 41.870 con², trên 12 m² chuồng.\n\n¹ Không ai nhắc.")
    [section] = of_kind(make_passages(found, key="k"), PassageKind.SECTION)
    assert section.text.endswith("41.870 con, trên 12 m² chuồng.")
    [first, *_] = report_figures(found, (section,))[section.id]
    assert (first.unit, first.text) == ("con", "41.870 con")


def test_the_path_of_the_root_is_empty() -> None:
    assert section_path(report().sections, 0) == ()


@pytest.mark.skipif(not NAMES, reason="no real reports beside the repository")
@pytest.mark.parametrize("name", NAMES)
def test_nothing_printed_in_a_real_report_is_lost(name: str) -> None:
    text = real_report(name)
    covered = bytearray(len(text.text))
    spans = [span for passage in make_passages(text, key="k") for span in passage.spans]
    spans += [section.heading for section in text.sections if section.heading is not None]
    spans += [s for p in text.paragraphs if p.kind is ParagraphKind.TABLE_ROW for s in p.spans]
    for span in spans:
        covered[span.start : span.end] = b"\1" * len(span)
    for start in _edit_links(text.text):
        covered[start : start + len(_EDIT_LINK)] = b"\1" * len(_EDIT_LINK)
    letters = [offset for offset, ch in enumerate(text.text) if ch.isalpha()]
    assert sum(covered[offset] for offset in letters) >= 0.995 * len(letters)


_EDIT_LINK = "[sửa | sửa mã nguồn]"


def _edit_links(text: str) -> list[int]:
    """Offsets of the links an encyclopaedia prints beside its headings: furniture."""
    found, at = [], text.find(_EDIT_LINK)
    while at >= 0:
        found.append(at)
        at = text.find(_EDIT_LINK, at + 1)
    return found


def test_passages_know_their_page_and_where_the_next_begins() -> None:
    report = read_report(RAW.encode(), name="a.txt")
    cuts = [0, report.text.index("bê"), report.text.index("- Bò sữa"), len(report.text)]
    pages = tuple(Page(n, Span(a, b), 595, 842) for n, (a, b) in enumerate(pairwise(cuts), start=1))
    paged = {p.text: p for p in make_passages(replace(report, pages=pages), key="k")}
    note = next(p for p in paged.values() if p.footnote == "1" and "bê" in p.text)
    assert (note.page, note.turns) == (1, (cuts[1],))
    row = next(p for text, p in paged.items() if "- Bò sữa" in text)
    assert (row.page, row.turns) == (2, (cuts[2],))  # it begins with its bar, on the page before
    assert all(p.page is None and not p.turns for p in make_passages(report, key="k"))
    assert make_passages(report, key="k")[0].id == make_passages(replace(report, pages=pages), key="k")[0].id


def test_a_total_row_stands_under_no_other_row() -> None:
    rows = ("| STT | Tên | Số |", "|---|---|---|", "| 1 | Xã A | 5 |", "| 2 | Xã B | 6 |", "| | **Tổng cộng** | 11 |")
    told = read_report("\n".join(["BÁO CÁO", "", "I. DÂN SỐ", "", *rows, ""]).encode(), name="a.md")
    total = next(p for p in make_passages(told, key="k") if "Tổng cộng" in p.text)
    assert total.kind is PassageKind.TABLE_ROW and "Xã B" not in total.context
