"""A body that tells no length and comes whole in one piece: refused at once, nothing more is waited for."""

from __future__ import annotations

import asyncio

from starlette.types import Message, Receive, Scope, Send

from service.api.limits import MAX_JSON_BYTES, BodyLimit


async def reads_everything(scope: Scope, receive: Receive, send: Send) -> None:
    while (await receive()).get("more_body", False):
        pass


def test_the_last_piece_is_not_waited_behind() -> None:
    pieces = [{"type": "http.request", "body": b"x" * (MAX_JSON_BYTES + 1), "more_body": False}]
    sent: list[Message] = []

    async def receive() -> Message:
        assert pieces, "asked for more than the client sends"
        return pieces.pop()

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "POST", "path": "/v1/answers", "headers": [], "state": {"request_id": "r"}}
    asyncio.run(BodyLimit(reads_everything, max_upload_bytes=10)(scope, receive, send))
    assert [message.get("status") for message in sent] == [413, None]
