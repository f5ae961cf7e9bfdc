"""Pages recognised side by side: each runs a program of its own, so threads are enough to keep every core busy."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from typing import TypeVar

from ingest.parallel import usable_cores

T = TypeVar("T")

# A page being read takes some 150 MB, here and in Tesseract together: a reader's memory has room for so many.
MOST_AT_ONCE = 4


def in_order(tasks: Iterable[Callable[[], T]], *, at_once: int | None = None) -> Iterator[T]:
    """Yield what each of ``tasks`` returns, in their order, some of them done ahead at the same time.

    ``tasks`` is drawn from in this thread and never more than ``at_once`` (one a core, ``MOST_AT_ONCE`` at most) ahead:
    a long document's pages are not all in memory. With one core everything runs here. Raises what a task raises, when
    its turn comes; those begun are waited for.
    """
    workers = at_once or min(usable_cores(), MOST_AT_ONCE)
    waiting = iter(tasks)
    if workers == 1:
        for task in waiting:
            yield task()
        return
    with ThreadPoolExecutor(workers, thread_name_prefix="page") as pool:
        begun: deque[Future[T]] = deque(pool.submit(task) for task in islice(waiting, workers))
        while begun:
            yield begun.popleft().result()
            begun.extend(pool.submit(task) for task in islice(waiting, 1))
