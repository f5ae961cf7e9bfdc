"""Completes the generated OpenAPI 3.1 document: our error shape everywhere, both ways to send a key."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from service.api.schemas import ProblemOut

_KEYS: dict[str, Any] = {
    "bearer": {"type": "http", "scheme": "bearer", "description": "Khóa truy cập"},
    "apiKey": {"type": "apiKey", "in": "header", "name": "X-API-Key", "description": "Khóa truy cập"},
}
# FastAPI describes its own English validation errors; ours never leave in that shape.
_UNUSED = ("HTTPValidationError", "ValidationError")


def complete(app: FastAPI) -> None:
    """Make ``app.openapi()`` give the completed document, built once."""

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _document(app)
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]  # FastAPI's documented way


def _document(app: FastAPI) -> dict[str, Any]:
    document = get_openapi(
        title=app.title, version=app.version, summary=app.summary, openapi_version="3.1.0", routes=app.routes
    )
    components = document.setdefault("components", {})
    schemas = components.setdefault("schemas", {})
    for name in _UNUSED:
        schemas.pop(name, None)
    schemas["ProblemOut"] = ProblemOut.model_json_schema()
    components["securitySchemes"] = _KEYS
    for path, operations in document["paths"].items():
        if path.startswith("/v1/"):
            for operation in operations.values():
                # The empty one: on the loopback interface no key is needed.
                operation["security"] = [{"bearer": []}, {"apiKey": []}, {}]
    return document
