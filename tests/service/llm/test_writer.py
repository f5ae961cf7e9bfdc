"""Wording by a model: claims with their citations, and every failure ends in None."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from service.llm.client import LlmClient, LlmUnavailable
from service.llm.prompts import PromptError, load, parse
from service.llm.writer import claims_of


def test_claims_carry_their_marks() -> None:
    reply = "Quý I có 14 vụ cháy [1]. Thiệt hại 2 tỷ đồng. [2][3] Không rõ nguyên nhân. Có 5 vụ nữa [9]."
    assert [(c.text, c.evidence) for c in claims_of(reply, excerpts=3)] == [
        ("Quý I có 14 vụ cháy.", (0,)),
        ("Thiệt hại 2 tỷ đồng.", (1, 2)),
        ("Không rõ nguyên nhân.", ()),
        ("Có 5 vụ nữa.", ()),
    ]


@pytest.mark.parametrize("reply", ["", "  ", "KHÔNG CÓ.", "không có"])
def test_refusals_give_no_claims(reply: str) -> None:
    assert claims_of(reply, excerpts=3) == ()


def test_prompts_are_strict() -> None:
    prompt = load("answer")
    assert prompt.variables == {"question", "excerpts", "period"}
    filled = prompt.fill(question="{period}?", excerpts="[1] a", period="quý I")
    assert "{period}?" in filled and "quý I" in filled
    with pytest.raises(PromptError):
        prompt.fill(question="a")
    with pytest.raises(PromptError):
        parse("x", "---\nversion: 1\nvariables: [a]\n---\n{b}")
    with pytest.raises(PromptError):
        parse("x", "no front matter")


class _Endpoint(BaseHTTPRequestHandler):
    body = b""
    status = 200

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(self.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(self.body)))
        self.end_headers()
        self.wfile.write(self.body)

    def log_message(self, *args: object) -> None:
        return


@pytest.fixture
def endpoint() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), _Endpoint)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/v1"
    server.shutdown()
    thread.join()
    server.server_close()


def _reply(content: str) -> bytes:
    message = {"role": "assistant", "content": content}
    choice = {"index": 0, "finish_reason": "stop", "message": message}
    return json.dumps(
        {"id": "1", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice]}
    ).encode()


def _client(url: str) -> LlmClient:
    return LlmClient(base_url=url, model="m", api_key="", timeout_s=2.0)


def test_a_reply_comes_through(endpoint: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_Endpoint, "body", _reply("Có 14 vụ cháy [1]."))
    assert _client(endpoint).complete("?") == "Có 14 vụ cháy [1]."


@pytest.mark.parametrize(
    ("status", "body"),
    [(500, b"{}"), (429, b"{}"), (200, b"not json"), (200, b"{}"), (200, _reply("")), (200, b"\xff\xfe")],
)
def test_every_broken_reply_is_one_error(
    endpoint: str, monkeypatch: pytest.MonkeyPatch, status: int, body: bytes
) -> None:
    monkeypatch.setattr(_Endpoint, "status", status)
    monkeypatch.setattr(_Endpoint, "body", body)
    with pytest.raises(LlmUnavailable):
        _client(endpoint).complete("?")


def test_an_absent_endpoint_is_one_error() -> None:
    with pytest.raises(LlmUnavailable):
        _client("http://127.0.0.1:9/v1").complete("?")
