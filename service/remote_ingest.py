"""The running service in the place of the ingestor, for `hoibaocao ingest` while the service holds the index."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from ingest.catalogue.store import Catalogue
from ingest.check import CheckReport
from ingest.domain import IngestResult
from ingest.errors import IndexLocked, IngestError, NotFound, RefusedReport, UnreadableReport
from ingest.indexing import Progress, silent
from ingest.originals import sha256_of
from ingest.preparing import Limits, check_size
from ingest.pruning import PruneResult, PruneRule
from ingest.rebuilding import RebuildResult
from ingest.results import RemoveResult, unchanged
from service.errors import ServiceBusy, ServiceError
from service.running import Job, RunningService
from service.settings import Embedding


@dataclass(frozen=True, slots=True)
class Sent:
    """A file given to the service: its job, or what is there already."""

    name: str
    job: Job | None
    known: IngestResult | None = None


@dataclass(frozen=True, slots=True)
class RemoteIngestor:
    """Adds and removes through the API; looks up in the catalogue, which more than one process may read.

    Here ``prepare`` hands a file over and ``commit`` waits until the service has taken it in.
    """

    service: RunningService
    catalogue: Catalogue
    limits: Limits

    def add(self, data: bytes, *, name: str, replace: str | None = None, progress: Progress = silent) -> IngestResult:
        """Upload a file and wait until it is in. Raises ``IngestError`` with the service's own code and message."""
        return self.commit(self.prepare(data, name=name, replace=replace), progress=progress)

    def prepare(self, data: bytes, *, name: str, replace: str | None = None) -> Sent:
        """Upload a file, unless its bytes are there already. Raises as ``add``."""
        check_size(len(data), limit=self.limits.max_bytes)
        known = self.catalogue.find_by_sha(sha256_of(data))
        if known is not None:
            return Sent(name, None, unchanged(known, name=name, wanted=replace))
        with as_ingest_errors():
            return Sent(name, self.service.send(data, name=name, replace=replace))

    def commit(self, sent: Sent, *, progress: Progress = silent) -> IngestResult:
        """Wait until a file sent is in. Raises as ``add``."""
        if sent.job is None:
            assert sent.known is not None
            return sent.known
        with as_ingest_errors():
            return self.service.finish(sent.job, name=sent.name, progress=progress)

    def remove(self, report_id: str) -> RemoveResult:
        """Remove a report through the service."""
        versions = self.catalogue.history(report_id)
        with as_ingest_errors():
            self.service.remove(report_id)
        last = versions[-1]
        return RemoveResult(report_id=report_id, name=last.name, title=last.meta.title, versions=len(versions))

    def prune(self, rule: PruneRule) -> PruneResult:
        """Not while the service runs."""
        _stop_first()

    def reread(self, *, progress: Progress = silent) -> tuple[IngestResult, ...]:
        """Not while the service runs."""
        _stop_first()

    def check(self, *, repair: bool = False, deep: bool = False) -> CheckReport:
        """Not while the service runs."""
        _stop_first()


@dataclass(frozen=True, slots=True)
class RemoteRebuilder:
    """A rebuild by the running service, with the model these settings name."""

    service: RunningService
    embedding: Embedding

    def rebuild(self, *, progress: Progress = silent) -> RebuildResult:
        """Have the service make the index anew and wait. Raises ``IngestError`` with its code and message."""
        folder = Path(self.embedding.model or "")
        # The service may run in another working directory.
        named = {"model": str(folder.resolve())} if self.embedding.model and folder.is_dir() else {}
        with as_ingest_errors():
            return self.service.rebuild(self.embedding.model_copy(update=named), progress=progress)


def told_as(code: str, status: int) -> type[IngestError]:
    """Return the error that the command line tells an error of the API as: what one file did must not stop others."""
    if code == RefusedReport.code:
        return RefusedReport
    return {404: NotFound, 413: UnreadableReport, 415: UnreadableReport, 422: UnreadableReport}.get(status, IngestError)


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
        raise told_as(error.code, error.status)(error.message, code=error.code) from error
