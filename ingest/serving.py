"""The index that answers and the model its vectors are made with: always the two together.

A question takes both at once and keeps them until it is done, so that no vector of one model ever meets the index of
another, also while a rebuild puts a new pair in their place.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from ingest.index.port import PassageIndex
from ingest.indexing import Encoder

# A question that takes longer than this after its index was replaced loses it.
PATIENCE_S = 60.0


@dataclass(frozen=True, slots=True)
class Served:
    """An index and what makes its vectors."""

    index: PassageIndex
    encoder: Encoder


class Serving:
    """Which pair is used now; safe to share between threads."""

    def __init__(self, index: PassageIndex, encoder: Encoder) -> None:
        self._slot = _Slot(Served(index, encoder))
        self._freed = threading.Condition()

    @property
    def now(self) -> Served:
        """The pair of this moment, for writers who keep it from being replaced, and for a look at what it is."""
        return self._slot.served

    @property
    def fingerprint(self) -> str:
        """The fingerprint of the model of this moment."""
        return self.now.encoder.embedder.fingerprint

    @contextmanager
    def use(self) -> Iterator[Served]:
        """Give the pair of this moment; its index stays open until the context ends."""
        with self._freed:
            slot = self._slot
            slot.users += 1
        try:
            yield slot.served
        finally:
            with self._freed:
                slot.users -= 1
                self._freed.notify_all()

    def switch(self, new: Served, *, patience_s: float = PATIENCE_S) -> Served:
        """Put ``new`` in the place of the present pair; return that once nobody uses it any more, ready to be closed.

        Whoever asks from now on gets ``new``. Waits for those who are still at it, but no longer than ``patience_s``.
        Must not be called from inside ``use``.
        """
        with self._freed:
            old, self._slot = self._slot, _Slot(new)
            self._freed.wait_for(lambda: old.users == 0, timeout=patience_s)
        return old.served

    def close(self) -> None:
        """Close the index of this moment."""
        self.now.index.close()


class _Slot:
    def __init__(self, served: Served) -> None:
        self.served = served
        self.users = 0
