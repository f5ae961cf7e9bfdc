"""Passages → points in the index: what is embedded, in which batches, and the proof that all arrived."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from ingest.catalogue.records import VersionInfo
from ingest.domain import Passage
from ingest.embed import Embedder
from ingest.errors import IndexUnavailable
from ingest.index.port import Dense, IndexPoint, PassageIndex, SparseVector
from ingest.index.ranking import payload
from ingest.lexical import passage_vector
from ingest.vi.normalise import fold

# Passages sent at a time: bounds memory, and lets searches run in between.
BATCH_PASSAGES = 256
# Passages embedded at a time. A large model takes seconds for so many, and progress is told in between.
EMBED_PASSAGES = 64

# Tells (stage, done, total): stage is one of STAGES, done and total count passages (reports where they are read again).
Progress = Callable[[str, int, int], None]
STAGES = ("read", "embed", "publish", "rebuild", "reread")


class Sparse(Protocol):
    """What is needed of ``ingest.lexical.passage_vector`` here."""

    def __call__(self, text: str, *, context: str = "") -> SparseVector:
        """Return the lexical vector of a passage."""
        ...


@dataclass(frozen=True, slots=True)
class Encoder:
    """How a passage becomes vectors: the embedding model and the lexical function."""

    embedder: Embedder
    sparse: Sparse = passage_vector


def silent(_stage: str, _done: int, _total: int) -> None:
    """Tell nobody."""


def dense_text(passage: Passage) -> str:
    """Return what the embedding model reads of a passage: its context (section path, table head, anchor), then itself.

    A sentence such as "giảm 7 vụ so với cùng kỳ" names its subject only in the heading above it.
    """
    return f"{passage.context}\n{passage.text}" if passage.context else passage.text


@dataclass(frozen=True, slots=True)
class Vectors:
    """The vectors of some passages, in their order: ``dense`` of shape (passages, dim), one ``sparse`` for each."""

    dense: Dense
    sparse: tuple[SparseVector, ...]


def encode(passages: Sequence[Passage], *, encoder: Encoder, progress: Progress = silent) -> Vectors:
    """Return the vectors of ``passages`` (at least one). Raises ``ModelUnavailable``."""
    dense: list[Dense] = []
    sparse: list[SparseVector] = []
    for start in range(0, len(passages), EMBED_PASSAGES):
        progress("embed", start, len(passages))
        batch = passages[start : start + EMBED_PASSAGES]
        dense.append(encoder.embedder.passages([dense_text(p) for p in batch]))
        sparse += [encoder.sparse(p.text, context=p.context) for p in batch]
    progress("embed", len(passages), len(passages))
    return Vectors(np.concatenate(dense), tuple(sparse))


def put_version(index: PassageIndex, info: VersionInfo, passages: Sequence[Passage], vectors: Vectors) -> None:
    """Put the points of a version into ``index`` and make sure that all are there, and no other of that version.

    Raises ``IndexUnavailable`` (code index-incomplete when points are missing afterwards).
    """
    points = points_of(info, passages, vectors)
    for start in range(0, len(points), BATCH_PASSAGES):
        index.upsert(points[start : start + BATCH_PASSAGES])
    found, wanted = index.point_ids(info.version_id), {p.id for p in passages}
    if found != wanted:
        raise IndexUnavailable(
            f"Chỉ mục giữ {len(found & wanted)}/{len(wanted)} đoạn của báo cáo sau khi ghi.", code="index-incomplete"
        )


def index_version(
    index: PassageIndex,
    info: VersionInfo,
    passages: Sequence[Passage],
    *,
    encoder: Encoder,
    progress: Progress = silent,
) -> None:
    """Encode the passages of a version and put them into ``index``. Raises as ``encode`` and ``put_version``."""
    put_version(index, info, passages, encode(passages, encoder=encoder, progress=progress))


def points_of(info: VersionInfo, passages: Sequence[Passage], vectors: Vectors) -> list[IndexPoint]:
    """Return the points of a version, in the order of ``passages``."""
    return [_point(info, p, vectors.dense[i], vectors.sparse[i]) for i, p in enumerate(passages)]


def payload_of(info: VersionInfo, passage: Passage) -> dict[str, str | int]:
    """Return what the point of a passage carries beside its vectors."""
    return payload(_point(info, passage, np.zeros(0, dtype=np.float32), SparseVector((), ())))


def _point(info: VersionInfo, passage: Passage, dense: Dense, sparse: SparseVector) -> IndexPoint:
    period = info.meta.period
    return IndexPoint(
        id=passage.id,
        version_id=info.version_id,
        report_id=info.report_id,
        ordinal=passage.ordinal,
        kind=passage.kind.value,
        dense=dense,
        sparse=sparse,
        issuer=fold(info.meta.issuer),
        area=fold(info.meta.area),
        year=period.year if period else None,
        first_month=period.first_month if period else None,
        last_month=period.last_month if period else None,
    )
