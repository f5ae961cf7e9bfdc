"""What endpoints ask for: the services, who calls, the request's id."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, cast

from fastapi import Depends
from starlette.requests import Request

from service.api.problems import MEDIA_TYPE, request_id_of
from service.auth.gate import Caller
from service.auth.roles import Action, authorize
from service.domain import Principal
from service.errors import ContentTypeRefused
from service.ports import Services

_PROBLEM = {"$ref": "#/components/schemas/ProblemOut"}


def problem_response(words: str) -> dict[str, Any]:
    """Return how the API document describes an error."""
    return {"description": words, "content": {MEDIA_TYPE: {"schema": _PROBLEM}}}


PROBLEM_RESPONSES: dict[int | str, dict[str, Any]] = {
    status: problem_response(words)
    for status, words in {
        401: "Cần khóa truy cập",
        403: "Không đủ quyền",
        404: "Không tìm thấy",
        413: "Quá lớn",
        415: "Sai kiểu nội dung",
        421: "Tên máy chủ không được phép",
        422: "Yêu cầu không hợp lệ",
        500: "Lỗi hệ thống",
        503: "Dịch vụ chưa sẵn sàng",
        507: "Đĩa đã đầy",
    }.items()
}


def services_of(request: Request) -> Services:
    """Return the services the app was made with."""
    return cast(Services, request.app.state.services)


def allowed(action: Action) -> Callable[..., Principal]:
    """Return a dependency that gives the caller, once they may do ``action``."""

    def principal(request: Request) -> Principal:
        found = services_of(request).gate.identify(caller_of(request))
        authorize(found, action)
        return found

    return principal


def caller_of(request: Request) -> Caller:
    """Return what is seen of the caller; a header sent twice is joined, so it matches nothing by accident."""
    headers: dict[str, str] = {}
    for name, value in request.headers.items():
        headers[name] = f"{headers[name]},{value}" if name in headers else value
    return Caller(client=request.client.host if request.client else "", headers=headers)


def json_only(request: Request) -> None:
    """Raise ``ContentTypeRefused`` unless the body says it is JSON (a form of another site cannot say so)."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise ContentTypeRefused("Hãy gửi nội dung kiểu application/json.")


ServicesDep = Annotated[Services, Depends(services_of)]
RequestIdDep = Annotated[str, Depends(request_id_of)]
AskerDep = Annotated[Principal, Depends(allowed(Action.ASK))]
ReaderDep = Annotated[Principal, Depends(allowed(Action.READ_REPORTS))]
EditorDep = Annotated[Principal, Depends(allowed(Action.EDIT_REPORTS))]
JobReaderDep = Annotated[Principal, Depends(allowed(Action.READ_JOBS))]
RebuilderDep = Annotated[Principal, Depends(allowed(Action.REBUILD_INDEX))]
OwnerDep = Annotated[Principal, Depends(allowed(Action.OWN_CONVERSATIONS))]
