"""What a retrieval benchmark is made of: questions, documents, and which document answers which question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import islice

from ingest.vi.normalise import canonical, fold


@dataclass(frozen=True, slots=True)
class RetrievalSet:
    """Questions over one pool of documents; all ids are strings without blanks.

    ``qrels``: question id -> document id -> grade (1 and up: relevant); each question has at least one of them and all
    are in the pool. ``contexts``: document id -> words that belong to a document without standing in it (section
    path, title), where it has any.
    """

    name: str
    queries: Mapping[str, str]
    documents: Mapping[str, str]
    qrels: Mapping[str, Mapping[str, int]]
    contexts: Mapping[str, str] = field(default_factory=dict)


def without_accents(one: RetrievalSet) -> RetrievalSet:
    """Return the set with its questions typed without accents, as many people do; the documents stay."""
    return replace(one, queries={qid: fold(canonical(text)) for qid, text in one.queries.items()})


def limited(one: RetrievalSet, questions: int | None) -> RetrievalSet:
    """Return the set with its first ``questions`` only (None: all); the pool stays whole."""
    if questions is None:
        return one
    queries = dict(islice(one.queries.items(), questions))
    return replace(one, queries=queries, qrels={qid: one.qrels[qid] for qid in queries})


def whole_text(documents: Mapping[str, str], contexts: Mapping[str, str], name: str) -> str:
    """Return a document as a searcher without fields reads it: its context, then itself."""
    return f"{contexts[name]}\n{documents[name]}" if contexts.get(name) else documents[name]
