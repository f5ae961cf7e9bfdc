"""The path with nothing faked: our sample reports, the shipped model, the embedded index."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.catalogue.store import open_catalogue
from ingest.domain import IngestStatus, Severity
from ingest.embed import load_embedder
from ingest.index.edge import EdgeIndex, open_edge_index
from ingest.index.port import IndexFilter
from ingest.indexing import Encoder
from ingest.lexical import query_vector
from ingest.originals import Originals
from ingest.pipeline import Ingestor
from ingest.results import REPLACED
from ingest.serving import Serving

SAMPLES = Path(__file__).parents[2] / "ingest" / "samples"
SHARED = Path(__file__).parents[3] / "shared" / "reports"


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder(load_embedder())


@pytest.fixture
def index(tmp_path: Path, encoder: Encoder) -> Iterator[EdgeIndex]:
    embedder = encoder.embedder
    opened = open_edge_index(tmp_path / "index", fingerprint=embedder.fingerprint, dim=embedder.dim)
    yield opened
    opened.close()


@pytest.fixture
def ingestor(tmp_path: Path, encoder: Encoder, index: EdgeIndex) -> Iterator[Ingestor]:
    catalogue = open_catalogue(f"sqlite:///{tmp_path}/catalogue.db")
    serving = Serving(index, encoder)
    yield Ingestor(catalogue=catalogue, originals=Originals(tmp_path / "originals"), serving=serving)
    catalogue.close()


def test_a_sample_goes_in_and_is_found(ingestor: Ingestor, index: EdgeIndex, encoder: Encoder) -> None:
    result = ingestor.add((SAMPLES / "quy-1-2024.docx").read_bytes(), name="quy-1-2024.docx")
    assert result.status is IngestStatus.COMPLETE
    assert result.balance is not None
    assert result.balance.footnotes_bound == result.balance.footnotes_found > 0
    assert index.info().points == result.balance.passages == result.balance.indexed
    stored = ingestor.catalogue.load(str(result.version_id))
    for passage in stored.passages:
        for figure in stored.figures[passage.id]:
            assert figure.span.of(stored.report.text) == figure.text
    wanted = max(stored.passages, key=lambda passage: len(passage.text))
    words = f"{wanted.context}\n{wanted.text}"
    dense, sparse = encoder.embedder.query(words), query_vector(words)
    hits = index.search(dense=dense, sparse=sparse, where=IndexFilter(), limit=3)
    assert hits[0].id == wanted.id


def test_the_same_report_as_text_is_its_new_version(ingestor: Ingestor, index: EdgeIndex) -> None:
    first = ingestor.add((SAMPLES / "quy-1-2023.docx").read_bytes(), name="quy-1-2023.docx")
    second = ingestor.add((SAMPLES / "quy-1-2023.txt").read_bytes(), name="quy-1-2023.txt")
    assert second.report_id == first.report_id
    assert REPLACED in [issue.code for issue in second.issues]
    assert index.version_ids() == {first.version_id, second.version_id}
    assert ingestor.check().problems == ()


def test_every_report_of_the_collection_goes_in_whole(ingestor: Ingestor, index: EdgeIndex) -> None:
    files = sorted(path for path in SHARED.glob("*") if path.suffix in (".md", ".txt") and path.stem != "README")
    if not files:
        pytest.skip("the collection of real reports is not here")
    for path in files:
        result = ingestor.add(path.read_bytes(), name=path.name)
        warned = any(issue.severity is Severity.WARNING for issue in result.issues)
        assert result.status is (IngestStatus.PARTIAL if warned else IngestStatus.COMPLETE)
    report = ingestor.check()
    assert (report.reports, report.passages, report.problems) == (len(files), index.info().points, ())
