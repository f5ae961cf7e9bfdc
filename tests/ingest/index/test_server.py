from __future__ import annotations

import socket
import threading
from collections.abc import Iterator

import pytest
from fastapi import FastAPI, HTTPException
from qdrant_client import QdrantClient

from ingest.errors import FingerprintMismatch, IndexUnavailable
from ingest.index.port import IndexFilter
from ingest.index.server import (
    ServerIndex,
    begin_rebuild,
    commit_rebuild,
    connect,
    discard_rebuild,
    made_with,
    open_server_index,
)
from tests.contracts.backends import DIM, MODEL, point, vector
from tests.contracts.qdrant_facade import facade, serving

NAME = "passages"


@pytest.fixture
def client() -> Iterator[QdrantClient]:
    local = QdrantClient(":memory:")
    with serving(facade(local)) as url:
        yield connect(url)
    local.close()


def opened(client: QdrantClient, model: str = MODEL) -> ServerIndex:
    return open_server_index(client, collection=NAME, fingerprint=model, dim=DIM)


def ordinals(index: ServerIndex) -> list[int]:
    found = index.search(dense=vector((1, 0, 0, 0)), sparse=None, where=IndexFilter(), limit=10)
    return [hit.ordinal for hit in found]


def collections(client: QdrantClient) -> list[str]:
    return [each.collection_name for each in client.get_aliases().aliases]


def test_a_rebuild_moves_the_alias(client: QdrantClient) -> None:
    index = opened(client)
    index.upsert([point(1)])
    (before,) = collections(client)
    rebuilt = begin_rebuild(client, collection=NAME, fingerprint=MODEL, dim=DIM)
    rebuilt.upsert([point(2)])
    assert ordinals(index) == [1]
    fresh = commit_rebuild(rebuilt, collection=NAME)
    assert (ordinals(index), ordinals(fresh)) == ([1], [2])  # who is still at it finishes with the old one
    assert collections(client) != [before]
    assert ordinals(opened(client)) == [2]
    discard_rebuild(index)
    fresh.close()  # who opened the client closes it
    assert ordinals(fresh) == [2]


def test_another_process_goes_along_with_a_rebuild_of_its_own_model(client: QdrantClient) -> None:
    index = opened(client)
    commit_rebuild(begin_rebuild(client, collection=NAME, fingerprint=MODEL, dim=DIM), collection=NAME)
    index.upsert([point(3)])
    assert ordinals(index) == ordinals(opened(client)) == [3]


def test_another_process_never_meets_the_vectors_of_another_model(client: QdrantClient) -> None:
    index = opened(client)
    index.upsert([point(1)])
    rebuilt = begin_rebuild(client, collection=NAME, fingerprint="other@2", dim=DIM)
    rebuilt.upsert([point(2)])
    commit_rebuild(rebuilt, collection=NAME)
    assert ordinals(index) == [1]
    for refused in (index.info, lambda: index.upsert([point(3)]), lambda: index.delete_version("v")):
        with pytest.raises(FingerprintMismatch, match="ingest rebuild"):
            refused()
    # The next rebuild removes the old generation; then there is nothing left to ask, rather than something else.
    discard_rebuild(begin_rebuild(client, collection=NAME, fingerprint="other@2", dim=DIM))
    with pytest.raises(IndexUnavailable):
        ordinals(index)
    assert ordinals(opened(client, "other@2")) == [2]


def test_a_rebuild_with_another_model(client: QdrantClient) -> None:
    assert made_with(client, NAME) is None
    opened(client)
    assert made_with(client, NAME) == MODEL
    commit_rebuild(begin_rebuild(client, collection=NAME, fingerprint="other@2", dim=DIM), collection=NAME)
    assert made_with(client, NAME) == "other@2"
    assert opened(client, "other@2").info().fingerprint == "other@2"
    with pytest.raises(FingerprintMismatch, match="other@2"):
        opened(client)


def test_an_abandoned_rebuild_can_be_started_again(client: QdrantClient) -> None:
    index = opened(client)
    index.upsert([point(1)])
    begin_rebuild(client, collection=NAME, fingerprint=MODEL, dim=DIM).upsert([point(2)])
    again = begin_rebuild(client, collection=NAME, fingerprint=MODEL, dim=DIM)
    assert again.info().points == 0
    discard_rebuild(again)
    assert ordinals(index) == [1]
    with pytest.raises(IndexUnavailable):
        again.info()


def test_no_server_is_unavailable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    client = connect(url)
    with pytest.raises(IndexUnavailable, match="Qdrant"):
        opened(client)
    client.close()


def test_a_server_that_goes_away_is_unavailable() -> None:
    local = QdrantClient(":memory:")
    with serving(facade(local)) as url:
        index = opened(connect(url))
        index.upsert([point(1)])
    for call in (
        index.info,
        index.version_ids,
        lambda: index.point_ids("v1"),
        lambda: index.upsert([point(2)]),
        lambda: index.delete_version("v1"),
        lambda: ordinals(index),
    ):
        with pytest.raises(IndexUnavailable):
            call()
    index.close()
    local.close()


def test_a_silent_server_is_given_up_on() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        client = connect(f"http://127.0.0.1:{listener.getsockname()[1]}", timeout_s=1)
        refused: list[BaseException] = []

        def ask() -> None:
            try:
                opened(client)
            except IndexUnavailable as error:
                refused.append(error)

        # The server takes the connection and never answers: without a timeout the thread would never end.
        asking = threading.Thread(target=ask, daemon=True)
        asking.start()
        asking.join(60)
        assert len(refused) == 1
    client.close()


@pytest.mark.parametrize("status", [401, 429, 500])
def test_refusals_are_unavailable(status: int) -> None:
    app = FastAPI()

    @app.get("/aliases")
    def aliases() -> None:
        raise HTTPException(status, "no", headers={"Retry-After": "1"})

    with serving(app) as url:
        client = connect(url)
        with pytest.raises(IndexUnavailable):
            opened(client)
        client.close()
