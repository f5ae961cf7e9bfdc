"""A body that tells no length and comes whole in one piece: refused at once, nothing more is waited for."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

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
    limited = BodyLimit(reads_everything, max_upload_bytes=10)
    # In a thread of its own: Playwright keeps a loop running in this one once a browser test has begun.
    with ThreadPoolExecutor(1) as pool:
        pool.submit(lambda: asyncio.run(limited(scope, receive, send))).result()
    assert [message.get("status") for message in sent] == [413, None]
