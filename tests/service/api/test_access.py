"""Who reaches what: keys, roles, and that nobody reaches what belongs to somebody else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient

from service.auth.roles import Role
from service.ports import Services

Connect = Callable[..., TestClient]


def with_key(services: Services, connect: Connect, role: Role) -> TestClient:
    client = connect(services, address="10.0.0.7")
    client.headers["Authorization"] = f"Bearer {services.keys.create(label=role, role=role).token}"
    return client


def test_roles(services: Services, connect: Connect) -> None:
    reader, editor = (with_key(services, connect, role) for role in (Role.READER, Role.EDITOR))
    upload: dict[str, Any] = {"files": {"file": ("a.txt", b"Noi dung")}}
    assert reader.post("/v1/reports", **upload).json()["code"] == "forbidden"
    job = editor.post("/v1/reports", **upload).json()
    services.worker.run_next()
    assert reader.get(f"/v1/jobs/{job['id']}").status_code == 403
    report = editor.get(f"/v1/jobs/{job['id']}").json()["result"]["report_id"]
    assert reader.get(f"/v1/reports/{report}").status_code == 200
    assert reader.delete(f"/v1/reports/{report}").status_code == 403
    assert editor.delete(f"/v1/reports/{report}").status_code == 204


def test_what_belongs_to_others_looks_like_what_does_not_exist(services: Services, connect: Connect) -> None:
    mine, other = (with_key(services, connect, Role.READER) for _ in range(2))
    answer = mine.post("/v1/answers", json={"question": "Một?"}).json()
    attempts: list[tuple[str, str, object]] = [
        ("GET", "/v1/conversations/{c}", None),
        ("DELETE", "/v1/conversations/{c}", None),
        ("POST", "/v1/answers/{a}/feedback", {"rating": "up"}),
        ("POST", "/v1/answers", {"question": "Hai?", "conversation_id": "{c}"}),
    ]
    for method, path, body in attempts:
        replies = []
        for conversation, name in ((answer["conversation_id"], answer["id"]), ("nothere", "nothere")):
            sent = {k: v.replace("{c}", conversation) for k, v in body.items()} if isinstance(body, dict) else None
            reply = other.request(method, path.format(c=conversation, a=name), json=sent)
            replies.append({k: v for k, v in reply.json().items() if k != "request_id"})
        assert replies[0] == replies[1]
        assert replies[0]["status"] == 404
    assert other.get("/v1/conversations").json()["conversations"] == []
    assert len(mine.get(f"/v1/conversations/{answer['conversation_id']}").json()["answers"]) == 1
    assert services.feedback.of_answer(answer["id"]) == ()


def test_a_revoked_key_stops_working_at_once(services: Services, connect: Connect) -> None:
    client = with_key(services, connect, Role.ADMIN)
    assert client.get("/v1/reports").status_code == 200
    services.keys.revoke(services.keys.list()[0].id)
    assert client.get("/v1/reports").json()["code"] == "key-unknown"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Origin": "http://localhost"}, 200),
        ({"Origin": "https://evil.example"}, 403),
        ({"Host": "evil.example"}, 421),
        ({"X-Forwarded-For": "127.0.0.1"}, 401),
        ({"X-API-Key": "wrong"}, 401),
    ],
)
def test_the_local_user_needs_no_key_but_pages_of_others_do(
    client: TestClient, services: Services, headers: dict[str, str], status: int
) -> None:
    response = client.post("/v1/reports", files={"file": ("a.txt", b"Noi dung")}, headers=headers)
    assert response.status_code == (202 if status == 200 else status)
    assert services.worker.run_next() is (status == 200)


def test_require_key_closes_the_loopback_too(make_services: Callable[..., Services], connect: Connect) -> None:
    client = connect(make_services(auth={"require_key": True}))
    assert client.get("/v1/reports").status_code == 401
    assert client.get("/").status_code == 200
