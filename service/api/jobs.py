"""Jobs: what becomes of an upload."""

from __future__ import annotations

from fastapi import APIRouter

from service.api.deps import PROBLEM_RESPONSES, JobReaderDep, ServicesDep
from service.api.report_schemas import JobOut, job_out
from service.api.schemas import Id

router = APIRouter(prefix="/v1/jobs", tags=["jobs"], responses=PROBLEM_RESPONSES)


@router.get("/{job_id}", operation_id="getJob", summary="Tình trạng một việc")
def get_job(job_id: Id, services: ServicesDep, principal: JobReaderDep) -> JobOut:
    """Return how far a job has come and, at its end, the balance sheet or what went wrong."""
    return job_out(services.catalogue.jobs.get(job_id))
