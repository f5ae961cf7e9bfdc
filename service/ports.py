"""What the service's faces need of the engine and of ingest; the real things and the tests' stand-ins both fit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from ingest.catalogue.store import Catalogue
from ingest.originals import Originals
from service.auth.gate import Gate
from service.domain import Answer, Ask, Principal
from service.page_images import PageImages
from service.rebuilds import Rebuilds
from service.settings import Settings
from service.store.api_keys import ApiKeys
from service.store.audit import AuditLog
from service.store.conversations import Conversations
from service.store.feedback import FeedbackBook
from service.worker import JobWorker, ReportIngestor


class Asker(Protocol):
    """The engine behind every face."""

    def ask(self, request: Ask, *, principal: Principal) -> Answer:
        """Answer one question; raises errors of ``service.errors`` and ``ingest.errors``."""
        ...

    def suggestions(self) -> tuple[str, ...]:
        """Return questions to start with, made from the reports there are; () without reports."""
        ...


# Raises an error of one of the two trees when its part does not work.
Check = Callable[[], None]
# Looks at a file (bytes, shown name) before anything of it is kept; raises UnreadableReport or RefusedReport.
Look = Callable[[bytes, str], object]


@dataclass(frozen=True, slots=True)
class Services:
    """Everything a face may use, built by ``service.wiring``. ``checks``: what /readyz asks, by part."""

    settings: Settings
    asker: Asker
    catalogue: Catalogue
    originals: Originals
    ingestor: ReportIngestor
    worker: JobWorker
    rebuilds: Rebuilds
    look: Look
    gate: Gate
    keys: ApiKeys
    conversations: Conversations
    feedback: FeedbackBook
    audit: AuditLog
    page_images: PageImages
    checks: Mapping[str, Check] = field(default_factory=dict)
