"""The PassageIndex port: what the rest of the code may know of the vector index."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Dense = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class SparseVector:
    """Term ids (unsigned 32-bit, distinct, ascending) and their weights (positive). Empty: () and ()."""

    indices: tuple[int, ...]
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class IndexPoint:
    """One passage as indexed. ``id`` is the passage's UUID string; ``dense`` has shape (dim,), unit length.

    ``kind`` is a ``PassageKind`` value; ``year`` and months (1-based, inclusive) are those of the report's period.
    ``issuer`` and ``area`` are folded (``ingest.vi.normalise.fold``) for filtering.
    """

    id: str
    version_id: str
    report_id: str
    ordinal: int
    kind: str
    dense: Dense
    sparse: SparseVector
    issuer: str = ""
    area: str = ""
    year: int | None = None
    first_month: int | None = None
    last_month: int | None = None


@dataclass(frozen=True, slots=True)
class StoredPoint:
    """A point as the index gives it back. ``dense`` is unit length; a side that said nothing is None."""

    payload: dict[str, str | int]
    dense: Dense | None
    sparse: SparseVector | None


@dataclass(frozen=True, slots=True)
class IndexFilter:
    """Conditions that hold all together, inside the query; an empty tuple or None means no condition.

    ``version_ids`` is how visibility and access reach the index: only the versions listed are searched.
    A filter whose ``version_ids`` is the empty tuple AND ``nothing`` is True matches no point.
    """

    version_ids: tuple[str, ...] = ()
    report_ids: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    issuer: str | None = None
    area: str | None = None
    year: int | None = None
    nothing: bool = False


@dataclass(frozen=True, slots=True)
class ScoredPassage:
    """A hit: the fused score (higher is better, comparable inside one query only) and the passage's id."""

    id: str
    version_id: str
    report_id: str
    ordinal: int
    score: float


@dataclass(frozen=True, slots=True)
class IndexInfo:
    """What the index says of itself: the embedding fingerprint it was made with, its size."""

    fingerprint: str
    dim: int
    points: int
    details: dict[str, str] = field(default_factory=dict)


class PassageIndex(Protocol):
    """A set of passages searchable by a dense and a sparse vector. Methods raise ``IndexUnavailable``."""

    def info(self) -> IndexInfo:
        """Return fingerprint, dimension and number of points."""
        ...

    def upsert(self, points: Sequence[IndexPoint]) -> None:
        """Add or overwrite points; durable when it returns. No points: nothing happens."""
        ...

    def delete_version(self, version_id: str) -> None:
        """Remove every point of a version; an unknown version is no error."""
        ...

    def version_ids(self) -> frozenset[str]:
        """Return the versions that have at least one point."""
        ...

    def point_ids(self, version_id: str) -> frozenset[str]:
        """Return the ids of a version's points."""
        ...

    def stored(self, version_id: str) -> dict[str, StoredPoint]:
        """Return a version's points by id, with payload and vectors; {} for an unknown version."""
        ...

    def search(
        self, *, dense: Dense | None, sparse: SparseVector | None, where: IndexFilter, limit: int
    ) -> list[ScoredPassage]:
        """Return at most ``limit`` hits, best first, ties by id ascending (so equal calls give equal lists).

        With both vectors the two rankings are fused (``ranking.Fusion``); with one, that ranking alone; with none, [].
        """
        ...

    def close(self) -> None:
        """Release files and connections; idempotent."""
        ...


def batches(points: Iterable[IndexPoint], size: int) -> Iterable[list[IndexPoint]]:
    """Yield ``points`` in lists of at most ``size`` (>= 1); nothing for no points."""
    batch: list[IndexPoint] = []
    for point in points:
        batch.append(point)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
