from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.index.port import ScoredPassage, SparseVector
from ingest.index.ranking import Fusion, ordered, payload, usable_dense, usable_sparse, wide
from tests.contracts.backends import point

HITS = st.lists(
    st.builds(
        ScoredPassage, st.uuids().map(str), st.just("v"), st.just("r"), st.just(0), st.sampled_from([0.1, 0.5, 0.9])
    )
)


@given(HITS, st.integers(0, 30), st.randoms())
def test_order_does_not_depend_on_the_order_given(hits: list[ScoredPassage], limit: int, random: object) -> None:
    shuffled = sorted(hits, key=lambda hit: hash((hit.id, repr(random))))
    assert ordered(hits, limit) == ordered(shuffled, limit)
    assert len(ordered(hits, limit)) == min(limit, len(hits))


@given(st.integers(1, 1000), st.integers(0, 200))
def test_more_is_fetched_than_given(limit: int, depth: int) -> None:
    assert wide(limit, Fusion(depth=depth)) >= max(limit + 20, depth)


def test_vectors_that_say_nothing_are_no_vectors() -> None:
    assert usable_dense(None) is None
    assert usable_dense(np.zeros(3, dtype=np.float32)) is None
    assert usable_dense(np.array([0, 1], dtype=np.float32)) == [0.0, 1.0]
    assert usable_sparse(None) is None
    assert usable_sparse(SparseVector((), ())) is None
    assert usable_sparse(SparseVector((1,), (1.0,))) == SparseVector((1,), (1.0,))


@pytest.mark.parametrize("missing", ["issuer", "area", "year", "first_month", "last_month"])
def test_missing_values_are_not_stored(missing: str) -> None:
    stored = payload(point(3, version="v", report="r"))
    assert stored == {"version_id": "v", "report_id": "r", "ordinal": 3, "kind": "section"}
    assert missing not in stored
