"""The results as tables and as JSON: every searcher on every set, and ours against the best of the others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table

from eval.reporting import print_rows
from eval.retrieval.measures import HIT, MEASURES, NDCG, paired_interval
from eval.retrieval.running import Measured

# Ours that are held against the others' best: what the product answers with.
CHALLENGERS = ("hybrid", "rerank")
COMPARED = (HIT, NDCG)

_HEADS = ("cách tìm", *MEASURES.values(), "đoạn/s", "p50 ms", "p95 ms")


@dataclass(frozen=True, slots=True)
class Difference:
    """Ours minus the peer with the highest mean of ``measure`` on the same questions, with its 95 % interval."""

    searcher: str
    measure: str
    peer: str
    points: float
    low: float
    high: float


def differences(group: Sequence[Measured], peers: Iterable[str], *, seed: int) -> list[Difference]:
    """Return how far ours is from the best peer on one set; [] without one of ours or without a peer."""
    others = [one for one in group if one.searcher in set(peers)]
    found: list[Difference] = []
    for ours in (one for one in group if one.searcher in CHALLENGERS and others):
        for measure in COMPARED:
            best = max(others, key=lambda one, by=measure: one.means[by])  # type: ignore[misc]
            low, high = paired_interval(ours.values[measure], best.values[measure], seed=seed)
            points = ours.means[measure] - best.means[measure]
            found.append(Difference(ours.searcher, measure, best.searcher, points, low, high))
    return found


def grouped(results: Iterable[Measured]) -> dict[tuple[str, bool], list[Measured]]:
    """Return the results by set, each set with its accents first."""
    groups: dict[tuple[str, bool], list[Measured]] = {}
    for one in results:
        groups.setdefault((one.name, one.bare), []).append(one)
    return dict(sorted(groups.items(), key=lambda item: (list(groups).index((item[0][0], False)), item[0][1])))


def show(results: Sequence[Measured], peers: Iterable[str], console: Console, *, seed: int) -> None:
    """Print each set: a table on a terminal, plain columns elsewhere; then the differences."""
    known = tuple(peers)
    for (name, bare), group in grouped(results).items():
        typed = "câu hỏi không dấu" if bare else "câu hỏi có dấu"
        title = f"{name}, {typed}: {group[0].questions} câu, {group[0].documents} đoạn"
        if console.is_terminal:
            console.print(_table(title, group))
        else:
            console.print(title, highlight=False, soft_wrap=True)
            print_rows([_HEADS, *(_cells(one) for one in group)], console)
        for one in differences(group, known, seed=seed):
            console.print(
                f"{one.searcher} - {one.peer}, {one.measure}: {100 * one.points:+.1f} điểm "
                f"(khoảng tin cậy 95 %: {100 * one.low:+.1f} đến {100 * one.high:+.1f})",
                highlight=False,
                soft_wrap=True,
            )
        console.print()


def as_dict(results: Sequence[Measured], peers: Iterable[str], *, seed: int) -> dict[str, object]:
    """Return everything but the rankings for JSON; measures are 0 to 1."""
    known = tuple(peers)
    return {
        "seed": seed,
        "sets": [
            {
                "set": name,
                "accents": not bare,
                "questions": group[0].questions,
                "documents": group[0].documents,
                "searchers": [_row(one) for one in group],
                "against_best_peer": [
                    {
                        "searcher": one.searcher,
                        "measure": one.measure,
                        "peer": one.peer,
                        "difference": round(one.points, 4),
                        "interval_95": [round(one.low, 4), round(one.high, 4)],
                    }
                    for one in differences(group, known, seed=seed)
                ],
            }
            for (name, bare), group in grouped(results).items()
        ],
    }


def _row(one: Measured) -> dict[str, object]:
    return {
        "searcher": one.searcher,
        **{name: round(value, 4) for name, value in one.means.items()},
        "build_s": round(one.build_s, 3),
        "build_cpu_s": round(one.build_cpu_s, 3),
        "documents_per_cpu_s": round(one.rate, 1),
        "search_ms_p50": round(one.waited(50), 3),
        "search_ms_p95": round(one.waited(95), 3),
    }


def _table(title: str, group: Sequence[Measured]) -> Table:
    table = Table(title=title, title_justify="left")
    table.add_column(_HEADS[0], no_wrap=True)
    for head in _HEADS[1:]:
        table.add_column(head, justify="right")
    best = [max(one.means[measure] for one in group) for measure in MEASURES.values()]
    for one in group:
        name, *cells = _cells(one)
        bold = [value == most for value, most in zip(one.means.values(), best, strict=True)]
        marked = [f"[bold]{cell}[/bold]" if mark else cell for cell, mark in zip(cells, bold, strict=False)]
        table.add_row(name, *marked, *cells[len(bold) :])
    return table


def _cells(one: Measured) -> tuple[str, ...]:
    measured = (f"{value:.3f}" for value in one.means.values())
    return (one.searcher, *measured, f"{one.rate:.0f}", f"{one.waited(50):.2f}", f"{one.waited(95):.2f}")
