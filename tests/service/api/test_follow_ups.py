"""Follow-ups over HTTP, with the engine and the sample reports behind it."""

from __future__ import annotations

from fastapi.testclient import TestClient

from eval.fresh import fresh_services, sample_reports
from service.app import create_app


def test_a_follow_up_leans_on_the_turns_of_its_conversation() -> None:
    with fresh_services(sample_reports()) as services:
        client = TestClient(create_app(services), base_url="http://localhost", client=("127.0.0.1", 5000))
        first = client.post("/v1/answers", json={"question": "Đàn lợn quý I năm 2024 có bao nhiêu con?"}).json()
        follow_up = {"question": "Thế còn đàn bò?", "conversation_id": first["conversation_id"]}
        second = client.post("/v1/answers", json=follow_up).json()
        assert (second["question"], second["short_answer"]) == ("Thế còn đàn bò?", "3.298 con")
        assert second["understood_as"].startswith("Đàn bò quý I năm 2024 có bao nhiêu con?")
        kept = client.get(f"/v1/conversations/{first['conversation_id']}").json()["answers"]
        assert [answer["question"] for answer in kept] == [first["question"], "Thế còn đàn bò?"]
        alone = client.post("/v1/answers", json={"question": "so với cùng kỳ thì sao?"}).json()
        assert alone["status"] == "clarify"
