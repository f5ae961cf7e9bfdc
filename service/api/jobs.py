"""Jobs: what becomes of an upload."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from service.api.deps import PROBLEM_RESPONSES, EditorDep, JobReaderDep, ServicesDep
from service.api.report_schemas import JobOut, JobsOut, job_out
from service.api.schemas import Id

router = APIRouter(prefix="/v1/jobs", tags=["jobs"], responses=PROBLEM_RESPONSES)


@router.get("", operation_id="listJobs", summary="Các việc gần đây")
def list_jobs(services: ServicesDep, principal: EditorDep, limit: Annotated[int, Query(ge=1, le=200)] = 50) -> JobsOut:
    """Return the newest jobs: what waits, what runs, what became of the rest."""
    return JobsOut(jobs=[job_out(job) for job in services.catalogue.jobs.list(limit=limit)])


@router.delete("/{job_id}", operation_id="cancelJob", summary="Hủy một việc đang chờ")
def cancel_job(job_id: Id, services: ServicesDep, principal: EditorDep) -> JobOut:
    """End a job that waits (code job-cancelled); one that runs or has ended comes back as it is."""
    return job_out(services.worker.cancel(job_id))


@router.get("/{job_id}", operation_id="getJob", summary="Tình trạng một việc")
def get_job(job_id: Id, services: ServicesDep, principal: JobReaderDep) -> JobOut:
    """Return how far a job has come and, at its end, the balance sheet or what went wrong."""
    return job_out(services.catalogue.jobs.get(job_id))
