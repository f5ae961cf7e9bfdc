"""A rebuild asked for through the API: one at a time, in a thread of its own, beside questions and uploads.

The model it is asked for need not be the one in use. A rebuild cut off by a stop is not taken up again: what was asked
then may not be what the settings say now.
"""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable
from dataclasses import asdict
from datetime import timedelta
from typing import Protocol

from ingest.catalogue.records import Job
from ingest.catalogue.store import Catalogue
from ingest.errors import IngestError
from ingest.indexing import Encoder, Progress
from ingest.rebuilding import RebuildResult
from service.errors import RebuildRunning
from service.settings import Embedding

LOG = logging.getLogger("hoibaocao.rebuild")
KIND = "rebuild"
RESULT_KEY = "rebuild"
TELL_EVERY = 16  # of the steps told, one in so many is written down


class Rebuilder(Protocol):
    """``ingest.pipeline.Ingestor``, as far as it is needed here."""

    def rebuild(self, *, encoder: Encoder | None = None, progress: Progress = ...) -> RebuildResult:
        """Make the index anew with ``encoder`` and use the two from then on."""
        ...


class Rebuilds:
    """Runs rebuilds. ``load`` gives the model that embedding settings name; ``silent_for`` as for ``JobWorker``."""

    def __init__(
        self,
        *,
        catalogue: Catalogue,
        rebuilder: Rebuilder,
        load: Callable[[Embedding], Encoder],
        silent_for: timedelta = timedelta(0),
    ) -> None:
        self._catalogue = catalogue
        self._rebuilder = rebuilder
        self._load = load
        self._silent_for = silent_for
        self._one = threading.Lock()
        self._thread: threading.Thread | None = None

    def start(self, wanted: Embedding) -> Job:
        """Begin a rebuild with the model ``wanted`` names and return its job. Raises ``RebuildRunning``."""
        if not self._one.acquire(blocking=False):
            raise RebuildRunning("Đang có một lần dựng lại chỉ mục khác; hãy đợi nó xong.")
        try:
            self.give_up_interrupted()
            self._catalogue.jobs.create(KIND, payload={"name": wanted.model or ""})
            job = self._catalogue.jobs.claim(kinds=(KIND,))
            assert job is not None
            self._thread = threading.Thread(target=self._run, args=(job, wanted), name="hoibaocao-rebuild", daemon=True)
            self._thread.start()
        except BaseException:
            self._one.release()
            raise
        return job

    def wait(self, *, timeout_s: float) -> None:
        """Wait for the rebuild that runs, if one does, but no longer than ``timeout_s``."""
        if self._thread is not None:
            self._thread.join(timeout_s)

    def give_up_interrupted(self) -> None:
        """Fail the rebuilds that a stop cut off; call it at start, after the worker's."""
        jobs = self._catalogue.jobs
        jobs.retry_interrupted(silent_for=self._silent_for)
        while (left := jobs.claim(kinds=(KIND,))) is not None:
            jobs.fail(left.id, code="job-interrupted", message="Lần dựng lại chỉ mục này bị ngắt giữa chừng.")

    def _run(self, job: Job, wanted: Embedding) -> None:
        jobs, told = self._catalogue.jobs, 0

        def progress(stage: str, done: int, total: int) -> None:
            nonlocal told
            told += 1
            if told % TELL_EVERY == 1 or done == total:
                jobs.note_progress(job.id, stage=stage, done=done, total=total)

        try:
            result = self._rebuilder.rebuild(encoder=self._load(wanted), progress=progress)
            jobs.finish(job.id, result={RESULT_KEY: json.dumps(asdict(result))})
        except IngestError as error:
            LOG.warning("rebuild %s failed: %s", job.id, error.code)
            jobs.fail(job.id, code=error.code, message=error.message)
        except Exception as error:
            LOG.exception("rebuild %s failed", job.id, exc_info=error)
            jobs.fail(job.id, code="internal-error", message="Hệ thống gặp lỗi ngoài dự kiến khi dựng lại chỉ mục.")
        finally:
            self._one.release()
