"""What repeated work costs: waiting time and processor time by stage."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from time import perf_counter, process_time
from typing import TypeVar

from eval.metrics import percentile

R = TypeVar("R")
Spread = dict[str, float]


@dataclass(slots=True)
class Clock:
    """Milliseconds waited and used, by stage, in the order of the calls."""

    waited: dict[str, list[float]] = field(default_factory=dict)
    used: dict[str, list[float]] = field(default_factory=dict)

    def time(self, stage: str, work: Callable[[], R]) -> R:
        """Do ``work`` and note what it took; processor time is that of the whole process."""
        wall, cpu = perf_counter(), process_time()
        result = work()
        self.note(stage, 1000 * (perf_counter() - wall), 1000 * (process_time() - cpu))
        return result

    def note(self, stage: str, waited: float, used: float) -> None:
        """Add one run of a stage: milliseconds waited and used."""
        self.waited.setdefault(stage, []).append(waited)
        self.used.setdefault(stage, []).append(used)

    def spreads(self) -> dict[str, Spread]:
        """Return p50 and p95 of the waiting time and the mean processor time of each stage, in ms."""
        return {
            stage: {
                "p50": percentile(values, 50),
                "p95": percentile(values, 95),
                "cpu": sum(self.used[stage]) / len(values),
            }
            for stage, values in self.waited.items()
        }

    def seconds(self) -> dict[str, dict[str, float]]:
        """Return the sums of each stage in seconds: "wall" and "cpu"."""
        return {
            stage: {"wall": sum(values) / 1000, "cpu": sum(self.used[stage]) / 1000}
            for stage, values in self.waited.items()
        }
