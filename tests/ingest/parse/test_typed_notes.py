"""Notes typed into running text, and what only looks like them."""

from __future__ import annotations

import pytest

from ingest.domain import Report
from ingest.parse.read import read_report
from tests.ingest.parse.word_files import docx, para, run

_RAISED = '<w:vertAlign w:val="superscript"/>'


def _report(mark: str, *notes: str) -> Report:
    body = [para("I. CHĂN NUÔI"), para("Đàn trâu có 2.115 con", mark, ", đàn bò 312 con."), para("Đàn dê có 90 con.")]
    return read_report(docx("".join([*body, *(para(note) for note in notes)])), name="a.docx")


def _bound(report: Report) -> list[tuple[str, str, str]]:
    text = report.text
    return [
        (note.label, text[note.mark.start - 3 : note.mark.start], note.spans[0].of(text))
        for note in report.footnotes
        if note.mark is not None
    ]


@pytest.mark.parametrize(
    ("mark", "note", "label"),
    [
        (run("(*)", _RAISED), "(*) Không tính nghé.", "(*)"),
        ("*", "* Không tính nghé.", "*"),
        (" (*)", "Ghi chú: (*) Không tính nghé.", "(*)"),
        ("(**)", "(**): Không tính nghé.", "(**)"),
        (run("(1)", _RAISED), "(1) Không tính nghé.", "(1)"),
        (run("1)", _RAISED), "1) Không tính nghé.", "1)"),
        (run("1)", _RAISED), run("1)", _RAISED) + run(" Không tính nghé."), "1"),
    ],
)
def test_a_typed_note_is_bound_to_its_word(mark: str, note: str, label: str) -> None:
    report = _report(mark, note)
    [(found, before, said)] = _bound(report)
    assert (found, before.strip()[-2:], said) == (label, "on", "Không tính nghé.")
    assert not any("Không tính" in report.text[p.spans[0].start : p.spans[-1].end] for p in report.paragraphs)


@pytest.mark.parametrize(
    ("mark", "notes"),
    [
        ("", ["* Về trồng trọt: gieo 40 ha."]),  # a bullet
        (": (1) trâu cày", ["(1) Gồm trâu cày."]),  # a list
        ("*", ["* Không tính nghé.", "* Về trồng trọt: gieo 40 ha."]),  # bullets, and a star that nobody explains
        (" **đạt** ", ["* Không tính nghé."]),  # emphasis
    ],
)
def test_what_only_looks_like_a_note_stays_text(mark: str, notes: list[str]) -> None:
    assert _report(mark, *notes).footnotes == ()
