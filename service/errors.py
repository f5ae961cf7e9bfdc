"""Errors of the service side. Messages are Vietnamese: staff read them.

ServiceError
├── SettingsInvalid       a setting is unknown or has a wrong value (start-up stops)
├── StartRefused          the service would be open to others without a key, or the port is taken
├── StoreUnavailable      the service's tables cannot be opened or written
├── QuestionEmpty         nothing left of the question after trimming
├── QuestionTooLong       the question is longer than the limit
├── RequestInvalid        the request cannot be understood
├── ContentTypeRefused    the body is not of the type this address takes
├── FileTooLarge          the uploaded file is larger than the limit
├── RequestTooLarge       any other body is larger than the limit
├── Unauthenticated       no key, or a key that is unknown or revoked
├── Forbidden             the caller is known but may not do this
├── OriginRefused         a page of another origin tries to use the local service
├── HostRefused           the Host header is no loopback name (DNS rebinding)
├── Missing               no such conversation, answer, report or job (or not the caller's)
├── RebuildRunning        the index is being made anew already
└── ServiceBusy           another process holds what is needed and no running service answers
"""

from __future__ import annotations


class ServiceError(Exception):
    """Base of the tree. ``code`` is a stable kebab-case name, ``status`` the HTTP status, ``message`` Vietnamese."""

    code = "service-error"
    status = 500
    title = "Lỗi hệ thống"

    def __init__(self, message: str, *, code: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        if code is not None:
            self.code = code


class SettingsInvalid(ServiceError):
    """A setting is unknown or wrong; the message names the key."""

    code = "settings-invalid"
    title = "Cấu hình không hợp lệ"


class StartRefused(ServiceError):
    """Starting like this would be unsafe or cannot work."""

    code = "start-refused"
    title = "Không khởi động"


class StoreUnavailable(ServiceError):
    """The database cannot be opened, read or written."""

    code = "store-unavailable"
    status = 503
    title = "Cơ sở dữ liệu tạm thời không dùng được"


class QuestionEmpty(ServiceError):
    """Nothing was asked."""

    code = "question-empty"
    status = 422
    title = "Câu hỏi trống"


class QuestionTooLong(ServiceError):
    """More characters than the limit."""

    code = "question-too-long"
    status = 422
    title = "Câu hỏi quá dài"


class RequestInvalid(ServiceError):
    """A field is missing, unknown or wrong."""

    code = "request-invalid"
    status = 422
    title = "Yêu cầu không hợp lệ"


class ContentTypeRefused(ServiceError):
    """The body has another content type than the address takes."""

    code = "content-type-refused"
    status = 415
    title = "Kiểu dữ liệu không được hỗ trợ"


class FileTooLarge(ServiceError):
    """More bytes than the limit."""

    code = "file-too-large"
    status = 413
    title = "Tệp quá lớn"


class RequestTooLarge(ServiceError):
    """More bytes than any honest request of this kind has."""

    code = "request-too-large"
    status = 413
    title = "Yêu cầu quá lớn"


class Unauthenticated(ServiceError):
    """Who calls is not known."""

    code = "key-required"
    status = 401
    title = "Cần khóa truy cập"


class Forbidden(ServiceError):
    """The caller's roles do not allow this."""

    code = "forbidden"
    status = 403
    title = "Không đủ quyền"


class OriginRefused(ServiceError):
    """A web page of another origin called the local service without a key."""

    code = "origin-refused"
    status = 403
    title = "Nguồn gọi không được phép"


class HostRefused(ServiceError):
    """The Host header is not a loopback name although the caller wants to be the local user."""

    code = "host-refused"
    status = 421
    title = "Tên máy chủ không được phép"


class Missing(ServiceError):
    """There is none, or it belongs to somebody else (told apart by nobody)."""

    code = "not-found"
    status = 404
    title = "Không tìm thấy"


class RebuildRunning(ServiceError):
    """One rebuild at a time."""

    code = "rebuild-running"
    status = 409
    title = "Đang dựng lại chỉ mục"


class ServiceBusy(ServiceError):
    """The embedded index is held by another process that does not answer."""

    code = "service-busy"
    status = 503
    title = "Hệ thống đang bận"
