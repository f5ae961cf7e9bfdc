from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.catalogue.store import Catalogue, open_catalogue
from ingest.embed import Embedder
from ingest.errors import FingerprintMismatch, IndexUnavailable, ModelUnavailable
from ingest.index import edge
from ingest.index.port import IndexFilter, PassageIndex
from ingest.indexing import Encoder, dense_text, index_version
from ingest.originals import Originals
from ingest.pipeline import Ingestor
from ingest.preparing import Steps
from ingest.rebuilding import IndexBuilder, IndexSwap
from ingest.serving import Serving
from tests.ingest.catalogue import made
from tests.ingest.ingest_fakes import MemoryIndex, ToyEmbedder, broken, toy_read

TEXTS = ("Xảy ra 18 vụ\nBị thương 11 người", "Trồng 5 ha rừng")


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    opened = open_catalogue(f"sqlite:///{tmp_path}/catalogue.db")
    yield opened
    opened.close()


def swap(folder: Path, serving: Serving | None = None) -> IndexSwap:
    """Return the swap of an embedded index, as the service's wiring makes it."""

    def begin(embedder: Embedder) -> edge.EdgeIndex:
        now = _edge(serving.now.index) if serving else None
        return edge.begin_rebuild(folder, fingerprint=embedder.fingerprint, dim=embedder.dim, serving=now)

    def commit(rebuilt: PassageIndex) -> None:
        edge.commit_rebuild(_edge(rebuilt), serving=_edge(serving.now.index) if serving else None)

    def discard(unwanted: PassageIndex) -> None:
        edge.discard_rebuild(_edge(unwanted))

    return IndexSwap(begin, commit, discard, discard)


def _edge(index: PassageIndex) -> edge.EdgeIndex:
    assert isinstance(index, edge.EdgeIndex)
    return index


def ingestor(catalogue: Catalogue, tmp_path: Path, index: edge.EdgeIndex, embedder: ToyEmbedder) -> Ingestor:
    serving = Serving(index, Encoder(embedder))
    return Ingestor(
        catalogue=catalogue,
        originals=Originals(tmp_path / "originals"),
        serving=serving,
        steps=Steps(toy_read, made.passages, made.figures),
        swap=swap(tmp_path / "index", serving),
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
    index = _edge(ours.serving.now.index)
    assert (index.info().points, index.generation) == (3, generation + 1)
    assert ours.check().problems == ()
    hits = index.search(dense=embedder.query("x"), sparse=None, where=IndexFilter(), limit=10)
    assert {hit.version_id for hit in hits} == {v.version_id for v in catalogue.visible()}
    index.close()

    newer = ToyEmbedder(fingerprint="toy-2", dim=4)
    with pytest.raises(FingerprintMismatch):
        edge.open_edge_index(folder, fingerprint=newer.fingerprint, dim=newer.dim)
    assert IndexBuilder(catalogue, Encoder(newer), swap(folder)).rebuild().passages == 3
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
            IndexBuilder(catalogue, Encoder(embedder), swap(folder)).rebuild()
    reopened = edge.open_edge_index(folder, fingerprint=embedder.fingerprint, dim=embedder.dim)
    assert reopened.info().points == 2
    reopened.close()


def test_progress_counts_passages_in_batches(catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.indexing.EMBED_PASSAGES", 2)
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
