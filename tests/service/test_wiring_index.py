"""The model is changed while questions are asked, on the embedded index and on a server."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from qdrant_client import QdrantClient

from ingest.catalogue.records import JobStatus
from ingest.errors import FingerprintMismatch
from service.ask import AskService
from service.auth.roles import local_principal
from service.domain import Ask, Status
from service.ports import Services
from service.settings import Embedding, Settings
from service.wiring import build, build_rebuilder
from service.wiring_index import made_with
from tests.contracts.qdrant_facade import facade, serving
from tests.ingest.test_embed import toy_folder

SAMPLE = Path(__file__).parents[2] / "ingest" / "samples" / "quy-1-2023.docx"
WAIT_S = 120


@pytest.fixture(params=["embedded", "server"])
def given(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[dict[str, Any]]:
    """Settings of an installation, without the model."""
    with ExitStack() as stack:
        where: dict[str, Any] = {"data_dir": tmp_path / "data"}
        if request.param == "server":
            local = QdrantClient(":memory:")
            stack.callback(local.close)
            where["qdrant"] = {"url": stack.enter_context(serving(facade(local))), "timeout_s": 60}
        yield where


@pytest.fixture
def other(tmp_path: Path) -> str:
    """A model of another dimension: one of its vectors in the other's index would be an error."""
    return str(toy_folder(tmp_path / "toy"))


def asked(services: Services, question: str) -> tuple[Status, str]:
    answer = services.asker.ask(Ask(question), principal=local_principal())
    return answer.status, answer.index_version.partition("-")[0]


def test_the_model_is_changed_while_questions_are_answered(given: dict[str, Any], other: str) -> None:
    ended, begun = threading.Event(), threading.Barrier(3)
    with build(Settings(**given)) as services:
        services.ingestor.add(SAMPLE.read_bytes(), name=SAMPLE.name)
        question = services.asker.suggestions()[0]
        assert isinstance(services.asker, AskService)
        old = services.asker.searcher.serving.fingerprint

        def asking() -> list[tuple[Status, str]]:
            seen = [asked(services, question)]
            begun.wait(WAIT_S)
            while not ended.is_set():
                seen.append(asked(services, question))
            return [*seen, asked(services, question)]

        with ThreadPoolExecutor(2) as pool:
            threads = [pool.submit(asking) for _ in range(2)]
            begun.wait(WAIT_S)
            job = services.rebuilds.start(Embedding(model=other))
            services.rebuilds.wait(timeout_s=WAIT_S)
            ended.set()
            answers = [seen for one in threads for seen in one.result(WAIT_S)]
        new = services.asker.searcher.serving.fingerprint
        assert services.catalogue.jobs.get(job.id).status is JobStatus.DONE
        assert {status for status, _ in answers} == {Status.ANSWERED}
        assert {version for _, version in answers} == {old[:12], new[:12]}
        for check in services.checks.values():
            check()
        services.ingestor.add("BÁO CÁO\n\nXảy ra 3 vụ cháy.".encode(), name="them.txt")
        assert {v.fingerprint for v in services.catalogue.visible()} == {new} != {old}
    assert made_with(Settings(**given)) == new
    with build(Settings(**given, embedding=Embedding(model=other))) as services:
        assert asked(services, question)[1] == new[:12]
    with pytest.raises(FingerprintMismatch, match="ingest rebuild"), build(Settings(**given)):
        pass
    with build_rebuilder(Settings(**given)) as rebuilder:
        assert rebuilder.rebuild().fingerprint == old == made_with(Settings(**given))


def test_a_model_that_cannot_be_loaded_leaves_the_old_one_answering(given: dict[str, Any], tmp_path: Path) -> None:
    with build(Settings(**given)) as services:
        services.ingestor.add(SAMPLE.read_bytes(), name=SAMPLE.name)
        question = services.asker.suggestions()[0]
        before = asked(services, question)
        job = services.rebuilds.start(Embedding(model=str(tmp_path / "nowhere")))
        services.rebuilds.wait(timeout_s=WAIT_S)
        ended = services.catalogue.jobs.get(job.id)
        assert (ended.status, ended.error_code) == (JobStatus.FAILED, "model-unavailable")
        assert asked(services, question) == before


def test_without_an_index_no_model_made_it(given: dict[str, Any]) -> None:
    assert made_with(Settings(**given)) is None
