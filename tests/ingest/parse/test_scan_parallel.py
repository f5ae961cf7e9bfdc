"""Tasks side by side: results in order, few ahead, errors at their turn."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest

from ingest.parallel import usable_cores
from ingest.parse.scan_parallel import in_order


def test_results_come_in_the_order_of_the_tasks_however_long_each_takes() -> None:
    late = threading.Event()

    def first() -> int:
        late.wait(5)
        return 1

    def second() -> int:
        late.set()  # a thread of its own: with one after the other the first would have waited in vain
        return 2

    assert list(in_order([first, second, lambda: 3], at_once=2)) == [1, 2, 3]
    assert late.is_set()


@pytest.mark.parametrize("at_once", [1, 2])
def test_no_more_tasks_are_drawn_than_are_worked_on(at_once: int) -> None:
    drawn = 0

    def tasks() -> Iterator[Callable[[], int]]:
        nonlocal drawn
        for number in range(10):
            drawn += 1
            yield lambda number=number: number  # type: ignore[misc]

    results = in_order(tasks(), at_once=at_once)
    assert next(results) == 0
    assert drawn == at_once
    assert list(results) == list(range(1, 10))


@pytest.mark.parametrize("at_once", [1, 3])
def test_an_error_comes_when_its_turn_comes(at_once: int) -> None:
    def broken() -> int:
        raise ValueError("second")

    results = in_order([lambda: 1, broken, lambda: 3], at_once=at_once)
    assert next(results) == 1
    with pytest.raises(ValueError, match="second"):
        next(results)


def test_no_tasks_give_nothing_and_there_is_a_core() -> None:
    assert list(in_order([], at_once=2)) == []
    assert usable_cores() >= 1
