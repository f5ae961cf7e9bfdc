"""Our own hybrid search at a size: what building the index takes, and what each part of a search does."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from itertools import cycle, islice
from pathlib import Path
from random import Random
from time import perf_counter

from eval.bench import size_mb
from eval.scale.clock import Clock, Spread
from eval.scale.made import Asked, MadeReport
from eval.scale.process import Result, memory_now
from eval.scale.stored import info_of, read
from ingest.domain import Passage
from ingest.embed import Embedder, load_embedder
from ingest.index.edge import EdgeIndex, open_edge_index
from ingest.index.port import IndexFilter, ScoredPassage, SparseVector
from ingest.indexing import Vectors, dense_text, put_version
from ingest.lexical import passage_vector, query_vector
from service.retrieve.search import LIMIT

WARM_UP = 30
THREADS = 4
NEAR = 10
SEED = 20260101


class Scope(StrEnum):
    """Which versions a search names: those of the asked report, of the asked district, all there are, or none."""

    REPORT = "report"
    DISTRICT = "district"
    ALL = "all"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Questions:
    """Questions with the filter of each scope."""

    asked: tuple[Asked, ...]
    filters: tuple[dict[Scope, IndexFilter], ...]


def build(*, made: str, size: int, folder: str) -> Result:
    """Index ``size`` passages of the file ``made`` in ``folder`` by the product's own path, and say what it took."""
    embedder, clock, before = load_embedder(), Clock(), memory_now()
    index = open_edge_index(Path(folder), fingerprint=embedder.fingerprint, dim=embedder.dim, patient=True)
    for report in read(Path(made), size):
        dense = clock.time("embed", partial(embedder.passages, [dense_text(one) for one in report.passages]))
        sparse = clock.time("lexical", partial(_sparse, report.passages))
        clock.time("upsert", partial(put_version, index, info_of(report), report.passages, Vectors(dense, sparse)))
    index.close()
    return {
        "seconds": clock.seconds(),
        "memory_before": before,
        "memory": memory_now(),
        "disk_mb": size_mb(Path(folder)),
    }


def search(*, made: str, size: int, folder: str, queries: int) -> Result:
    """Ask ``queries`` questions of each scope and return stages, memory, opening time, how often gold is near."""
    questions = questions_of(read(Path(made), size), queries + WARM_UP)
    embedder = load_embedder()
    embedder.query("báo cáo")
    before, begun = memory_now(), perf_counter()
    index = open_edge_index(Path(folder), fingerprint=embedder.fingerprint, dim=embedder.dim)
    opened, after_opening = perf_counter() - begun, memory_now()
    by_scope = {scope: _ask(index, embedder, questions, scope) for scope in Scope}
    gold = [one.passage in near for one, near in zip(questions.asked, by_scope[Scope.REPORT][1], strict=True)]
    info = index.info()
    result = {
        "points": info.points,
        "segments": int(info.details["segments"]),
        "open_s": opened,
        "memory_before": before,
        "memory_opened": after_opening,
        "memory": memory_now(),
        "scopes": {scope.value: spreads for scope, (spreads, _) in by_scope.items()},
        "gold_near": sum(gold) / max(1, sum(1 for one in questions.asked if one.passage)),
        "together": _together(index, embedder, questions),
    }
    index.close()
    return result


def _sparse(passages: Sequence[Passage]) -> tuple[SparseVector, ...]:
    return tuple(passage_vector(one.text, context=one.context) for one in passages)


def questions_of(reports: Iterable[MadeReport], count: int) -> Questions:
    """Return ``count`` questions about ``reports``, drawn at random (seed ``SEED``), with their filters."""
    versions: list[str] = []
    districts: defaultdict[str, list[str]] = defaultdict(list)
    pairs: list[tuple[Asked, str, str]] = []
    for report in reports:
        versions.append(report.version_id)
        districts[report.place].append(report.version_id)
        pairs += [(asked, report.version_id, report.place) for asked in report.asked]
    Random(SEED).shuffle(pairs)
    chosen = list(islice(cycle(pairs), count))  # asked again where there are fewer
    everything = IndexFilter(version_ids=tuple(versions))
    return Questions(
        tuple(asked for asked, _, _ in chosen),
        tuple(
            {
                Scope.REPORT: IndexFilter(version_ids=(version,)),
                Scope.DISTRICT: IndexFilter(version_ids=tuple(districts[place])),
                Scope.ALL: everything,
                Scope.ANY: IndexFilter(),
            }
            for _, version, place in chosen
        ),
    )


def _ask(
    index: EdgeIndex, embedder: Embedder, questions: Questions, scope: Scope
) -> tuple[dict[str, Spread], list[set[str]]]:
    """Return the stages of all questions after the first ``WARM_UP``, and the ids of the first hits of all."""
    clock, near = Clock(), []
    for number, (asked, filters) in enumerate(zip(questions.asked, questions.filters, strict=True)):
        if number == WARM_UP:
            clock = Clock()
        found = clock.time("total", partial(_one, index, embedder, asked.text, filters[scope], clock))
        near.append({hit.id for hit in found[:NEAR]})
    return clock.spreads(), near


def _one(index: EdgeIndex, embedder: Embedder, text: str, where: IndexFilter, clock: Clock) -> list[ScoredPassage]:
    dense = clock.time("embed", partial(embedder.query, text))
    sparse = clock.time("lexical", partial(query_vector, text))
    return clock.time("index", partial(index.search, dense=dense, sparse=sparse, where=where, limit=LIMIT))


def _together(index: EdgeIndex, embedder: Embedder, questions: Questions) -> Result:
    """Return what ``THREADS`` askers at once wait (one district each), and how many answers a second all get."""
    clock = Clock()

    def ask(number: int) -> None:
        wall = perf_counter()
        _one(index, embedder, questions.asked[number].text, questions.filters[number][Scope.DISTRICT], Clock())
        clock.note("total", 1000 * (perf_counter() - wall), 0.0)

    begun = perf_counter()
    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(ask, range(len(questions.asked))))
    spread = clock.spreads()["total"]
    return {"p50": spread["p50"], "p95": spread["p95"], "a_second": len(questions.asked) / (perf_counter() - begun)}
