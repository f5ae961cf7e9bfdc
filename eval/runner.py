"""Runs a question set through a backend: every question gives exactly one result, whatever happens to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from eval.asking import Backend
from eval.metrics import bootstrap_interval, percentile
from eval.outcome import Given, Target, is_named, targets
from eval.questions import Question
from eval.scoring import TOTAL, Score, Summary, score, summarise

SEED = 20240320  # of the bootstrap; the engine itself draws nothing
# Tells (done, total) after each question.
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Result:
    """One question asked. ``targets`` () though answerable: its report is not there or its text has changed."""

    question: Question
    given: Given
    targets: tuple[Target, ...]
    score: Score


@dataclass(frozen=True, slots=True)
class Run:
    """A set asked. ``summaries``: by kind, the total last. ``interval``: 95 % of the total "right" (see metrics)."""

    results: tuple[Result, ...]
    summaries: tuple[Summary, ...]
    interval: tuple[float, float]
    versions: Mapping[str, str]
    seed: int = SEED

    @property
    def total(self) -> Summary:
        """Return the means over all questions."""
        return next(one for one in self.summaries if one.name == TOTAL)

    def stages(self) -> Mapping[str, tuple[float, float]]:
        """Return the median and 95th percentile, in milliseconds, of each stage of asking; {} when none was told."""
        taken: dict[str, list[float]] = {}
        for one in self.results:
            for stage, ms in one.given.timings_ms.items():
                taken.setdefault(stage, []).append(ms)
        return {stage: (percentile(ms, 50), percentile(ms, 95)) for stage, ms in taken.items()}

    @property
    def numbers(self) -> int:
        """Return how many numbers the answers show."""
        return sum(one.score.grounding.numbers for one in self.results)

    @property
    def unlocated(self) -> tuple[Question, ...]:
        """Return the answerable questions whose evidence stands in no report that is there."""
        return tuple(one.question for one in self.results if one.question.answerable and not one.targets)


def silent(_done: int, _total: int) -> None:
    """Tell nobody."""


def run(questions: Sequence[Question], backend: Backend, *, seed: int = SEED, progress: Progress = silent) -> Run:
    """Ask the questions in order, one at a time. Raises what ``backend.reports`` raises; asking raises nothing."""
    reports = backend.reports()
    results: list[Result] = []
    for question in questions:
        wanted = targets(question.evidence, reports)
        about = next((one.report_id for one in reports if is_named(question.report, one.name)), None)
        if question.report and about is None:
            given = Given(error=f"report-missing: {question.report}")
        else:
            given = backend.ask(question.question, report_id=about, after=question.after)
        results.append(Result(question, given, wanted, score(question, given, wanted)))
        progress(len(results), len(questions))
    scores = [one.score for one in results]
    retrieval = any(one.given.hits is not None for one in results)
    return Run(
        results=tuple(results),
        summaries=summarise(scores, retrieval=retrieval),
        interval=bootstrap_interval([one.values["right"] for one in scores], seed=seed),
        versions=backend.versions(),
        seed=seed,
    )
