"""Where the time of one question went."""

from __future__ import annotations

from dataclasses import dataclass, field
from time import perf_counter


@dataclass(slots=True)
class Stopwatch:
    """Milliseconds by stage, in the order the stages ended."""

    started: float = field(default_factory=perf_counter)
    stages: dict[str, float] = field(default_factory=dict)
    _last: float = field(default_factory=perf_counter)

    def lap(self, stage: str) -> None:
        """Add the time since the last lap to ``stage``."""
        now = perf_counter()
        self.stages[stage] = round(self.stages.get(stage, 0.0) + (now - self._last) * 1000, 3)
        self._last = now

    def total(self) -> dict[str, float]:
        """Return the stages with their sum under "total"."""
        return {**self.stages, "total": round((perf_counter() - self.started) * 1000, 3)}
