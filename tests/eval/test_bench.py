from __future__ import annotations

import os
from pathlib import Path

import httpx
import pytest

from eval import bench
from eval.bench_process import BenchFailed, environment, memory_mb, seconds_of, served
from eval.fresh import settings_for
from eval.metrics import percentile
from service.wiring import build_ingestor


def test_percentiles_are_nearest_rank() -> None:
    values = [float(number) for number in range(1, 101)]
    assert [percentile(values, share) for share in (50, 95, 99, 100)] == [50.0, 95.0, 99.0, 100.0]
    assert percentile([7.0], 50) == 7.0
    assert bench.spread([]) == "-"


def test_sizes_and_memory_are_read(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b").write_bytes(os.urandom(2_000_000))
    assert bench.size_mb(tmp_path) == pytest.approx(2.0, abs=0.1)
    assert memory_mb(-1, "VmRSS") == 0.0


def test_the_measured_service_uses_its_own_directory(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOIBAOCAO_PORT", "1")
    found = environment(tmp_path)
    assert found["HOIBAOCAO_DATA_DIR"] == str(tmp_path) and "HOIBAOCAO_PORT" not in found
    assert found["PATH"] == os.environ["PATH"]


def test_code_that_does_not_run_is_told() -> None:
    assert seconds_of("pass") > 0
    with pytest.raises(BenchFailed):
        seconds_of("raise SystemExit(3)")


def test_the_real_service_is_started_and_stopped(tmp_path: Path) -> None:
    with build_ingestor(settings_for(tmp_path)):
        pass  # makes the data directory as `ingest add` does
    with served(tmp_path) as service:
        assert httpx.get(f"{service.url}/readyz", trust_env=False).is_success
        assert service.ready_s > 0
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{service.url}/readyz", trust_env=False)
