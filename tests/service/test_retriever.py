from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from llama_index.core.llms import MockLLM
from llama_index.core.query_engine import RetrieverQueryEngine
from llama_index.core.schema import QueryBundle

from ingest.domain import Passage, PassageKind, Period, PeriodKind, Span
from ingest.nodes import node_to_passage
from service.domain import Hit, ReportRef
from service.retriever import ReportRetriever

ROOT = Path(__file__).parents[2]
REPORT = ReportRef("r1", "v1", "Báo cáo", "UBND huyện A", "1/BC", "huyện A", Period(PeriodKind.QUARTER, 2024, 1, 3), "")


def hit(rank: int) -> Hit:
    text = f"Đoạn {rank}"
    passage = Passage(f"p{rank}", rank, PassageKind.SECTION, 0, ("I. A",), (Span(0, len(text)),), text, "I. A")
    return Hit(rank, 1 / rank, REPORT, passage)


class Search:
    """Hold ten hits and remember what was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, int]] = []

    def __call__(self, question: str, limit: int) -> Sequence[Hit]:
        self.asked.append((question, limit))
        return [hit(rank) for rank in range(1, 11)][:limit]


def test_hits_become_nodes_in_order() -> None:
    search = Search()
    nodes = ReportRetriever(search, limit=3).retrieve("đàn bò?")
    assert search.asked == [("đàn bò?", 3)]
    assert [(node.score, node_to_passage(node.node)) for node in nodes] == [
        (hit(rank).score, hit(rank).passage) for rank in (1, 2, 3)
    ]


def test_the_report_is_in_the_metadata_where_known() -> None:
    (node,) = ReportRetriever(Search(), limit=1).retrieve(QueryBundle("đàn bò?"))
    assert node.metadata["report_id"] == "r1"
    assert node.metadata["period"] == "2024-01/2024-03"
    assert "issued_on" not in node.metadata


@pytest.mark.parametrize("question", ["", "  \n"])
def test_an_empty_question_asks_nothing(question: str) -> None:
    search = Search()
    assert ReportRetriever(search).retrieve(question) == []
    assert search.asked == []


def test_errors_of_the_search_pass_through() -> None:
    def broken(question: str, limit: int) -> Sequence[Hit]:
        raise ConnectionError(question)

    with pytest.raises(ConnectionError, match="đàn bò"):
        ReportRetriever(broken).retrieve("đàn bò")


def test_a_query_engine_of_llama_index_runs_on_it() -> None:
    engine = RetrieverQueryEngine.from_args(ReportRetriever(Search(), limit=2), llm=MockLLM())
    response = engine.query("đàn bò?")
    assert [node.node_id for node in response.source_nodes] == ["p1", "p2"]
    assert "Đoạn 1" in str(response)
    assert "Đoạn 2" in str(response)


def test_the_domain_does_not_load_llama_index() -> None:
    program = "import sys, service.domain, ingest.index.edge, ingest.lexical; print('llama_index' in sys.modules)"
    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT)
    assert shown.stdout == "False\n"
