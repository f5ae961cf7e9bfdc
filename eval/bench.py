"""``python -m eval.bench``: what the default installation costs and how fast it answers, printed side by side.

Nothing is asserted: wall times belong to the machine. Everything runs over the sample reports in a temporary data
directory, in the real ``hoibaocao serve`` on a loopback port. Percentiles are nearest-rank.
"""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Sequence
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from rich.console import Console
from rich.table import Table

from eval.bench_process import Started, memory_mb, seconds_of, served
from eval.fresh import sample_questions, sample_reports, settings_for
from eval.metrics import percentile
from eval.over_http import OverHttp
from eval.questions import load
from eval.reporting import commit
from service.wiring import build_ingestor

STARTS = 5
WARM_UP = 50
ASKED = 500
IMPORTS = ("pass", "import service.wiring", "import service.app", "import service.cli, service.cli_serve")
Row = tuple[str, str]


def main() -> None:
    """Measure and print."""
    console = Console(width=None if Console().is_terminal else 120)
    console.print(f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, Python "
                  f"{platform.python_version()}, commit {commit() or '-'}", highlight=False)  # fmt: skip
    with TemporaryDirectory(prefix="hoibaocao-bench-") as name:
        folder = Path(name)
        show(console, "Ingest", ingest(folder))
        imports = import_times()
        show(console, f"Starting Python until the import is done, median of {STARTS}", import_rows(imports))
        show(console, f"hoibaocao serve, median of {STARTS} starts", starts(folder, imports))
        with served(folder) as service:
            show(
                console, f"One question over HTTP (keep-alive), {ASKED} after {WARM_UP} to warm up", questions(service)
            )


def ingest(folder: Path) -> list[Row]:
    """Ingest the samples into ``folder`` and return seconds for each, then the sizes on disk."""
    rows: list[Row] = []
    with build_ingestor(settings_for(folder)) as ingestor:
        for path in sample_reports():
            begun = perf_counter()
            result = ingestor.add(path.read_bytes(), name=path.name)
            counts = result.balance
            found = f"{counts.passages} passages, {counts.figures} figures" if counts else result.error_message
            rows.append((path.name, f"{perf_counter() - begun:.2f} s   {found}"))
    rows.append(("index on disk", f"{size_mb(folder / 'index'):.1f} MB"))
    rows.append(("data directory", f"{size_mb(folder):.1f} MB"))
    return rows


def import_times() -> dict[str, float]:
    """Return median seconds from starting Python until each of ``IMPORTS`` is there (the first: Python alone)."""
    return {code: median(seconds_of(code) for _ in range(STARTS)) for code in IMPORTS}


def import_rows(times: dict[str, float]) -> list[Row]:
    """Return the import times as rows."""
    return [("python -c " + code, f"{seconds:.2f} s") for code, seconds in times.items()]


def starts(folder: Path, imports: dict[str, float]) -> list[Row]:
    """Start the service several times and return time and memory to ready, with the share of Python's imports."""
    seen: list[Started] = []
    for _ in range(STARTS):
        with served(folder) as started:
            seen.append(started)
    ready = median(one.ready_s for one in seen)
    fastest, slowest = min(one.ready_s for one in seen), max(one.ready_s for one in seen)
    importing = imports[IMPORTS[-1]]
    return [
        ("process start to /readyz", f"{ready:.2f} s   ({fastest:.2f} - {slowest:.2f})"),
        ("of it interpreter and imports", f"{importing:.2f} s   {100 * importing / ready:.0f} %"),
        ("resident memory when ready", f"{median(one.rss_mb for one in seen):.0f} MB"),
    ]  # fmt: skip


def questions(service: Started) -> list[Row]:
    """Ask the sample questions in turn and return the waiting times and the engine's own stages."""
    texts = [one.question for one in load([sample_questions()])]
    stages: dict[str, list[float]] = {}
    waited: list[float] = []
    failed = 0
    with OverHttp(service.url) as connected:
        connected.reports()
        for number, text in enumerate(islice(cycle(texts), WARM_UP + ASKED)):
            given = connected.ask(text)
            if number < WARM_UP:
                continue
            failed += bool(given.error)
            waited.append(given.wall_ms)
            for stage, spent in given.timings_ms.items():
                stages.setdefault(stage, []).append(spent)
    rows = [("as the asker waits", spread(waited))]
    rows += [(f"engine: {stage}", spread(spent)) for stage, spent in stages.items()]
    rows.append(("failed", str(failed)))
    rows.append(("resident memory afterwards", f"{memory_mb(service.pid, 'VmRSS'):.0f} MB"))
    rows.append(("highest resident memory", f"{memory_mb(service.pid, 'VmHWM'):.0f} MB"))
    return rows


def spread(values: Sequence[float]) -> str:
    """Return p50, p95 and p99 of milliseconds in words; "-" for none."""
    if not values:
        return "-"
    return "   ".join(f"p{share} {percentile(values, share):.1f} ms" for share in (50, 95, 99))


def size_mb(folder: Path) -> float:
    """Return the room that the files under ``folder`` take on disk in MB (the index makes files with holes)."""
    return sum(_room(path.stat()) for path in folder.rglob("*") if path.is_file()) / 1_000_000


def _room(entry: os.stat_result) -> int:
    # POSIX counts in blocks of 512 bytes whatever the file system's own block is.
    return entry.st_blocks * 512 if hasattr(entry, "st_blocks") else entry.st_size


def show(console: Console, title: str, rows: Iterable[Row]) -> None:
    """Print a block of named values."""
    table = Table(title=title, title_justify="left", show_header=False, box=None, pad_edge=False)
    for row in rows:
        table.add_row(*row)
    console.print(table, "", highlight=False)


if __name__ == "__main__":
    main()
