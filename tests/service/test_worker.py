"""The worker thread itself; what a job does to a report is tested through the API."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from ingest.catalogue.records import JobStatus
from ingest.catalogue.store import open_catalogue
from ingest.domain import IngestResult, IngestStatus
from ingest.errors import CatalogueUnavailable
from ingest.indexing import Progress, silent
from ingest.originals import Originals
from service.worker import JobWorker

WAIT_S = 30


class Ingestor:
    def __init__(self) -> None:
        self.seen: list[str] = []
        self.done = threading.Event()
        self.wanted = 1

    def add(self, data: bytes, *, name: str, replace: str | None = None, progress: Progress = silent) -> IngestResult:
        progress("read", 1, 1)
        self.seen.append(name)
        if len(self.seen) == self.wanted:
            self.done.set()
        return IngestResult(name, IngestStatus.COMPLETE, "r", "v")

    def remove(self, report_id: str) -> None:
        raise AssertionError


@pytest.fixture
def ingestor() -> Ingestor:
    return Ingestor()


@pytest.fixture
def worker(tmp_path: Path, ingestor: Ingestor) -> JobWorker:
    catalogue = open_catalogue(f"sqlite:///{tmp_path}/x.db")
    return JobWorker(catalogue=catalogue, originals=Originals(tmp_path / "originals"), ingestor=ingestor)


def test_queued_files_are_worked_off_in_order(worker: JobWorker, ingestor: Ingestor) -> None:
    ingestor.wanted = 3
    worker.start()
    worker.start()
    for number in range(3):
        worker.queue(b"%d" % number, name=str(number))
    assert ingestor.done.wait(WAIT_S)
    worker.stop(timeout_s=WAIT_S)
    assert ingestor.seen == ["0", "1", "2"]


def test_an_interrupted_job_is_taken_up_at_the_next_start(worker: JobWorker, ingestor: Ingestor) -> None:
    job = worker.queue(b"x", name="x")
    assert worker.catalogue.jobs.claim() is not None  # as a process would that was then killed
    assert not worker.run_next()
    worker.start()
    assert ingestor.done.wait(WAIT_S)
    worker.stop(timeout_s=WAIT_S)
    assert worker.catalogue.jobs.get(job.id).status is JobStatus.DONE


def test_a_lost_original_fails_the_job(worker: JobWorker, tmp_path: Path) -> None:
    job = worker.queue(b"x", name="x")
    Originals(tmp_path / "originals").delete(job.payload["sha256"])
    assert worker.run_next()
    ended = worker.catalogue.jobs.get(job.id)
    assert (ended.status, ended.error_code) == (JobStatus.FAILED, "original-missing")


def test_the_thread_outlives_a_failing_database(
    worker: JobWorker, ingestor: Ingestor, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim, failed = worker.catalogue.jobs.claim, threading.Event()

    def failing(*, kinds: tuple[str, ...] = ()) -> object:
        monkeypatch.setattr(worker.catalogue.jobs, "claim", claim)
        failed.set()
        raise CatalogueUnavailable("hỏng")

    monkeypatch.setattr(worker.catalogue.jobs, "claim", failing)
    worker.start()
    assert failed.wait(WAIT_S)
    worker.queue(b"x", name="x")
    assert ingestor.done.wait(WAIT_S)
    worker.stop(timeout_s=WAIT_S)
