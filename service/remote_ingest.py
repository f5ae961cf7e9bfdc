"""The running service in the place of the ingestor, for `hoibaocao ingest` while the service holds the index."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import NoReturn

from ingest.catalogue.store import Catalogue
from ingest.check import CheckReport
from ingest.domain import IngestResult
from ingest.errors import IndexLocked, IngestError
from ingest.indexing import Progress, silent
from ingest.pipeline import Limits
from ingest.results import RemoveResult
from service.errors import ServiceBusy, ServiceError
from service.running import RunningService


@dataclass(frozen=True, slots=True)
class RemoteIngestor:
    """Adds and removes through the API; looks up in the catalogue, which more than one process may read."""

    service: RunningService
    catalogue: Catalogue
    limits: Limits

    def add(self, data: bytes, *, name: str, replace: str | None = None, progress: Progress = silent) -> IngestResult:
        """Upload a file and wait until it is in. Raises ``IngestError`` with the service's own code and message."""
        with as_ingest_errors():
            return self.service.add(data, name=name, replace=replace, progress=progress)

    def remove(self, report_id: str) -> RemoveResult:
        """Remove a report through the service."""
        versions = self.catalogue.history(report_id)
        with as_ingest_errors():
            self.service.remove(report_id)
        last = versions[-1]
        return RemoveResult(report_id=report_id, name=last.name, title=last.meta.title, versions=len(versions))

    def reread(self, *, progress: Progress = silent) -> tuple[IngestResult, ...]:
        """Not while the service runs."""
        _stop_first()

    def check(self, *, repair: bool = False) -> CheckReport:
        """Not while the service runs."""
        _stop_first()


def _stop_first() -> NoReturn:
    raise IndexLocked("Dịch vụ đang chạy và giữ chỉ mục. Hãy dừng dịch vụ rồi chạy lại lệnh này.")


@contextmanager
def as_ingest_errors() -> Iterator[None]:
    """Raise service errors as what ``ingest.cli`` knows how to tell."""
    try:
        yield
    except ServiceBusy as error:
        raise IndexLocked(error.message) from error
    except ServiceError as error:
        raise IngestError(error.message, code=error.code) from error
