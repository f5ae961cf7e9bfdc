from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from llama_index.core import VectorStoreIndex
from llama_index.core.ingestion import IngestionPipeline
from llama_index.core.schema import BaseNode, Document, MetadataMode, TextNode
from numpy.typing import NDArray

from ingest.domain import Passage, PassageKind, Period, PeriodKind, Span
from ingest.indexing import dense_text
from ingest.nodes import (
    SectionFootnoteNodeParser,
    StaticEmbeddingAdapter,
    node_to_passage,
    passage_to_node,
    period_label,
)

REPORTS = Path(__file__).parents[3] / "shared" / "reports"

REPORT = """ỦY BAN NHÂN DÂN
HUYỆN A

Số: 12/BC-UBND

BÁO CÁO
Tình hình kinh tế - xã hội quý I năm 2024

I. NÔNG NGHIỆP
1. Chăn nuôi
Tổng đàn bò đạt 1.936 con[1], tăng 3% so với cùng kỳ.
2. Trồng trọt
Diện tích lúa đạt 2.150 ha.

[1] Trong đó bò sữa 120 con.
"""

NAMES = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
SPANS = st.tuples(st.integers(0, 500), st.integers(0, 500)).map(lambda pair: Span(min(pair), max(pair)))
PASSAGES = st.builds(
    Passage,
    id=st.uuids().map(str),
    ordinal=st.integers(0, 999),
    kind=st.sampled_from(PassageKind),
    section=st.integers(0, 99),
    section_path=st.lists(NAMES, max_size=3).map(tuple),
    spans=st.lists(SPANS, max_size=3).map(tuple),
    text=NAMES,
    context=NAMES,
    footnote=st.none() | NAMES,
    anchor=st.none() | SPANS,
    notes=st.lists(NAMES, max_size=2).map(tuple),
    page=st.none() | st.integers(1, 99),
)


class LetterEmbedder:
    """Count letters: enough to tell texts apart, the same everywhere."""

    fingerprint = "letters@1"
    dim = 64

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.stack([self.query(text) for text in texts]) if texts else np.zeros((0, self.dim), np.float32)

    def query(self, text: str) -> NDArray[np.float32]:
        counts = np.zeros(self.dim, np.float32)
        for ch in text:
            counts[ord(ch) % self.dim] += 1
        length = float(np.linalg.norm(counts))
        return counts / length if length else counts


@given(PASSAGES)
def test_a_node_gives_its_passage_back(passage: Passage) -> None:
    node = passage_to_node(passage, extra={"title": "Báo cáo", "year": 2024})
    assert node_to_passage(node) == passage
    assert node_to_passage(TextNode.from_json(node.to_json())) == passage


def test_a_foreign_node_is_refused() -> None:
    with pytest.raises(ValueError, match="not made from a passage"):
        node_to_passage(TextNode(text="x"))


@pytest.mark.parametrize("mode", [MetadataMode.EMBED, MetadataMode.LLM])
@pytest.mark.parametrize(("context", "expected"), [("Chăn nuôi", "Chăn nuôi\nĐàn bò"), ("", "Đàn bò")])
def test_only_the_context_is_shown(mode: MetadataMode, context: str, expected: str) -> None:
    passage = Passage("id", 0, PassageKind.SECTION, 1, ("I. A",), (Span(0, 6),), "Đàn bò", context)
    node = passage_to_node(passage, extra={"title": "Báo cáo"})
    assert node.get_content(metadata_mode=mode).strip() == expected
    assert node.get_content(metadata_mode=MetadataMode.NONE) == "Đàn bò"


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        (None, ""),
        (Period(PeriodKind.QUARTER, None, 1, 3), ""),
        (Period(PeriodKind.YEAR, 2024), "2024"),
        (Period(PeriodKind.MONTH, 2024, 3, 3), "2024-03"),
        (Period(PeriodKind.QUARTER, 2024, 1, 3), "2024-01/2024-03"),
        (Period(PeriodKind.CUMULATIVE, 2024, 1, 9), "2024-01/2024-09"),
        (Period(PeriodKind.RANGE, 2021, last_year=2025), "2021/2025"),
        (Period(PeriodKind.RANGE, 2023, 12, 5, 2024), "2023-12/2024-05"),
        (Period(PeriodKind.DATE, 2024, 4, 4, day=5), "2024-04-05"),
    ],
)
def test_period_label(period: Period | None, expected: str) -> None:
    assert period_label(period) == expected


class TestParser:
    def parsed(self, text: str = REPORT, name: str = "report") -> list[BaseNode]:
        nodes: list[BaseNode] = SectionFootnoteNodeParser()([Document(text=text, id_=name)])
        return nodes

    def footnote(self, nodes: list[BaseNode]) -> BaseNode:
        (found,) = [node for node in nodes if node.metadata["kind"] == PassageKind.FOOTNOTE]
        return found

    def test_nodes_are_the_passages_in_order(self) -> None:
        nodes = self.parsed()
        passages = [node_to_passage(node) for node in nodes]
        assert [passage.ordinal for passage in passages] == list(range(len(nodes)))
        assert any("Diện tích lúa" in passage.text for passage in passages)
        assert {node.ref_doc_id for node in nodes} == {"report"}

    def test_places_stand_in_the_document(self) -> None:
        for node in self.parsed():
            assert isinstance(node, TextNode)
            assert node.start_char_idx is not None
            words = node.text.split()
            assert words[0] in REPORT[node.start_char_idx : node.end_char_idx]
            assert words[-1] in REPORT[node.start_char_idx : node.end_char_idx]

    def test_a_changed_text_has_no_places(self) -> None:
        nodes = self.parsed(REPORT.replace("\n", "\r\n"))
        assert nodes
        assert all(isinstance(node, TextNode) and node.start_char_idx is None for node in nodes)

    def test_neighbours_are_linked(self) -> None:
        nodes = self.parsed()
        for left, right in pairwise(nodes):
            assert left.next_node is not None
            assert right.prev_node is not None
            assert (left.next_node.node_id, right.prev_node.node_id) == (right.node_id, left.node_id)

    def test_a_footnote_is_tied_to_its_anchor(self) -> None:
        nodes = self.parsed()
        note = self.footnote(nodes)
        assert "bò sữa" in note.get_content(metadata_mode=MetadataMode.NONE)
        assert note.parent_node is not None
        (carrier,) = [node for node in nodes if node.node_id == note.parent_node.node_id]
        assert "Tổng đàn bò" in carrier.get_content(metadata_mode=MetadataMode.NONE)
        assert [child.node_id for child in carrier.child_nodes or []] == [note.node_id]

    def test_ids_are_stable_and_differ_between_documents(self) -> None:
        first, again, other = (
            [node.node_id for node in self.parsed(name=name)] for name in ("report", "report", "another")
        )
        assert first == again
        assert not set(first) & set(other)

    def test_the_header_is_in_the_metadata(self) -> None:
        for node in self.parsed():
            assert node.metadata["period"] == "2024-01/2024-03"
            assert node.metadata["number"].startswith("12/BC")

    def test_what_is_embedded_is_what_the_service_embeds(self) -> None:
        for node in self.parsed():
            assert node.get_content(metadata_mode=MetadataMode.EMBED) == dense_text(node_to_passage(node))

    def test_real_reports_keep_their_places(self) -> None:
        files = sorted(REPORTS.glob("*.txt")) + sorted(REPORTS.glob("*.md"))
        if not files:
            pytest.skip(f"no reports in {REPORTS}")
        for file in files:
            text = file.read_text("utf-8")
            nodes = self.parsed(text, file.name)
            assert nodes, file.name
            assert [node_to_passage(node).ordinal for node in nodes] == list(range(len(nodes)))
            for node in nodes:
                for child in node.child_nodes or []:
                    assert child.metadata["footnote"] in node.metadata["notes"], file.name

    def test_document_metadata_is_kept_but_not_embedded(self) -> None:
        document = Document(text=REPORT, id_="r", metadata={"file_name": "secret-name.txt"})
        for node in SectionFootnoteNodeParser()([document]):
            assert node.metadata["file_name"] == "secret-name.txt"
            assert "secret-name" not in node.get_content(metadata_mode=MetadataMode.EMBED)


class TestAdapter:
    def test_vectors_are_those_of_the_embedder(self) -> None:
        adapter, embedder = StaticEmbeddingAdapter(LetterEmbedder()), LetterEmbedder()
        assert adapter.model_name == embedder.fingerprint
        assert adapter.get_query_embedding("đàn bò") == embedder.query("đàn bò").tolist()
        texts = ["đàn bò", "diện tích lúa", ""]
        assert adapter.get_text_embedding_batch(texts) == embedder.passages(texts).tolist()
        assert adapter.get_text_embedding("đàn bò") == embedder.query("đàn bò").tolist()

    def test_a_pipeline_of_llama_index_ends_in_its_index(self) -> None:
        adapter = StaticEmbeddingAdapter(LetterEmbedder())
        pipeline = IngestionPipeline(transformations=[SectionFootnoteNodeParser(), adapter])
        nodes = pipeline.run(documents=[Document(text=REPORT, id_="report")])
        assert all(node.embedding is not None and len(node.embedding) == LetterEmbedder.dim for node in nodes)
        index = VectorStoreIndex(nodes, embed_model=adapter)
        wanted = nodes[-1].get_content(metadata_mode=MetadataMode.EMBED)
        (best,) = index.as_retriever(similarity_top_k=1).retrieve(wanted)
        assert best.node.node_id == nodes[-1].node_id
        assert best.score == pytest.approx(1.0)
        assert node_to_passage(best.node) == node_to_passage(nodes[-1])
