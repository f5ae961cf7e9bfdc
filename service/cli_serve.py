"""`hoibaocao serve`: one process, one port, a clean end on Ctrl-C and SIGTERM."""

from __future__ import annotations

import logging
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn

from service.app import create_app
from service.errors import StartRefused
from service.ports import Services
from service.running import announced
from service.settings import Settings, is_loopback
from service.wiring import build

STOP_S = 15  # streams still open after this are cut


def serve(settings: Settings, *, host: str, port: int) -> None:
    """Run until stopped; prints the address once it takes questions.

    Raises ``StartRefused`` (open to others without a key, or the port is taken) and what ``build`` raises.
    """
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    with _ends_cleanly(), build(settings) as services, listening(host, port) as bound:
        refuse_open_door(services, host=host)
        url = shown_url(host, bound.getsockname()[1])
        config = uvicorn.Config(
            create_app(services),
            log_level="warning",
            access_log=False,
            # Whoever came through a proxy must not look local: see service.auth.gate.
            proxy_headers=False,
            server_header=False,
            timeout_graceful_shutdown=STOP_S,
        )
        with announced(settings.data_dir, url):
            print(f"Hỏi Báo Cáo đang chạy tại {url} (nhấn Ctrl+C để dừng)", flush=True)
            uvicorn.Server(config).run(sockets=[bound])


def refuse_open_door(services: Services, *, host: str) -> None:
    """Raise ``StartRefused`` when other machines could call and there is no key to tell them by."""
    if is_loopback(host) or services.settings.auth.api_keys or services.keys.any_valid():
        return
    raise StartRefused(
        f"Không mở dịch vụ ra ngoài máy này ({host}) khi chưa có khóa truy cập nào. "
        "Hãy tạo khóa trước: hoibaocao keys create --label <tên> --role reader"
    )


@contextmanager
def listening(host: str, port: int) -> Iterator[socket.socket]:
    """Give a listening socket; port 0 takes a free one. Raises ``StartRefused``."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        bound = socket.create_server((host, port), family=family, backlog=2048)
    except OSError as error:
        raise StartRefused(f"Không mở được cổng {port} tại {host}: {error.strerror or error}.") from error
    with bound:
        # Handed on to every connection. asyncio sets it only on sockets it made itself; without it the body of an
        # answer waits up to 40 ms for the client's delayed acknowledgement of the head.
        bound.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        yield bound


def shown_url(host: str, port: int) -> str:
    """Return the address to open on this machine."""
    name = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
    return f"http://{name}:{port}"


@contextmanager
def _ends_cleanly() -> Iterator[None]:
    # uvicorn stops by itself and then raises the signal again; the default for SIGTERM would end the process there,
    # before the index is closed and the address taken back.
    def stop(_number: int, _frame: object) -> None:
        raise SystemExit(0)

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
