"""The evaluation over HTTP gives what the evaluation in process gives."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import uvicorn

from eval.asking import in_process
from eval.fresh import fresh_services, sample_questions, sample_reports
from eval.over_http import OverHttp
from eval.questions import load
from eval.runner import run
from service.app import create_app
from service.errors import ServiceBusy
from service.ports import Services


@contextmanager
def serving(services: Services) -> Iterator[str]:
    server = uvicorn.Server(uvicorn.Config(create_app(services), log_level="error"))
    with socket.create_server(("127.0.0.1", 0)) as bound:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{bound.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


def test_both_faces_score_alike() -> None:
    questions = load([sample_questions()])[::12]
    with fresh_services(sample_reports(suffix=".txt")) as services:
        inside = run(questions, in_process(services))
        with serving(services) as url, OverHttp(url) as connected:
            outside = run(questions, connected)
    for one, other in zip(inside.results, outside.results, strict=True):
        assert (one.given.status, one.given.short_answer) == (other.given.status, other.given.short_answer)
        assert [c.quote for c in one.given.citations] == [c.original for c in other.given.citations]
        assert one.score.values["right"] == other.score.values["right"]
    assert outside.total.means["hit@10"] is None
    assert outside.versions["index_version"] == inside.versions["index_version"]


def test_a_refusal_of_the_service_is_a_result_and_not_an_end() -> None:
    with fresh_services(()) as services, serving(services) as url, OverHttp(url) as connected:
        given = connected.ask("")
        assert given.status is None and given.error.startswith("question-empty: ")
        assert connected.reports() == ()


def test_no_service_is_told_before_the_first_question() -> None:
    with OverHttp("http://127.0.0.1:9") as connected:
        assert connected.ask("Mấy vụ?").error.startswith("ConnectError")
        with pytest.raises(ServiceBusy):
            connected.reports()
