from __future__ import annotations

import json
from typing import Any

import pytest
from fastapi.testclient import TestClient

from ingest.errors import IndexUnavailable
from service.api.answers import clean_question, pieces
from service.domain import Filters, Mode
from service.errors import QuestionEmpty, QuestionTooLong
from service.ports import Services


def test_an_answer_has_the_shape_of_the_contract(client: TestClient, asker: Any) -> None:
    sent = {
        "question": "  Có bao nhiêu\u0000 vụ?\r\n",
        "filters": {"report_ids": ["r1"], "year": 2030, "quarter": 1, "issuer": "UBND"},
        "mode": "extractive",
    }
    response = client.post("/v1/answers", json=sent)
    assert response.status_code == 200
    assert response.headers["cache-control"] == "no-store"
    body = response.json()
    assert list(body) == [
        "id", "conversation_id", "question", "understood_as", "status", "answer", "short_answer", "figures",
        "computation", "citations", "suggestions", "warnings", "mode", "model", "prompt_version", "index_version",
        "timings_ms",
    ]  # fmt: skip
    assert list(body["citations"][0]) == [
        "index", "report_id", "version_id", "report_title", "issuer", "period", "section_path", "footnote", "page",
        "quote", "start", "end", "url",
    ]  # fmt: skip
    assert body["figures"][0] == {
        "text": "12 vụ", "value": "12", "unit": "vụ", "role": "level", "period": "quý I/2030", "place": "",
        "citation": 1, "doubtful": False,
    }  # fmt: skip
    assert body["computation"] == {"expression": "10 + 2 = 12", "inputs": [0], "note": ""}
    asked = asker.asked[0]
    assert (asked.question, asked.mode) == ("Có bao nhiêu  vụ?", Mode.EXTRACTIVE)
    assert asked.filters == Filters(report_ids=("r1",), issuer="UBND", year=2030, quarter=1)


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"question": ""}, 422, "question-empty"),
        ({"question": " \n\u200b\u0007 "}, 422, "question-empty"),
        ({"question": "à" * 5000}, 422, "question-too-long"),
        ({"question": "x", "mode": "magic"}, 422, "request-invalid"),
        ({"question": "x", "extra": 1}, 422, "request-invalid"),
        ({"question": 7}, 422, "request-invalid"),
        ({"question": None}, 422, "request-invalid"),
        ({}, 422, "request-invalid"),
        ([], 422, "request-invalid"),
        ({"question": "x", "filters": {"month": 13}}, 422, "request-invalid"),
        ({"question": "x", "filters": {"report_ids": ["../etc"]}}, 422, "request-invalid"),
        ({"question": "x", "conversation_id": "a\u0000b"}, 422, "request-invalid"),
        ({"question": "x", "conversation_id": "unknown"}, 404, "not-found"),
    ],
)
def test_what_cannot_be_asked_is_said_in_vietnamese(
    client: TestClient, asker: Any, body: object, status: int, code: str
) -> None:
    response = client.post("/v1/answers", json=body)
    assert (response.status_code, response.json()["code"]) == (status, code)
    assert not set(response.json()["detail"].lower().split()) & {"input", "should", "field", "required", "valid"}
    assert asker.asked == []


@pytest.mark.parametrize(
    "raw",
    [
        b"{", b"", b"\xff\xfe", b'"\\ud800"', b'{"question": "\\ud800"}', b"[" * 5000 + b"]" * 5000, b"NaN",
        b'{"question":"x","filters":{"year":' + b"9" * 5000 + b"}}",
    ],
)  # fmt: skip
def test_broken_json_is_a_problem_and_never_an_error_of_ours(client: TestClient, raw: bytes) -> None:
    response = client.post("/v1/answers", content=raw, headers={"Content-Type": "application/json"})
    assert response.status_code in (400, 422)
    assert response.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "application/jsonx", ""])
def test_only_json_is_taken(client: TestClient, kind: str) -> None:
    response = client.post("/v1/answers", content=b'{"question":"x"}', headers={"Content-Type": kind})
    assert (response.status_code, response.json()["code"]) == (415, "content-type-refused")


def test_exactly_the_limit_passes(client: TestClient) -> None:
    assert client.post("/v1/answers", json={"question": "ế" * 2000}).status_code == 200
    assert client.post("/v1/answers", json={"question": "ế" * 2001}).status_code == 422


def test_a_stream_tells_stages_sources_sentences_and_the_whole(client: TestClient) -> None:
    response = client.post("/v1/answers", json={"question": "Bao nhiêu?", "stream": True})
    assert response.headers["content-type"].startswith("text/event-stream")
    assert response.headers["cache-control"] == "no-store"
    events = read_events(response.text)
    assert [name for name, _ in events] == ["status", "sources", "delta", "delta", "done"]
    whole = events[-1][1]
    assert "".join(data["text"] for name, data in events if name == "delta") == whole["answer"]
    assert events[1][1]["citations"] == whole["citations"]
    assert whole == client.get(f"/v1/conversations/{whole['conversation_id']}").json()["answers"][0]


@pytest.mark.parametrize(
    ("error", "code"),
    [(IndexUnavailable("Qdrant at 10.0.0.1 died"), "index-unavailable"), (ValueError("oops"), "internal-error")],
)
def test_what_breaks_in_a_stream_ends_it_with_the_same_shape(
    client: TestClient, asker: Any, error: Exception, code: str
) -> None:
    asker.fails = error
    name, data = read_events(client.post("/v1/answers", json={"question": "x", "stream": True}).text)[-1]
    assert name == "error"
    assert (data["code"], set(data)) == (code, {"type", "title", "status", "detail", "code", "request_id"})
    assert str(error) not in json.dumps(data)


def test_what_breaks_without_a_stream_is_an_error_not_an_answer(client: TestClient, asker: Any) -> None:
    asker.fails = IndexUnavailable("Qdrant at 10.0.0.1 died")
    response = client.post("/v1/answers", json={"question": "x"})
    assert (response.status_code, response.json()["code"]) == (503, "index-unavailable")
    assert "10.0.0.1" not in response.text
    assert int(response.headers["retry-after"]) > 0


def test_a_conversation_is_kept_continued_listed_and_deleted(client: TestClient) -> None:
    first = client.post("/v1/answers", json={"question": "Một?"}).json()
    second = client.post("/v1/answers", json={"question": "Hai?", "conversation_id": first["conversation_id"]}).json()
    path = f"/v1/conversations/{first['conversation_id']}"
    assert client.get(path).json()["answers"] == [first, second]
    client.post("/v1/answers", json={"question": "Ba?"})
    page = client.get("/v1/conversations", params={"limit": 1}).json()
    rest = client.get("/v1/conversations", params={"limit": 1, "after": page["next"]}).json()
    assert [one["title"] for one in page["conversations"] + rest["conversations"]] == ["Ba?", "Một?"]
    assert rest["next"] is None
    assert client.delete(path).status_code == 204
    assert client.get(path).status_code == client.delete(path).status_code == 404
    assert client.get("/v1/conversations", params={"after": "%%%"}).json()["code"] == "request-invalid"


def test_feedback_is_stored(client: TestClient, services: Services) -> None:
    answer = client.post("/v1/answers", json={"question": "Một?"}).json()
    body = {"rating": "down", "reasons": ["wrong_figure"], "comment": "Sai\u0000 số "}
    assert client.post(f"/v1/answers/{answer['id']}/feedback", json=body).status_code == 201
    kept = services.feedback.of_answer(answer["id"])
    assert [(one.rating, one.reasons, one.comment) for one in kept] == [("down", ("wrong_figure",), "Sai  số")]
    assert client.post("/v1/answers/zzz/feedback", json=body).status_code == 404
    assert client.post(f"/v1/answers/{answer['id']}/feedback", json={"rating": "maybe"}).status_code == 422


def test_suggestions(client: TestClient) -> None:
    assert client.get("/v1/suggestions").json() == {"suggestions": ["Có bao nhiêu vụ?"]}


@pytest.mark.parametrize("text", ["", "Một.", "Có 1.234,5 tấn [1]. Hết [2].\n- Một;\n- Hai", "a. b", " \n", "…"])
def test_pieces_joined_are_the_text(text: str) -> None:
    assert "".join(pieces(text)) == text


def test_a_mark_stays_with_its_sentence() -> None:
    assert pieces("Có 1.234 vụ. [1] [2]\nTăng 2,5%. [3]") == ["Có 1.234 vụ. [1] [2]\n", "Tăng 2,5%. [3]"]


def test_clean_question() -> None:
    assert clean_question(" Hoà\u0301\tx ", max_chars=9) == "Hoà\u0301 x"
    with pytest.raises(QuestionEmpty):
        clean_question("\u0000", max_chars=9)
    with pytest.raises(QuestionTooLong, match="10 ký tự"):
        clean_question("x" * 10, max_chars=9)


def read_events(text: str) -> list[tuple[str, Any]]:
    found = []
    for block in text.strip().split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.split("\n"))
        found.append((fields["event"], json.loads(fields["data"])))
    return found
