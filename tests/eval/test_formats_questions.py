from __future__ import annotations

import hashlib

from eval.formats_questions import about, relocated, relocated_to_pages
from eval.outcome import ReportText, targets
from eval.questions import Gold, Kind, Question

ORIGINAL = "Quý I xảy ra 18 vụ tai nạn giao thông¹, 03 người chết. Đàn bò có 4.310 con."
OTHER = "Đàn bò\ncó 4.310 con. Quý I xảy ra 18 vụ tai nạn\ngiao thông, 03 người chết."


def question(*golds: Gold, qid: str = "one") -> Question:
    return Question(qid, "Bao nhiêu vụ?", Kind.FIGURE, answerable=True, answers=("18 vụ",), evidence=golds)


def placed(piece: str) -> Gold:
    start = ORIGINAL.index(piece)
    digest = hashlib.sha256(piece.encode()).hexdigest()
    return Gold("bao-cao", start=start, end=start + len(piece), sha256=digest, section="1.")


def found(asked: Question) -> list[str]:
    texts = [ReportText("r1", "bao-cao.pdf", OTHER)]
    return [span.of(OTHER) for one in targets(asked.evidence, texts) for span in one.spans]


def test_gold_by_place_and_by_quote_is_found_in_the_other_text() -> None:
    asked = [question(placed("18 vụ tai nạn giao thông¹")), question(Gold("bao-cao.txt", quote="có 4.310 con"))]
    moved = relocated(asked, {"bao-cao": ORIGINAL}, {"bao-cao": OTHER})
    assert [found(one) for one in moved] == [["18 vụ tai nạn\ngiao thông"], ["có 4.310 con"]]
    assert moved[0].evidence[0].section == "1."


def test_gold_that_is_not_there_any_more_supports_nothing() -> None:
    (moved,) = relocated([question(placed("Đàn bò có 4.310 con"))], {"bao-cao": ORIGINAL}, {"bao-cao": "Trang trắng"})
    assert moved.evidence
    assert targets(moved.evidence, [ReportText("r1", "bao-cao.pdf", "Trang trắng")]) == ()


def test_gold_is_found_on_the_page_it_stands_on() -> None:
    pages = [("bao-cao-1", "Đàn bò\ncó 4.310 con."), ("bao-cao-2", "Quý I xảy ra 18 vụ tai nạn\ngiao thông.")]
    asked = [question(placed("18 vụ tai nạn giao thông¹")), question(placed("03 người chết"), qid="two")]
    first, lost = relocated_to_pages(asked, {"bao-cao": ORIGINAL}, {"bao-cao": pages})
    texts = [ReportText(name, f"{name}.png", text) for name, text in pages]
    (target,) = targets(first.evidence, texts)
    assert (target.report_id, target.section, first.report) == ("bao-cao-2", "", "")
    assert [span.of(pages[1][1]) for span in target.spans] == ["18 vụ tai nạn\ngiao thông"]
    assert lost.evidence and targets(lost.evidence, texts) == ()


def test_gold_of_other_reports_stays() -> None:
    other = Gold("khac", quote="gì đó")
    (moved,) = relocated([question(other)], {"bao-cao": ORIGINAL}, {"bao-cao": OTHER})
    assert moved.evidence == (other,)


def test_only_questions_about_the_compared_reports_are_asked() -> None:
    mine = question(Gold("bao-cao.txt", quote="18 vụ"))
    both = question(Gold("bao-cao", quote="18 vụ"), Gold("khac", quote="1"), qid="two")
    unanswerable = Question("three", "Giá vàng?", Kind.UNANSWERABLE_TOPIC, answerable=False)
    assert about([mine, both, unanswerable], ["bao-cao"]) == (mine, unanswerable)
