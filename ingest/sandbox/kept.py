"""Answers of children kept for a while: an uploaded file is looked at before its job reads it, and is read once."""

from __future__ import annotations

import hashlib
import threading

MAX_BYTES = 64_000_000  # of all answers together; one of a scan takes some 30 kB a page


class KeptAnswers:
    """Packed reports by the SHA-256 of their files, in memory only; the oldest go first. Safe to use from threads."""

    def __init__(self, *, max_bytes: int = MAX_BYTES) -> None:
        self._max_bytes = max_bytes
        self._answers: dict[str, bytes] = {}
        self._one = threading.Lock()

    def put(self, data: bytes, answer: bytes) -> None:
        """Keep what was read of the file ``data``; an answer larger than all may be together is not kept."""
        with self._one:
            self._answers[hashlib.sha256(data).hexdigest()] = answer
            while sum(map(len, self._answers.values())) > self._max_bytes:
                del self._answers[next(iter(self._answers))]

    def take(self, data: bytes) -> bytes | None:
        """Return what was kept for the file ``data`` and keep it no longer; None for nothing."""
        with self._one:
            return self._answers.pop(hashlib.sha256(data).hexdigest(), None)
