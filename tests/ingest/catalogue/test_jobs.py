from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from ingest.catalogue.jobs import MAX_ATTEMPTS, Jobs
from ingest.catalogue.records import JobStatus
from ingest.catalogue.store import open_catalogue
from ingest.errors import NotFound
from tests.ingest.catalogue import made


@pytest.fixture
def jobs(tmp_path: Path) -> Iterator[Jobs]:
    catalogue = open_catalogue(f"sqlite:///{tmp_path}/catalogue.db", clock=made.Clock())
    yield catalogue.jobs
    catalogue.close()


def test_a_job_from_queue_to_end(jobs: Jobs) -> None:
    made_job = jobs.create("add", payload={"name": "Báo cáo.docx"})
    assert (made_job.status, made_job.attempts, made_job.started_at) == (JobStatus.QUEUED, 0, None)
    claimed = jobs.claim()
    assert claimed is not None
    assert (claimed.id, claimed.status, claimed.attempts) == (made_job.id, JobStatus.RUNNING, 1)
    jobs.note_progress(claimed.id, stage="embed", done=3, total=9)
    running = jobs.get(claimed.id)
    assert (running.stage, running.done, running.total) == ("embed", 3, 9)
    jobs.finish(claimed.id, result={"report_id": "r"})
    done = jobs.get(claimed.id)
    assert (done.status, done.result, done.payload) == (JobStatus.DONE, {"report_id": "r"}, {"name": "Báo cáo.docx"})
    assert done.finished_at is not None
    assert done.started_at is not None
    assert done.finished_at > done.started_at


def test_jobs_are_claimed_once_oldest_first_by_kind(jobs: Jobs) -> None:
    first, second, other = (jobs.create(kind, payload={}) for kind in ("add", "add", "rebuild"))
    taken = [jobs.claim(kinds=("add",)) for _ in range(3)]
    assert [job.id if job else None for job in taken] == [first.id, second.id, None]
    rest = jobs.claim()
    assert rest is not None
    assert rest.id == other.id
    assert jobs.claim() is None


def test_a_failed_job_says_why(jobs: Jobs) -> None:
    job = jobs.create("add", payload={})
    jobs.claim()
    jobs.fail(job.id, code="damaged-file", message="Tệp hỏng.")
    failed = jobs.get(job.id)
    assert (failed.status, failed.error_code, failed.error_message) == (JobStatus.FAILED, "damaged-file", "Tệp hỏng.")


def test_only_a_running_job_ends(jobs: Jobs) -> None:
    job = jobs.create("add", payload={})
    with pytest.raises(NotFound):
        jobs.finish(job.id, result={})
    with pytest.raises(NotFound):
        jobs.get("nowhere")
    jobs.note_progress(job.id, stage="embed", done=1, total=1)
    assert jobs.get(job.id) == job


def test_interrupted_jobs_are_tried_again_but_not_for_ever(jobs: Jobs) -> None:
    job = jobs.create("add", payload={})
    for attempt in range(1, MAX_ATTEMPTS):
        jobs.claim()
        assert jobs.retry_interrupted() == 1
        assert (jobs.get(job.id).status, jobs.get(job.id).attempts) == (JobStatus.QUEUED, attempt)
    jobs.claim()
    assert jobs.retry_interrupted() == 0
    assert (jobs.get(job.id).status, jobs.get(job.id).error_code) == (JobStatus.FAILED, "job-interrupted")


def test_a_worker_that_gave_a_sign_lately_keeps_its_job(jobs: Jobs) -> None:
    job = jobs.create("add", payload={})
    jobs.claim()
    assert jobs.retry_interrupted(silent_for=timedelta(minutes=5)) == 0
    assert jobs.get(job.id).status is JobStatus.RUNNING


def test_the_list_is_newest_first_and_cut(jobs: Jobs) -> None:
    ids = [jobs.create("add", payload={}).id for _ in range(3)]
    assert [job.id for job in jobs.list(limit=2)] == [ids[2], ids[1]]
