"""What surrounds every request: its id, the security headers and the handler of last resort. Plain ASGI."""

from __future__ import annotations

import logging
import re
import secrets
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.api.problems import problem_of, respond

LOG = logging.getLogger("hoibaocao.api")
# A caller's own id is taken only if it can forge no log line and no header.
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_CSP = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors "
)
_FIXED: Mapping[str, str] = MappingProxyType(
    {
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    }
)
EMBED_PATH = "/embed"


class Envelope:
    """Gives each request an id and each response its headers; turns what nobody caught into a problem."""

    def __init__(self, app: ASGIApp, *, frame_ancestors: Sequence[str]) -> None:
        self._app = app
        self._framed = _CSP + (" ".join(("'self'", *frame_ancestors)) if frame_ancestors else "'none'")
        self._unframed = _CSP + "'none'"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        sent = Headers(scope=scope).get("x-request-id", "")
        request_id = sent if _REQUEST_ID.fullmatch(sent) else secrets.token_hex(12)
        scope.setdefault("state", {})["request_id"] = request_id
        policy = self._framed if scope["path"] == EMBED_PATH else self._unframed
        started = False

        async def send_with_headers(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(scope=message)
                headers["X-Request-ID"] = request_id
                headers["Content-Security-Policy"] = policy
                for name, value in _FIXED.items():
                    headers.setdefault(name, value)
                if scope["path"].startswith("/v1/"):
                    headers.setdefault("Cache-Control", "no-store")
            await send(message)

        try:
            await self._app(scope, receive, send_with_headers)
        except Exception as error:
            LOG.exception("%s unforeseen error", request_id, exc_info=error)
            if not started:
                response = respond(problem_of(error, request_id=request_id))
                await response(scope, receive, send_with_headers)
            else:
                raise
