from __future__ import annotations

import socket
from contextlib import ExitStack

import pytest

from service.cli_serve import listening, shown_url
from service.errors import StartRefused


def test_connections_do_not_wait_for_acknowledgements() -> None:
    with listening("127.0.0.1", 0) as bound, socket.create_connection(bound.getsockname()):
        accepted, _ = bound.accept()
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_a_taken_port_is_refused() -> None:
    with ExitStack() as stack:
        port = stack.enter_context(listening("127.0.0.1", 0)).getsockname()[1]
        with pytest.raises(StartRefused, match="Không mở được cổng"):
            stack.enter_context(listening("127.0.0.1", port))


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("127.0.0.1", "http://127.0.0.1:80"),
        ("0.0.0.0", "http://127.0.0.1:80"),
        ("::", "http://[::1]:80"),
        ("::1", "http://[::1]:80"),
        ("may-chu", "http://may-chu:80"),
    ],
)
def test_the_address_shown_can_be_opened_here(host: str, url: str) -> None:
    assert shown_url(host, 80) == url
