from __future__ import annotations

import threading

import pytest

from ingest.parallel import AHEAD, in_order, usable_cores

WAIT_S = 30


def test_results_come_in_the_order_of_the_things() -> None:
    slow = threading.Event()

    def work(number: int) -> int:
        if number == 0:
            assert slow.wait(WAIT_S)
        else:
            slow.set()
        return number * number

    found = [(thing, done.result()) for thing, done in in_order(work, range(9), workers=2)]
    assert found == [(n, n * n) for n in range(9)]


def test_an_error_belongs_to_its_thing() -> None:
    def work(number: int) -> float:
        return 1 / number

    (_, first), (_, second) = in_order(work, [0, 2], workers=2)
    with pytest.raises(ZeroDivisionError):
        first.result()
    assert second.result() == 0.5


def test_no_more_is_begun_than_may_wait() -> None:
    begun: list[int] = []
    results = in_order(begun.append, range(1000), workers=2)
    next(results)
    assert len(begun) <= 2 * AHEAD + 1
    results.close()  # type: ignore[attr-defined]
    assert len(begun) <= 2 * AHEAD + 1


def test_there_is_always_a_core() -> None:
    assert usable_cores() >= 1
