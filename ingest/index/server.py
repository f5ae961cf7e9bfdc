"""The passage index on a Qdrant server or cluster: the one home of qdrant-client.

An alias names the serving collection ``<alias>-<model>-<n>``, where ``model`` is a short hash of fingerprint, dimension
and format and ``n`` a generation. A rebuild fills the next one and moves the alias. An open index asks the collection
itself, never the alias: that may lead to another model's vectors from one moment to the next. When it writes or is
asked how it is, it looks where the alias leads: to a newer collection of its own model it goes along, to another
model's it refuses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import blake2b

from qdrant_client import QdrantClient
from qdrant_client import models as qm
from qdrant_client.common.client_exceptions import QdrantException
from qdrant_client.http.exceptions import ApiException

from ingest.errors import IndexUnavailable, mismatch
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
from ingest.index.ranking import (
    BATCH_POINTS,
    DENSE,
    FORMAT_VERSION,
    INTEGER_FIELDS,
    KEYWORD_FIELDS,
    PAGE,
    SPARSE,
    Fusion,
    best,
    usable_dense,
    usable_sparse,
)
from ingest.index.server_wire import as_hit, as_stored, of_version, search_requests, server_point


def connect(url: str, *, api_key: str | None = None, timeout_s: int = 5) -> QdrantClient:
    """Return a client for ``url``; nothing is asked of the server yet. A call gives up after ``timeout_s`` seconds."""
    return QdrantClient(url=url, api_key=api_key, timeout=timeout_s, check_compatibility=False)


def open_server_index(
    client: QdrantClient, *, collection: str, fingerprint: str, dim: int, fusion: Fusion | None = None
) -> ServerIndex:
    """Open the index behind the alias ``collection``, or create an empty one. Its ``close`` closes ``client`` too.

    Raises:
        FingerprintMismatch: the index was made with another model or format.
        IndexUnavailable: the server cannot be reached or refuses.
    """
    model = _Model(fingerprint, dim)
    with _translated():
        serving = _behind(client, collection)
        if serving is None:
            serving = _create(client, f"{collection}-{model.mark}-1", model)
            _move_alias(client, collection, serving, old=None)
        else:
            _check(client, collection, serving, model)
    return ServerIndex(client, name=serving, model=model, fusion=fusion or Fusion(), alias=collection)


def begin_rebuild(
    client: QdrantClient, *, collection: str, fingerprint: str, dim: int, fusion: Fusion | None = None
) -> ServerIndex:
    """Return an empty index in a new generation, to be filled and then committed or discarded; the alias stays.

    Collections of earlier generations and of unfinished rebuilds are removed first, but not the serving one. Two
    rebuilds at once are not guarded against.

    Raises:
        IndexUnavailable: the server cannot be reached or refuses.
    """
    model = _Model(fingerprint, dim)
    with _translated():
        serving = _behind(client, collection)
        number = 1 + (int(serving.rpartition("-")[2]) if serving is not None else 0)
        name = f"{collection}-{model.mark}-{number}"
        for left in _generations(client, collection):
            if left != serving:
                client.delete_collection(left)
        _create(client, name, model)
    return ServerIndex(client, name=name, model=model, fusion=fusion or Fusion())


def commit_rebuild(rebuilt: ServerIndex, *, collection: str) -> ServerIndex:
    """Move the alias ``collection`` to ``rebuilt`` in one step and return it as the index to use.

    The old generation stays until it is discarded or the next rebuild begins: other processes may be asking it still.
    """
    with _translated():
        _move_alias(rebuilt.client, collection, rebuilt.name, old=_behind(rebuilt.client, collection))
    rebuilt.alias = collection
    return rebuilt


def discard_rebuild(unwanted: ServerIndex) -> None:
    """Remove the collection of an unwanted rebuild or of the old generation; the client stays open."""
    with _translated():
        unwanted.client.delete_collection(unwanted.name)


class _Model:
    """What a collection was made with, and its short mark in collection names (8 hexadecimal digits)."""

    def __init__(self, fingerprint: str, dim: int) -> None:
        self.fingerprint = fingerprint
        self.dim = dim
        self.mark = blake2b(f"{fingerprint}\0{dim}\0{FORMAT_VERSION}".encode(), digest_size=4).hexdigest()


class ServerIndex:
    """``PassageIndex`` over a Qdrant server; as safe across threads as the client it is given."""

    def __init__(
        self, client: QdrantClient, *, name: str, model: _Model, fusion: Fusion, alias: str | None = None
    ) -> None:
        self.client = client
        self.name = name
        self.model = model
        self.fusion = fusion
        # None: a rebuild, not committed yet. It shares its client, so closing it leaves the client open.
        self.alias = alias
        self._owns_client = alias is not None

    def follow(self) -> None:
        """Go along where the alias leads. Raises ``FingerprintMismatch`` (another model's), ``IndexUnavailable``."""
        if self.alias is None:
            return
        with _translated():
            serving = _behind(self.client, self.alias)
            if serving is not None and serving != self.name:
                _check(self.client, self.alias, serving, self.model)
                self.name = serving

    def info(self) -> IndexInfo:
        """See ``PassageIndex.info``. Details: engine, collection. Raises ``FingerprintMismatch`` too."""
        self.follow()
        with _translated():
            points = self.client.count(self.name, exact=True).count
            details = {"engine": "qdrant", "collection": self.name}
            return IndexInfo(self.model.fingerprint, self.model.dim, points, details)

    def upsert(self, points: Sequence[IndexPoint]) -> None:
        """See ``PassageIndex.upsert``: each batch waits until the server has stored it. Raises as ``info``."""
        if points:
            self.follow()
        for batch in batches(points, BATCH_POINTS):
            with _translated():
                self.client.upsert(self.name, [server_point(point) for point in batch], wait=True)

    def delete_version(self, version_id: str) -> None:
        """See ``PassageIndex.delete_version``. Raises as ``info``."""
        self.follow()
        with _translated():
            self.client.delete(self.name, qm.FilterSelector(filter=of_version(version_id)), wait=True)

    def version_ids(self) -> frozenset[str]:
        """See ``PassageIndex.version_ids``."""
        with _translated():
            limit = max(1, self.client.count(self.name, exact=True).count)
            found = self.client.facet(self.name, "version_id", limit=limit, exact=True)
            return frozenset(str(hit.value) for hit in found.hits if hit.count > 0)

    def point_ids(self, version_id: str) -> frozenset[str]:
        """See ``PassageIndex.point_ids``."""
        return frozenset(str(record.id) for record in self._records(version_id, whole=False))

    def stored(self, version_id: str) -> dict[str, StoredPoint]:
        """See ``PassageIndex.stored``."""
        return {str(record.id): as_stored(record) for record in self._records(version_id, whole=True)}

    def _records(self, version_id: str, *, whole: bool) -> Iterator[qm.Record]:
        offset = None
        with _translated():
            while True:
                records, offset = self.client.scroll(
                    self.name,
                    of_version(version_id),
                    limit=PAGE,
                    offset=offset,
                    with_payload=whole,
                    with_vectors=whole,
                )
                yield from records
                if offset is None:
                    return

    def search(
        self, *, dense: Dense | None, sparse: SparseVector | None, where: IndexFilter, limit: int
    ) -> list[ScoredPassage]:
        """See ``PassageIndex.search``; both rankings come with one request."""
        vectors = usable_dense(dense), usable_sparse(sparse)
        requests = search_requests(*vectors, where, limit=limit, fusion=self.fusion)
        if not requests:
            return []
        with _translated():
            answers = self.client.query_batch_points(self.name, requests)
        found = [[as_hit(point) for point in answer.points] for answer in answers]
        return best(found, limit, self.fusion)

    def close(self) -> None:
        """See ``PassageIndex.close``; closes the client, but for an index that a rebuild made."""
        if self._owns_client:
            with _translated():
                self.client.close()


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    # ApiException: the server's refusals and broken connections; ValueError: what local mode says for a missing
    # collection; RuntimeError: a closed client.
    except (ApiException, QdrantException, ValueError, RuntimeError, OSError) as error:
        raise IndexUnavailable(f"Không dùng được máy chủ chỉ mục Qdrant: {error}") from error


def _behind(client: QdrantClient, alias: str) -> str | None:
    found = [each.collection_name for each in client.get_aliases().aliases if each.alias_name == alias]
    return found[0] if found else None


def _generations(client: QdrantClient, alias: str) -> list[str]:
    """Return the collections of every generation of ``alias``."""
    ours = re.compile(re.escape(alias) + r"-[0-9a-f]{8}-\d+")
    return [each.name for each in client.get_collections().collections if ours.fullmatch(each.name)]


def made_with(client: QdrantClient, alias: str) -> str | None:
    """Return the fingerprint of the serving collection's model; None where there is no index.

    Raises ``IndexUnavailable``.
    """
    with _translated():
        serving = _behind(client, alias)
        return None if serving is None else _fingerprint(client, serving)


def _fingerprint(client: QdrantClient, collection: str) -> str:
    return str((client.get_collection(collection).config.metadata or {}).get("fingerprint", collection))


def _check(client: QdrantClient, alias: str, serving: str, model: _Model) -> None:
    if serving.startswith(f"{alias}-{model.mark}-"):
        return
    raise mismatch(f"{_fingerprint(client, serving)}", f"{model.fingerprint} ({model.dim} chiều)")


def _create(client: QdrantClient, name: str, model: _Model) -> str:
    client.create_collection(
        name,
        vectors_config={DENSE: qm.VectorParams(size=model.dim, distance=qm.Distance.COSINE)},
        sparse_vectors_config={SPARSE: qm.SparseVectorParams(modifier=qm.Modifier.IDF)},
        metadata={"fingerprint": model.fingerprint, "dim": model.dim, "format": FORMAT_VERSION},
    )
    schemas = [(field, qm.PayloadSchemaType.KEYWORD) for field in KEYWORD_FIELDS]
    schemas += [(field, qm.PayloadSchemaType.INTEGER) for field in INTEGER_FIELDS]
    for field, schema in schemas:
        client.create_payload_index(name, field, schema, wait=True)
    return name


def _move_alias(client: QdrantClient, alias: str, target: str, *, old: str | None) -> None:
    changes: list[qm.CreateAliasOperation | qm.DeleteAliasOperation] = []
    if old is not None:
        changes.append(qm.DeleteAliasOperation(delete_alias=qm.DeleteAlias(alias_name=alias)))
    changes.append(qm.CreateAliasOperation(create_alias=qm.CreateAlias(collection_name=target, alias_name=alias)))
    client.update_collection_aliases(changes)
