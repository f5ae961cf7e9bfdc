from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rich.console import Console

from eval import reporting
from eval.outcome import Cited, Given, Place, ReportText
from eval.questions import Gold, Kind, Question
from eval.runner import Run, run
from ingest.domain import Span
from service.domain import Status

TEXT = "Trong quý xảy ra 18 vụ tai nạn\ngiao thông. Cháy 03 vụ."
FOUND = Place("r1", (Span(0, 42),))
PIECE = "Cháy 03 vụ"
AT = TEXT.index(PIECE)
QUESTIONS = (
    Question("a", "tai nạn?", Kind.FIGURE, True, ("18 vụ",), (Gold("q1", "18 vụ tai nạn giao thông"),)),
    Question(
        "b",
        "cháy?",
        Kind.FIGURE,
        True,
        ("03 vụ",),
        (Gold("q1.txt", start=AT, end=AT + len(PIECE), sha256=hashlib.sha256(PIECE.encode()).hexdigest()),),
    ),
    Question("c", "vỡ?", Kind.FIGURE, True, ("1 vụ",), (Gold("q2", "1 vụ"),)),
    Question("d", "ly hôn?", Kind.UNANSWERABLE_TOPIC, False),
)
GIVEN = {
    "tai nạn?": Given(Status.ANSWERED, "18 vụ", citations=(Cited(FOUND, TEXT[:42], TEXT[:42]),), hits=(FOUND,)),
    "cháy?": Given(Status.ANSWERED, "18 vụ", citations=(Cited(FOUND, TEXT[:42], TEXT[:42]),), hits=()),
    "vỡ?": Given(error="KeyError: 'x'"),
    "ly hôn?": Given(Status.NOT_FOUND, hits=()),
}


@dataclass(frozen=True)
class FakeBackend:
    def reports(self) -> tuple[ReportText, ...]:
        return (ReportText("r1", "q1.txt", TEXT),)

    def ask(self, question: str, *, report_id: str | None = None, after: Sequence[str] = ()) -> Given:
        given = GIVEN[question]
        return replace(given, answer=f"{report_id} {' '.join(after)}".strip()) if report_id or after else given

    def versions(self) -> Mapping[str, str]:
        return {"model": "m", "index_version": "i-1"}


def done() -> Run:
    return run(QUESTIONS, FakeBackend())


def test_every_question_gives_one_result_in_order() -> None:
    seen: list[tuple[int, int]] = []
    result = run(QUESTIONS, FakeBackend(), progress=lambda n, of: seen.append((n, of)))
    assert [one.question.qid for one in result.results] == ["a", "b", "c", "d"]
    assert seen == [(1, 4), (2, 4), (3, 4), (4, 4)]
    assert [one.score.values["right"] for one in result.results] == [1.0, 0.0, 0.0, 1.0]


def test_means_count_the_crash() -> None:
    total = done().total
    assert total.questions == 4
    assert total.means["right"] == 0.5
    assert total.means["correct"] == total.means["hit@1"] == 1 / 3
    assert total.means["crashed"] == 0.25
    assert total.means["false answer"] == 0.0
    assert total.means["quotes exact"] == 1.0


def test_evidence_is_found_by_quote_over_line_breaks_and_by_place() -> None:
    result = done()
    assert [TEXT[t.spans[0].start : t.spans[0].end] for t in result.results[0].targets] == ["18 vụ tai nạn\ngiao thông"]
    assert result.results[1].targets[0].spans == (Span(AT, AT + len(PIECE)),)
    assert [one.qid for one in result.unlocated] == ["c"]


def test_a_run_is_repeatable() -> None:
    assert done() == done()


def test_json_names_data_model_seed_and_commit(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text("{}", encoding="utf-8")
    told = json.loads(json.dumps(reporting.as_dict(done(), [path])))
    assert told["model"] == "m" and told["index_version"] == "i-1"
    assert told["set_sha256"] == hashlib.sha256(b"{}").hexdigest()
    assert told["sets"] == ["set.jsonl"] and told["questions"] == 4
    assert isinstance(told["seed"], int) and "commit" in told
    assert [one["kind"] for one in told["summary"]] == ["figure", "unanswerable_topic", "total"]


def test_lines_hold_what_was_answered(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    reporting.write_lines(done(), path)
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert [row["qid"] for row in rows] == ["a", "b", "c", "d"]
    assert rows[0]["citations"][0]["quote"] == TEXT[:42]
    assert rows[2]["status"] is None and rows[2]["error"] == "KeyError: 'x'"


def test_plain_and_terminal_tables_say_the_same() -> None:
    plain, rich = io.StringIO(), io.StringIO()
    reporting.show(done(), Console(file=plain, width=80))
    reporting.show(done(), Console(file=rich, width=250, force_terminal=True))
    lines = plain.getvalue().splitlines()
    assert lines[0].split("\t")[:3] == ["loại", "n", "right"]
    assert lines[3].split("\t")[:3] == ["total", "4", "50.0"]
    assert "total" in rich.getvalue() and "50.0" in rich.getvalue()
    assert "nên tính là sai: c" in plain.getvalue()


def test_errors_show_what_was_expected_and_what_came() -> None:
    out = io.StringIO()
    reporting.show_errors(done(), Console(file=out, width=80))
    told = out.getvalue()
    assert "a [figure]" not in told
    assert "b [figure] cháy?" in told and "đúng ra: 03 vụ" in told and "trả lời: answered 18 vụ" in told
    assert "lỗi KeyError: 'x'" in told


def test_a_question_is_asked_of_its_report_after_its_conversation() -> None:
    asked = replace(QUESTIONS[0], report="q1", after=("cháy?", "vỡ?"))
    missing = replace(QUESTIONS[1], report="q9")
    first, second = run((asked, missing), FakeBackend()).results
    assert first.given.answer == "r1 cháy? vỡ?"
    assert second.given.error == "report-missing: q9"


def test_stages_are_told_by_median_and_95th_percentile() -> None:
    class Timed(FakeBackend):
        def ask(self, question: str, *, report_id: str | None = None, after: Sequence[str] = ()) -> Given:
            return Given(Status.NOT_FOUND, timings_ms={"retrieve": float(len(question)), "total": 10.0})

    assert run(QUESTIONS, Timed()).stages() == {"retrieve": (5.0, 8.0), "total": (10.0, 10.0)}
