"""The whole measurement: made reports, then one process for each index and size, as plain JSON values."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from eval.fresh import sample_questions
from eval.scale import beside, ours, qdrant_variants
from eval.scale.made import made_reports, sources, up_to
from eval.scale.places import homes
from eval.scale.process import Result, apart
from eval.scale.stored import write

Told = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """What to measure: ``sizes`` in passages, ascending; ``tools`` by the names of ``beside.TOOLS``."""

    sizes: tuple[int, ...]
    queries: int
    seed: int
    tools: tuple[str, ...]
    approximate: bool
    reports: tuple[Path, ...] = ()
    places: Path | None = None


def measure(plan: Plan, *, told: Told) -> Result:
    """Return everything measured, by size. Raises ``BenchFailed``, and what reading the reports raises."""
    with TemporaryDirectory(prefix="hoibaocao-scale-") as name:
        folder = Path(name)
        made = folder / "made.jsonl"
        begun = perf_counter()
        told("báo cáo")
        own = Path(sample_questions()), sample_questions().with_name("fictional.jsonl")
        given = sources(plan.reports, sets=own)
        passages = write(
            made, up_to(made_reports(given, homes(plan.places, seed=plan.seed), seed=plan.seed), max(plan.sizes))
        )
        result: Result = {
            "seed": plan.seed,
            "queries": plan.queries,
            "sources": len(given),
            "passages": passages,
            "made_s": perf_counter() - begun,
            "load": os.getloadavg()[0],
            "sizes": {},
        }
        for size in plan.sizes:
            result["sizes"][str(size)] = _at(size, plan, folder, told)
        return result


def _at(size: int, plan: Plan, folder: Path, told: Told) -> Result:
    made, index = str(folder / "made.jsonl"), str(folder / f"index-{size}")
    found: Result = {}
    told(f"{size}: chỉ mục")
    found["build"] = apart(ours.build, made=made, size=size, folder=index)
    told(f"{size}: tìm")
    found["search"] = apart(ours.search, made=made, size=size, folder=index, queries=plan.queries)
    if plan.approximate:
        found["approximate"] = {
            label: _approximate(plan, made, index, size=size, int8=int8, told=told)
            for label, int8 in (("float32", False), ("int8", True))
        }
    found["beside"] = {}
    for name in plan.tools:
        if size <= beside.LARGEST.get(name, size):
            told(f"{size}: {name}")
            found["beside"][name] = apart(beside.beside, made=made, size=size, name=name, queries=plan.queries)
    return found


def _approximate(plan: Plan, made: str, index: str, *, size: int, int8: bool, told: Told) -> Result:
    told(f"{size}: đồ thị{' int8' if int8 else ''}")
    with TemporaryDirectory(prefix="hoibaocao-graph-") as scratch:
        return apart(
            qdrant_variants.approximate,
            made=made,
            size=size,
            folder=index,
            scratch=str(Path(scratch) / "points"),
            queries=plan.queries,
            int8=int8,
        )
