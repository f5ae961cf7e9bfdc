"""One shape for every error of every route: RFC 9457 with our code and the request's id, in Vietnamese."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response

from ingest.errors import IngestError
from service import errors
from service.api.problems import describe
from service.app import create_app
from service.errors import ServiceError
from service.ports import Services

MEMBERS = {"type", "title", "status", "detail", "code", "request_id"}
VIETNAMESE = set("ăâđêôơưáàảãạấầẩẫậắằẳẵặéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ")


def check(response: Response, *, status: int, code: str | None = None) -> dict[str, Any]:
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    body: dict[str, Any] = response.json()
    assert set(body) == MEMBERS
    assert body["status"] == status
    assert body["type"] == f"urn:hoibaocao:problem:{body['code']}"
    assert body["request_id"] == response.headers["x-request-id"]
    assert set(body["title"].lower()) & VIETNAMESE
    assert set(body["detail"].lower()) & VIETNAMESE
    assert response.headers["cache-control"] == "no-store"
    if code is not None:
        assert body["code"] == code
    return body


def operations(app: FastAPI) -> Iterator[tuple[str, str]]:
    for path, methods in app.openapi()["paths"].items():
        for method in methods:
            yield method.upper(), path.replace("{number}", "1").replace("{", "").replace("}", "")


def test_every_route_of_the_api_asks_strangers_for_a_key(
    services: Services, connect: Callable[..., TestClient]
) -> None:
    client = connect(services, address="10.0.0.7")
    walked = [one for one in operations(create_app(services)) if one[1].startswith("/v1/")]
    assert len(walked) > 12
    for method, path in walked:
        body = {"question": "x", "rating": "up"} if method == "POST" else None
        response = client.request(method, path, json=body)
        if response.status_code == 415 or (response.status_code == 422 and method == "POST"):
            pytest.fail(f"{method} {path} looks at the body before it knows who sends it")
        check(response, status=401, code="key-required")
        assert response.headers["www-authenticate"] == "Bearer"


def test_every_route_refuses_other_methods_and_unknown_ids(client: TestClient, services: Services) -> None:
    for method, path in operations(create_app(services)):
        check(client.request("PATCH", path), status=405, code="method-not-allowed")
        if "_id" in path:
            body = {"rating": "up"} if method == "POST" else None
            check(client.request(method, path, json=body, params={"start": 0, "end": 1}), status=404)


def test_what_is_not_there(client: TestClient) -> None:
    for path in (
        "/nothing",
        "/v1",
        "/v1/",
        "/v1/reports/",
        "/static/nothing.js",
        "/static/../app.py",
        "/docs",
        "/redoc",
    ):
        check(client.get(path), status=404, code="not-found")
    check(client.get("/v1/reports/%00%0d%0a"), status=422, code="request-invalid")
    check(client.get("/v1/reports", params={"limit": "many"}), status=422, code="request-invalid")


@pytest.mark.parametrize("stage", ["answer", "list"])
def test_what_nobody_foresaw_tells_nothing(
    client: TestClient, services: Services, monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("secret /path")

    if stage == "answer":
        monkeypatch.setattr(services.asker, "ask", fail)
        response = client.post("/v1/answers", json={"question": "x"})
    else:
        monkeypatch.setattr(services.catalogue, "visible", fail)
        response = client.get("/v1/reports")
    check(response, status=500, code="internal-error")
    assert "secret" not in response.text
    assert "ZeroDivision" not in response.text


def test_errors_of_ours_keep_their_code_and_status(
    client: TestClient, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    for kind in (*leaves(ServiceError), *leaves(IngestError)):

        def fail(*_: object, kind: Any = kind, **__: object) -> None:
            raise kind("Có chuyện xảy ra ở /duong/dan.")

        monkeypatch.setattr(services.asker, "ask", fail)
        body = check(client.post("/v1/answers", json={"question": "x"}), status=kind.status, code=kind.code)
        if issubclass(kind, IngestError) and kind.status >= 500:
            assert "/duong/dan" not in body["detail"]


def leaves(kind: type[Exception]) -> Iterator[type[Any]]:
    yield kind
    for below in kind.__subclasses__():
        if not below.__name__.startswith("_"):
            yield from leaves(below)


def test_the_drawing_of_the_error_tree_is_true() -> None:
    drawn = {line.split()[1] for line in (errors.__doc__ or "").splitlines() if line.startswith(("├", "└"))}
    assert drawn == {kind.__name__ for kind in leaves(ServiceError)} - {"ServiceError"}


def test_a_large_json_body_is_refused(client: TestClient) -> None:
    huge = b'{"question":"' + b"x" * 300_000 + b'"}'
    headers = {"Content-Type": "application/json"}
    check(client.post("/v1/answers", content=huge, headers=headers), status=413, code="request-too-large")
    check(client.post("/v1/answers", content=iter([huge]), headers=headers), status=413, code="request-too-large")


def test_describe_names_fields_without_english() -> None:
    found = [{"loc": ("body", "filters", "month"), "type": "less_than_equal", "msg": "Input should be ..."}]
    assert describe(found) == "Yêu cầu không hợp lệ: «filters.month» không đúng kiểu hoặc giá trị."
