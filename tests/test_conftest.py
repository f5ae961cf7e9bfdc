from __future__ import annotations

import socket

import pytest


def test_no_connection_leaves_this_machine() -> None:
    # 192.0.2.0/24 is kept for documentation (RFC 5737): nobody answers there even without the guard.
    with socket.socket() as outside, pytest.raises(RuntimeError, match="tried to reach"):
        outside.connect(("192.0.2.1", 80))


def test_loopback_connections_work() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket() as inside:
        inside.connect(server.getsockname())
        assert inside.getpeername() == server.getsockname()
