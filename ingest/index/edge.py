"""The embedded passage index: Qdrant Edge in process, one folder, one process at a time.

The library (pinned, beta) raises bare ``Exception`` for everything, so this file is a declared edge where
``except Exception`` may stand; whatever comes out of the library goes on as ``IndexUnavailable``.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import qdrant_edge as qe

from ingest.disk_room import check_room, is_no_room
from ingest.errors import DiskFull, IndexUnavailable
from ingest.index import generations
from ingest.index.edge_wire import (
    SETTLED_POINTS,
    as_hit,
    as_stored,
    edge_point,
    field_indexes,
    of_version,
    search_requests,
    shard_config,
)
from ingest.index.generations import FolderLock, Manifest
from ingest.index.port import (
    Dense,
    IndexFilter,
    IndexInfo,
    IndexPoint,
    ScoredPassage,
    SparseVector,
    StoredPoint,
    batches,
)
from ingest.index.ranking import BATCH_POINTS, FORMAT_VERSION, PAGE, Fusion, best, usable_dense, usable_sparse


def open_edge_index(
    folder: Path, *, fingerprint: str, dim: int, fusion: Fusion | None = None, patient: bool = False
) -> EdgeIndex:
    """Open the index in ``folder``, or create an empty one, and hold its lock until ``close``.

    ``fingerprint`` names the embedding model, ``dim`` its vectors' length. Leftovers of unfinished rebuilds go. What
    was added since the last opening is settled (see ``SETTLED_POINTS``). ``patient``: nobody asks meanwhile, so adding
    may stop for seconds to settle what was added.

    Raises:
        IndexLocked: another process (or another open index of this one) holds the folder.
        FingerprintMismatch: the index was made with another model or format.
        IndexUnavailable: the folder or the index in it cannot be read or written; ``DiskFull`` with too little room.
    """
    manifest = Manifest(fingerprint, dim, FORMAT_VERSION)
    lock = FolderLock(folder)
    try:
        check_room(folder, generations.OPEN_BYTES)
        serving = generations.current(folder)
        if serving is not None:
            generations.check(folder, serving, manifest)
        generations.sweep(folder, keep=serving)
        if serving is None:
            opened = _create(folder, manifest)
            generations.point_to(folder, opened.number)
        else:
            opened = _load(folder, serving, manifest)
    except BaseException:
        lock.release()
        raise
    return EdgeIndex(folder, lock=lock, generation=opened, fusion=fusion or Fusion(), patient=patient)


def begin_rebuild(
    folder: Path, *, fingerprint: str, dim: int, serving: EdgeIndex | None = None, fusion: Fusion | None = None
) -> EdgeIndex:
    """Return an empty index in a new generation of ``folder``, to be filled and then committed or discarded.

    ``serving``: the index this process has open on the folder, which goes on answering. Without it the folder must be
    free; what stands there may be damaged or made with another model.

    Raises:
        IndexLocked: another process holds the folder.
        IndexUnavailable: the folder cannot be written.
    """
    lock = serving.lock if serving is not None else FolderLock(folder)
    try:
        old = generations.readable(folder)
        if serving is None and old is not None:
            generations.sweep(folder, keep=old)
        opened = _create(folder, Manifest(fingerprint, dim, FORMAT_VERSION))
    except BaseException:
        if serving is None:
            lock.release()
        raise
    shared, fusion = serving is not None, fusion or Fusion()
    return EdgeIndex(folder, lock=lock, generation=opened, fusion=fusion, shares_lock=shared, patient=not shared)


def commit_rebuild(rebuilt: EdgeIndex, *, serving: EdgeIndex | None = None) -> EdgeIndex:
    """Make ``rebuilt`` the index that is opened from now on and return it.

    With ``serving`` (the same as given to ``begin_rebuild``) that index goes on answering from the old generation until
    it is discarded; the folder's lock is now ``rebuilt``'s to release. Without it the old generation is removed.

    Raises:
        IndexUnavailable: the new generation cannot be made durable; the old one still serves.
    """
    old = generations.readable(rebuilt.folder)
    rebuilt.flush()
    generations.point_to(rebuilt.folder, rebuilt.generation)
    if serving is not None:
        rebuilt.take_lock_of(serving)
    elif old is not None and old != rebuilt.generation:
        generations.remove(rebuilt.folder, old)
    return rebuilt


def discard_rebuild(unwanted: EdgeIndex) -> None:
    """Close a rebuild that is not committed, or the index that served before one was, and remove its files."""
    folder, generation = unwanted.folder, unwanted.generation
    unwanted.close()
    generations.remove(folder, generation)


@dataclass(frozen=True, slots=True)
class _Generation:
    number: int
    manifest: Manifest
    shard: qe.EdgeShard


class EdgeIndex:
    """``PassageIndex`` over Qdrant Edge; safe to call from several threads (one call runs at a time)."""

    def __init__(
        self,
        folder: Path,
        *,
        lock: FolderLock,
        generation: _Generation,
        fusion: Fusion,
        shares_lock: bool = False,
        patient: bool = False,
    ) -> None:
        self.folder = folder
        self.lock = lock
        self._shares_lock = shares_lock
        self._now: _Generation | None = generation
        self._fusion = fusion
        self._patient = patient
        self._unsettled = 0  # points added since the last settling
        self._versions: set[str] | None = None  # those that have points; None: not looked up yet
        self._one = threading.RLock()

    @property
    def generation(self) -> int:
        """The number (1-based) of the generation this index reads and writes."""
        with self._open() as now:
            return now.number

    def info(self) -> IndexInfo:
        """See ``PassageIndex.info``. Details: engine, generation, segments."""
        with self._open() as now:
            segments = str(now.shard.info().segments_count)
            details = {"engine": "qdrant-edge", "generation": str(now.number), "segments": segments}
            points = now.shard.count(qe.CountRequest(exact=True))
            return IndexInfo(now.manifest.fingerprint, now.manifest.dim, points, details)

    def upsert(self, points: Sequence[IndexPoint]) -> None:
        """See ``PassageIndex.upsert``. Searches may run between the batches."""
        for batch in batches(points, BATCH_POINTS):
            made = [edge_point(point) for point in batch]
            with self._open() as now:
                now.shard.update(qe.UpdateOperation.upsert_points(made))
                self._unsettled += len(made)
                if self._versions is not None:
                    self._versions.update(point.version_id for point in batch)
                if self._patient and self._unsettled >= SETTLED_POINTS:
                    now.shard.optimize()
                    self._unsettled = 0
        if points:
            self.flush()

    def delete_version(self, version_id: str) -> None:
        """See ``PassageIndex.delete_version``."""
        with self._open() as now:
            now.shard.update(qe.UpdateOperation.delete_points_by_filter(of_version(version_id)))
            if self._versions is not None:
                self._versions.discard(version_id)
            now.shard.flush()

    def version_ids(self) -> frozenset[str]:
        """See ``PassageIndex.version_ids``."""
        with self._open() as now:
            limit = max(1, now.shard.count(qe.CountRequest(exact=True)))
            found = now.shard.facet(qe.FacetRequest("version_id", limit=limit, exact=True))
            return frozenset(str(hit.value) for hit in found.hits if hit.count > 0)

    def point_ids(self, version_id: str) -> frozenset[str]:
        """See ``PassageIndex.point_ids``."""
        return frozenset(str(record.id) for record in self._records(version_id, whole=False))

    def stored(self, version_id: str) -> dict[str, StoredPoint]:
        """See ``PassageIndex.stored``."""
        return {str(record.id): as_stored(record) for record in self._records(version_id, whole=True)}

    def _records(self, version_id: str, *, whole: bool) -> Iterator[qe.Record]:
        offset: Any = None
        with self._open() as now:
            while True:
                page = qe.ScrollRequest(
                    offset=offset, limit=PAGE, filter=of_version(version_id), with_payload=whole, with_vector=whole
                )
                records, offset = now.shard.scroll(page)
                yield from records
                if offset is None:
                    return

    def search(
        self, *, dense: Dense | None, sparse: SparseVector | None, where: IndexFilter, limit: int
    ) -> list[ScoredPassage]:
        """See ``PassageIndex.search``. The dense side is exact: no approximate graph is asked."""
        vectors = usable_dense(dense), usable_sparse(sparse)
        with self._open() as now:
            requests = search_requests(*vectors, self._shortest(where), limit=limit, fusion=self._fusion)
            found = [[as_hit(point) for point in now.shard.query(request)] for request in requests]
        return best(found, limit, self._fusion)

    def _shortest(self, where: IndexFilter) -> IndexFilter:
        """Return a filter that says the same: one that names every version there is need name none.

        Holding each point against a list of 2,000 versions takes longer than scoring it. Called with the index held.
        """
        if where.version_ids and self._versions is None:
            self._versions = set(self.version_ids())
        needless = self._versions is not None and self._versions.issubset(where.version_ids)
        return replace(where, version_ids=()) if needless else where

    def flush(self) -> None:
        """Write everything through to the disk."""
        with self._open() as now:
            now.shard.flush()

    def take_lock_of(self, other: EdgeIndex) -> None:
        """From now on it is for this index to give the folder free, not for ``other``, which shares it."""
        self._shares_lock, other._shares_lock = False, True

    def close(self) -> None:
        """See ``PassageIndex.close``; gives the folder's lock free."""
        with self._one:
            now, self._now = self._now, None
            try:
                if now is not None:
                    with _translated():
                        now.shard.close()
            finally:
                if not self._shares_lock:
                    self.lock.release()

    @contextmanager
    def _open(self) -> Iterator[_Generation]:
        with self._one, _translated():
            if self._now is None:
                raise IndexUnavailable("Chỉ mục đã đóng.")
            yield self._now


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except IndexUnavailable:
        raise
    except Exception as error:
        other = IndexUnavailable(f"Chỉ mục không thực hiện được yêu cầu: {error}")
        raise DiskFull() if is_no_room(error) else other from error


def _create(folder: Path, manifest: Manifest) -> _Generation:
    number = generations.start(folder, manifest)
    with _translated():
        shard = qe.EdgeShard.create(str(generations.points(folder, number)), shard_config(manifest.dim))
        for operation in field_indexes():
            shard.update(operation)
        shard.flush()
    return _Generation(number, manifest, shard)


def _load(folder: Path, number: int, manifest: Manifest) -> _Generation:
    try:
        shard = qe.EdgeShard.load(str(generations.points(folder, number)), shard_config(manifest.dim))
        shard.optimize()  # nothing for less than SETTLED_POINTS; it keeps all threads from running, so never later
    except Exception as error:
        raise generations.unusable(folder, error) from error
    return _Generation(number, manifest, shard)
