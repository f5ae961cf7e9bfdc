"""Runs searchers over sets: what was found, how good it was, how long it took."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from time import perf_counter, process_time

from eval.metrics import mean, percentile
from eval.retrieval.measures import Values, by_question
from eval.retrieval.searching import Found, Searcher
from eval.retrieval.sets import RetrievalSet, without_accents

# Documents looked at for a question: the furthest a measure looks, and about what the product opens (24).
DEPTH = 20

# Tells what is being done.
Told = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Measured:
    """One searcher on one set. ``values``: measure -> one value for each question, in the set's order.

    ``bare``: the questions were typed without accents. ``build_s``: seconds to take in ``documents`` documents, and the
    processor's. ``searches_ms``: as the asker waits, one for each question.
    """

    name: str
    bare: bool
    searcher: str
    documents: int
    values: Values
    build_s: float
    build_cpu_s: float
    searches_ms: tuple[float, ...]
    run: dict[str, Found]

    @property
    def questions(self) -> int:
        """Return how many questions were asked."""
        return len(self.searches_ms)

    @property
    def means(self) -> dict[str, float]:
        """Return each measure's mean."""
        return {name: mean(values) for name, values in self.values.items()}

    @property
    def rate(self) -> float:
        """Return documents taken in per processor second."""
        return self.documents / self.build_cpu_s if self.build_cpu_s else 0.0

    def waited(self, share: int) -> float:
        """Return a percentile (1 to 100) of the waiting times in ms. Raises IndexError for no questions."""
        return percentile(self.searches_ms, share)


def measure(
    parts: Sequence[RetrievalSet], searchers: Iterable[Searcher], *, told: Told, depth: int = DEPTH
) -> list[Measured]:
    """Return what each searcher gives on a set (its parts, at least one), as it is and typed without accents."""
    results: list[Measured] = []
    for searcher in searchers:
        told(f"{parts[0].name}: {searcher.name}")
        pairs = [_measured(one, searcher, depth) for one in parts]
        results += [together(same) for same in zip(*pairs, strict=True)]
    return results


def _measured(one: RetrievalSet, searcher: Searcher, depth: int) -> tuple[Measured, Measured]:
    began, began_cpu = perf_counter(), process_time()
    searcher.build(one.documents, one.contexts)
    built, built_cpu = perf_counter() - began, process_time() - began_cpu

    def asked(*, bare: bool) -> Measured:
        run, waited = _asked(without_accents(one) if bare else one, searcher, depth)
        return Measured(
            name=one.name,
            bare=bare,
            searcher=searcher.name,
            documents=len(one.documents),
            values=by_question(one.qrels, run),
            build_s=built,
            build_cpu_s=built_cpu,
            searches_ms=tuple(waited),
            run=run,
        )

    return asked(bare=False), asked(bare=True)


def together(parts: Sequence[Measured]) -> Measured:
    """Return the results of one searcher on the parts of a set (at least one) as one."""
    first = parts[0]
    return Measured(
        name=first.name,
        bare=first.bare,
        searcher=first.searcher,
        documents=sum(one.documents for one in parts),
        values={name: [value for one in parts for value in one.values[name]] for name in first.values},
        build_s=sum(one.build_s for one in parts),
        build_cpu_s=sum(one.build_cpu_s for one in parts),
        searches_ms=tuple(ms for one in parts for ms in one.searches_ms),
        run={qid: found for one in parts for qid, found in one.run.items()},
    )


def _asked(one: RetrievalSet, searcher: Searcher, depth: int) -> tuple[dict[str, Found], list[float]]:
    run: dict[str, Found] = {}
    waited: list[float] = []
    for qid, query in one.queries.items():
        began = perf_counter()
        run[qid] = searcher.search(query, depth)
        waited.append((perf_counter() - began) * 1000)
    return run, waited
