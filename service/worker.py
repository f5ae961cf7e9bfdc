"""Takes in uploaded reports, one after another, in one thread; the jobs themselves are rows in the catalogue.

What is queued or was cut off by a stop is taken up at the next start. A file that is refused leaves nothing behind.
"""

from __future__ import annotations

import json
import logging
import threading
from dataclasses import asdict
from datetime import timedelta
from typing import Protocol

from ingest.catalogue.records import Job, JobStatus
from ingest.catalogue.store import Catalogue
from ingest.domain import IngestResult, IngestStatus
from ingest.errors import IngestError
from ingest.indexing import Progress
from ingest.originals import Originals

LOG = logging.getLogger("hoibaocao.worker")
KIND = "ingest"
RESULT_KEY = "ingest"
IDLE_S = 5.0  # the queue is looked at this often even if nobody calls ``wake`` (another replica may have queued)


class ReportIngestor(Protocol):
    """Takes reports in and out."""

    def add(self, data: bytes, *, name: str, replace: str | None = None, progress: Progress = ...) -> IngestResult:
        """Take one file in; what is wrong with the file stands in the result."""
        ...

    def remove(self, report_id: str) -> object:
        """Remove a report from catalogue, index and originals. Raises ``NotFound``."""
        ...


class JobWorker:
    """One thread that works the job list off. ``silent_for``: see ``Jobs.retry_interrupted``."""

    def __init__(
        self,
        *,
        catalogue: Catalogue,
        originals: Originals,
        ingestor: ReportIngestor,
        silent_for: timedelta = timedelta(0),
    ) -> None:
        self.catalogue = catalogue
        self._originals = originals
        self._ingestor = ingestor
        self._silent_for = silent_for
        self._wanted = threading.Event()
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Take up interrupted jobs and begin to work; a second call does nothing."""
        if self._thread is not None:
            return
        self.catalogue.jobs.retry_interrupted(silent_for=self._silent_for)
        self._thread = threading.Thread(target=self._work, name="hoibaocao-worker", daemon=True)
        self._thread.start()

    def stop(self, *, timeout_s: float) -> None:
        """Let the running job end, but wait no longer than ``timeout_s``; what is left goes on at the next start."""
        self._stopping.set()
        self._wanted.set()
        if self._thread is not None:
            self._thread.join(timeout_s)

    def queue(self, data: bytes, *, name: str, replace: str | None = None) -> Job:
        """Keep ``data`` durably, queue its ingest and return the job."""
        sha256 = self._originals.put(data)
        payload = {"sha256": sha256, "name": name} | ({"replace": replace} if replace else {})
        job = self.catalogue.jobs.create(KIND, payload=payload)
        self._wanted.set()
        return job

    def cancel(self, job_id: str) -> Job:
        """End a job that waits and forget its file; one that runs or has ended is left alone. Raises ``NotFound``."""
        job = self.catalogue.jobs.cancel(job_id)
        if job.status is JobStatus.FAILED and "sha256" in job.payload:
            self._forget_unused(job.payload["sha256"])
        return job

    def run_next(self) -> bool:
        """Do the oldest waiting job; tell whether there was one."""
        job = self.catalogue.jobs.claim(kinds=(KIND,))
        if job is None:
            return False
        self._run(job)
        return True

    def _work(self) -> None:
        while not self._stopping.is_set():
            self._wanted.clear()
            try:
                while not self._stopping.is_set() and self.run_next():
                    pass
            except Exception as error:
                LOG.exception("the job list could not be worked on", exc_info=error)
            self._wanted.wait(IDLE_S)

    def _run(self, job: Job) -> None:
        jobs = self.catalogue.jobs

        def progress(stage: str, done: int, total: int) -> None:
            jobs.note_progress(job.id, stage=stage, done=done, total=total)

        try:
            data = self._originals.read(job.payload["sha256"])
            result = self._ingestor.add(
                data, name=job.payload["name"], replace=job.payload.get("replace"), progress=progress
            )
        except IngestError as error:
            LOG.warning("job %s failed: %s", job.id, error.code)
            jobs.fail(job.id, code=error.code, message=error.message)
        except Exception as error:
            LOG.exception("job %s failed", job.id, exc_info=error)
            jobs.fail(job.id, code="internal-error", message="Hệ thống gặp lỗi ngoài dự kiến khi đọc tệp này.")
        else:
            if result.status is IngestStatus.FAILED:
                jobs.fail(job.id, code=result.error_code, message=result.error_message)
            else:
                jobs.finish(job.id, result={RESULT_KEY: json.dumps(asdict(result), ensure_ascii=False)})
        self._forget_unused(job.payload["sha256"])

    def _forget_unused(self, sha256: str) -> None:
        # A refused file must not stay on disk; the law says so for secret ones.
        if sha256 not in self.catalogue.sha256s():
            self._originals.delete(sha256)
