from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ingest.catalogue.store import Catalogue, open_catalogue
from ingest.errors import FingerprintMismatch, IndexUnavailable, ModelUnavailable
from ingest.index import edge
from ingest.index.port import IndexFilter
from ingest.indexing import Encoder, IndexBuilder, IndexSwap, dense_text, index_version
from ingest.originals import Originals
from ingest.pipeline import Ingestor
from ingest.preparing import Steps
from tests.ingest.catalogue import made
from tests.ingest.ingest_fakes import MemoryIndex, ToyEmbedder, broken, toy_read

TEXTS = ("Xảy ra 18 vụ\nBị thương 11 người", "Trồng 5 ha rừng")


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    opened = open_catalogue(f"sqlite:///{tmp_path}/catalogue.db")
    yield opened
    opened.close()


def swap(folder: Path, embedder: ToyEmbedder, *, serving: edge.EdgeIndex | None = None) -> IndexSwap:
    """Return the swap of an embedded index, as the service's wiring makes it."""

    def begin() -> edge.EdgeIndex:
        return edge.begin_rebuild(folder, fingerprint=embedder.fingerprint, dim=embedder.dim, serving=serving)

    def commit(rebuilt: Any) -> edge.EdgeIndex:
        return edge.commit_rebuild(rebuilt, serving=serving)

    return IndexSwap(begin, commit, lambda rebuilt: edge.discard_rebuild(_edge(rebuilt)))


def _edge(index: object) -> edge.EdgeIndex:
    assert isinstance(index, edge.EdgeIndex)
    return index


def ingestor(catalogue: Catalogue, tmp_path: Path, index: edge.EdgeIndex, embedder: ToyEmbedder) -> Ingestor:
    return Ingestor(
        catalogue=catalogue,
        originals=Originals(tmp_path / "originals"),
        index=index,
        encoder=Encoder(embedder),
        steps=Steps(toy_read, made.passages, made.figures),
        swap=swap(tmp_path / "index", embedder, serving=index),
    )


def test_the_embedded_index_from_first_report_to_another_model(catalogue: Catalogue, tmp_path: Path) -> None:
    folder, embedder = tmp_path / "index", ToyEmbedder()
    index = edge.open_edge_index(folder, fingerprint=embedder.fingerprint, dim=embedder.dim)
    ours = ingestor(catalogue, tmp_path, index, embedder)
    for text in TEXTS:
        ours.add(text.encode(), name="a.txt")
    assert index.info().points == 3
    generation = index.generation
    assert ours.rebuild().passages == 3
    assert (index.info().points, index.generation) == (3, generation + 1)  # whoever holds the index sees the new one
    assert ours.check().problems == ()
    hits = index.search(dense=embedder.query("x"), sparse=None, where=IndexFilter(), limit=10)
    assert {hit.version_id for hit in hits} == {v.version_id for v in catalogue.visible()}
    index.close()

    newer = ToyEmbedder(fingerprint="toy-2", dim=4)
    with pytest.raises(FingerprintMismatch):
        edge.open_edge_index(folder, fingerprint=newer.fingerprint, dim=newer.dim)
    assert IndexBuilder(catalogue, Encoder(newer), swap(folder, newer)).rebuild().passages == 3
    assert {v.fingerprint for v in catalogue.visible()} == {"toy-2"}
    reopened = edge.open_edge_index(folder, fingerprint=newer.fingerprint, dim=newer.dim)
    assert reopened.info().points == 3
    reopened.close()


def test_a_rebuild_that_fails_frees_the_folder(
    catalogue: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, embedder = tmp_path / "index", ToyEmbedder()
    index = edge.open_edge_index(folder, fingerprint=embedder.fingerprint, dim=embedder.dim)
    ingestor(catalogue, tmp_path, index, embedder).add(TEXTS[0].encode(), name="a.txt")
    index.close()
    with monkeypatch.context() as patch:
        patch.setattr(embedder, "passages", broken(ModelUnavailable("Mất mô hình.")))
        with pytest.raises(ModelUnavailable):
            IndexBuilder(catalogue, Encoder(embedder), swap(folder, embedder)).rebuild()
    reopened = edge.open_edge_index(folder, fingerprint=embedder.fingerprint, dim=embedder.dim)
    assert reopened.info().points == 2
    reopened.close()


def test_progress_counts_passages_in_batches(catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.indexing.BATCH_PASSAGES", 2)
    new = made.version("\n".join(f"Dòng {n}" for n in range(5)))
    info = catalogue.info(catalogue.stage(new))
    index, told = MemoryIndex(), list[tuple[str, int, int]]()
    index_version(index, info, new.passages, encoder=Encoder(ToyEmbedder()), progress=lambda *step: told.append(step))
    assert told == [("embed", done, 5) for done in (0, 2, 4, 5)]
    assert index.point_ids(info.version_id) == {p.id for p in new.passages}


def test_missing_points_are_noticed(catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    new = made.version("Một\nHai")
    info, index = catalogue.info(catalogue.stage(new)), MemoryIndex()
    monkeypatch.setattr(index, "upsert", lambda points: index.points.update({points[0].id: points[0]}))
    with pytest.raises(IndexUnavailable, match="1/2 đoạn") as caught:
        index_version(index, info, new.passages, encoder=Encoder(ToyEmbedder()))
    assert caught.value.code == "index-incomplete"


def test_a_passage_is_embedded_below_its_context() -> None:
    (passage,) = made.version("Xảy ra 18 vụ").passages
    assert dense_text(passage) == "Xảy ra 18 vụ"
    assert dense_text(replace(passage, context="II. An ninh")) == "II. An ninh\nXảy ra 18 vụ"
