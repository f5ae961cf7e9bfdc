"""Making the index anew through the API."""

from __future__ import annotations

import threading

import pytest
from fastapi.testclient import TestClient

from ingest.indexing import Encoder
from service.auth.roles import Role
from service.ports import Services
from service.settings import Embedding

WAIT_S = 60


def rebuilt(client: TestClient, services: Services, **wanted: object) -> dict[str, object]:
    taken = client.post("/v1/index/rebuild", json=wanted)
    assert taken.status_code == 202 and taken.json()["kind"] == "rebuild"
    services.rebuilds.wait(timeout_s=WAIT_S)
    job: dict[str, object] = client.get(taken.headers["Location"]).json()
    return job


def test_a_rebuild_is_a_job_that_tells_its_progress_and_result(client: TestClient, services: Services) -> None:
    job = rebuilt(client, services, model="other")
    assert (job["status"], job["name"], job["done"], job["total"]) == ("done", "other", 3, 3)
    assert job["rebuilt"] == {"reports": 1, "passages": 3, "fingerprint": "toy-other"} and job["result"] is None


def test_a_model_that_is_not_there_fails_the_job(client: TestClient, services: Services) -> None:
    job = rebuilt(client, services, model="none")
    assert (job["status"], job["error_code"], job["rebuilt"]) == ("failed", "model-unavailable", None)
    assert rebuilt(client, services, model="other")["status"] == "done"


def test_one_rebuild_at_a_time(client: TestClient, services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, go_on = threading.Event(), threading.Event()
    load = services.rebuilds._load

    def slow(wanted: Embedding) -> Encoder:
        begun.set()
        assert go_on.wait(WAIT_S)
        return load(wanted)

    monkeypatch.setattr(services.rebuilds, "_load", slow)
    first = client.post("/v1/index/rebuild", json={"model": "other"}).json()
    assert begun.wait(WAIT_S)
    refused = client.post("/v1/index/rebuild", json={"model": "other"})
    assert (refused.status_code, refused.json()["code"]) == (409, "rebuild-running")
    go_on.set()
    services.rebuilds.wait(timeout_s=WAIT_S)
    assert client.get(f"/v1/jobs/{first['id']}").json()["status"] == "done"


def test_what_a_stop_cut_off_is_given_up(client: TestClient, services: Services) -> None:
    cut_off = services.catalogue.jobs.create("rebuild", payload={"name": "other"})
    assert services.catalogue.jobs.claim(kinds=("rebuild",)) is not None
    with client:  # a start and a stop
        job = client.get(f"/v1/jobs/{cut_off.id}").json()
        assert (job["status"], job["error_code"]) == ("failed", "job-interrupted")
        assert client.delete(f"/v1/jobs/{cut_off.id}").json()["status"] == "failed"


def test_only_an_administrator_may_and_fields_are_those_of_the_settings(client: TestClient, services: Services) -> None:
    for role, status in ((Role.READER, 403), (Role.EDITOR, 403), (Role.ADMIN, 202)):
        key = services.keys.create(label="x", role=role)
        headers = {"Authorization": f"Bearer {key.token}"}
        answer = client.post("/v1/index/rebuild", json={"model": "other"}, headers=headers)
        assert answer.status_code == status
    services.rebuilds.wait(timeout_s=WAIT_S)
    assert client.post("/v1/index/rebuild", json={"modell": "other"}).status_code == 422
    assert client.post("/v1/index/rebuild", data={"model": "other"}).status_code == 415
