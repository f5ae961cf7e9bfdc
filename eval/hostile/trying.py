"""Tries a hostile file on the sandbox and says what became of it, and of everything around."""

from __future__ import annotations

import logging
import os
import socket
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from eval.hostile.cases import Fate, HostileFile
from ingest.errors import IngestError
from ingest.sandbox.reader import Sandbox

# A file is refused or read within this much processor time, ours and the child's together, starting it included (R23 to
# R25): time by the clock depends on what else the machine does.
MAX_SECONDS = 3.0


@dataclass(slots=True)
class Surroundings:
    """What must not change: ``address`` is visited by nobody, ``folder`` stays empty, no socket is opened."""

    address: str
    folder: Path
    visits: list[str] = field(default_factory=list)
    sockets: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


@contextmanager
def watched(folder: Path) -> Iterator[Surroundings]:
    """Give surroundings that notice: temporary files are made in ``folder`` meanwhile."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        around = Surroundings(f"http://127.0.0.1:{server.getsockname()[1]}", folder)
        threading.Thread(target=_await_visits, args=(server, around.visits), daemon=True).start()
        watching = [True]
        sys.addaudithook(_listener(around.sockets, watching))
        log = _Refusals(around.refused)
        logging.getLogger("ingest.sandbox").addHandler(log)
        before, tempfile.tempdir = tempfile.tempdir, str(folder)
        try:
            yield around
        finally:
            tempfile.tempdir, watching[0] = before, False
            logging.getLogger("ingest.sandbox").removeHandler(log)


def try_file(file: HostileFile, around: Surroundings) -> Fate:
    """Read ``file`` and return what became of it."""
    for seen in (around.visits, around.sockets, around.refused):
        seen.clear()
    outside = files_below(around.folder.parent)
    wrong: list[str] = []
    begun = _busy_seconds()
    try:
        text, end = Sandbox().read(file.data, name=file.name).text, "read"
    except IngestError as error:
        text, end = "", error.code
        wrong += [] if error.message else ["no reason given"]
    seconds = _busy_seconds() - begun
    wrong += [f"{word!r} was read" for word in file.never if word in text]
    wrong += ["it was read"] if file.must_refuse and end == "read" else []
    wrong += [f"took {seconds:.1f} s"] if seconds > MAX_SECONDS else []
    wrong += [f"ended with {end}"] if end.startswith("parse-") else []
    wrong += [f"tried {event}" for event in (*around.visits, *around.sockets, *around.refused)]
    wrong += [f"left {name}" for name in files_below(around.folder.parent) - outside]
    return Fate(file, end, seconds, tuple(wrong))


def _busy_seconds() -> float:
    told = os.times()
    return told.user + told.system + told.children_user + told.children_system


def files_below(folder: Path) -> frozenset[str]:
    """Return the paths of everything in ``folder`` and below; empty for an empty one."""
    return frozenset(str(path) for path in folder.rglob("*"))


def _await_visits(server: socket.socket, visits: list[str]) -> None:
    while True:
        try:
            caller, _ = server.accept()
        except OSError:
            return  # closed
        visits.append("a visit to the address")
        caller.close()


def _listener(sockets: list[str], watching: list[bool]) -> Any:
    def listen(event: str, _: tuple[Any, ...]) -> None:
        if watching[0] and event in ("socket.connect", "socket.getaddrinfo", "urllib.Request"):
            sockets.append(event)

    return listen


class _Refusals(logging.Handler):
    """Notes what a child tried and was refused."""

    def __init__(self, refused: list[str]) -> None:
        super().__init__()
        self._refused = refused

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the line if it tells of a refusal."""
        if "refused:" in record.getMessage():
            self._refused.append(record.getMessage().partition("refused:")[2].strip())
