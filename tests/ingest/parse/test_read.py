"""Whatever comes in, a report or one of two errors comes out, and the report holds together."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.chunk import make_passages
from ingest.domain import Report
from ingest.errors import RefusedReport, UnreadableReport
from ingest.parse.read import read_report
from ingest.vi.normalise import canonical
from tests.ingest.parse.real_reports import NAMES, real_bytes
from tests.ingest.parse.word_files import cell, docx, mark, notes, para, table

WORD_FILE = docx(
    table(cell("UBND HUYỆN X") + cell("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"))
    + para("BÁO CÁO")
    + para("Tình hình quý I năm 2024")
    + para("I. KẾT QUẢ")
    + para("Đàn bò 502 con", mark(1), ".")
    + table(cell("Tên") + cell("Số"), cell("Bò") + cell("5"), cell("Lợn") + cell("6"), head=1),
    {"footnotes.xml": notes("footnote", {1: "Cả bê."})},
)
LINES = st.sampled_from(
    [
        "I. KẾT QUẢ",
        "II. NHIỆM VỤ",
        "1. Kinh tế",
        "1.1. Trồng trọt: Lúa 5 ha",
        "a) Đàn bò",
        "- Thu 5 tỷ đồng;",
        "+ Chi 6 tỷ đồng",
        "BÁO CÁO\n    ",
        "Tình hình quý I",
        "Nơi nhận:",
        "- Lưu: VT.",
        "TM. ỦY BAN NHÂN DÂN",
        "Nguyễn Văn An",
        "¹ Ghi chú",
        "Lúa¹ và ngô²",
        "[1] Ghi chú",
        "đất [1]\n    ",
        "Phụ lục I",
        "Đơn vị tính: con",
        "7",
        "-----",
        "** **",
        "** Về thu*",
        "* *Bò*: 5 con",
        "**Đậm",
        "*nghiêng",
        "# Đề mục",
        "Phần thứ nhất",
        "Điều 1. Áp dụng\n    ",
        "Một câu thường dài hơn một chút, không hết",
        "huyện tiếp tục",
        "Số: 5/BC-UBND",
        "X, ngày 31 tháng 2 năm 2024",
        "MẬT",
        "5 m² và m³²",
    ]
)


def check(report: Report) -> None:
    """Hold what every report promises: canonical text, spans inside it, disjoint paragraphs, ids in order."""
    size = len(report.text)
    assert canonical(report.text) == report.text
    assert [section.id for section in report.sections] == list(range(len(report.sections)))
    for section in report.sections:
        assert 0 <= section.span.start <= section.span.end <= size
        assert (section.parent is None) == (section.id == 0)
        assert section.parent is None or report.sections[section.parent].level == section.level - 1
        assert section.parent is None or report.sections[section.parent].span.covers(section.span)
    pieces = sorted(span for paragraph in report.paragraphs for span in paragraph.spans)
    assert all(0 <= span.start < span.end <= size for span in pieces)
    assert all(a.end <= b.start for a, b in pairwise(pieces))
    for note in report.footnotes:
        assert note.spans and all(0 <= span.start < span.end <= size for span in note.spans)
        if note.paragraph is not None and note.mark is not None:
            mark_ = note.mark
            assert any(span.covers(mark_) for span in report.paragraphs[note.paragraph].spans)
    for one in report.tables:
        assert all(len(row.cells) == len(one.columns) for row in one.rows)
        assert all(row.span.covers(c) for row in one.rows for c in row.cells)
    assert all(0 <= span.start < span.end <= size for span in report.meta.spans.values())
    passages = make_passages(report, key="k")
    assert [passage.ordinal for passage in passages] == list(range(len(passages)))
    assert len({passage.id for passage in passages}) == len(passages)
    assert all(0 <= s.start < s.end <= size for passage in passages for s in passage.spans)


def read_or_refuse(data: bytes, name: str = "a.docx") -> None:
    try:
        report = read_report(data, name=name)
    except (UnreadableReport, RefusedReport) as error:
        assert error.code in {"empty-file", "no-text", "damaged-file", "unsupported-format", "state-secret"}
        assert error.message
    else:
        check(report)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes(data: bytes) -> None:
    read_or_refuse(data)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=400))
def test_any_text(text: str) -> None:
    read_or_refuse(text.encode("utf-8", errors="surrogatepass"), "a.txt")


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(LINES, st.sampled_from(["\n", "\n\n", "\n|\n", " "])), max_size=25))
def test_any_order_of_the_lines_reports_are_made_of(lines: list[tuple[str, str]]) -> None:
    read_or_refuse("".join(line.strip() + joint for line, joint in lines).encode(), "a.md")


@settings(max_examples=100, deadline=None)
@given(st.integers(0, len(WORD_FILE)))
def test_a_word_file_cut_anywhere(size: int) -> None:
    read_or_refuse(WORD_FILE[:size])


@settings(max_examples=100, deadline=None)
@given(st.integers(0, len(WORD_FILE) - 1), st.binary(min_size=1, max_size=6))
def test_a_word_file_with_a_few_bytes_changed(at: int, noise: bytes) -> None:
    read_or_refuse(WORD_FILE[:at] + noise + WORD_FILE[at + len(noise) :])


def test_the_whole_word_file_is_read() -> None:
    report = read_report(WORD_FILE, name="a.docx")
    check(report)
    assert len(report.tables) == 1 and len(report.footnotes) == 1 and report.meta.issuer == "UBND HUYỆN X"


@pytest.mark.skipif(not NAMES, reason="no real reports beside the repository")
@pytest.mark.parametrize("name", NAMES)
def test_real_reports_whole_and_cut(name: str) -> None:
    data = real_bytes(name)
    check(read_report(data, name=name))
    cuts = random.Random(name).sample(range(len(data)), 6)
    for size in cuts:
        read_or_refuse(data[:size], name)
        read_or_refuse(data[size:], name)


def test_the_name_only_tells_markdown_from_plain_text() -> None:
    assert [read_report("Một câu.".encode(), name=n).format for n in ("a.md", "a.txt", "a.docx", "")] == [
        "md",
        "txt",
        "txt",
        "txt",
    ]
