"""Asking a running service: the home of httpx in the evaluation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from time import perf_counter
from types import TracebackType
from typing import Any

import httpx

from eval.outcome import Cited, CitedFigure, Given, Place, ReportText, heading
from ingest.domain import Span
from service.domain import Mode, Status
from service.errors import ServiceBusy

TIMEOUT_S = 120.0
PAGE = 100  # reports asked for at a time


class OverHttp:
    """The API at ``url`` (scheme, host and port). Retrieval is not measured: the API shows answers only."""

    def __init__(self, url: str, *, mode: Mode = Mode.EXTRACTIVE, key: str | None = None) -> None:
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        # Proxies of the environment are not asked: what is measured is the service, not the way to it.
        self._http = httpx.Client(base_url=url, headers=headers, timeout=TIMEOUT_S, trust_env=False)
        self._mode = mode
        self._texts: dict[str, str] = {}
        self._seen: dict[str, str] = {}

    def __enter__(self) -> OverHttp:
        """Return the open connection."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the connection."""
        self._http.close()

    def reports(self) -> tuple[ReportText, ...]:
        """Return the visible reports with their texts. Raises ``ServiceBusy`` when the service does not answer."""
        found: list[ReportText] = []
        after: str | None = None
        while True:
            page = self._get("/v1/reports", {"limit": PAGE, **({"after": after} if after else {})})
            found += [ReportText(one["id"], one["name"], self._text(one["id"])) for one in page["reports"]]
            after = page["next"]
            if after is None:
                return tuple(found)

    def ask(self, question: str, *, report_id: str | None = None, after: Sequence[str] = ()) -> Given:
        """Return what the question gave; a failure is told in ``Given.error`` (see ``eval.asking.Backend``)."""
        request: dict[str, object] = {"mode": self._mode.value}
        if report_id:
            request["filters"] = {"report_ids": [report_id]}
        try:
            for earlier in after:
                opened = self._http.post("/v1/answers", json={**request, "question": earlier}).raise_for_status()
                request["conversation_id"] = opened.json()["conversation_id"]
            started = perf_counter()
            response = self._http.post("/v1/answers", json={**request, "question": question})
            wall_ms = (perf_counter() - started) * 1000
            body = response.json()
            if response.is_error:
                return Given(error=f"{body['code']}: {body['detail']}", wall_ms=wall_ms)
            given = self._given(body, wall_ms)
        except (httpx.HTTPError, ValueError, KeyError, ServiceBusy) as error:
            return Given(error=f"{type(error).__name__}: {error}")
        self._seen = {"engine": str(body["mode"]), "index_version": str(body["index_version"])}
        return given

    def versions(self) -> Mapping[str, str]:
        """Return what the answers told; the API does not name the embedding model."""
        return {"model": "", "mode": self._mode.value, "engine": "", "index_version": "", **self._seen}

    def _given(self, body: Mapping[str, Any], wall_ms: float) -> Given:
        return Given(
            status=Status(body["status"]),
            short_answer=body["short_answer"],
            answer=body["answer"],
            citations=tuple(self._cited(one) for one in body["citations"]),
            figures=tuple(CitedFigure(one["text"], one["citation"]) for one in body["figures"]),
            expression=(body["computation"] or {}).get("expression", ""),
            wall_ms=wall_ms,
            timings_ms=body["timings_ms"],
        )

    def _cited(self, one: Mapping[str, Any]) -> Cited:
        span = Span(one["start"], one["end"])
        place = Place(one["report_id"], (span,), one["footnote"] or "", tuple(one["section_path"]))
        above = heading(one["report_title"], one["period"], place)
        return Cited(place, one["quote"], span.of(self._text(one["report_id"])), above)

    def _text(self, report_id: str) -> str:
        if report_id not in self._texts:
            self._texts[report_id] = self._get(f"/v1/reports/{report_id}/text", {})["text"]
        return self._texts[report_id]

    def _get(self, path: str, params: Mapping[str, str | int]) -> Any:
        try:
            response = self._http.get(path, params=dict(params))
            response.raise_for_status()
            return response.json()
        except (httpx.HTTPError, ValueError) as error:
            raise ServiceBusy(f"Dịch vụ tại {self._http.base_url} không trả lời như mong đợi ({error}).") from error
