"""Posts a hostile file to a running service and says what became of it, and of everything around.

The service of the table is started for it, with a data directory and a folder for temporary files of its own, so that
anything outside them is seen; or it is one that runs somewhere, and then only its answers and its life are looked at.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from urllib.parse import unquote

import httpx

from eval.bench_process import served
from eval.hostile.cases import Fate, HostileFile
from eval.hostile.trying import Surroundings, files_below
from ingest.errors import IngestError
from service.errors import ServiceError
from service.running import Job, RunningService

_REFUSED = "refused:"  # what the reader's child logs when it tried what it may not
_OWN = ("data", "tmp")
_BOUNDARY, _WAIT_S = "hostile-7f3a2c", 120.0
_UNSAFE = re.compile(r"[\x00-\x1f\x7f/\\\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Served:
    """A service to be tried: how it is asked, and, where we started it, the folder that holds all it may write in and
    the log it writes.
    """

    url: str
    service: RunningService
    key: str | None = None
    folder: Path | None = None
    log: Path | None = None


@contextmanager
def own_service(folder: Path) -> Iterator[Served]:
    """Run a service whose data and temporary files lie in ``folder``. Raises ``BenchFailed``."""
    for name in _OWN:
        (folder / name).mkdir()
    log = folder.parent / "service.log"
    before = os.environ.get("TMPDIR")
    os.environ["TMPDIR"] = str(folder / "tmp")
    try:
        with served(folder / "data", log=log) as started:
            service = RunningService(started.url, key=None)
            try:
                yield Served(started.url, service, folder=folder, log=log)
            finally:
                service.close()
    finally:
        os.environ.pop("TMPDIR", None)
        if before is not None:
            os.environ["TMPDIR"] = before


def post_file(file: HostileFile, where: Served, around: Surroundings) -> Fate:
    """Post ``file``, wait for its end, remove what was made of it and return what became of it.

    ``seconds`` are of the clock here, the queue and its polling included.
    """
    around.visits.clear()
    outside, told = _outside(where), _log_size(where)
    wrong: list[str] = []
    begun = perf_counter()
    report_id = None
    try:
        result = where.service.finish(_sent(file, where), name=file.name)
        end, report_id = "read", result.report_id
    except (ServiceError, IngestError) as error:
        end = error.code
        wrong += [] if error.message else ["no reason given"]
        wrong += [f"ended with {end}"] if end.startswith("internal") or error.status >= 500 else []
    seconds = perf_counter() - begun
    if report_id is not None:
        wrong += _wrong_report(file, report_id, where)
    wrong += [] if where.service.is_alive() else ["the service is dead"]
    wrong += [f"tried {event}" for event in (*around.visits, *_tried(where, told))]
    wrong += [f"left {name}" for name in _outside(where) - outside]
    return Fate(file, end, seconds, tuple(wrong))


def _sent(file: HostileFile, where: Served) -> Job:
    """Upload the file with its name as it is: a client library would mend it. Raises ``ServiceError``."""
    head = f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{file.name}"\r\n\r\n'
    body = head.encode() + file.data + f"\r\n--{_BOUNDARY}--\r\n".encode()
    with _client(where) as client:
        kind = f"multipart/form-data; boundary={_BOUNDARY}"
        response = client.post("/v1/reports", content=body, headers={"Content-Type": kind})
    told = response.json()
    if response.is_error:
        failed = ServiceError(str(told.get("detail", "")), code=str(told.get("code", "")))
        failed.status = response.status_code
        raise failed
    return dict(told)


def _client(where: Served) -> httpx.Client:
    headers = {"Authorization": f"Bearer {where.key}"} if where.key else {}
    return httpx.Client(base_url=where.url, headers=headers, trust_env=False, timeout=_WAIT_S)


def _wrong_report(file: HostileFile, report_id: str, where: Served) -> list[str]:
    """Return what is wrong with the report made of ``file``, which is then removed."""
    wrong = ["it was read"] if file.must_refuse else []
    with _client(where) as client:
        text = client.get(f"/v1/reports/{report_id}/text", headers={"Accept": "text/plain"}).text
        original = client.get(f"/v1/reports/{report_id}/original")
    wrong += [f"{word!r} was read" for word in file.never if word in text]
    header = original.headers.get("content-disposition", "")
    saved_as = unquote(header.rpartition("''")[2])
    wrong += ["another file comes back"] if original.content != file.data else []
    wrong += [f"saved as {saved_as!r}"] if not header.startswith("attachment") or _UNSAFE.search(saved_as) else []
    with suppress(ServiceError):
        where.service.remove(report_id)
    return wrong


def _outside(where: Served) -> frozenset[str]:
    """Return the files beside the service's own folders, and those left in its folder for temporary ones."""
    if where.folder is None:
        return frozenset()
    data = where.folder / "data"
    return frozenset(
        name
        for name in files_below(where.folder.parent)
        if not Path(name).is_relative_to(data) and name != str(where.log)
    )


def _log_size(where: Served) -> int:
    return where.log.stat().st_size if where.log else 0


def _tried(where: Served, told: int) -> list[str]:
    if where.log is None:
        return []
    said = where.log.read_bytes()[told:].decode("utf-8", "replace")
    return [line.partition(_REFUSED)[2].strip() for line in said.splitlines() if _REFUSED in line]
