"""A whole application over a real catalogue; only the engine and the reading of files are stand-ins."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from ingest.catalogue.records import NewVersion
from ingest.catalogue.store import Catalogue, open_catalogue
from ingest.domain import (
    Balance,
    Figure,
    FigureRole,
    IngestResult,
    IngestStatus,
    Passage,
    PassageKind,
    Period,
    PeriodKind,
    Report,
    ReportMeta,
    Section,
    SectionKind,
    Span,
)
from ingest.errors import ModelUnavailable, UnreadableReport
from ingest.indexing import Encoder, Progress, silent
from ingest.originals import Originals, sha256_of
from ingest.parse.sniff import sniff
from ingest.rebuilding import RebuildResult
from service.app import create_app
from service.auth.gate import Gate
from service.domain import Answer, AnswerFigure, Ask, Citation, Computation, Notice, Principal, Status
from service.page_images import PageImages
from service.ports import Services
from service.rebuilds import Rebuilds
from service.settings import Embedding, Settings
from service.store.api_keys import ApiKeys
from service.store.audit import AuditLog
from service.store.conversations import Conversations
from service.store.database import migrate
from service.store.feedback import FeedbackBook
from service.worker import JobWorker
from tests.ingest.ingest_fakes import ToyEmbedder

TEXT = "Báo cáo 𝒜 thử\nI. KẾT QUẢ\nCó 12 vụ.\n1. Nhỏ\nHết."


@dataclass
class FakeAsker:
    """Answers with the question in it, or raises ``fails``."""

    conversations: Conversations
    fails: Exception | None = None
    asked: list[Ask] = field(default_factory=list)

    def ask(self, request: Ask, *, principal: Principal) -> Answer:
        self.asked.append(request)
        if self.fails is not None:
            raise self.fails
        number = len(self.asked)
        citation = Citation(1, "r1", "v1", "Báo cáo", "UBND", "quý I/2030", ("I.",), "3", 2, "12 vụ", 4, 9, "/x")
        answer = Answer(
            id=f"a{number}",
            conversation_id=request.conversation_id or f"c{number}",
            question=request.question,
            understood_as="Quý I/2030",
            status=Status.ANSWERED,
            answer="Có 12 vụ [1]. Tăng 2,5 vụ [1].",
            short_answer="12 vụ",
            figures=(AnswerFigure("12 vụ", "12", "vụ", "level", "quý I/2030", "", 1),),
            computation=Computation("10 + 2 = 12", (0,), Decimal(12)),
            citations=(citation,),
            suggestions=("Quý II?",),
            warnings=(Notice("old", "Số liệu cũ"),),
            mode="extractive",
            model="",
            prompt_version="",
            index_version="1",
            timings_ms={"total": 1.5},
        )
        self.conversations.record(answer, owner=principal.subject)
        return answer

    def suggestions(self) -> tuple[str, ...]:
        return ("Có bao nhiêu vụ?",)


@dataclass
class FakeIngestor:
    """Makes the same small report of any file; b"BAD" and b"CRASH" in it fail."""

    catalogue: Catalogue
    originals: Originals

    def add(self, data: bytes, *, name: str, replace: str | None = None, progress: Progress = silent) -> IngestResult:
        progress("parse", 1, 2)
        if b"CRASH" in data:
            raise RuntimeError("secret detail")
        if b"BAD" in data:
            raise UnreadableReport("Tệp không có chữ nào.", code="no-text")
        if b"FAILED" in data:
            return IngestResult(name, IngestStatus.FAILED, error_code="no-text", error_message="Tệp không có chữ nào.")
        new = new_version(sha256=sha256_of(data), name=name, generation=self.catalogue.next_generation(sha256_of(data)))
        version_id = self.catalogue.stage(new, report_id=replace)
        self.catalogue.publish(version_id)
        report_id = self.catalogue.load(version_id).info.report_id
        return IngestResult(name, IngestStatus.COMPLETE, report_id, version_id, balance=new.balance)

    def rebuild(self, *, encoder: Encoder | None = None, progress: Progress = silent) -> RebuildResult:
        assert encoder is not None
        progress("rebuild", 3, 3)
        return RebuildResult(1, 3, encoder.embedder.fingerprint)

    def remove(self, report_id: str) -> None:
        for sha256 in self.catalogue.remove(report_id).sha256s:
            self.originals.delete(sha256)


def fake_model(wanted: Embedding) -> Encoder:
    """Stand for loading: knows one model."""
    if wanted.model != "other":
        raise ModelUnavailable("Không thấy mô hình nhúng này.")
    return Encoder(ToyEmbedder(fingerprint="toy-other"))


def fake_page(data: bytes, number: int, *, dpi: int) -> bytes:
    """Stand for drawing: says what it was asked for."""
    return b"\x89PNG %d %d %s" % (number, dpi, data)


def new_version(*, sha256: str, name: str, generation: int = 0) -> NewVersion:
    root = Section(0, None, 0, SectionKind.ROOT, "", "", None, Span(0, len(TEXT)))
    first = Section(1, 0, 1, SectionKind.ROMAN, "I.", "KẾT QUẢ", Span(14, 24), Span(14, len(TEXT)))
    second = Section(2, 1, 2, SectionKind.ARABIC, "1.", "Nhỏ", Span(35, 41), Span(35, len(TEXT)))
    period = Period(PeriodKind.QUARTER, 2030, 1, 3)
    meta = ReportMeta(
        issuer="UBND xã X", number="12/BC", title="Báo cáo thử", issued_on=date(2030, 4, 1), area="xã X", period=period
    )
    passage = Passage("p1", 0, PassageKind.SECTION, 1, ("I. KẾT QUẢ",), (Span(25, 34),), "Có 12 vụ.", "")
    figure = Figure(
        Span(28, 33), "12 vụ", Decimal("12"), "vụ", FigureRole.LEVEL, "vụ", Span(25, 34), Span(25, 34), period
    )
    return NewVersion(
        sha256=sha256,
        name=name,
        media_type="text/plain",
        size=1,
        generation=generation,
        report=Report(TEXT, "text", meta, (root, first, second), ()),
        passages=(passage,),
        figures={"p1": (figure,) * 3},
        balance=Balance(2, 0, 0, 0, 3, 1, 1),
        reading_version="1",
        fingerprint="f",
    )


@pytest.fixture
def make_services(tmp_path: Path) -> Iterator[Callable[..., Services]]:
    """Give a function that builds the services, settings as keyword arguments; one database for all of a test."""
    opened: list[Services] = []

    def make(**given: Any) -> Services:
        settings = Settings(data_dir=tmp_path, **given)
        catalogue = open_catalogue(settings.database_url)
        engine = catalogue.engine
        migrate(engine)
        originals, keys = Originals(tmp_path / "originals"), ApiKeys(engine)
        ingestor = FakeIngestor(catalogue, originals)
        services = Services(
            settings=settings,
            asker=FakeAsker(Conversations(engine)),
            catalogue=catalogue,
            originals=originals,
            ingestor=ingestor,
            worker=JobWorker(catalogue=catalogue, originals=originals, ingestor=ingestor),
            rebuilds=Rebuilds(catalogue=catalogue, rebuilder=ingestor, load=fake_model),
            look=lambda data, name: sniff(data),
            gate=Gate(keys, require_key=settings.auth.require_key),
            keys=keys,
            conversations=Conversations(engine),
            feedback=FeedbackBook(engine),
            audit=AuditLog(engine),
            page_images=PageImages(tmp_path / "page-images", read=originals.read, render=fake_page),
            checks={"catalogue": lambda: None},
        )
        opened.append(services)
        return services

    yield make
    for each in opened:
        each.catalogue.close()


@pytest.fixture
def services(make_services: Callable[..., Services]) -> Services:
    return make_services()


@pytest.fixture
def client(services: Services) -> TestClient:
    """A client on this machine; the worker is driven by hand (``services.worker.run_next()``)."""
    return local_client(services)


def local_client(services: Services, *, address: str = "127.0.0.1") -> TestClient:
    return TestClient(create_app(services), base_url="http://localhost", client=(address, 5000))


@pytest.fixture
def connect() -> Callable[..., TestClient]:
    return local_client


@pytest.fixture
def asker(services: Services) -> FakeAsker:
    assert isinstance(services.asker, FakeAsker)
    return services.asker
