"""Both engines fuse alike: the formula in ``Fusion``'s docstring, computed by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from qdrant_client import QdrantClient

from ingest.index.edge import open_edge_index
from ingest.index.port import IndexFilter, PassageIndex
from ingest.index.ranking import Fusion
from ingest.index.server import open_server_index
from tests.contracts.backends import DIM, MODEL, point, sparse, vector

pytestmark = [
    pytest.mark.filterwarnings("ignore:Payload indexes have no effect:UserWarning"),
    pytest.mark.filterwarnings("ignore:Local mode performs exact:UserWarning"),
]

# By vector 1, 2, 3, 4; by words 3, 4, 2.
POINTS = (
    point(1, dense=(1, 0, 0, 0)),
    point(2, dense=(1, 0.3, 0, 0), terms=[8]),
    point(3, dense=(1, 1, 0, 0), terms=[6, 7, 8]),
    point(4, dense=(0, 1, 0, 0), terms=[7, 8]),
)
RANKS = {1: (1, None), 2: (2, 3), 3: (3, 1), 4: (4, 2)}


def expected(fusion: Fusion) -> dict[int, float]:
    weights = (fusion.dense_weight, fusion.sparse_weight)
    return {
        number: sum(1 / (fusion.k - 1 + rank / weight) for rank, weight in zip(ranks, weights, strict=True) if rank)
        for number, ranks in RANKS.items()
    }


@pytest.mark.parametrize("engine", ["edge", "server"])
@pytest.mark.parametrize(
    "fusion", [Fusion(), Fusion(k=2), Fusion(dense_weight=5), Fusion(k=20, dense_weight=0.5, sparse_weight=2)]
)
def test_scores(engine: str, fusion: Fusion, tmp_path: Path) -> None:
    index: PassageIndex
    if engine == "edge":
        index = open_edge_index(tmp_path, fingerprint=MODEL, dim=DIM, fusion=fusion)
    else:
        client = QdrantClient(":memory:")
        index = open_server_index(client, collection="c", fingerprint=MODEL, dim=DIM, fusion=fusion)
    index.upsert(POINTS)
    found = index.search(dense=vector((1, 0, 0, 0)), sparse=sparse([6, 7, 8]), where=IndexFilter(), limit=9)
    index.close()
    assert {hit.ordinal: hit.score for hit in found} == pytest.approx(expected(fusion))
