"""The service that runs on this machine, as the command line meets it: its address on disk, its API over loopback.

The embedded index is open in one process only; a command that finds it taken asks the running service instead.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

import httpx

from ingest.domain import Balance, IngestResult, IngestStatus, ParseIssue, Severity
from ingest.errors import IngestError, ModelUnavailable, RefusedReport, UnreadableReport
from ingest.indexing import Progress, silent
from ingest.rebuilding import RebuildResult
from service.api.schemas import AnswerOut
from service.errors import ServiceBusy, ServiceError
from service.settings import Embedding, Settings, is_loopback

Job = dict[str, Any]  # as the API gives it
FILE_NAME = "service.json"
PROBE_TIMEOUT_S = 2.0
CALL_TIMEOUT_S = 300.0
POLL_S = 0.3


@contextmanager
def announced(data_dir: Path, url: str) -> Iterator[None]:
    """Keep the address of this process's service in the data directory as long as the context lasts."""
    place = data_dir / FILE_NAME
    written = place.with_suffix(f".{os.getpid()}")
    written.write_text(json.dumps({"url": url, "pid": os.getpid()}), encoding="utf-8")
    written.replace(place)
    try:
        yield
    finally:
        place.unlink(missing_ok=True)


def find(settings: Settings) -> RunningService:
    """Return the running service of this data directory. Raises ``ServiceBusy`` when none answers."""
    url = _announced_url(settings.data_dir / FILE_NAME)
    if url is not None:
        keys = settings.auth.api_keys
        service = RunningService(url, key=keys[0].get_secret_value() if keys else None)
        if service.is_alive():
            return service
        service.close()
    raise ServiceBusy(
        "Chỉ mục đang do tiến trình khác giữ và không có dịch vụ nào trả lời. Hãy đợi lệnh kia xong rồi thử lại."
    )


class RunningService:
    """The API of a service on this machine. Its methods raise ``ServiceError`` with the service's own message."""

    def __init__(self, url: str, *, key: str | None) -> None:
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        # Proxies of the environment are for the outside; this never leaves the machine.
        self._http = httpx.Client(base_url=url, headers=headers, timeout=CALL_TIMEOUT_S, trust_env=False)

    def close(self) -> None:
        """Close the connection."""
        self._http.close()

    def is_alive(self) -> bool:
        """Tell whether a service of ours answers there."""
        try:
            return bool(self._http.get("/livez", timeout=PROBE_TIMEOUT_S).json() == {"status": "ok"})
        except (httpx.HTTPError, ValueError):
            return False

    def ask(self, question: str, *, mode: str, as_of: str | None = None) -> AnswerOut:
        """Answer one question; ``as_of`` as in the API."""
        asked = {"question": question, "mode": mode, **({"filters": {"as_of": as_of}} if as_of else {})}
        return AnswerOut.model_validate(self._call("POST", "/v1/answers", json=asked))

    def send(self, data: bytes, *, name: str, replace: str | None = None) -> Job:
        """Upload a file and return its job."""
        fields = {"replace": replace} if replace else {}
        return cast(Job, self._call("POST", "/v1/reports", files={"file": (name, data)}, data=fields))

    def finish(self, job: Job, *, name: str, progress: Progress = silent) -> IngestResult:
        """Wait for a job of ``send`` to end and return what became of the file.

        Raises ``RefusedReport`` or ``UnreadableReport`` with the code and message of a job that failed.
        """
        job = self._ended(job, progress)
        if job["result"] is None:
            kind = RefusedReport if job["error_code"] == RefusedReport.code else UnreadableReport
            raise kind(job["error_message"], code=job["error_code"])
        return _result(name, job["result"])

    def rebuild(self, embedding: Embedding, *, progress: Progress = silent) -> RebuildResult:
        """Have the index made anew with the model ``embedding`` names, and wait until that is used.

        Raises ``IngestError`` with the code and message of a rebuild that failed.
        """
        job = self._call("POST", "/v1/index/rebuild", json=embedding.model_dump(mode="json"))
        job = self._ended(job, progress)
        if job["rebuilt"] is None:
            kind = ModelUnavailable if job["error_code"] == ModelUnavailable.code else IngestError
            raise kind(job["error_message"], code=job["error_code"])
        return RebuildResult(**job["rebuilt"])

    def remove(self, report_id: str) -> None:
        """Remove a report."""
        self._call("DELETE", f"/v1/reports/{report_id}")

    def reports(self) -> list[dict[str, Any]]:
        """Return the visible reports as the API gives them."""
        return list(self._call("GET", "/v1/reports", params={"limit": 1000})["reports"])

    def _ended(self, job: Job, progress: Progress) -> Job:
        while job["status"] in ("queued", "running"):
            time.sleep(POLL_S)
            job = self._call("GET", f"/v1/jobs/{job['id']}")
            progress(job["stage"], job["done"], job["total"])
        return job

    def _call(self, method: str, path: str, **request: Any) -> Any:
        try:
            response = self._http.request(method, path, **request)
            body = response.json() if response.content else {}
        except (httpx.HTTPError, ValueError) as error:
            raise ServiceBusy("Mất liên lạc với dịch vụ đang chạy trên máy này.") from error
        if response.is_error:
            failed = ServiceError(str(body.get("detail", "")), code=str(body.get("code", "service-error")))
            failed.status = response.status_code
            raise failed
        return body


def _announced_url(place: Path) -> str | None:
    try:
        url = json.loads(place.read_text(encoding="utf-8"))["url"]
        parts = urlsplit(url)
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return str(url) if parts.scheme == "http" and is_loopback(parts.hostname or "") else None


def _result(name: str, body: dict[str, Any]) -> IngestResult:
    issues = tuple(
        ParseIssue(one["code"], one["message"], Severity(one["severity"]), count=one["count"]) for one in body["issues"]
    )
    return IngestResult(
        name=name,
        status=IngestStatus(body["status"]),
        report_id=body["report_id"],
        version_id=body["version_id"],
        balance=Balance(**body["balance"]) if body["balance"] else None,
        issues=issues,
        error_code=body["error_code"],
        error_message=body["error_message"],
    )
