"""Stand-ins for the path of a report: an index in memory, a toy embedder, a toy parser, and a way to make any fail."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest

from ingest.catalogue.store import Catalogue, open_catalogue
from ingest.domain import ParseIssue, Report, Severity
from ingest.errors import IndexUnavailable, RefusedReport, UnreadableReport
from ingest.index.port import (
    Dense,
    IndexFilter,
    IndexInfo,
    IndexPoint,
    PassageIndex,
    ScoredPassage,
    SparseVector,
    StoredPoint,
)
from ingest.index.ranking import payload
from ingest.indexing import Encoder
from ingest.originals import Originals
from ingest.pipeline import Ingestor
from ingest.preparing import Limits, Steps
from ingest.rebuilding import IndexSwap
from ingest.serving import Serving
from tests.ingest.catalogue import made

OLD = "số 05/BC-UBND\nXảy ra 18 vụ\nBị thương 11 người".encode()
NEW = "số 05/BC-UBND\nXảy ra 19 vụ\nBị thương 12 người\nChết 1 người".encode()
OTHER = "Bản khác\nXảy ra 3 vụ".encode()
DOWN = IndexUnavailable("Chỉ mục không trả lời.")


@dataclass
class ToyEmbedder:
    fingerprint: str = "toy-1"
    dim: int = 4

    def passages(self, texts: Sequence[str]) -> Dense:
        return np.array([self.query(text) for text in texts], dtype=np.float32).reshape(len(texts), self.dim)

    def query(self, text: str) -> Dense:
        raw = np.array([len(text) + 1, text.count(" "), text.count("a"), 1], dtype=np.float32)
        return np.asarray(raw / np.linalg.norm(raw), dtype=np.float32)


@dataclass
class MemoryIndex:
    """A ``PassageIndex`` that keeps points in a dictionary; it does not search."""

    fingerprint: str = "toy-1"
    points: dict[str, IndexPoint] = field(default_factory=dict)

    def info(self) -> IndexInfo:
        return IndexInfo(self.fingerprint, 4, len(self.points))

    def upsert(self, points: Sequence[IndexPoint]) -> None:
        self.points.update({point.id: point for point in points})

    def delete_version(self, version_id: str) -> None:
        self.points = {key: p for key, p in self.points.items() if p.version_id != version_id}

    def version_ids(self) -> frozenset[str]:
        return frozenset(p.version_id for p in self.points.values())

    def point_ids(self, version_id: str) -> frozenset[str]:
        return frozenset(key for key, p in self.points.items() if p.version_id == version_id)

    def stored(self, version_id: str) -> dict[str, StoredPoint]:
        return {
            key: StoredPoint(payload(p), p.dense, p.sparse if p.sparse.indices else None)
            for key, p in self.points.items()
            if p.version_id == version_id
        }

    def search(
        self, *, dense: Dense | None, sparse: SparseVector | None, where: IndexFilter, limit: int
    ) -> list[ScoredPassage]:
        raise NotImplementedError

    def close(self) -> None:
        self.points = {}


def toy_read(data: bytes, *, name: str) -> Report:
    """Read UTF-8 text; a first line "số N" numbers the report, "MẬT" refuses it, "?" is a warning."""
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        raise UnreadableReport(f"Tệp {name} bị hỏng.", code="damaged-file") from error
    if "MẬT" in text:
        raise RefusedReport("Báo cáo có dấu mật, không được nạp.")
    first = text.split("\n")[0]
    number = first.removeprefix("số ") if first.startswith("số ") else ""
    head = made.meta(number=number, issued_on=date(2024, 3, 20), title=first)
    issues = (ParseIssue("odd", "Có chỗ đọc chưa rõ.", Severity.WARNING),) if "?" in text else ()
    report = made.report(text, head=head)
    return Report(text, "text", head, report.sections, report.paragraphs, issues=issues)


@dataclass
class World:
    """The three stores in a folder and the ingestor over them."""

    folder: Path
    catalogue: Catalogue
    originals: Originals
    embedder: ToyEmbedder
    ingestor: Ingestor

    @property
    def index(self) -> MemoryIndex:
        """The index that answers now."""
        return cast(MemoryIndex, self.ingestor.serving.now.index)

    def texts(self) -> list[str]:
        """Return the text of every visible report."""
        return [self.catalogue.load(v.version_id).report.text for v in self.catalogue.visible()]

    def assert_in_step(self) -> None:
        """Assert that nothing is half-stored: the three stores hold the same versions, whole."""
        searchable = self.catalogue.timeline.searchable()
        assert self.catalogue.staged() == ()
        assert {v.version_id for v in self.catalogue.visible()} <= {v.version_id for v in searchable}
        assert self.index.version_ids() == {v.version_id for v in searchable}
        for v in searchable:
            assert self.index.point_ids(v.version_id) == self.catalogue.passage_ids(v.version_id)
        assert self.originals.list() == self.catalogue.sha256s()


@contextmanager
def opened_world(folder: Path, *, limits: Limits | None = None) -> Iterator[World]:
    catalogue = open_catalogue(f"sqlite:///{folder}/catalogue.db")
    originals, index, embedder = Originals(folder / "originals"), MemoryIndex(), ToyEmbedder()
    ingestor = Ingestor(
        catalogue=catalogue,
        originals=originals,
        serving=Serving(index, Encoder(embedder)),
        steps=Steps(toy_read, made.passages, made.figures),
        swap=memory_swap(),
        limits=limits or Limits(),
    )
    try:
        yield World(folder, catalogue, originals, embedder, ingestor)
    finally:
        catalogue.close()


def memory_swap() -> IndexSwap:
    """Return a swap between indexes in memory."""

    def close(index: PassageIndex) -> None:
        index.close()

    return IndexSwap(lambda embedder: MemoryIndex(embedder.fingerprint), lambda _new: None, close, close)


def broken(error: BaseException, *, after: int = 0) -> Callable[..., Any]:
    """Return a function that raises ``error``; the first ``after`` calls return None instead."""
    calls = 0

    def raising(*_args: object, **_options: object) -> None:
        nonlocal calls
        calls += 1
        if calls > after:
            raise error

    return raising


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with opened_world(tmp_path) as opened:
        yield opened
