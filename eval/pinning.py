"""Quotes of a question set -> places: so that a set can be kept without a word of the reports it asks about."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, replace
from pathlib import Path

from eval.outcome import ReportText, is_named, spans_of
from eval.questions import Gold, Question
from ingest.domain import Span

# Gives the number of the section ("2.1.", "" for none) in which a span of a report (by id) stands.
Numbered = Callable[[str, Span], str]
_NUMBER = re.compile(r"(?:[IVX]+|[A-Z]|[a-zđ]|\d+(?:\.\d+)*)[.)/-]\.?(?= )")


def pin(
    questions: Iterable[Question], reports: Sequence[ReportText], numbered: Numbered
) -> tuple[tuple[Question, ...], tuple[str, ...]]:
    """Return the questions with every quote as ``start``, ``end`` and ``sha256``, and the ids of those left out.

    The number of the section goes with it, its words do not. A quote that stands in several places gives a gold piece
    for each; a question with a quote that stands nowhere is left out: what it rests on cannot be checked.
    """
    kept: list[Question] = []
    lost: list[str] = []
    for question in questions:
        placed = [_placed(gold, reports, numbered) for gold in question.evidence]
        if all(placed):
            kept.append(replace(question, evidence=tuple(gold for golds in placed for gold in golds)))
        else:
            lost.append(question.qid)
    return tuple(kept), tuple(lost)


def write_set(questions: Iterable[Question], path: Path) -> None:
    """Write the questions as JSON lines, empty keys left out. Raises ``OSError``."""
    lines = [json.dumps(_row(question), ensure_ascii=False) for question in questions]
    path.write_text("".join(f"{line}\n" for line in lines), "utf-8")


def section_number(path: Sequence[str]) -> str:
    """Return the innermost number of a section path ("I. Kinh tế", "2.1. Thu" -> "2.1."); "" when none has one."""
    found = [match.group() for name in path if (match := _NUMBER.match(name))]
    return found[-1] if found else ""


def _placed(gold: Gold, reports: Sequence[ReportText], numbered: Numbered) -> tuple[Gold, ...]:
    return tuple(
        _at(gold, span, report.text, numbered(report.report_id, span))
        for report in reports
        if is_named(gold.report, report.name)
        for span in spans_of(gold, report.text)
    )


def _at(gold: Gold, span: Span, text: str, section: str) -> Gold:
    digest = hashlib.sha256(span.of(text).encode()).hexdigest()
    return replace(gold, quote="", start=span.start, end=span.end, sha256=digest, section=gold.section or section)


def _row(question: Question) -> dict[str, object]:
    row = {**asdict(question), "kind": question.kind.value}
    row["evidence"] = [{k: v for k, v in asdict(gold).items() if v not in ("", 0)} for gold in question.evidence]
    return {k: v for k, v in row.items() if v not in ("", (), [], None)}
