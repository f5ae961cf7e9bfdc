"""Holds for every test: no connection leaves this machine, and no property test fails for being slow.

In continuous integration (``CI`` is set) Hypothesis draws the same examples every time, where on a developer's machine
it goes on looking for new ones, and a test that needs Chromium, torch, LibreOffice, poppler or Tesseract may not skip
itself.
"""

from __future__ import annotations

import ipaddress
import os
import socket
from collections.abc import Generator
from typing import Any

import pytest
from hypothesis import settings

IN_CI = bool(os.environ.get("CI"))
NEEDS = ("browser", "models", "programs")

settings.register_profile("default", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, database=None)
settings.load_profile("ci" if IN_CI else "default")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where everything has been installed, a skip for want of it is a failure."""
    report = yield
    if IN_CI and report.skipped and any(item.get_closest_marker(name) for name in NEEDS):
        report.outcome = "failed"
        report.longrepr = f"skipped in continuous integration: {report.longrepr}"
    return report


@pytest.fixture(autouse=True)
def no_outside_connections(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make any connection to another machine fail, asked for by name or by address."""

    def guarded(name: str) -> Any:
        original = getattr(socket.socket, name)

        def connect(self: socket.socket, address: Any) -> Any:
            if self.family != socket.AF_UNIX and not _is_loopback(address[0]):
                raise RuntimeError(f"a test tried to reach {address!r}")
            return original(self, address)

        return connect

    monkeypatch.setattr(socket.socket, "connect", guarded("connect"))
    monkeypatch.setattr(socket.socket, "connect_ex", guarded("connect_ex"))


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
