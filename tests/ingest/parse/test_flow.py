from __future__ import annotations

from ingest.domain import Report, Severity
from ingest.parse.read import read_report

SENTENCE = "Tập trung chỉ đạo sản xuất, chăm sóc, phòng trừ sâu bệnh cho lúa và cây rau màu. "


def report(raw: str) -> Report:
    return read_report(raw.encode(), name="a.txt")


def pages(report_: Report) -> list[str]:
    return [i.span.of(report_.text) for i in report_.issues if i.code == "page-number" and i.span]


def test_lone_page_numbers_are_left_out_and_join_the_sentence_they_cut() -> None:
    found = report("Phê duyệt đồ án quy hoạch chi tiết của\n\n2\n\nhuyện trong năm.\n\n- 3 -\n\nHết.")
    assert pages(found) == ["2", "- 3 -"]
    assert [len(p.spans) for p in found.paragraphs] == [2, 1]
    assert all(issue.severity is Severity.INFO for issue in found.issues)


def test_a_number_that_goes_back_is_no_page_number() -> None:
    assert pages(report("Một\n\n5\n\nHai\n\n3\n\nBa")) == ["5"]


def paged(last: str) -> str:
    """Five pages of about the same length, notes at the end of the first four, ``last`` on the sixth."""
    body = "".join(f"{SENTENCE * 6}Đoạn này hết{'¹²³⁴'[n]}.\n\n{'¹²³⁴'[n]} Ghi chú.\n\n" for n in range(4))
    return body + SENTENCE * 7 + f"\n\nChữ ký số được dùng rộng rãi. {last}"


def test_a_page_number_swallowed_by_a_sentence_is_told_by_pages_and_words() -> None:
    assert pages(report(paged("Văn bản được ký 6 số cá nhân."))) == ["6"]


def test_a_count_is_no_page_number() -> None:
    assert pages(report(paged("Văn bản được ký 60 số cá nhân."))) == []
    assert pages(report(paged("Đơn vị được giao 6 xe ô tô."))) == []
    assert pages(report("Chữ ký số. Văn bản được ký 6 số cá nhân.")) == []
