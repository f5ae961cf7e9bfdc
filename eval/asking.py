"""Asking the engine in this process: what it answered, and what its search had found for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from time import perf_counter
from typing import Protocol

from eval.outcome import Cited, CitedFigure, Given, Place, ReportText, heading
from ingest.catalogue.records import VersionInfo
from ingest.domain import Span
from ingest.errors import IngestError
from service.ask import AskService
from service.domain import Answer, Ask, Citation, Filters, Hit, Mode, Principal, Status
from service.errors import ServiceError
from service.ports import Services

EVALUATOR = Principal("evaluation", frozenset(("reader",)))


class Backend(Protocol):
    """Where a question set is asked."""

    def reports(self) -> tuple[ReportText, ...]:
        """Return the visible reports with their texts."""
        ...

    def ask(self, question: str, *, report_id: str | None = None, after: Sequence[str] = ()) -> Given:
        """Return what the question gave; a failure is told in ``Given.error``, never raised.

        ``report_id``: the only report it may be answered from, None for all. ``after``: questions asked before it in
        one conversation; what they give is not looked at.
        """
        ...

    def versions(self) -> Mapping[str, str]:
        """Return what answered, by name: model, index_version ... ("" for what is not known)."""
        ...


# Gives the passages that a request is answered from, best first.
Retrieve = Callable[[Ask], tuple[Place, ...]]


@dataclass(slots=True)
class InProcess:
    """The engine of ``services``. ``retrieve`` None: retrieval is not measured."""

    services: Services
    mode: Mode = Mode.EXTRACTIVE
    retrieve: Retrieve | None = None
    _texts: dict[str, str] = field(default_factory=dict)
    _seen: dict[str, str] = field(default_factory=dict)

    def reports(self) -> tuple[ReportText, ...]:
        """Return the visible reports. Raises ``CatalogueUnavailable``."""
        return tuple(ReportText(one.report_id, one.name, self._text(one.version_id)) for one in self._visible())

    def ask(self, question: str, *, report_id: str | None = None, after: Sequence[str] = ()) -> Given:
        """Ask and, where retrieval is measured, search once more before it (the time counts the last asking only)."""
        filters = Filters(report_ids=(report_id,)) if report_id else Filters()
        conversation: str | None = None
        try:
            for earlier in after:
                conversation = self._answer(Ask(earlier, conversation, filters, self.mode)).conversation_id
            request = Ask(question, conversation, filters, self.mode)
            hits = self.retrieve(request) if self.retrieve is not None else None
            started = perf_counter()
            answer = self._answer(request)
            wall_ms = (perf_counter() - started) * 1000
            given = given_of(answer, text=self._text)
        except (ServiceError, IngestError) as error:
            return Given(error=f"{error.code}: {error.message}")
        except Exception as error:  # noqa: BLE001 - a declared edge: a crash is a result that scores 0
            return Given(error=f"{type(error).__name__}: {error}")
        self._seen = {"engine": answer.mode, "index_version": answer.index_version}
        return replace(given, hits=hits, wall_ms=wall_ms)

    def versions(self) -> Mapping[str, str]:
        """Return the embedding fingerprints of the visible reports, the mode, the index version last seen."""
        models = sorted({one.fingerprint for one in self._visible()})
        return {"model": ", ".join(models), "mode": self.mode.value, "engine": "", "index_version": "", **self._seen}

    def _answer(self, request: Ask) -> Answer:
        return self.services.asker.ask(request, principal=EVALUATOR)

    def _visible(self) -> list[VersionInfo]:
        return list(self.services.catalogue.visible())

    def _text(self, version_id: str) -> str:
        if version_id not in self._texts:
            self._texts[version_id] = self.services.catalogue.load(version_id).report.text
        return self._texts[version_id]


def in_process(services: Services, *, mode: Mode = Mode.EXTRACTIVE) -> InProcess:
    """Return the backend over ``services``; retrieval is measured where the asker is the engine itself."""
    engine = services.asker
    return InProcess(services, mode, retriever(engine) if isinstance(engine, AskService) else None)


def retriever(engine: AskService) -> Retrieve:
    """Return the engine's own search as the evaluation needs it."""

    def retrieve(request: Ask) -> tuple[Place, ...]:
        return tuple(place_of(hit) for hit in engine.looked_at(request, principal=EVALUATOR)[1].hits)

    return retrieve


def place_of(hit: Hit) -> Place:
    """Return where a retrieved passage stands."""
    passage = hit.passage
    return Place(hit.report.report_id, passage.spans, passage.footnote or "", passage.section_path)


def given_of(answer: Answer, *, text: Callable[[str], str]) -> Given:
    """Return an answer in the evaluation's form; ``text`` gives the canonical text of a version id."""
    return Given(
        status=Status(answer.status),
        short_answer=answer.short_answer,
        answer=answer.answer,
        citations=tuple(_cited(one, text(one.version_id)) for one in answer.citations),
        figures=tuple(CitedFigure(one.text, one.citation) for one in answer.figures),
        expression=answer.computation.expression if answer.computation else "",
        timings_ms=dict(answer.timings_ms),
    )


def _cited(citation: Citation, text: str) -> Cited:
    span = Span(citation.start, citation.end)
    place = Place(citation.report_id, (span,), citation.footnote or "", citation.section_path)
    return Cited(place, citation.quote, span.of(text), heading(citation.report_title, citation.period, place))
