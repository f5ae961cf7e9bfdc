from __future__ import annotations

import io
from pathlib import Path

import pytest
from rich.console import Console

from eval.bench_process import BenchFailed
from eval.scale import clock, measuring, ours, process, showing

PLAN = measuring.Plan(sizes=(120,), queries=5, seed=1, tools=("numpy",), approximate=True)


def test_a_tiny_run_measures_every_part() -> None:
    told: list[str] = []
    result = measuring.measure(PLAN, told=told.append)
    assert result["passages"] == 120 and list(result["sizes"]) == ["120"]
    for size, found in result["sizes"].items():
        assert found["search"]["points"] == int(size)
        assert set(found["search"]["scopes"]) == set(ours.Scope)
        assert set(found["build"]["seconds"]) == {"embed", "lexical", "upsert"}
        assert found["approximate"]["float32"]["recall"]["exact"] == {"10": 1.0, "20": 1.0, "60": 1.0}
        assert found["beside"]["numpy"]["times"]["p50"] > 0
    out = io.StringIO()
    showing.show(result, Console(file=out, width=200))
    assert "qdrant" not in out.getvalue() and "numpy" in out.getvalue() and "district" in out.getvalue()
    assert told[0] == "báo cáo"


def test_a_process_that_fails_is_told(tmp_path: Path) -> None:
    with pytest.raises(BenchFailed, match="no-such-file"):
        process.apart(ours.build, made="no-such-file", size=1, folder=str(tmp_path))


def test_stages_are_summed_and_spread() -> None:
    timed = clock.Clock()
    assert timed.time("work", lambda: 7) == 7
    timed.note("work", 3.0, 1.0)
    assert timed.spreads()["work"]["p95"] == pytest.approx(3.0)
    assert timed.seconds()["work"]["wall"] >= 0.003
