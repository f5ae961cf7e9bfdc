"""The llama-index face of the ingest side: reports as nodes, our embedder as its embedding.

Nothing of the service needs this file: it is for people who build their own llama-index pipelines on our reading of
reports. A node's embedded text is the passage with its context before it, and nothing of the other metadata.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.bridge.pydantic import PrivateAttr
from llama_index.core.node_parser import NodeParser
from llama_index.core.schema import BaseNode, Document, MetadataMode, NodeRelationship, TextNode

from ingest.chunk import make_passages
from ingest.domain import Passage, PassageKind, Period, PeriodKind, ReportMeta, Span
from ingest.embed import Embedder
from ingest.parse.read import read_report

# The one metadata value that is embedded and shown to a model: it gives the passage its sense.
CONTEXT_KEY = "context"

Values = Mapping[str, str | int]


class SectionFootnoteNodeParser(NodeParser):  # type: ignore[misc]
    """Split reports into nodes by section and footnote, each footnote tied to the passage that carries its mark.

    Takes documents whose text is a report (plain or Markdown text); gives one ``TextNode`` for each passage with
    ``id_`` the passage id (stable for the same document id and text), ``start_char_idx``/``end_char_idx`` its place in
    the document's text (None where reading had to change the text), the fields of the passage and of the report's
    header as metadata, and the relationships SOURCE, PREVIOUS, NEXT, and PARENT/CHILD between footnote and anchor.

    Raises:
        ingest.errors.UnreadableReport: a document holds no text.
        ingest.errors.RefusedReport: a document bears a state secret marking.
    """

    @classmethod
    def class_name(cls) -> str:
        """Return the name llama-index serialises the component under."""
        return "SectionFootnoteNodeParser"

    def _parse_nodes(self, nodes: Sequence[BaseNode], show_progress: bool = False, **kwargs: Any) -> list[BaseNode]:  # noqa: FBT001, FBT002
        return [made for node in nodes for made in _nodes_of(node)]

    def _postprocess_parsed_nodes(self, nodes: list[BaseNode], parent_doc_map: dict[str, Document]) -> list[BaseNode]:
        # The base class looks for each text in the document and so misplaces repeated ones; our places are known.
        places = [(node.start_char_idx, node.end_char_idx) for node in nodes if isinstance(node, TextNode)]
        done: list[BaseNode] = super()._postprocess_parsed_nodes(nodes, parent_doc_map)
        for node, (start, end) in zip(done, places, strict=True):
            if isinstance(node, TextNode):
                node.start_char_idx, node.end_char_idx = start, end
            _show_only_context(node)
        return done


class StaticEmbeddingAdapter(BaseEmbedding):  # type: ignore[misc]
    """Our embedder as a llama-index embedding: the same vectors as the service's own index holds."""

    _embedder: Embedder = PrivateAttr()

    def __init__(self, embedder: Embedder, **options: Any) -> None:
        """Wrap ``embedder``; ``options`` are those of ``BaseEmbedding`` (``embed_batch_size`` ...)."""
        super().__init__(model_name=embedder.fingerprint, **options)
        self._embedder = embedder

    @classmethod
    def class_name(cls) -> str:
        """Return the name llama-index serialises the component under."""
        return "StaticEmbeddingAdapter"

    def _get_query_embedding(self, query: str) -> list[float]:
        values: list[float] = self._embedder.query(query).tolist()
        return values

    async def _aget_query_embedding(self, query: str) -> list[float]:
        # llama-index requires it; the model runs in well under a millisecond, so nothing is gained by a thread.
        return self._get_query_embedding(query)

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        rows: list[list[float]] = self._embedder.passages(texts).tolist()
        return rows


def passage_to_node(passage: Passage, *, extra: Values | None = None) -> TextNode:
    """Return ``passage`` as a node with its id; ``extra`` metadata (report title, period ...) beside its own fields.

    ``start_char_idx``/``end_char_idx``: from the first piece's start to the last piece's end in the canonical text.
    """
    node = TextNode(
        id_=passage.id,
        text=passage.text,
        metadata={**(extra or {}), **_fields(passage)},
        start_char_idx=min((span.start for span in passage.spans), default=None),
        end_char_idx=max((span.end for span in passage.spans), default=None),
        metadata_template="{value}",
        text_template="{metadata_str}\n{content}",
    )
    _show_only_context(node)
    return node


def node_to_passage(node: BaseNode) -> Passage:
    """Return the passage a node was made of, equal to the one given to ``passage_to_node``.

    Raises:
        ValueError: the node was not made by ``passage_to_node``.
    """
    found = node.metadata
    try:
        anchor = found["anchor"]
        return Passage(
            id=node.node_id,
            ordinal=found["ordinal"],
            kind=PassageKind(found["kind"]),
            section=found["section"],
            section_path=tuple(found["section_path"]),
            spans=tuple(Span(start, end) for start, end in found["spans"]),
            text=node.get_content(metadata_mode=MetadataMode.NONE),
            context=found[CONTEXT_KEY],
            footnote=found["footnote"],
            anchor=None if anchor is None else Span(anchor[0], anchor[1]),
            notes=tuple(found["notes"]),
            page=found["page"],
            turns=tuple(found.get("turns", ())),
        )
    except KeyError as error:
        raise ValueError(f"node {node.node_id} was not made from a passage: no {error} in its metadata") from error


def period_label(period: Period | None) -> str:
    """Return a period as ISO 8601 text ("2024", "2024-03", "2024-01/2024-03", "2021/2025"); "" for none or no year."""
    if period is None or period.year is None:
        return ""
    if period.kind is PeriodKind.DATE and period.day is not None:
        return f"{period.year}-{period.first_month or 1:02d}-{period.day:02d}"
    if period.first_month is None:
        return f"{period.year}/{period.last_year}" if period.last_year is not None else str(period.year)
    first = f"{period.year}-{period.first_month:02d}"
    if period.last_month in (None, period.first_month) and period.last_year is None:
        return first
    return f"{first}/{period.last_year or period.year}-{period.last_month or period.first_month:02d}"


def _nodes_of(document: BaseNode) -> list[TextNode]:
    text = document.get_content(metadata_mode=MetadataMode.NONE)
    report = read_report(text.encode(), name=f"{document.node_id}.txt")
    source = document.as_related_node_info()
    passages = make_passages(report, key=document.node_id)
    nodes: dict[str, TextNode] = {}
    for passage in passages:
        node = passage_to_node(passage, extra=_header(report.meta))
        node.relationships[NodeRelationship.SOURCE] = source
        if report.text != text:
            node.start_char_idx = node.end_char_idx = None
        nodes[passage.id] = node
    for footnote in passages:
        carrier = _carrier(footnote, passages)
        if carrier is not None:
            _tie(nodes[carrier.id], nodes[footnote.id])
    return list(nodes.values())


def _carrier(footnote: Passage, passages: Sequence[Passage]) -> Passage | None:
    if footnote.footnote is None or footnote.anchor is None:
        return None
    anchor = footnote.anchor
    running = (each for each in passages if each.footnote is None)
    return next((each for each in running if any(span.covers(anchor) for span in each.spans)), None)


def _tie(carrier: TextNode, footnote: TextNode) -> None:
    footnote.relationships[NodeRelationship.PARENT] = carrier.as_related_node_info()
    children = carrier.relationships.get(NodeRelationship.CHILD, [])
    assert isinstance(children, list)
    carrier.relationships[NodeRelationship.CHILD] = [*children, footnote.as_related_node_info()]


def _fields(passage: Passage) -> dict[str, Any]:
    return {
        "ordinal": passage.ordinal,
        "kind": passage.kind.value,
        "section": passage.section,
        "section_path": list(passage.section_path),
        "spans": [[span.start, span.end] for span in passage.spans],
        CONTEXT_KEY: passage.context,
        "footnote": passage.footnote,
        "anchor": None if passage.anchor is None else [passage.anchor.start, passage.anchor.end],
        "notes": list(passage.notes),
        "page": passage.page,
        "turns": list(passage.turns),
    }


def _header(meta: ReportMeta) -> dict[str, str | int]:
    found = {
        "title": meta.title,
        "issuer": meta.issuer,
        "number": meta.number,
        "area": meta.area,
        "period": period_label(meta.period),
        "issued_on": meta.issued_on.isoformat() if meta.issued_on else "",
    }
    return {key: value for key, value in found.items() if value}


def _show_only_context(node: BaseNode) -> None:
    hidden = [key for key in node.metadata if key != CONTEXT_KEY or not node.metadata[key]]
    node.excluded_embed_metadata_keys = hidden
    node.excluded_llm_metadata_keys = list(hidden)
