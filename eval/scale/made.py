"""Any number of distinct passages: real ones, read by our own parser, about other places, times and figures."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import count
from pathlib import Path
from random import Random

from eval.fresh import report_files, sample_reports
from eval.questions import load
from eval.scale.places import Home
from eval.scale.rewrite import QUARTERS, Rewriter
from ingest.chunk import make_passages
from ingest.domain import Figure, Passage, Report
from ingest.figures import report_figures
from ingest.parse.read import read_report

QUARTERS_OF_A_DISTRICT = 8
FIRST_YEAR = 2016
QUESTIONS_OF_A_REPORT = 2  # of each sort
INDICATOR_WORDS = range(2, 9)
_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "hoibaocao:scale")


@dataclass(frozen=True, slots=True)
class Source:
    """A real report as read. ``indicators``: what its figures count, by passage; ``questions``: asked about it."""

    report: Report
    passages: tuple[Passage, ...]
    indicators: Mapping[str, tuple[str, ...]]
    questions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """A question; ``passage``: id of the passage whose figure it asks for, "" for one from a question set."""

    text: str
    passage: str = ""


@dataclass(frozen=True, slots=True)
class MadeReport:
    """A made report: the version as the index sees it, what it is about, its passages and questions about it."""

    version_id: str
    report_id: str
    place: str
    year: int
    quarter: int
    passages: tuple[Passage, ...]
    asked: tuple[Asked, ...]


def sources(reports: Sequence[Path], *, sets: Sequence[Path]) -> tuple[Source, ...]:
    """Return the bundled samples, our fictional reports and those of ``reports`` (files or folders), read.

    Questions of ``sets`` go to the report their first evidence names; questions to no report are left out.
    Raises ``OSError``, ``SetInvalid``, ``UnreadableReport``.
    """
    own = Path(__file__).parents[1] / "sets" / "reports"
    asked: dict[str, list[str]] = {}
    for question in load(sets):
        if question.evidence and not question.after:
            asked.setdefault(Path(question.evidence[0].report).stem, []).append(question.question)
    found: list[Source] = []
    for path in (*sample_reports(suffix=".txt"), *report_files([own, *reports])):
        report = read_report(path.read_bytes(), name=path.name)
        passages = make_passages(report, key=path.name)
        figures = report_figures(report, passages)
        indicators = {name: _indicators(counted) for name, counted in figures.items()}
        found.append(Source(report, passages, indicators, tuple(asked.get(path.stem, ()))))
    return tuple(found)


def made_reports(given: Sequence[Source], homes: Sequence[Home], *, seed: int) -> Iterator[MadeReport]:
    """Yield made reports without end: two years of quarters of one district, then the next district.

    Equal arguments give equal reports. No two passages are alike in text and context: one without a figure, a place or
    a period in it comes only once.
    """
    seen: set[int] = set()
    for number in count():
        home = homes[number // QUARTERS_OF_A_DISTRICT % len(homes)]
        years, quarter = divmod(number % QUARTERS_OF_A_DISTRICT, 4)
        year = FIRST_YEAR + 2 * (number // (QUARTERS_OF_A_DISTRICT * len(homes))) + years
        chance = Random(f"{seed}/{number}")
        source = given[number % len(given)]
        rewriter = Rewriter(source.report, home, year=year, quarter=quarter + 1, chance=chance)
        origins = {passage.id: made for passage, made in _passages(source, rewriter, number=number, seen=seen)}
        place = f"{home.kind} {home.name}"
        scope = f"{place} quý {QUARTERS[quarter]} năm {year}"
        yield MadeReport(
            version_id=_id(f"version {number}"),
            report_id=_id(f"report {number}"),
            place=place,
            year=year,
            quarter=quarter + 1,
            passages=tuple(origins.values()),
            asked=tuple(_asked(source, origins, rewriter, scope=scope, chance=chance)),
        )


def up_to(reports: Iterable[MadeReport], size: int) -> Iterator[MadeReport]:
    """Yield reports until they have ``size`` (>= 1) passages together; the last one is cut to fit."""
    left = size
    for report in reports:
        yield report if len(report.passages) <= left else replace(report, passages=report.passages[:left])
        left -= len(report.passages)
        if left <= 0:
            return


def _passages(source: Source, rewriter: Rewriter, *, number: int, seen: set[int]) -> Iterator[tuple[Passage, Passage]]:
    rewritten = cache(rewriter)  # the passages of a section share their context
    ordinal = 0
    for passage in source.passages:
        text, context = rewriter(passage.text), rewritten(passage.context)
        mark = hash((text, context))
        if mark not in seen:
            seen.add(mark)
            name = _id(f"{number}/{passage.id}")
            yield passage, replace(passage, id=name, ordinal=ordinal, text=text, context=context)
            ordinal += 1


def _asked(
    source: Source, made: Mapping[str, Passage], rewriter: Rewriter, *, scope: str, chance: Random
) -> Iterator[Asked]:
    """Yield questions for figures of the made report, then questions of the sets about its original."""
    counted = [(origin, name) for origin, names in source.indicators.items() if origin in made for name in names]
    for origin, name in chance.sample(counted, min(QUESTIONS_OF_A_REPORT, len(counted))):
        yield Asked(f"{rewriter(name)} {scope} là bao nhiêu?", made[origin].id)
    for question in chance.sample(source.questions, min(QUESTIONS_OF_A_REPORT, len(source.questions))):
        yield Asked(f"{rewriter(question).rstrip('?. ')} {scope}?")


def _indicators(figures: Iterable[Figure]) -> tuple[str, ...]:
    names = dict.fromkeys(figure.indicator for figure in figures)
    return tuple(name for name in names if len(name.split()) in INDICATOR_WORDS)


def _id(name: str) -> str:
    return str(uuid.uuid5(_NAMESPACE, name))
