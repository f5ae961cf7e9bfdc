"""The service as a process of its own, for measuring: started, waited for, weighed, stopped."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, sleep

import httpx

POLL_S = 0.005
GIVE_UP_S = 60.0
COMMAND = (sys.executable, "-c", "from service.cli import main; main()")


class BenchFailed(Exception):
    """What was to be measured did not start."""


@dataclass(frozen=True, slots=True)
class Started:
    """A service that answers /readyz: seconds from starting the process, and its resident memory at that time."""

    url: str
    pid: int
    ready_s: float
    rss_mb: float


@contextmanager
def served(data_dir: Path, *, log: Path | None = None) -> Iterator[Started]:
    """Run ``hoibaocao serve`` on a free loopback port over ``data_dir``; ``log``: where its standard error goes.

    Raises ``BenchFailed``.
    """
    begun = perf_counter()
    with log.open("wb") if log else nullcontext(subprocess.PIPE) as stderr:
        process = subprocess.Popen(
            [*COMMAND, "serve", "--host", "127.0.0.1", "--port", "0"],
            env=environment(data_dir),
            stdout=subprocess.DEVNULL,
            stderr=stderr,
        )
    try:
        url = _ready(process, data_dir / "service.json", until=begun + GIVE_UP_S)
        yield Started(url, process.pid, perf_counter() - begun, memory_mb(process.pid, "VmRSS"))
    finally:
        process.terminate()
        process.communicate(timeout=GIVE_UP_S)


def environment(data_dir: Path) -> Mapping[str, str]:
    """Return this process's environment with default settings over ``data_dir``."""
    plain = {name: value for name, value in os.environ.items() if not name.upper().startswith("HOIBAOCAO_")}
    return {**plain, "HOIBAOCAO_DATA_DIR": str(data_dir)}


def memory_mb(pid: int, name: str) -> float:
    """Return a figure of /proc/PID/status ("VmRSS" now, "VmHWM" at its highest) in MB; 0 where there is no /proc."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text("ascii", "replace").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith(f"{name}:")), 0.0)


def seconds_of(code: str) -> float:
    """Return the seconds from starting Python until it has run ``code``. Raises ``BenchFailed``."""
    begun = perf_counter()
    with subprocess.Popen([sys.executable, "-c", f"{code}\nprint('done', flush=True)"], stdout=subprocess.PIPE) as run:
        assert run.stdout is not None  # it is a pipe
        said = run.stdout.readline()
        spent = perf_counter() - begun
    if said.strip() != b"done":
        raise BenchFailed(f"does not run: {code}")
    return spent


def _ready(process: subprocess.Popen[bytes], announced: Path, *, until: float) -> str:
    with httpx.Client(trust_env=False, timeout=5) as client:
        while perf_counter() < until:
            if process.poll() is not None:
                _, complaint = process.communicate()
                raise BenchFailed((complaint or b"").decode("utf-8", "replace").strip())
            try:
                url = str(json.loads(announced.read_text("utf-8"))["url"])
                if client.get(f"{url}/readyz").is_success:
                    return url
            except (OSError, ValueError, httpx.TransportError):
                pass  # not there yet
            sleep(POLL_S)
    raise BenchFailed(f"not ready after {GIVE_UP_S:.0f} s")
