from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import qdrant_edge as qe

from eval.retrieval.fusion_trials import Fuse, dbsf, rrf, summed, try_fusions, ways, weighted
from eval.retrieval.own import OwnSearcher, Side, edge_indexes
from eval.retrieval.searching import Found
from eval.retrieval.sets import RetrievalSet
from ingest.embed import load_embedder
from ingest.index.ranking import Fusion

DENSE: Found = [("a", 0.9), ("b", 0.8), ("c", 0.1)]
LEXICAL: Found = [("c", 12.0), ("a", 6.0), ("d", 2.0)]


@pytest.mark.parametrize("weight", [0.4, 1.0])
def test_the_present_way_is_the_index_s_own(small: RetrievalSet, tmp_path: Path, weight: float) -> None:
    fusion = Fusion(dense_weight=weight)
    sides = [OwnSearcher(side, load_embedder(), edge_indexes(tmp_path, fusion)) for side in Side]
    for side in sides:
        side.build(small.documents)
    dense, lexical, hybrid = sides
    for query in small.queries.values():
        found = summed(dense.search(query, 6), lexical.search(query, 6), weight)
        assert dict(found) == pytest.approx(dict(hybrid.search(query, 6)), rel=1e-5)
    for side in sides:
        side.close()


def test_a_weighted_sum_stretches_each_side() -> None:
    found = dict(weighted(DENSE, LEXICAL, 0.6))
    assert found == pytest.approx({"a": 0.4 + 0.6 * 0.4, "b": 0.4 * 0.875, "c": 0.6, "d": 0.0})
    assert dict(weighted([], [("x", 3.0)], 0.6)) == {"x": 0.6}


@pytest.mark.parametrize(
    ("ours", "engine_s"),
    [(dbsf, qe.Fusion.Dbsf()), (lambda d, s: rrf(d, s, 4, 2.5), qe.Fusion.Rrf(k=4, weights=[1.0, 2.5]))],
)
def test_the_engine_s_fusions_as_it_does_them(tmp_path: Path, ours: Fuse, engine_s: Any) -> None:
    numbers = {name: number for number, name in enumerate("abcd", start=1)}
    vectors = {side: qe.EdgeVectorParams(size=1, distance=qe.Distance.Dot) for side in ("one", "two")}
    (tmp_path / "shard").mkdir()
    shard = qe.EdgeShard.create(str(tmp_path / "shard"), qe.EdgeConfig(vectors=vectors))
    points = [
        qe.Point(
            number,
            {side: [dict(found)[name]] for side, found in (("one", DENSE), ("two", LEXICAL)) if name in dict(found)},
            {},
        )
        for name, number in numbers.items()
    ]
    shard.update(qe.UpdateOperation.upsert_points(points))
    prefetches = [qe.Prefetch(limit=10, query=qe.Query.Nearest([1.0], using=side)) for side in vectors]
    hits = shard.query(qe.QueryRequest(limit=10, prefetches=prefetches, query=engine_s))
    shard.close()
    theirs = {hit.id: hit.score for hit in hits}
    assert {numbers[name]: score for name, score in ours(DENSE, LEXICAL)} == pytest.approx(theirs, rel=1e-4)


def test_every_way_can_be_tried(small: RetrievalSet, tmp_path: Path) -> None:
    dense, lexical = (OwnSearcher(side, load_embedder(), edge_indexes(tmp_path)) for side in (Side.DENSE, Side.LEXICAL))
    tried = list(ways())
    outcomes = try_fusions(small, dense, lexical, tried, told=lambda _: None)
    assert [one.name for one in outcomes] == [one.name for one in tried]
    assert len({one.name for one in tried}) == len(tried)
    assert {one.name: one.hit for one in outcomes}["chỉ lexical"] == 1
    dense.close()
    lexical.close()
