"""A question set made for one form of the reports → the same questions for another form of them.

Gold evidence is a place in the original's canonical text; another format's text has the same words at other places, and
a scan has them with other letters. They are looked up there; gold in reports that are not compared stays as it is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from eval.formats_text import Relocation
from eval.outcome import is_named, spans_of
from eval.questions import Gold, Question
from eval.runner import Result, Run
from ingest.domain import Span

_SEAM = "\n\n"  # between the pages of a report
_NOWHERE = "0" * 64  # the hash of no text: a piece that is not there supports nothing


@dataclass(frozen=True, slots=True)
class Change:
    """A question that is right in one form of the reports and not in the other."""

    before: Result
    after: Result


def about(questions: Iterable[Question], names: Sequence[str]) -> tuple[Question, ...]:
    """Return the questions all of whose reports are among ``names`` (file names without extension)."""
    known = set(names)
    return tuple(one for one in questions if _reports_of(one) <= known)


def _reports_of(question: Question) -> set[str]:
    named = {gold.report for gold in question.evidence} | ({question.report} if question.report else set())
    return {PurePath(name).stem if PurePath(name).suffix in (".txt", ".md", ".docx") else name for name in named}


def relocated(
    questions: Iterable[Question], originals: Mapping[str, str], others: Mapping[str, str]
) -> tuple[Question, ...]:
    """Return the questions with their gold in ``others``: canonical texts by report name, as in ``originals``.

    A piece that has no like there stays as one that nothing supports: what was lost counts as wrong.
    """
    finders = {name: Relocation(originals[name], text) for name, text in others.items() if name in originals}
    return tuple(
        replace(one, evidence=tuple(gold for old in one.evidence for gold in _moved(old, originals, others, finders)))
        for one in questions
    )


def relocated_to_pages(
    questions: Iterable[Question], originals: Mapping[str, str], pages: Mapping[str, Sequence[tuple[str, str]]]
) -> tuple[Question, ...]:
    """Return the questions with their gold in reports of one page each: (name, canonical text) by report, in order.

    They are asked of all pages; what a page says of the section a piece stands under is not looked at.
    """
    joined = {name: _SEAM.join(text for _, text in held) for name, held in pages.items()}
    return tuple(
        replace(one, report="", evidence=tuple(_on_page(gold, pages) for gold in one.evidence))
        for one in relocated(questions, originals, joined)
    )


def _on_page(gold: Gold, pages: Mapping[str, Sequence[tuple[str, str]]]) -> Gold:
    """Return a piece of the joined pages of a report as one of the page it begins on."""
    at = 0
    for name, text in pages.get(gold.report, ()):
        if at <= gold.start < at + len(text) and gold.sha256 != _NOWHERE:
            return replace(gold, report=name, start=gold.start - at, end=gold.end - at, section="")
        at += len(text) + len(_SEAM)
    return gold


def _moved(
    gold: Gold, originals: Mapping[str, str], others: Mapping[str, str], finders: Mapping[str, Relocation]
) -> tuple[Gold, ...]:
    name = next((one for one in finders if is_named(gold.report, one) or PurePath(gold.report).stem == one), None)
    if name is None:
        return (gold,)
    spans = {span for old in spans_of(gold, originals[name]) for span in finders[name](old)}
    found = tuple(_at(gold, span, others[name]) for span in sorted(spans))
    return found or (replace(gold, report=name, quote="", start=0, end=1, sha256=_NOWHERE),)


def _at(gold: Gold, span: Span, text: str) -> Gold:
    digest = hashlib.sha256(span.of(text).encode()).hexdigest()
    return replace(gold, report=PurePath(gold.report).stem, quote="", start=span.start, end=span.end, sha256=digest)


def changes(before: Run, after: Run) -> tuple[Change, ...]:
    """Return the questions whose "right" differs between two runs of the same questions, in their order."""
    by_id = {one.question.qid: one for one in before.results}
    return tuple(
        Change(by_id[one.question.qid], one)
        for one in after.results
        if one.question.qid in by_id and one.score.values["right"] != by_id[one.question.qid].score.values["right"]
    )


def right_answers(run: Run) -> float | None:
    """Return the share of questions answered right or rightly refused, wherever they were cited; None without any."""
    values = [
        one.score.values["correct"] if one.question.answerable else one.score.values["right"] for one in run.results
    ]
    return sum(values) / len(values) if values else None
