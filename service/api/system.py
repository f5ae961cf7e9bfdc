"""Is it alive, is it ready, which version is it. No key is asked for, nothing private is told."""

from __future__ import annotations

import importlib.metadata
import logging

from fastapi import APIRouter
from starlette.responses import JSONResponse

from ingest.errors import IngestError
from service.api.deps import RequestIdDep, ServicesDep
from service.api.problems import problem, respond
from service.errors import ServiceError
from service.ports import Check

LOG = logging.getLogger("hoibaocao.api")

router = APIRouter(tags=["system"])


@router.get("/livez", operation_id="getLiveness", summary="Dịch vụ đang chạy")
def get_liveness() -> dict[str, str]:
    """Say that the process answers."""
    return {"status": "ok"}


@router.get("/readyz", operation_id="getReadiness", summary="Dịch vụ sẵn sàng", response_model=dict[str, object])
def get_readiness(services: ServicesDep, request_id: RequestIdDep) -> JSONResponse:
    """Say which parts work; 503 with the same list when one does not."""
    parts = {name: state_of(check) for name, check in services.checks.items()}
    if all(state == "ok" for state in parts.values()):
        return JSONResponse({"status": "ok", "parts": parts}, headers={"Cache-Control": "no-store"})
    body = problem(
        status=503,
        code="not-ready",
        title="Dịch vụ chưa sẵn sàng",
        detail="Có bộ phận chưa hoạt động: " + ", ".join(name for name, state in parts.items() if state != "ok") + ".",
        request_id=request_id,
    )
    return respond({**body, "parts": parts})


@router.get("/version", operation_id="getVersion", summary="Phiên bản")
def get_version() -> dict[str, str]:
    """Return name and version of the program."""
    return {"name": "hoibaocao", "version": program_version()}


def program_version() -> str:
    """Return the version of the installed package; "0" when it runs without being installed."""
    try:
        return importlib.metadata.version("hoibaocao")
    except importlib.metadata.PackageNotFoundError:
        return "0"


def state_of(check: Check) -> str:
    """Return "ok" or the code of what is wrong."""
    try:
        check()
    except (ServiceError, IngestError) as error:
        LOG.warning("not ready: %s %r", error.code, error.message)
        return error.code
    return "ok"
