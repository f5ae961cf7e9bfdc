from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rich.console import Console

from eval.asked_again import ask_again, same_first_citation, same_short_answer
from eval.outcome import Cited, Given, Place, ReportText
from eval.questions import Gold, Kind, Question
from eval.retyping import Way
from eval.robustness import show_retyped
from ingest.domain import Span
from service.domain import Status

TEXT = "Xảy ra 18 vụ cháy. Có 5 lò gạch."
QUESTIONS = (
    Question("a", "Có bao nhiêu trận cháy trong quý I/2023?", Kind.FIGURE, True, ("18 vụ",), (Gold("q1", "18 vụ"),)),
    Question("b", "Giá vàng?", Kind.UNANSWERABLE_TOPIC, False),
)


def given(start: int, end: int, *, short: str | None = "18 vụ", report: str = "r1") -> Given:
    cited = Cited(Place(report, (Span(start, end),)), TEXT[start:end], TEXT[start:end])
    return Given(Status.ANSWERED, short, citations=(cited,))


@dataclass(frozen=True)
class OnlyAccented:
    """Knows the question in its own form and in NFD, and answers anything else from another sentence."""

    def reports(self) -> tuple[ReportText, ...]:
        return (ReportText("r1", "q1.txt", TEXT),)

    def ask(self, question: str, *, report_id: str | None = None, after: Sequence[str] = ()) -> Given:
        return given(0, 17) if "cháy" in question.lower() else given(19, 32, short="5 lò")

    def versions(self) -> Mapping[str, str]:
        return {}


def test_each_way_is_counted_against_the_own_form() -> None:
    done = ask_again(QUESTIONS, OnlyAccented(), seed=3)
    rows = {row.way: row for row in done.rows}
    assert list(rows) == [None, *Way]
    assert (rows[None].asked, rows[None].right) == (1, 1), "unanswerable questions are left out"
    upper, bare = rows[Way.UPPER], rows[Way.NO_ACCENTS]
    assert (upper.asked, upper.same_citation, upper.same_short, upper.right) == (1, 1, 1, 1)
    assert (bare.asked, bare.same_citation, bare.same_short, bare.right) == (1, 0, 0, 0)
    out = io.StringIO()
    show_retyped(done, Console(file=out, width=200), changed=True)
    lines = out.getvalue().splitlines()
    assert lines[1].split("\t") == ["own form", "1", "100.0", "100.0", "100.0"]
    assert lines[2].split("\t") == ["no_accents", "1", "0.0", "0.0", "0.0"]
    assert "a [no_accents] Co bao nhieu tran chay trong quy I/2023?" in lines


def test_the_first_citation_is_the_same_where_it_overlaps_in_one_report() -> None:
    refused, crashed = Given(Status.NOT_FOUND), Given(error="boom")
    assert same_first_citation(given(0, 17), given(10, 20))
    assert not same_first_citation(given(0, 17), given(17, 20))
    assert not same_first_citation(given(0, 17), given(0, 17, report="r2"))
    assert same_first_citation(refused, Given(Status.CLARIFY))
    assert not same_first_citation(given(0, 17), refused)
    assert not same_first_citation(crashed, crashed)
    assert same_short_answer(given(0, 17), given(5, 9, short="18 VỤ."))
    assert not same_short_answer(given(0, 17), refused)
    assert same_short_answer(refused, refused) and not same_short_answer(crashed, crashed)
