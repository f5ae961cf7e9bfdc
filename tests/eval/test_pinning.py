from __future__ import annotations

from pathlib import Path

from eval.outcome import ReportText, spans_of
from eval.pinning import pin, section_number, write_set
from eval.questions import Gold, Kind, Question, load
from ingest.domain import Span

TEXT = "1. Giao thông\nXảy ra 14 vụ.\n2. Cháy\nXảy ra 03 vụ, thiệt hại\nnhẹ. Xảy ra 14 vụ."
REPORTS = (ReportText("r1", "quy-1.txt", TEXT),)


def question(quote: str, *, footnote: str = "") -> Question:
    return Question(
        "q", "Mấy vụ?", Kind.FIGURE, True, ("03 vụ",), (Gold("quy-1", quote, footnote=footnote),), report="quy-1"
    )


def numbered(report_id: str, span: Span) -> str:
    return "2." if report_id == "r1" and span.start > TEXT.index("2.") else "1."


def test_a_quote_becomes_every_place_it_stands_in_and_reads_back(tmp_path: Path) -> None:
    asked = (question("Xảy ra 14 vụ"), question("03 vụ, thiệt hại nhẹ", footnote="3"))
    kept, lost = pin(asked, REPORTS, numbered)
    assert lost == ()
    assert [[gold.section for gold in one.evidence] for one in kept] == [["1.", "2."], ["2."]]
    assert kept[1].evidence[0].footnote == "3"
    path = tmp_path / "set.jsonl"
    write_set((kept[1],), path)
    assert "thiệt hại" not in path.read_text("utf-8")
    (again,) = load([path])
    assert again == kept[1]
    assert [span.of(TEXT) for span in spans_of(again.evidence[0], TEXT)] == ["03 vụ, thiệt hại\nnhẹ"]


def test_a_quote_that_stands_nowhere_loses_its_question() -> None:
    assert pin((question("99 vụ"),), REPORTS, numbered) == ((), ("q",))


def test_the_innermost_number_of_a_section_path() -> None:
    assert section_number(("II. Văn hóa - xã hội", "2.1. Giáo dục", "* Mầm non")) == "2.1."
    assert section_number(("a) Thu ngân sách",)) == "a)"
    assert section_number(("Kết luận",)) == ""
