"""The implementations of ``PassageIndex`` the contract suite runs against, and points to fill them with."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from qdrant_client import QdrantClient

from ingest.index import edge, server
from ingest.index.port import IndexPoint, PassageIndex, SparseVector
from tests.contracts.qdrant_facade import facade, serving

DIM = 4
MODEL = "test-model@1"
NAMES = ("edge", "local", "http")


@dataclass(frozen=True)
class Backend:
    """``open`` gives the index, empty at first; opening again after ``close`` gives the same points."""

    name: str
    open: Callable[[str, int], PassageIndex]


@contextmanager
def backend(name: str, folder: Path) -> Iterator[Backend]:
    """Give the named implementation on a fresh place."""
    with ExitStack() as stack:
        if name == "edge":
            yield Backend(name, lambda model, dim: edge.open_edge_index(folder, fingerprint=model, dim=dim))
        elif name == "local":
            # A file would serve too, but local mode then commits once per point.
            client = QdrantClient(":memory:")
            stack.callback(client.close)
            yield Backend(name, lambda model, dim: _Kept(client, model, dim))
        else:
            client = QdrantClient(":memory:")
            stack.callback(client.close)
            url = stack.enter_context(serving(facade(client)))
            yield Backend(
                name,
                lambda model, dim: server.open_server_index(
                    server.connect(url), collection="passages", fingerprint=model, dim=dim
                ),
            )


class _Kept(server.ServerIndex):
    """A ServerIndex whose client outlives it, so that closing and opening again finds the points."""

    def __init__(self, client: QdrantClient, model: str, dim: int) -> None:
        opened = server.open_server_index(client, collection="passages", fingerprint=model, dim=dim)
        super().__init__(client, name=opened.name, model=opened.model, fusion=opened.fusion)

    def close(self) -> None:
        """Leave the client open."""


def uid(number: int) -> str:
    """Return the id of point ``number``; ids ascend with the number."""
    return str(uuid.UUID(int=number))


def point(
    number: int,
    *,
    version: str = "v1",
    report: str = "r1",
    dense: Sequence[float] = (1, 0, 0, 0),
    terms: Sequence[int] = (),
    kind: str = "section",
    issuer: str = "",
    area: str = "",
    year: int | None = None,
) -> IndexPoint:
    """Return a point with the ordinal ``number``; every term weighs 1."""
    return IndexPoint(
        id=uid(number),
        version_id=version,
        report_id=report,
        ordinal=number,
        kind=kind,
        dense=vector(dense),
        sparse=sparse(terms),
        issuer=issuer,
        area=area,
        year=year,
    )


def vector(values: Sequence[float]) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    """Return ``values`` at unit length (the zero vector as it is)."""
    raw = np.asarray(values, dtype=np.float32)
    length = float(np.linalg.norm(raw))
    return raw / length if length else raw


def sparse(terms: Sequence[int]) -> SparseVector:
    """Return a vector with weight 1 for each term."""
    return SparseVector(tuple(sorted(set(terms))), (1.0,) * len(set(terms)))
