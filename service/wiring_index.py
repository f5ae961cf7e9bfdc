"""Opens the index together with its model, embedded or on a server, and says how it is made anew."""

from __future__ import annotations

import math
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

from ingest.embed import Embedder
from ingest.index import edge, generations
from ingest.index.port import PassageIndex
from ingest.indexing import Encoder
from ingest.rebuilding import IndexSwap
from ingest.serving import Serving
from service.settings import Settings

if TYPE_CHECKING:
    from qdrant_client import QdrantClient

COLLECTION = "hoibaocao"


@dataclass(frozen=True, slots=True)
class OpenIndex:
    """What answers, and how another is put in its place."""

    serving: Serving
    swap: IndexSwap


def open_index(
    settings: Settings, embedder: Embedder, stack: ExitStack, *, shared: bool, patient: bool = False
) -> OpenIndex:
    """Open the index until ``stack`` is closed. ``shared``: other processes ask the same server.

    ``patient``: nobody asks of this process, so adding may stop for seconds to settle what was added.

    Raises ``IndexLocked``, ``FingerprintMismatch``, ``IndexUnavailable``.
    """
    if settings.qdrant.url:
        return _on_server(settings, embedder, stack, shared=shared)
    index = edge.open_edge_index(_folder(settings), fingerprint=embedder.fingerprint, dim=embedder.dim, patient=patient)
    serving = Serving(index, Encoder(embedder))
    stack.callback(serving.close)
    return OpenIndex(serving, _edge_swap(settings, serving))


def swap_unopened(settings: Settings, stack: ExitStack) -> IndexSwap:
    """Return how the index is made anew without opening the one there is."""
    if settings.qdrant.url:
        return _server_swap(_connect(settings, stack), shared=False)
    return _edge_swap(settings, None)


def made_with(settings: Settings) -> str | None:
    """Return the fingerprint of the model the index was made with, whoever has it open; None where there is none.

    Raises ``IndexUnavailable``.
    """
    if not settings.qdrant.url:
        return generations.made_with(_folder(settings))
    from ingest.index import server

    with ExitStack() as stack:
        return server.made_with(_connect(settings, stack), COLLECTION)


def _edge_swap(settings: Settings, serving: Serving | None) -> IndexSwap:
    def open_now() -> edge.EdgeIndex | None:
        return cast(edge.EdgeIndex, serving.now.index) if serving is not None else None

    def begin(embedder: Embedder) -> PassageIndex:
        model = {"fingerprint": embedder.fingerprint, "dim": embedder.dim}
        return edge.begin_rebuild(_folder(settings), serving=open_now(), **model)  # type: ignore[arg-type]

    def discard(index: PassageIndex) -> None:
        edge.discard_rebuild(cast(edge.EdgeIndex, index))

    return IndexSwap(
        begin=begin,
        commit=lambda rebuilt: edge.commit_rebuild(cast(edge.EdgeIndex, rebuilt), serving=open_now()),
        discard=discard,
        retire=discard,
    )


def _on_server(settings: Settings, embedder: Embedder, stack: ExitStack, *, shared: bool) -> OpenIndex:
    from ingest.index import server  # the Qdrant client takes longer to import than all the rest

    client = _connect(settings, stack)
    index = server.open_server_index(client, collection=COLLECTION, fingerprint=embedder.fingerprint, dim=embedder.dim)
    return OpenIndex(Serving(index, Encoder(embedder)), _server_swap(client, shared=shared))


def _server_swap(client: QdrantClient, *, shared: bool) -> IndexSwap:
    from ingest.index import server

    def discard(index: PassageIndex) -> None:
        server.discard_rebuild(cast(server.ServerIndex, index))

    def leave(_index: PassageIndex) -> None:
        """Other replicas ask the old collection until they are started anew; the next rebuild removes it."""

    return IndexSwap(
        begin=lambda embedder: server.begin_rebuild(
            client, collection=COLLECTION, fingerprint=embedder.fingerprint, dim=embedder.dim
        ),
        commit=lambda rebuilt: server.commit_rebuild(cast(server.ServerIndex, rebuilt), collection=COLLECTION),
        discard=discard,
        retire=leave if shared else discard,
    )


def _connect(settings: Settings, stack: ExitStack) -> QdrantClient:
    from ingest.index import server

    key = settings.qdrant.api_key.get_secret_value() if settings.qdrant.api_key else None
    client = server.connect(settings.qdrant.url or "", api_key=key, timeout_s=math.ceil(settings.qdrant.timeout_s))
    stack.callback(client.close)
    return client


def _folder(settings: Settings) -> Path:
    return settings.data_dir / "index"
