"""``python -m eval.ingest_rate``: how fast reports are taken in by format, and what is left of their footnotes.

Other tools' text extraction runs over the same files beside it, in the interpreter given by ``--peers-python`` (the
``peers`` extra installed there, in an environment of its own). Ours is told twice: reading alone, which is what the
others do, and the whole way to an answerable report (passages, figures, vectors, index, catalogue). Medians over the
runs, one process, one file after another. Pages are those of the printed report, in every format.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from rich.console import Console

from eval import peers
from eval.footnotes_kept import Kept, kept_in_reading, kept_in_text
from eval.formats_compare import Parsed, parsed
from eval.formats_make import make, page_images
from eval.fresh import fresh_services, sample_reports, take_in
from eval.reporting import commit, print_rows
from eval.robustness import percent
from eval.runner import SEED
from ingest.errors import IngestError
from ingest.parse.read import read_report

FORMATS = ("txt", "docx", "doc", "odt", "rtf", "html", "pdf")
_RATE_HEADS = ("format", "tool", "s", "cpu s", "pages/s", "passages/s", "times as fast as our reading")
_KEPT_HEADS = ("format", "tool", "footnotes", "text there %", "beside its sentence %", "mark told apart %")
READING, WHOLE = "hoibaocao, reading", "hoibaocao, whole ingest"


@dataclass(frozen=True, slots=True)
class Rate:
    """One tool over the files of one format. ``seconds`` waited and ``cpu`` seconds used (child processes too) of each
    run over all files; () where it cannot read them.
    """

    tool: str
    format: str
    seconds: tuple[float, ...] = ()
    cpu: tuple[float, ...] = ()
    passages: int = 0
    kept: Kept | None = None
    problem: str = ""


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    given = _arguments(arguments)
    console = Console()
    console.print(
        f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, "
        f"commit {commit() or '-'}, medians of {given.runs}",
        highlight=False,
    )
    with TemporaryDirectory(prefix="hoibaocao-rate-") as name:
        folder = Path(name)
        sources = given.reports or sample_reports()
        made = [make(path, folder, formats=(*given.formats, "pdf"), seed=SEED) for path in sources]
        files = {one: [it.files[one][0] for it in made if one in it.files] for one in given.formats}
        pages = sum(len(page_images(it.files["pdf"][0], folder / "count", dpi=20)) for it in made)
        originals = {it.name: parsed(it.original.read_bytes(), name=it.original.name) for it in made}
        console.print(f"{len(made)} reports, {pages} pages: {', '.join(originals)}", highlight=False)
        rates = [rate for one, paths in files.items() for rate in ours(one, paths, originals, given.runs)]
        if given.peers_python:
            rates += theirs(given.peers_python, files, originals, given.runs)
    print_rows(rate_rows(rates, pages), console)
    console.print("")
    print_rows(kept_rows(rates), console)


def _arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m eval.ingest_rate", description=__doc__)
    parser.add_argument("--reports", type=Path, nargs="+", help="instead of the bundled samples")
    parser.add_argument("--formats", nargs="+", default=FORMATS)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--peers-python", help="interpreter with the peers extra installed")
    return parser.parse_args(arguments)


def ours(name: str, files: Sequence[Path], originals: Mapping[str, Parsed], runs: int) -> list[Rate]:
    """Return the rates of reading and of the whole ingest of ``files``, all of one format."""
    try:
        readings = {path.stem: parsed(path.read_bytes(), name=path.name) for path in files}
    except IngestError as error:
        return [Rate(tool, name, problem=error.code) for tool in (READING, WHOLE)]
    reading: list[peers.Spent] = []
    whole: list[peers.Spent] = []
    passages = 0
    for _ in range(runs):
        begun = peers.now()
        for path in files:
            read_report(path.read_bytes(), name=path.name)
        reading.append(peers.since(begun))
    for run in range(runs + 1):
        with fresh_services([]) as services:
            begun = peers.now()
            results = [take_in(services, path) for path in files]
            if run:  # the first one loads the embedding model
                whole.append(peers.since(begun))
            passages = sum(one.balance.passages for one in results if one.balance)
    kept = _summed(kept_in_reading(originals[stem].report, one.report) for stem, one in readings.items())
    return [
        Rate(READING, name, *_apart(reading), kept=kept),
        Rate(WHOLE, name, *_apart(whole), passages=passages),
    ]


def _apart(spent: Sequence[peers.Spent]) -> tuple[tuple[float, ...], tuple[float, ...]]:
    return tuple(waited for waited, _ in spent), tuple(used for _, used in spent)


def theirs(
    interpreter: str, files: Mapping[str, Sequence[Path]], originals: Mapping[str, Parsed], runs: int
) -> list[Rate]:
    """Return the rates of the peers, as their own process tells them."""
    formats = {str(path): name for name, paths in files.items() for path in paths}
    command = [interpreter, str(Path(peers.__file__)), "--runs", str(runs), *formats]
    # Models are never fetched while measuring: what needs a hub is told as a problem.
    environment = {**os.environ, "HF_HUB_OFFLINE": "1", "OMP_NUM_THREADS": str(os.cpu_count() or 1)}
    done = subprocess.run(command, check=False, capture_output=True, text=True, env=environment)
    if done.returncode:
        print(done.stderr[-2000:], file=sys.stderr)
    lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    grouped: dict[tuple[str, str], list[dict[str, object]]] = defaultdict(list)
    for line in lines:
        grouped[f"{line['peer']} {line['version']}".strip(), formats.get(line["file"], "-")].append(line)
    return [_rate(tool, name, told, originals) for (tool, name), told in grouped.items()]


def _rate(tool: str, name: str, told: Sequence[Mapping[str, object]], originals: Mapping[str, Parsed]) -> Rate:
    problem = next((str(one["problem"]) for one in told if "problem" in one), "")
    if problem:
        return Rate(tool, name, problem=problem[:100])
    seconds, cpu = (_per_run(told, key) for key in ("seconds", "cpu"))
    kept = _summed(kept_in_text(originals[Path(str(one["file"])).stem].report, str(one["text"])) for one in told)
    return Rate(tool, name, seconds, cpu, kept=kept)


def _per_run(told: Sequence[Mapping[str, object]], key: str) -> tuple[float, ...]:
    """Return the sum over all files of each run."""
    runs = [values for one in told if isinstance(values := one[key], list)]
    return tuple(sum(of_files) for of_files in zip(*runs, strict=True))


def _summed(kept: Iterable[Kept]) -> Kept:
    return sum(kept, start=Kept(0, 0, 0, 0))


def rate_rows(rates: Sequence[Rate], pages: int) -> list[tuple[str, ...]]:
    """Return a row for each tool and format: pages and passages a second, times as fast as our reading."""
    base = {one.format: median(one.seconds) for one in rates if one.tool == READING and one.seconds}
    rows: list[tuple[str, ...]] = [_RATE_HEADS]
    for one in sorted(rates, key=lambda rate: rate.format):
        if not one.seconds:
            rows.append((one.format, one.tool, one.problem))
            continue
        middle = median(one.seconds)
        ratio = f"{base[one.format] / middle:.2f}" if one.format in base else "-"
        passages = f"{one.passages / middle:.0f}" if one.passages else "-"
        rows.append(
            (one.format, one.tool, f"{middle:.2f}", f"{median(one.cpu):.2f}", f"{pages / middle:.1f}", passages, ratio)
        )
    return rows


def kept_rows(rates: Sequence[Rate]) -> list[tuple[str, ...]]:
    """Return a row for each tool and format: what is left of the footnotes, in per cent."""
    rows: list[tuple[str, ...]] = [_KEPT_HEADS]
    for one in sorted(rates, key=lambda rate: rate.format):
        if one.kept is not None:
            shares = (percent(count, one.kept.notes) for count in (one.kept.text, one.kept.beside, one.kept.apart))
            rows.append((one.format, one.tool, str(one.kept.notes), *shares))
    return rows


if __name__ == "__main__":
    main()
