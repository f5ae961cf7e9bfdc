"""Question sets about reports -> sets for search alone: a question's documents are the passages over its gold evidence.

Reports are read and cut as the product does it. A question that names its report is searched in that report only, as
``eval run`` does: each report gives a set of its own, the questions that name none are searched in all reports.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from eval.fresh import fresh_services
from eval.outcome import Place, ReportText, is_named, supports, targets
from eval.questions import Question
from eval.retrieval.sets import RetrievalSet
from ingest.domain import Passage
from service.ports import Services


@dataclass(slots=True)
class _Part:
    """What one set is made of while it is gathered."""

    documents: dict[str, str] = field(default_factory=dict)
    contexts: dict[str, str] = field(default_factory=dict)
    queries: dict[str, str] = field(default_factory=dict)
    qrels: dict[str, dict[str, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReportQuestions:
    """The sets made, one for each report asked about, and the ids of the questions that search cannot be measured by:

    what is answerable but whose evidence stands in no passage. Unanswerable questions and those that lean on earlier
    ones are neither.
    """

    parts: tuple[RetrievalSet, ...]
    lost: tuple[str, ...]


def report_sets(name: str, questions: Sequence[Question], reports: Iterable[Path]) -> ReportQuestions:
    """Return the sets of ``questions`` over the passages of ``reports``, all called ``name``.

    Raises ``IngestError`` for a report that cannot be read.
    """
    with fresh_services(reports) as services:
        return sets_of(name, questions, services)


def sets_of(name: str, questions: Sequence[Question], services: Services) -> ReportQuestions:
    """Return the sets over the visible reports of ``services``."""
    texts, passages = _visible(services)
    parts: dict[str, _Part] = {}
    lost: list[str] = []
    for question in questions:
        if not question.answerable or question.after:
            continue
        wanted = targets(question.evidence, texts)
        asked = [one for one in texts if not question.report or is_named(question.report, one.name)]
        places = [(one.report_id, passage) for one in asked for passage in passages[one.report_id]]
        gold = {passage.id: 1 for report_id, passage in places if supports(_place(report_id, passage), wanted)}
        if not gold:
            lost.append(question.qid)
            continue
        part = parts.setdefault(question.report, _Part())
        part.queries[question.qid] = question.question
        part.qrels[question.qid] = gold
        part.documents = part.documents or {passage.id: passage.text for _, passage in places}
        part.contexts = part.contexts or {passage.id: passage.context for _, passage in places if passage.context}
    made = (RetrievalSet(name, one.queries, one.documents, one.qrels, one.contexts) for one in parts.values())
    return ReportQuestions(tuple(made), tuple(lost))


def _visible(services: Services) -> tuple[list[ReportText], dict[str, tuple[Passage, ...]]]:
    texts: list[ReportText] = []
    passages: dict[str, tuple[Passage, ...]] = {}
    for info in services.catalogue.visible():
        stored = services.catalogue.load(info.version_id)
        texts.append(ReportText(info.report_id, info.name, stored.report.text))
        passages[info.report_id] = stored.passages
    return texts, passages


def _place(report_id: str, passage: Passage) -> Place:
    return Place(report_id, passage.spans, passage.footnote or "", passage.section_path)
