"""The one error shape: ``application/problem+json`` with type, title, status, detail, code and request_id.

Every error of the API leaves through here, in Vietnamese, without a trace and without the words of a library.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.requests import Request

from ingest.errors import IngestError
from service.errors import RequestInvalid, ServiceError

LOG = logging.getLogger("hoibaocao.api")
MEDIA_TYPE = "application/problem+json"
RETRY_AFTER_S = 5

_HTTP: Mapping[int, tuple[str, str, str]] = MappingProxyType(
    {
        400: ("bad-request", "Yêu cầu không đọc được", "Nội dung gửi lên không đúng định dạng."),
        404: ("not-found", "Không tìm thấy", "Địa chỉ này không có trong dịch vụ."),
        405: ("method-not-allowed", "Phương thức không được hỗ trợ", "Địa chỉ này không nhận phương thức đã gửi."),
        413: ("request-too-large", "Yêu cầu quá lớn", "Nội dung gửi lên lớn hơn mức cho phép."),
        415: ("content-type-refused", "Kiểu dữ liệu không được hỗ trợ", "Kiểu nội dung gửi lên không được hỗ trợ."),
        503: ("unavailable", "Dịch vụ chưa sẵn sàng", "Dịch vụ chưa sẵn sàng. Hãy thử lại sau."),
    }
)
_INTERNAL = (
    "internal-error",
    "Lỗi hệ thống",
    "Hệ thống gặp lỗi ngoài dự kiến. Hãy thử lại; nếu vẫn lỗi, gửi mã yêu cầu.",
)
_INGEST_TITLES: Mapping[int, str] = MappingProxyType(
    {404: "Không tìm thấy", 422: "Không nhận được tệp này", 503: "Dịch vụ chưa sẵn sàng", 507: "Đĩa của máy chủ đã đầy"}
)
# The messages of these name files, servers or a driver's words: they go to the log, not to the caller.
_INGEST_DETAILS: Mapping[str, str] = MappingProxyType(
    {
        "fingerprint-mismatch": "Chỉ mục được tạo bằng mô hình khác; người quản trị cần lập lại chỉ mục.",
        "index-locked": "Chỉ mục đang được tiến trình khác sử dụng.",
        "index-unavailable": "Chỉ mục tạm thời không dùng được. Hãy thử lại sau.",
        "model-unavailable": "Mô hình nhúng không dùng được; người quản trị cần kiểm tra.",
        "catalogue-unavailable": "Cơ sở dữ liệu tạm thời không dùng được. Hãy thử lại sau.",
        "disk-full": "Đĩa của máy chủ đã đầy nên chưa lưu được. Hãy báo người quản trị giải phóng dung lượng.",
        "originals-unavailable": "Kho tệp gốc tạm thời không dùng được. Hãy thử lại sau.",
    }
)
_FIELD_REASONS: Mapping[str, str] = MappingProxyType(
    {
        "missing": "thiếu",
        "extra_forbidden": "không có trong giao diện này",
        "json_invalid": "không phải JSON hợp lệ",
        "string_too_long": "quá dài",
        "string_too_short": "quá ngắn",
        "too_long": "có quá nhiều phần tử",
        "literal_error": "không nằm trong các giá trị cho phép",
        "enum": "không nằm trong các giá trị cho phép",
    }
)
_PLACES = ("body", "query", "path", "header")


def problem(*, status: int, code: str, title: str, detail: str, request_id: str) -> dict[str, Any]:
    """Return the body of an error."""
    return {
        "type": f"urn:hoibaocao:problem:{code}",
        "title": title,
        "status": status,
        "detail": detail,
        "code": code,
        "request_id": request_id,
    }


def problem_of(error: BaseException, *, request_id: str) -> dict[str, Any]:
    """Return the body for any exception; one that nobody foresaw becomes 500 without a word of its own."""
    if isinstance(error, ServiceError):
        return problem(
            status=error.status, code=error.code, title=error.title, detail=error.message, request_id=request_id
        )
    if isinstance(error, IngestError):
        return _of_ingest(error, request_id=request_id)
    if isinstance(error, RequestValidationError):
        return problem_of(RequestInvalid(describe(error.errors())), request_id=request_id)
    if isinstance(error, HTTPException):
        code, title, detail = _HTTP.get(error.status_code, _INTERNAL)
        return problem(status=error.status_code, code=code, title=title, detail=detail, request_id=request_id)
    code, title, detail = _INTERNAL
    return problem(status=500, code=code, title=title, detail=detail, request_id=request_id)


def respond(body: Mapping[str, Any], *, headers: Mapping[str, str] | None = None) -> JSONResponse:
    """Return the response for a problem body."""
    extra = {"Cache-Control": "no-store", **(headers or {})}
    if body["status"] == 401:
        extra["WWW-Authenticate"] = "Bearer"
    if body["status"] == 503:
        extra["Retry-After"] = str(RETRY_AFTER_S)
    return JSONResponse(dict(body), status_code=body["status"], media_type=MEDIA_TYPE, headers=extra)


def request_id_of(request: Request) -> str:
    """Return the id the envelope gave this request; "" outside of it."""
    return str(request.scope.get("state", {}).get("request_id", ""))


def install(app: FastAPI) -> None:
    """Make ``app`` answer every foreseen exception with a problem."""

    async def handle(request: Request, error: Exception) -> JSONResponse:
        body = problem_of(error, request_id=request_id_of(request))
        if body["status"] >= 500:
            LOG.error("%s %s: %s", body["request_id"], body["code"], error)
        headers = dict(error.headers or {}) if isinstance(error, HTTPException) else {}
        return respond(body, headers=headers)

    for kind in (ServiceError, IngestError, RequestValidationError, HTTPException):
        app.add_exception_handler(kind, handle)


def describe(errors: Sequence[Mapping[str, Any]]) -> str:
    """Return one Vietnamese sentence that names each wrong field of a validation error."""
    parts = []
    for item in errors[:5]:
        place = [str(part) for part in item["loc"]]
        name = ".".join(place[1:] if place and place[0] in _PLACES else place)
        reason = _FIELD_REASONS.get(str(item["type"]), "không đúng kiểu hoặc giá trị")
        # A JSON error's place is a character position, no field.
        parts.append(f"«{name}» {reason}" if name and item["type"] != "json_invalid" else f"nội dung {reason}")
    return "Yêu cầu không hợp lệ: " + "; ".join(parts) + "."


def _of_ingest(error: IngestError, *, request_id: str) -> dict[str, Any]:
    title = _INGEST_TITLES.get(error.status, _INTERNAL[1])
    detail = _INGEST_DETAILS.get(error.code, error.message if error.status < 500 else _HTTP[503][2])
    return problem(status=error.status, code=error.code, title=title, detail=detail, request_id=request_id)
