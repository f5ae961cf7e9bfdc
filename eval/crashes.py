"""``python -m eval.crashes --rounds 100 --seed 7``: kill -9 at random moments of taking reports in and out.

Each round fills fresh stores, then runs a random script of work (add, upload, replace, remove, rebuild, read again) in
a child process that is killed: at a random moment, or between two random writes. A new process opens the stores. Then
must hold: every report is one of its files, whole, or not there; what was acknowledged is; catalogue, originals and
index agree to the last vector; and once the script is run to its end, all answers are those of an undisturbed run.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from time import perf_counter, sleep

from eval.crash_world import PLACES, Stores, answers, kill_at, opened, report_file
from ingest.embed import Embedder, load_embedder

KINDS = ("add", "upload", "replace", "remove", "rebuild", "reread")
MAX_WRITES = 90  # of a script, both sides of each counted; more and the script ends before the kill
Step = tuple[str, str]  # (kind, place)


@dataclass
class Outcome:
    """What the rounds found. ``failures`` says what did not hold, by round."""

    rounds: int
    seed: int
    killed_by_moment: int = 0
    killed_between_writes: int = 0
    ended_before: int = 0
    in_flight: dict[str, int] = field(default_factory=dict)
    restart_ms_worst: float = 0.0
    failures: list[str] = field(default_factory=list)


def script_of(draw: random.Random) -> list[Step]:
    """Return seven steps of work that begin with reports being there."""
    steps = [(draw.choice(KINDS), draw.choice(PLACES)) for _ in range(5)]
    return [("add", PLACES[0]), ("add", PLACES[1]), *steps]


def do(stores: Stores, step: Step, number: int) -> None:
    """Do one step; doing it again after a kill leads to the same."""
    kind, place = step
    there = {info.meta.issuer.casefold(): info.report_id for info in stores.catalogue.visible()}
    report_id = there.get(f"ủy ban nhân dân xã {place}".casefold())
    if kind in ("add", "replace"):
        stores.ingestor.add(report_file(place, number if kind == "replace" else 0), name=f"{place}.txt")
    elif kind == "upload":
        stores.worker.queue(report_file(place, number), name=f"{place}.txt")
        finish_jobs(stores)
    elif kind == "remove" and report_id is not None:
        stores.ingestor.remove(report_id)
    elif kind == "rebuild":
        stores.ingestor.rebuild()
    elif kind == "reread":
        stores.ingestor.reread()


def finish_jobs(stores: Stores) -> None:
    """Do every job that waits, those cut off by a kill included."""
    stores.catalogue.jobs.retry_interrupted()
    while stores.worker.run_next():
        pass


def campaign(rounds: int, seed: int, *, embedder: Embedder, folder: Path) -> Outcome:
    """Run ``rounds`` rounds in ``folder``; equal seeds give equal scripts (the moments of a kill vary a little)."""
    outcome, draw = Outcome(rounds, seed), random.Random(seed)
    flying: Counter[str] = Counter()
    for number in range(rounds):
        steps, place = script_of(draw), folder / f"round-{number}"
        wanted = _undisturbed(steps, folder / "undisturbed", embedder)
        place.mkdir(parents=True)
        by_moment = draw.random() < 0.5
        writes = None if by_moment else draw.randint(1, MAX_WRITES)
        done, killed = _run_and_kill(steps, place, embedder, moment=draw.random() * wanted.seconds, writes=writes)
        outcome.killed_by_moment += killed and by_moment
        outcome.killed_between_writes += killed and not by_moment
        outcome.ended_before += not killed
        if killed:
            flying[steps[done][0] if done < len(steps) else "end"] += 1
        begun = perf_counter()
        with opened(place, embedder) as stores:
            outcome.restart_ms_worst = max(outcome.restart_ms_worst, round((perf_counter() - begun) * 1000, 1))
            problems = _problems(stores, steps, done, wanted, killed=killed)
        outcome.failures += [f"round {number} after {done} of {steps}: {problem}" for problem in problems]
        shutil.rmtree(place)
        print(f"{number + 1}/{rounds}: {done} steps done, {len(problems)} problems", file=sys.stderr, flush=True)
    outcome.in_flight = dict(flying)
    return outcome


@dataclass(frozen=True)
class _Undisturbed:
    states: list[frozenset[str]]  # the SHA-256 that answer, before the first step and after each
    answers: dict[str, tuple[str, ...]]
    seconds: float


def _undisturbed(steps: Sequence[Step], folder: Path, embedder: Embedder) -> _Undisturbed:
    folder.mkdir(parents=True)
    with opened(folder, embedder) as stores:
        states, begun = [_state(stores)], perf_counter()
        for number, step in enumerate(steps):
            do(stores, step, number)
            states.append(_state(stores))
        seconds = perf_counter() - begun
        found = answers(stores)
    shutil.rmtree(folder)
    return _Undisturbed(states, found, seconds)


def _run_and_kill(
    steps: Sequence[Step], place: Path, embedder: Embedder, *, moment: float, writes: int | None
) -> tuple[int, bool]:
    """Run the steps in a child and kill it; return how many it acknowledged and whether the kill came in time."""
    log = place / "acknowledged"
    child = os.fork()
    if child == 0:
        _work(steps, place, embedder, log, writes)
    if writes is None:
        sleep(moment)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    done = len(log.read_bytes()) if log.exists() else 0
    if not os.WIFSIGNALED(status) and os.WEXITSTATUS(status):
        raise SystemExit(f"the child failed by itself: {status}")
    return done, os.WIFSIGNALED(status)


def _work(steps: Sequence[Step], place: Path, embedder: Embedder, log: Path, writes: int | None) -> None:
    code = 1
    try:
        with (
            log.open("ab", buffering=0) as acknowledged,
            opened(place, embedder, hook=kill_at(writes) if writes else None) as stores,
        ):
            for number, step in enumerate(steps):
                do(stores, step, number)
                acknowledged.write(b".")
                os.fsync(acknowledged.fileno())
        code = 0
    finally:
        os._exit(code)  # a forked child must not run its parent's clean-up


def _problems(stores: Stores, steps: Sequence[Step], done: int, wanted: _Undisturbed, *, killed: bool) -> list[str]:
    found = []
    allowed = wanted.states[done : done + (2 if killed else 1)]
    # An upload that is queued is as good as in: its job goes on.
    if _state(stores) not in allowed and not stores.catalogue.jobs.silent():
        found.append("what answers is neither the state before nor after the step that was cut off")
    jobs = [problem for problem in stores.ingestor.check(deep=True).problems if problem.kind != "interrupted-job"]
    found += [f"check: {problem.kind.value} {problem.message}" for problem in jobs]
    finish_jobs(stores)
    if _state(stores) not in allowed:
        found.append("after its jobs went on, what answers is neither the state before nor after")
    for number, step in enumerate(steps):
        if number >= done:
            do(stores, step, number)
    if _state(stores) != wanted.states[-1]:
        found.append("the end state differs")
    given = answers(stores)
    other = (one for one in given if given[one] != wanted.answers[one])
    found += [f"another answer: {one}: {given[one]} for {wanted.answers[one]}" for one in other]
    found += [f"check at the end: {p.kind.value} {p.message}" for p in stores.ingestor.check(deep=True).problems]
    return found


def _state(stores: Stores) -> frozenset[str]:
    return frozenset(info.sha256 for info in stores.catalogue.visible())


def main() -> None:
    """Run the campaign and print its seed and result as JSON; exit code 1 when something did not hold."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=100)
    options.add_argument("--seed", type=int, default=random.SystemRandom().randint(0, 99_999))
    chosen = options.parse_args()
    print(f"seed {chosen.seed}", file=sys.stderr)
    with tempfile.TemporaryDirectory() as folder:
        outcome = campaign(chosen.rounds, chosen.seed, embedder=load_embedder(None), folder=Path(folder))
    print(json.dumps(asdict(outcome), ensure_ascii=False, indent=2))
    raise SystemExit(bool(outcome.failures))


if __name__ == "__main__":
    main()
