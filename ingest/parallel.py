"""Slow work on several things at once, handed back in the order they were given in."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")

# Pieces of work that may be ready before their turn, for each worker: keeps workers busy behind a slow piece, and
# bounds the memory that finished ones hold.
AHEAD = 2


def usable_cores() -> int:
    """Return how many processor cores this process may use (>= 1)."""
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return os.cpu_count() or 1


def in_order(work: Callable[[T], R], things: Iterable[T], *, workers: int) -> Iterator[tuple[T, Future[R]]]:
    """Yield each thing with its work done (``future.result()`` returns or raises at once), in the order of ``things``.

    At most ``workers`` (>= 1) pieces run at a time, on threads. Left early, what has not begun never begins.
    """
    pool = ThreadPoolExecutor(workers, thread_name_prefix="prepare")
    waiting: deque[tuple[T, Future[R]]] = deque()
    try:
        for thing in things:
            waiting.append((thing, pool.submit(work, thing)))
            if len(waiting) > workers * AHEAD:
                yield _done(waiting.popleft())
        while waiting:
            yield _done(waiting.popleft())
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _done(pair: tuple[T, Future[R]]) -> tuple[T, Future[R]]:
    pair[1].exception()  # waits; the error itself is for whoever asks for the result
    return pair
