"""Our search as a llama-index retriever, for people who build their own query engines on it.

The service itself never imports this file: llama-index takes seconds to load.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from llama_index.core.callbacks import CallbackManager
from llama_index.core.retrievers import BaseRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle

from ingest.nodes import passage_to_node, period_label
from service.domain import Hit, ReportRef

Search = Callable[[str, int], Sequence[Hit]]


class ReportRetriever(BaseRetriever):  # type: ignore[misc]
    """Give the passages of our own hybrid search, best first, as nodes with the report's fields in their metadata."""

    def __init__(self, search: Search, *, limit: int = 10, callback_manager: CallbackManager | None = None) -> None:
        """Wrap ``search(question, limit)``, which gives at most ``limit`` hits, best first; its errors pass through."""
        super().__init__(callback_manager=callback_manager)
        self._search = search
        self._limit = limit

    # llama-index passes the question by this parameter name.
    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        question = query_bundle.query_str.strip()
        if not question:
            return []
        return [as_node(hit) for hit in self._search(question, self._limit)]


def as_node(hit: Hit) -> NodeWithScore:
    """Return a hit as a scored node; ``node_to_passage`` gives its passage back."""
    return NodeWithScore(node=passage_to_node(hit.passage, extra=_report_fields(hit.report)), score=hit.score)


def _report_fields(report: ReportRef) -> dict[str, str | int]:
    found = {
        "report_id": report.report_id,
        "version_id": report.version_id,
        "title": report.title,
        "issuer": report.issuer,
        "number": report.number,
        "area": report.area,
        "period": period_label(report.period),
        "issued_on": report.issued_on,
    }
    return {key: value for key, value in found.items() if value}
