"""No body larger than its address takes: told by Content-Length at once, by counting otherwise. Plain ASGI."""

from __future__ import annotations

import asyncio

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.api.problems import problem_of, respond
from service.errors import FileTooLarge, RequestTooLarge, ServiceError

MAX_JSON_BYTES = 256_000
# Multipart frames a file with boundaries and part headers.
MULTIPART_EXTRA_BYTES = 64_000
UPLOAD_PATH = "/v1/reports"
# A refused body is read and thrown away up to this much: a client still writing would lose the answer otherwise.
DRAIN_BYTES = 64_000_000
DRAIN_S = 10


class BodyTooLarge(Exception):
    """More bytes came than the address takes."""


class BodyLimit:
    """Answers 413 before anything of a too large body is kept."""

    def __init__(self, app: ASGIApp, *, max_upload_bytes: int) -> None:
        self._app = app
        self._max_upload_bytes = max_upload_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        is_upload = scope["path"].rstrip("/") == UPLOAD_PATH
        limit = self._max_upload_bytes + MULTIPART_EXTRA_BYTES if is_upload else MAX_JSON_BYTES
        headers = Headers(scope=scope)
        declared = headers.get("content-length", "")
        count, started, read_whole = 0, False, False

        async def counted() -> Message:
            nonlocal count, read_whole
            message = await receive()
            count += len(message.get("body", b""))
            read_whole = not message.get("more_body", False)
            if count > limit:
                raise BodyTooLarge
            return message

        async def checked(message: Message) -> None:
            nonlocal started
            # Whoever reads the body may turn our exception into an answer of its own: that one is not sent.
            if count > limit and not started:
                raise BodyTooLarge
            started = True
            await send(message)

        try:
            if _size(declared) > limit:
                raise BodyTooLarge
            await self._app(scope, counted, checked)
        except BodyTooLarge:
            if started:
                raise
            # After the last piece nothing more comes: waiting for it would only keep the client waiting.
            if not read_whole and headers.get("expect", "").lower() != "100-continue":
                await _drain(receive)
            error = too_large(self._max_upload_bytes) if is_upload else _request_too_large()
            await respond(problem_of(error, request_id=scope["state"]["request_id"]))(scope, receive, send)


def too_large(max_upload_bytes: int) -> FileTooLarge:
    """Return the error for a file over the limit."""
    megabytes = max_upload_bytes / 1_000_000
    shown = f"{megabytes:.0f} MB" if megabytes >= 1 else f"{max_upload_bytes / 1000:.0f} KB"
    return FileTooLarge(f"Tệp lớn hơn mức cho phép ({shown}).")


def _request_too_large() -> ServiceError:
    return RequestTooLarge("Nội dung gửi lên lớn hơn mức cho phép.")


async def _drain(receive: Receive) -> None:
    async def read_away() -> None:
        left = DRAIN_BYTES
        while left > 0:
            message = await receive()
            left -= len(message.get("body", b""))
            if message["type"] == "http.disconnect" or not message.get("more_body", False):
                return

    try:
        await asyncio.wait_for(read_away(), DRAIN_S)
    except TimeoutError:
        return


def _size(declared: str) -> int:
    # More digits than any size has are no reason to build a number of them.
    return int(declared) if declared.isdecimal() and len(declared) < 16 else (1 << 62) * bool(declared)
