"""The index made anew, with the model in use or another, while questions are answered."""

from __future__ import annotations

from fastapi import APIRouter, Depends
from starlette.responses import Response

from service.api.deps import (
    PROBLEM_RESPONSES,
    RebuilderDep,
    RequestIdDep,
    ServicesDep,
    json_only,
    problem_response,
)
from service.api.report_schemas import JobOut, job_out
from service.settings import Embedding

router = APIRouter(prefix="/v1/index", tags=["index"], responses=PROBLEM_RESPONSES)


@router.post(
    "/rebuild",
    operation_id="rebuildIndex",
    summary="Dựng lại chỉ mục",
    status_code=202,
    dependencies=[Depends(json_only)],
    responses={409: problem_response("Đang dựng lại chỉ mục")},
)
def rebuild_index(
    wanted: Embedding,
    response: Response,
    services: ServicesDep,
    principal: RebuilderDep,
    request_id: RequestIdDep,
) -> JobOut:
    """Begin to make the index anew with the model named (fields as in the settings “embedding”); 202 with a job.

    The model must be on this machine. Questions are answered with the old index and its model until the new pair takes
    their place in one step; a failure leaves the old pair answering.
    """
    job = services.rebuilds.start(wanted)
    services.audit.note(subject=principal.subject, action="index.rebuild", object_id=job.id, request_id=request_id)
    response.headers["Location"] = f"/v1/jobs/{job.id}"
    return job_out(job)
