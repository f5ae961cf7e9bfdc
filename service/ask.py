"""One question, from text to guarded answer: this file reads as the table of contents of the service."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Protocol

from ingest.errors import DiskFull, NotFound
from ingest.vi.periods import Vague
from service.answer.abstain import which_reading
from service.answer.candidates import Material
from service.answer.doubts import with_doubts
from service.answer.drafting import NEWEST
from service.answer.extractive import Outcome, answer
from service.answer.followups import starters
from service.answer.metadata import Document
from service.domain import (
    Abstention,
    Answer,
    Ask,
    Draft,
    Earlier,
    Filters,
    Mode,
    Principal,
    Query,
    ReportRef,
    Status,
)
from service.ground.faults import Texts
from service.ground.guard import Frame, ground, ground_abstention
from service.ground.numbers import says
from service.notices import FALLBACK, SAMPLE, UNRECORDED
from service.retrieve.corpus import Corpus, Snapshot, answering, named_in, newest_year
from service.retrieve.search import Searcher, area_words, meant_by, touching
from service.stopwatch import Stopwatch
from service.understand.question import understand
from service.understand.relative_years import years_written
from service.understand.shorts import readings
from service.understand.turns import Resolved, standalone
from service.understand.typing import accented, repair
from service.understand.understood import understood

NO_FILTERS = Filters()
TRIES = 3  # a question asked while reports come and go
TURNS = 6  # earlier questions of a conversation that a new one may lean on


class Writer(Protocol):
    """A language model that words an answer from numbered excerpts."""

    def draft(self, query: Query, material: Material, found: Draft) -> Draft | None:
        """Return a worded draft, None when the model is absent, slow or wrong (never raises)."""
        ...


class Recorder(Protocol):
    """Where answers are kept."""

    def record(self, answer: Answer, *, owner: str) -> None:
        """Keep ``answer`` as the next turn of its conversation."""
        ...

    def earlier(self, conversation_id: str, *, owner: str, last: int) -> tuple[Earlier, ...]:
        """Return the ``last`` turns of the owner's conversation, oldest first; () for one that is not theirs."""
        ...


class Guard(Protocol):
    """What makes an answer of a draft."""

    def __call__(self, draft: Draft, frame: Frame, *, texts: Texts) -> Answer:
        """Return the answer made of the claims that hold (see ``service.ground.guard.ground``)."""
        ...


class AskService:
    """The engine behind every face. Synchronous; safe to share between threads."""

    def __init__(
        self,
        *,
        searcher: Searcher,
        writer: Writer | None = None,
        recorder: Recorder | None = None,
        llm_by_default: bool = False,
        guard: Guard = ground,
    ) -> None:
        self._searcher = searcher
        self._writer = writer
        self._recorder = recorder
        self._llm_by_default = llm_by_default
        self._guard = guard
        self._starters: tuple[int, tuple[str, ...]] | None = None

    @property
    def searcher(self) -> Searcher:
        """What the engine searches with."""
        return self._searcher

    @property
    def corpus(self) -> Corpus:
        """The visible reports."""
        return self._searcher.corpus

    def ask(self, request: Ask, *, principal: Principal) -> Answer:
        """Answer ``request``, recorded unless the disk is full. Raises ``IndexUnavailable`` and the like."""
        made = self._settled(request, principal)
        try:
            if self._recorder is not None:
                self._recorder.record(made, owner=principal.subject)
        except DiskFull:
            return replace(made, warnings=(*made.warnings, UNRECORDED))
        return made

    def _settled(self, request: Ask, principal: Principal) -> Answer:
        """Answer from one state of the reports; what changed so that nothing was found is asked of the new state."""
        for _ in range(TRIES - 1):
            snapshot = self.corpus.snapshot(request.filters.as_of)
            with suppress(NotFound):  # removed since
                made = self._answered(request, principal, snapshot)
                if made.status is Status.ANSWERED or snapshot.revision == self.corpus.revision():
                    return made
        return self._answered(request, principal, self.corpus.snapshot(request.filters.as_of))

    def _answered(self, request: Ask, principal: Principal, snapshot: Snapshot) -> Answer:
        clock = Stopwatch()
        query, outcome, material = self._found(request, principal, snapshot, clock)
        outcome = self._with_doubts(_marked_sample(outcome))
        draft = outcome.result
        if isinstance(draft, Draft) and draft.computation is None and self._wants_llm(request.mode):
            draft = self._worded(query, material, draft)
            clock.lap("llm")
        frame = self._frame(request, query, draft, outcome, snapshot)
        made = (
            ground_abstention(draft, frame) if isinstance(draft, Abstention) else self._grounded(draft, outcome, frame)
        )
        clock.lap("ground")
        return replace(made, timings_ms=clock.total())

    def suggestions(self) -> tuple[str, ...]:
        """Return at most four start questions of the newest reports, each checked to be answerable."""
        snapshot = self.corpus.snapshot()
        if self._starters is None or self._starters[0] != snapshot.revision:
            refs = answering(snapshot.refs, NO_FILTERS, place=None)
            self._starters = (snapshot.revision, starters(refs, self.corpus.version, self._answers(snapshot)))
        return self._starters[1]

    def looked_at(self, request: Ask, *, principal: Principal) -> tuple[Query, Material]:
        """Return how ``request`` is read and what it is answered from, best passage first. Nothing is recorded."""
        query, _, material = self._found(request, principal, self.corpus.snapshot(request.filters.as_of), Stopwatch())
        return query, material

    def _found(
        self, request: Ask, principal: Principal, snapshot: Snapshot, clock: Stopwatch
    ) -> tuple[Query, Outcome, Material]:
        """Read the question, out of its conversation where it leans on that, and find what answers it."""
        resolved = self._resolved(request, principal, snapshot)
        found = self._read_and_found(resolved.text, request.filters, snapshot, clock)
        if resolved.otherwise and _open(found[1].result, resolved):
            second, refs = _read(resolved.otherwise, request.filters, snapshot)
            other = self._find(second, refs, snapshot, clock)
            return (second, *other) if isinstance(other[0].result, Draft) else found
        return found

    def _read_and_found(
        self, text: str, filters: Filters, snapshot: Snapshot, clock: Stopwatch
    ) -> tuple[Query, Outcome, Material]:
        """Read a question and answer it; typed without accents first as restored, then as typed."""
        typed = repair(text, snapshot.lexicon)
        meant = accented(typed, snapshot.lexicon)
        found = self._by_readings(meant, filters, snapshot, clock)
        if meant == typed or not isinstance(found[1].result, Abstention):
            return found
        as_typed = self._by_readings(text, filters, snapshot, clock)
        return found if isinstance(as_typed[1].result, Abstention) else as_typed

    def _by_readings(
        self, text: str, filters: Filters, snapshot: Snapshot, clock: Stopwatch
    ) -> tuple[Query, Outcome, Material]:
        """Read a question and answer it; where an abbreviation leaves several readings, the one that has an answer.

        When several have different ones, they are asked back.
        """
        tried: list[tuple[Query, Outcome, Material]] = []
        for meant in readings(text, snapshot.lexicon):
            query, refs = _read(meant, filters, snapshot)
            clock.lap("understand")
            tried.append((query, *self._find(query, refs, snapshot, clock)))
        answered = {one[1].result.claims[0].text: one for one in tried if isinstance(one[1].result, Draft)}
        if len(answered) > 1:
            return (*tried[0][:1], Outcome(which_reading([one[0] for one in answered.values()])), tried[0][2])
        return next(iter(answered.values()), tried[0])

    def _find(
        self, query: Query, refs: Sequence[ReportRef], snapshot: Snapshot, clock: Stopwatch
    ) -> tuple[Outcome, Material]:
        """Search the reports of the asked place and period first, all of them when those do not say."""
        documents = self._documents(refs) if query.meta_field else ()
        fitting = touching(refs, query)
        material = self._searcher.search(query, fitting, snapshot)
        clock.lap("retrieve")
        outcome = answer(query, material, documents=documents)
        if isinstance(outcome.result, Abstention) and len(fitting) < len(refs) and not query.meta_field:
            material = self._searcher.search(query, refs, snapshot)
            outcome = answer(query, material, documents=documents)
        if isinstance(outcome.result, Abstention) and query.during is Vague.TO_DATE and query.period is not None:
            outcome = answer(replace(query, period=None), material, documents=documents)  # it may be told of a day
        clock.lap("answer")
        return outcome, material

    def _resolved(self, request: Ask, principal: Principal, snapshot: Snapshot) -> Resolved:
        """Return the question with what it leaves to the conversation's earlier turns filled in."""
        if self._recorder is None or request.conversation_id is None:
            return Resolved(request.question)
        earlier = self._recorder.earlier(request.conversation_id, owner=principal.subject, last=TURNS)
        refs = answering(snapshot.refs, request.filters, place=None)
        newest = next((ref.period for ref in reversed(refs) if ref.period is not None), None)
        meant = [replace(turn, question=repair(turn.question, snapshot.lexicon)) for turn in earlier]
        question = repair(request.question, snapshot.lexicon)
        return standalone(meant, question, places=snapshot.places, said=snapshot.said, newest=newest)

    def _documents(self, refs: Sequence[ReportRef]) -> tuple[Document, ...]:
        opened = [(ref, self.corpus.version(ref.version_id).stored) for ref in refs]
        return tuple(Document(ref, stored.report, stored.passages) for ref, stored in opened)

    def _wants_llm(self, mode: Mode) -> bool:
        return mode is Mode.LLM or (mode is Mode.AUTO and self._llm_by_default)

    def _worded(self, query: Query, material: Material, found: Draft) -> Draft:
        worded = self._writer.draft(query, material, found) if self._writer is not None else None
        return worded if worded is not None else replace(found, warnings=(*found.warnings, FALLBACK))

    def _with_doubts(self, outcome: Outcome) -> Outcome:
        """Say it when an answer leans on something read with little confidence."""
        draft = outcome.result
        if not isinstance(draft, Draft):
            return outcome
        return replace(outcome, result=with_doubts(draft, lambda v: self.corpus.version(v).stored.report.doubtful))

    def _grounded(self, draft: Draft, outcome: Outcome, frame: Frame) -> Answer:
        """Guard the draft; a worded one that does not hold or leaves the figure out gives way to the extractive."""
        made = self._guard(draft, frame, texts=self.corpus.text)
        found = outcome.result
        if draft is found or not isinstance(found, Draft) or (made.citations and says(made.answer, found.short_answer)):
            return made
        fallback = replace(found, warnings=(*found.warnings, FALLBACK))
        return self._guard(fallback, replace(frame, mode=found.engine), texts=self.corpus.text)

    def _frame(
        self, request: Ask, query: Query, draft: Draft | Abstention, outcome: Outcome, snapshot: Snapshot
    ) -> Frame:
        return Frame(
            id=uuid.uuid4().hex,
            conversation_id=request.conversation_id or uuid.uuid4().hex,
            question=request.question,
            understood_as=understood(query, draft.evidence[0].report if isinstance(draft, Draft) else None),
            mode=draft.engine if isinstance(draft, Draft) else "extractive",
            index_version=f"{self._searcher.serving.fingerprint[:12]}-{snapshot.revision}",
            suggestions=outcome.suggestions,
        )

    def _answers(self, snapshot: Snapshot) -> Callable[[str], Draft | Abstention]:
        def run(question: str) -> Draft | Abstention:
            query, refs = _read(question, NO_FILTERS, snapshot)
            return self._find(query, refs, snapshot, Stopwatch())[0].result

        return run


def _read(question: str, filters: Filters, snapshot: Snapshot) -> tuple[Query, tuple[ReportRef, ...]]:
    """Return how a question is read and the reports it may be answered from."""
    meant = years_written(
        repair(question, snapshot.lexicon), newest_year(answering(snapshot.refs, filters, place=None))
    )
    query = understand(meant, places=snapshot.places, said=snapshot.said, defined=snapshot.defined)
    query = replace(query, place=query.place or filters.place)
    refs = named_in(query.text, answering(snapshot.refs, filters, place=query.place))
    return replace(query, around=area_words(query, refs), period=query.period or meant_by(query, refs)), refs


def _open(result: Draft | Abstention, resolved: Resolved) -> bool:
    """Tell whether a second reading may do better: nothing was found, or a new question left open which report."""
    if isinstance(result, Abstention):
        return True
    return not resolved.carried and any(one.code == NEWEST for one in result.warnings)


def _marked_sample(outcome: Outcome) -> Outcome:
    """Say it when an answer comes from a bundled sample report."""
    draft = outcome.result
    if not isinstance(draft, Draft) or not any(e.report.sample for e in draft.evidence):
        return outcome
    return replace(outcome, result=replace(draft, warnings=(*draft.warnings, SAMPLE)))
