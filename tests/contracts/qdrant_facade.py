"""A stand-in for a Qdrant server: the few REST calls ``ServerIndex`` makes, answered by the client's own local mode.

Real HTTP on loopback, so wire format, timeouts and errors are those of qdrant-client; what a true server does under
load, after a crash or in a cluster is not tested by it.
"""

from __future__ import annotations

import socket
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn
from fastapi import FastAPI, HTTPException
from pydantic import BaseModel
from qdrant_client import QdrantClient
from qdrant_client import models as qm

START_TIMEOUT_S = 20.0


@contextmanager
def serving(app: FastAPI) -> Iterator[str]:
    """Serve ``app`` on a free loopback port while the block runs; gives its URL."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        config = uvicorn.Config(app, log_level="error", lifespan="off", ws="none")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        deadline = time.monotonic() + START_TIMEOUT_S
        while not server.started and time.monotonic() < deadline:
            time.sleep(0.01)
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(START_TIMEOUT_S)


def facade(local: QdrantClient) -> FastAPI:
    """Return the app over ``local``; one call at a time, for local mode is not thread-safe."""
    app = FastAPI()
    one = threading.Lock()

    def answer(call: Callable[..., Any], *args: Any, **kwargs: Any) -> dict[str, Any]:
        with one, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                result = call(*args, **kwargs)
            except ValueError as error:
                raise HTTPException(404, str(error)) from error
        shown = result.model_dump(mode="json") if isinstance(result, BaseModel) else result
        return {"result": shown, "status": "ok", "time": 0.0}

    _collections(app, local, answer)
    _points(app, local, answer)
    return app


def _collections(app: FastAPI, local: QdrantClient, answer: Callable[..., dict[str, Any]]) -> None:
    @app.get("/aliases")
    def aliases() -> dict[str, Any]:
        return answer(local.get_aliases)

    @app.post("/collections/aliases")
    def change(body: qm.ChangeAliasesOperation) -> dict[str, Any]:
        return answer(local.update_collection_aliases, body.actions)

    @app.get("/collections")
    def every() -> dict[str, Any]:
        return answer(local.get_collections)

    @app.get("/collections/{name}")
    def collection(name: str) -> dict[str, Any]:
        return answer(local.get_collection, name)

    @app.put("/collections/{name}")
    def create(name: str, body: qm.CreateCollection) -> dict[str, Any]:
        given = {"vectors_config": body.vectors, "sparse_vectors_config": body.sparse_vectors}
        return answer(local.create_collection, name, **given, metadata=body.metadata)

    @app.delete("/collections/{name}")
    def delete_collection(name: str) -> dict[str, Any]:
        return answer(local.delete_collection, name)

    @app.put("/collections/{name}/index")
    def create_index(name: str, body: qm.CreateFieldIndex) -> dict[str, Any]:
        return answer(local.create_payload_index, name, body.field_name, body.field_schema)


def _points(app: FastAPI, local: QdrantClient, answer: Callable[..., dict[str, Any]]) -> None:
    @app.put("/collections/{name}/points")
    def upsert(name: str, body: qm.PointsList) -> dict[str, Any]:
        return answer(local.upsert, name, body.points)

    @app.post("/collections/{name}/points/delete")
    def delete(name: str, body: qm.FilterSelector) -> dict[str, Any]:
        return answer(local.delete, name, body)

    @app.post("/collections/{name}/points/count")
    def count(name: str, body: qm.CountRequest) -> dict[str, Any]:
        return answer(lambda: {"count": local.count(name, body.filter, exact=True).count})

    @app.post("/collections/{name}/points/scroll")
    def scroll(name: str, body: qm.ScrollRequest) -> dict[str, Any]:
        def page() -> dict[str, Any]:
            records, offset = local.scroll(
                name,
                body.filter,
                limit=body.limit or 10,
                offset=body.offset,
                with_payload=body.with_payload or False,
                with_vectors=body.with_vector or False,
            )
            points = [record.model_dump(mode="json") for record in records]
            return {"points": points, "next_page_offset": offset}

        return answer(page)

    @app.post("/collections/{name}/points/query/batch")
    def query(name: str, body: qm.QueryRequestBatch) -> dict[str, Any]:
        def answers() -> list[dict[str, Any]]:
            return [found.model_dump(mode="json") for found in local.query_batch_points(name, body.searches)]

        return answer(answers)

    @app.post("/collections/{name}/facet")
    def facet(name: str, body: qm.FacetRequest) -> dict[str, Any]:
        return answer(local.facet, name, body.key, limit=body.limit or 10, exact=True)
