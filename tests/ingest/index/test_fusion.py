"""Both engines fuse alike: the formula in ``Fusion``'s docstring, worked out by hand."""

from __future__ import annotations

import math
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

POINTS = (
    point(1, dense=(1, 0, 0, 0)),
    point(2, dense=(1, 1, 0, 0), terms=[8]),
    point(3, dense=(0, 0, 1, 0), terms=[6, 7, 8]),
    point(4, dense=(0, 1, 0, 0), terms=[7, 8]),
)
COSINE = {1: 1.0, 2: math.sqrt(0.5), 3: 0.0, 4: 0.0}
# Three of the four passages have words: idf = ln((n - df + 0.5) / (df + 0.5) + 1), as Qdrant's modifier takes it.
IDF = {term: math.log((3 - df + 0.5) / (df + 0.5) + 1) for term, df in {6: 1, 7: 2, 8: 3}.items()}
WORDS = {2: IDF[8], 3: IDF[6] + IDF[7] + IDF[8], 4: IDF[7] + IDF[8]}


def expected(fusion: Fusion) -> dict[int, float]:
    # 1 has no word of the question: on that side it counts as the last one found there.
    lexical = {number: WORDS.get(number, min(WORDS.values())) / max(WORDS.values()) for number in COSINE}
    return {number: lexical[number] + fusion.dense_weight * COSINE[number] for number in COSINE}


@pytest.mark.parametrize("engine", ["edge", "server"])
@pytest.mark.parametrize("fusion", [Fusion(), Fusion(dense_weight=0.0), Fusion(dense_weight=5.0)])
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
    assert {hit.ordinal: hit.score for hit in found} == pytest.approx(expected(fusion), rel=1e-4, abs=1e-6)
