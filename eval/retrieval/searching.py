"""What can be measured: anything that is given documents and then finds some of them for a question."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Protocol

NO_CONTEXTS: Mapping[str, str] = MappingProxyType({})

# (document id, score), best first.
Found = list[tuple[str, float]]


class Searcher(Protocol):
    """A way to search. Scores are comparable inside one answer only."""

    @property
    def name(self) -> str:
        """Return what it is called in tables and on the command line; no blanks."""
        ...

    def build(self, documents: Mapping[str, str], contexts: Mapping[str, str] = NO_CONTEXTS) -> None:
        """Take in these documents (at least one) instead of any earlier ones. ``contexts``: see ``RetrievalSet``."""
        ...

    def search(self, query: str, limit: int) -> Found:
        """Return at most ``limit`` documents, best first; [] where nothing fits."""
        ...
