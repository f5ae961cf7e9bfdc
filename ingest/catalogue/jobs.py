"""Jobs: work that must survive a restart (an upload to be read, a rebuild)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta
from uuid import uuid4

import sqlalchemy as sa

from ingest.catalogue import rows
from ingest.catalogue.engine import reading, writing
from ingest.catalogue.records import Job, JobStatus
from ingest.catalogue.tables import jobs
from ingest.errors import NotFound

MAX_ATTEMPTS = 3  # a job that killed its worker this often is at fault itself
ACTIVE = (JobStatus.QUEUED.value, JobStatus.RUNNING.value)
_IDS_AT_ONCE = 500  # names in one statement; databases limit them
_RUNNING = jobs.c.status == JobStatus.RUNNING.value


class Jobs:
    """The job list. Every method raises ``CatalogueUnavailable`` when the database cannot be reached."""

    def __init__(self, engine: sa.Engine, *, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._clock = clock

    def create(self, kind: str, *, payload: Mapping[str, str]) -> Job:
        """Queue a job and return it."""
        job_id = str(uuid4())
        with writing(self._engine) as db:
            db.execute(
                sa.insert(jobs).values(
                    id=job_id,
                    kind=kind,
                    status=JobStatus.QUEUED.value,
                    created_at=self._clock(),
                    attempts=0,
                    stage="",
                    done=0,
                    total=0,
                    error_code="",
                    error_message="",
                    payload=dict(payload),
                    result={},
                )
            )
        return self.get(job_id)

    def claim(self, *, kinds: tuple[str, ...] = ()) -> Job | None:
        """Take the oldest queued job (of the kinds given) and mark it running; None when none waits.

        Two workers never get the same job: on PostgreSQL a row being taken is skipped by the others
        (``FOR UPDATE SKIP LOCKED``), on SQLite there is one writer at a time.
        """
        waiting = sa.select(jobs.c.id).where(jobs.c.status == JobStatus.QUEUED.value)
        if kinds:
            waiting = waiting.where(jobs.c.kind.in_(kinds))
        waiting = waiting.order_by(jobs.c.created_at, jobs.c.id).limit(1).with_for_update(skip_locked=True)
        with writing(self._engine) as db:
            job_id = db.scalar(waiting)
            if job_id is None:
                return None
            now = self._clock()
            taken = {"status": JobStatus.RUNNING.value, "started_at": now, "seen_at": now}
            db.execute(sa.update(jobs).where(jobs.c.id == job_id).values(attempts=jobs.c.attempts + 1, **taken))
        return self.get(job_id)

    def note_progress(self, job_id: str, *, stage: str, done: int, total: int) -> None:
        """Note how far a running job has come; also its sign of life. A job not running is left alone."""
        noted = {"stage": stage, "done": done, "total": total, "seen_at": self._clock()}
        with writing(self._engine) as db:
            db.execute(sa.update(jobs).where(jobs.c.id == job_id, _RUNNING).values(**noted))

    def finish(self, job_id: str, *, result: Mapping[str, str]) -> None:
        """Mark a running job done. Raises ``NotFound`` when it is not running."""
        self._end(job_id, {"status": JobStatus.DONE.value, "result": dict(result)})

    def fail(self, job_id: str, *, code: str, message: str) -> None:
        """Mark a running job failed, with a stable code and a Vietnamese message. Raises ``NotFound``."""
        self._end(job_id, {"status": JobStatus.FAILED.value, "error_code": code, "error_message": message})

    def get(self, job_id: str) -> Job:
        """Return a job. Raises ``NotFound``."""
        with reading(self._engine) as db:
            row = db.execute(sa.select(jobs).where(jobs.c.id == job_id)).mappings().one_or_none()
        if row is None:
            raise _no_job(job_id)
        return rows.job(row)

    def list(self, *, limit: int = 50) -> tuple[Job, ...]:
        """Return at most ``limit`` jobs, newest first."""
        query = sa.select(jobs).order_by(jobs.c.created_at.desc(), jobs.c.id.desc()).limit(limit)
        with reading(self._engine) as db:
            return tuple(rows.job(row) for row in db.execute(query).mappings())

    def silent(self, *, for_: timedelta = timedelta(0)) -> tuple[Job, ...]:
        """Return the running jobs whose worker gave no sign of life for so long, oldest first."""
        query = sa.select(jobs).where(self._silent(for_)).order_by(jobs.c.created_at, jobs.c.id)
        with reading(self._engine) as db:
            return tuple(rows.job(row) for row in db.execute(query).mappings())

    def cancel(self, job_id: str) -> Job:
        """End a job that waits (failed, code job-cancelled) and return it; one that runs or has ended is left alone.

        Raises ``NotFound`` for an unknown job.
        """
        ended = {
            "status": JobStatus.FAILED.value,
            "finished_at": self._clock(),
            "error_code": "job-cancelled",
            "error_message": "Việc đã được hủy trước khi bắt đầu.",
        }
        waiting = sa.and_(jobs.c.id == job_id, jobs.c.status == JobStatus.QUEUED.value)
        with writing(self._engine) as db:
            db.execute(sa.update(jobs).where(waiting).values(**ended))
        return self.get(job_id)

    def retry_interrupted(self, *, silent_for: timedelta = timedelta(0)) -> int:
        """Queue again the jobs whose worker died and return how many; call it at start.

        A running job counts as interrupted when it gave no sign of life for ``silent_for``: zero is right where
        one process does all the work, some minutes where several workers share the list. A job claimed
        ``MAX_ATTEMPTS`` times is failed (code job-interrupted) instead.
        """
        silent = self._silent(silent_for)
        given_up = {
            "status": JobStatus.FAILED.value,
            "finished_at": self._clock(),
            "error_code": "job-interrupted",
            "error_message": f"Việc bị ngắt giữa chừng {MAX_ATTEMPTS} lần nên không thử lại nữa.",
        }
        with writing(self._engine) as db:
            db.execute(sa.update(jobs).where(silent, jobs.c.attempts >= MAX_ATTEMPTS).values(**given_up))
            queued = db.execute(sa.update(jobs).where(silent).values(status=JobStatus.QUEUED.value))
        return int(queued.rowcount)

    def _silent(self, silent_for: timedelta) -> sa.ColumnElement[bool]:
        return sa.and_(_RUNNING, jobs.c.seen_at <= self._clock() - silent_for)

    def _end(self, job_id: str, values: Mapping[str, object]) -> None:
        with writing(self._engine) as db:
            chosen = sa.update(jobs).where(jobs.c.id == job_id, _RUNNING)
            if db.execute(chosen.values(finished_at=self._clock(), **values)).rowcount == 0:
                raise _no_job(job_id)


def forget_jobs(db: sa.Connection, sha256s: Collection[str]) -> None:
    """Remove the ended jobs of these files, inside the caller's transaction: their results tell what was read."""
    ended = sa.select(jobs.c.id, jobs.c.payload).where(jobs.c.status.not_in(ACTIVE))
    gone = [row.id for row in db.execute(ended) if row.payload.get("sha256") in sha256s]
    for start in range(0, len(gone), _IDS_AT_ONCE):
        db.execute(sa.delete(jobs).where(jobs.c.id.in_(gone[start : start + _IDS_AT_ONCE])))


def _no_job(job_id: str) -> NotFound:
    return NotFound(f"Không có việc nào đang chạy với mã {job_id}.")
