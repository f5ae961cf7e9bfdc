"""Headers, request ids, CORS, pages, health and the OpenAPI document."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient

from ingest.errors import IndexUnavailable
from service.app import create_app
from service.auth.roles import Role
from service.ports import Services


def test_request_ids_are_echoed_or_made(client: TestClient) -> None:
    assert client.get("/livez", headers={"X-Request-ID": "portal-1.a_b"}).headers["x-request-id"] == "portal-1.a_b"
    for bad in (b"a b", b"x" * 65, b"<script>", "é".encode()):
        made = client.get("/livez", headers={b"X-Request-ID": bad}).headers["x-request-id"]
        assert made not in (bad.decode(), "")
        assert made.isalnum()


@pytest.mark.parametrize("path", ["/", "/embed", "/livez", "/v1/reports", "/nothing"])
def test_every_response_carries_the_security_headers(
    make_services: Callable[..., Services], connect: Callable[..., TestClient], path: str
) -> None:
    client = connect(make_services(portal={"frame_ancestors": ["https://cong.example"]}))
    headers = client.get(path).headers
    policy = dict(part.strip().partition(" ")[::2] for part in headers["content-security-policy"].split(";"))
    assert policy["default-src"] == policy["script-src"] == "'self'"
    assert policy["frame-ancestors"] == ("'self' https://cong.example" if path == "/embed" else "'none'")
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


def test_nobody_may_frame_the_embedded_page_by_default(client: TestClient) -> None:
    assert "frame-ancestors 'none'" in client.get("/embed").headers["content-security-policy"]


def test_only_listed_origins_may_call_from_a_browser(
    make_services: Callable[..., Services], connect: Callable[..., TestClient]
) -> None:
    services = make_services(portal={"cors_origins": ["https://cong.example"]})
    client = connect(services, address="10.0.0.7")
    token = services.keys.create(label="cổng", role=Role.READER).token
    allowed = {
        origin: client.get("/v1/reports", headers={"Origin": origin, "X-API-Key": token}).headers.get(
            "access-control-allow-origin"
        )
        for origin in ("https://cong.example", "https://evil.example", "null", "https://cong.example.evil.example")
    }
    assert [origin for origin, answer in allowed.items() if answer] == ["https://cong.example"]
    asked = {"Origin": "https://cong.example", "Access-Control-Request-Method": "POST"}
    assert client.options("/v1/answers", headers=asked).status_code == 200


def test_pages_are_served_without_a_key_and_without_inline_script(
    services: Services, connect: Callable[..., TestClient]
) -> None:
    client = connect(services, address="10.0.0.7")
    for path, kind in (("/", "text/html"), ("/embed", "text/html"), ("/embed.js", "text/javascript")):
        response = client.get(path)
        assert response.status_code == 200
        assert response.headers["content-type"].startswith(kind)
        assert "<script>" not in response.text
    assert client.get("/static/js/api.js").status_code == 200


def test_health_tells_the_parts(client: TestClient, services: Services) -> None:
    assert client.get("/livez").json() == {"status": "ok"}
    assert client.get("/readyz").json() == {"status": "ok", "parts": {"catalogue": "ok"}}
    assert set(client.get("/version").json()) == {"name", "version"}

    def broken() -> None:
        raise IndexUnavailable("Qdrant at 10.0.0.1")

    checks = services.checks
    assert isinstance(checks, dict)
    checks["index"] = broken
    response = client.get("/readyz")
    assert (response.status_code, response.json()["code"]) == (503, "not-ready")
    assert response.json()["parts"] == {"catalogue": "ok", "index": "index-unavailable"}
    assert "10.0.0.1" not in response.text


def test_the_api_document_is_complete(client: TestClient, services: Services) -> None:
    document = client.get("/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    ids = [one["operationId"] for methods in document["paths"].values() for one in methods.values()]
    assert len(ids) == len(set(ids))
    assert {"createAnswer", "createReport", "getReportText", "getJob", "createFeedback"} <= set(ids)
    written = json.dumps(document, ensure_ascii=False)
    assert "HTTPValidationError" not in written
    for path, methods in document["paths"].items():
        for operation in methods.values():
            assert operation["summary"]
            for status, response in operation["responses"].items():
                if int(status) >= 400 and path.startswith("/v1/"):
                    assert list(response["content"]) == ["application/problem+json"]
    for name in refs(document):
        assert name in document["components"]["schemas"]
    assert create_app(services).openapi() == document


def refs(node: object) -> set[str]:
    if isinstance(node, dict):
        own = {node["$ref"].rpartition("/")[2]} if isinstance(node.get("$ref"), str) else set()
        return own.union(*(refs(value) for value in node.values()))
    return set().union(*(refs(value) for value in node)) if isinstance(node, list) else set()
