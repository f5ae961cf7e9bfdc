"""Chromium through Playwright, and uvicorn in a thread on a free loopback port."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import uvicorn

HERE = Path(__file__).parent
START_TIMEOUT_S = 60.0
CHROMIUM_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
]


def load_stub() -> ModuleType:
    """Load stub_app.py by its path: the tests folders are no packages."""
    import importlib.util

    spec = importlib.util.spec_from_file_location("browser_stub_app", HERE / "stub_app.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class LoopbackServer:
    """An ASGI app behind uvicorn; the port is bound before the thread starts, so nobody can take it."""

    def __init__(self, app: Any) -> None:
        self._socket = socket.socket()
        self._socket.bind(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self._started = threading.Event()
        config = uvicorn.Config(app, log_level="warning", lifespan="on", ws="none", timeout_graceful_shutdown=2)
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [self._socket]}, daemon=True)

    def start(self) -> None:
        self._thread.start()
        waited = 0.0
        while not self._server.started and self._thread.is_alive() and waited < START_TIMEOUT_S:
            self._started.wait(0.05)
            waited += 0.05
        assert self._server.started, "the server did not start"

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join(timeout=30)
        self._socket.close()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A headless Chromium, or a skip that says what to install."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed: pip install playwright")
    executable = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    if not Path(executable).exists():
        pytest.skip(f"no Chromium at {executable}: install it (apt-get install chromium) or set CHROMIUM")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=CHROMIUM_ARGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[[Any], LoopbackServer]]:
    """Start ASGI apps; all are stopped at the end."""
    running: list[LoopbackServer] = []

    def start(app: Any) -> LoopbackServer:
        server = LoopbackServer(app)
        running.append(server)
        server.start()
        return server

    yield start
    for server in running:
        server.stop()


@pytest.fixture(scope="session")
def stub_module() -> ModuleType:
    return load_stub()


@pytest.fixture(scope="session")
def stub_app(stub_module: ModuleType) -> Any:
    return stub_module.create_stub()


@pytest.fixture(scope="session")
def stub_server(stub_app: Any, serve: Callable[[Any], LoopbackServer]) -> LoopbackServer:
    return serve(stub_app)


@pytest.fixture
def open_page(chromium: Any) -> Iterator[Callable[..., Any]]:
    """Open an address in a fresh profile; the page keeps what it asked for and what it complained of.

    ``page.requests`` are the addresses asked for, ``page.complaints`` page errors, dialogs and CSP refusals.
    """
    contexts: list[Any] = []

    def start(url: str, **options: Any) -> Any:
        context = chromium.new_context(locale="vi-VN", **options)
        contexts.append(context)
        page = context.new_page()
        page.requests = []
        page.complaints = []
        page.on("request", lambda request: page.requests.append(request.url))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on("dialog", lambda dialog: (page.complaints.append(f"dialog {dialog.message}"), dialog.dismiss()))
        page.on("console", lambda said: _note_console(page, said))
        page.goto(url)
        return page

    yield start
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def until() -> Callable[..., None]:
    """Wait for a JavaScript expression. Playwright's own wait_for_function polls with eval, which our CSP forbids."""

    def wait(page: Any, expression: str, *, timeout_ms: int = 15_000) -> None:
        for _ in range(timeout_ms // 50):
            if page.evaluate(expression):
                return
            page.wait_for_timeout(50)
        pytest.fail(f"never became true: {expression}")

    return wait


def _note_console(page: Any, said: Any) -> None:
    # A failed request is logged by the browser itself: the tests of errors cause those on purpose.
    if said.type == "error" and "Failed to load resource" not in said.text:
        page.complaints.append(said.text)
