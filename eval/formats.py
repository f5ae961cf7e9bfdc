"""How well is a report read in each format? The same report in all of them, each against the original.

One store for each format and group of reports: the files are taken in as a user's are, compared with the original as
it was taken in, and asked the same questions. A format that cannot be read yet is a result with its error code.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path
from time import perf_counter

from eval.asking import in_process
from eval.formats_compare import Parsed, Tally, compare, readable
from eval.formats_make import FORMATS, Made, make
from eval.formats_questions import about, relocated, relocated_to_pages
from eval.formats_text import distance
from eval.fresh import fresh_services, sample_reports, take_in
from eval.questions import Question
from eval.runner import Run, run
from ingest.errors import IngestError
from ingest.parse.read import read_report
from service.ports import Services


@dataclass(frozen=True, slots=True)
class Errors:
    """Letters misread against the original's words in the same order: ``wrong`` of ``total``, digits apart too."""

    wrong: int
    total: int
    wrong_digits: int
    digits: int

    def __add__(self, other: Errors) -> Errors:
        return Errors(
            self.wrong + other.wrong,
            self.total + other.total,
            self.wrong_digits + other.wrong_digits,
            self.digits + other.digits,
        )


@dataclass(frozen=True, slots=True)
class Reading:
    """One report in one format. ``problem``: the error code where it cannot be read, all else is then empty.

    ``seconds`` to read it and ``pages``, 0 where the format has none. ``doubtful``: figures marked as unsure.
    """

    report: str
    problem: str = ""
    tallies: tuple[Tally, ...] = ()
    errors: Errors = field(default_factory=lambda: Errors(0, 0, 0, 0))
    seconds: float = 0.0
    pages: int = 0
    doubtful: int = 0


@dataclass(frozen=True, slots=True)
class InFormat:
    """A group of reports in one format; ``asked`` None where nothing was asked or a report could not be read."""

    group: str
    format: str
    readings: tuple[Reading, ...]
    asked: Run | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Reports that are asked together. ``originals``: the files they are made from."""

    name: str
    originals: tuple[Path, ...]
    questions: tuple[Question, ...] = ()


def groups_of(questions: Sequence[Question], *, samples: bool, reports: Sequence[Path]) -> tuple[Group, ...]:
    """Return the bundled samples and the given reports as groups, each with the questions about its own reports."""
    groups = [("samples", sample_reports())] if samples else []
    groups += [("reports", tuple(reports))] if reports else []
    return tuple(Group(name, files, about(questions, [one.stem for one in files])) for name, files in groups)


def measure(group: Group, folder: Path, *, formats: Sequence[str] = FORMATS, seed: int) -> Iterator[InFormat]:
    """Make the reports of the group in ``folder`` and give the result of each format, the original's first.

    Raises what making raises, and ``IngestError`` when an original cannot be read.
    """
    made = [make(path, folder / group.name, formats=formats, seed=seed) for path in group.originals]
    with fresh_services([one.original for one in made]) as services:
        originals = _parsed_by_name(services)
        own = {one.original.suffix.lstrip(".") for one in made}
        readings = tuple(_compared(one.name, originals[one.name], originals[one.name]) for one in made)
        asked = run(group.questions, in_process(services)) if group.questions else None
    if len(own) == 1:
        yield InFormat(group.name, own.pop(), readings, asked)
    for name in formats:
        files = [one.files[name] for one in made if name in one.files]
        if name == "png":
            yield _in_pages(group, made, originals)
        elif len(files) == len(made) and any(one.original.suffix != f".{name}" for one in made):
            yield _in_format(group, name, made, originals)


def _in_format(group: Group, name: str, made: Sequence[Made], originals: Mapping[str, Parsed]) -> InFormat:
    readings = []
    with fresh_services([]) as services:
        for one in made:
            begun = perf_counter()
            try:
                take_in(services, one.files[name][0])
            except IngestError as error:
                readings.append(Reading(one.name, error.code))
                continue
            spent = perf_counter() - begun
            readings.append(_compared(one.name, originals[one.name], _parsed_by_name(services)[one.name], spent))
        if not group.questions or any(one.problem for one in readings):
            return InFormat(group.name, name, tuple(readings))
        here = {stem: one.report.text for stem, one in _parsed_by_name(services).items()}
        there = {stem: one.report.text for stem, one in originals.items()}
        return InFormat(
            group.name, name, tuple(readings), run(relocated(group.questions, there, here), in_process(services))
        )


def _in_pages(group: Group, made: Sequence[Made], originals: Mapping[str, Parsed]) -> InFormat:
    """Read each page image as a report of its own and ask all of them: what a reader has who sends page by page."""
    readings = tuple(_page_by_page(one, originals[one.name]) for one in made)
    if not group.questions or any(one.problem for one in readings):
        return InFormat(group.name, "png", readings)
    with fresh_services([page for one in made for page in one.files["png"]]) as services:
        texts = {name: one.report.text for name, one in _parsed_by_name(services).items()}
        pages = {one.name: [(path.stem, texts[path.stem]) for path in one.files["png"]] for one in made}
        there = {name: one.report.text for name, one in originals.items()}
        asked = run(relocated_to_pages(group.questions, there, pages), in_process(services))
    return InFormat(group.name, "png", readings, asked)


def _parsed_by_name(services: Services) -> dict[str, Parsed]:
    """Return what is in the store, by file name without extension."""
    found = {}
    for info in services.catalogue.visible():
        stored = services.catalogue.load(info.version_id)
        figures = tuple(figure for one in stored.passages for figure in stored.figures[one.id])
        found[Path(info.name).stem] = Parsed(stored.report, stored.passages, figures)
    return found


def _compared(name: str, original: Parsed, other: Parsed, seconds: float = 0.0) -> Reading:
    return Reading(
        name,
        tallies=compare(original, other),
        errors=misread(readable(original.report), readable(other.report)),
        seconds=seconds,
        pages=len(other.report.pages),
        doubtful=sum(one.doubtful for one in other.figures),
    )


def misread(original: str, other: str) -> Errors:
    """Return how many characters differ (Levenshtein; runs of blanks are one), and how many digits."""
    ours, theirs = " ".join(original.split()), " ".join(other.split())
    digits, their_digits = _digits(ours), _digits(theirs)
    return Errors(distance(ours, theirs), len(ours), distance(digits, their_digits), len(digits))


def _digits(text: str) -> str:
    return "".join(char for char in text if char.isdecimal())


def _page_by_page(made: Made, original: Parsed) -> Reading:
    """Read each page image as a file of its own; notes stand at the end of each, so they are compared at the end."""
    bodies, notes = [], []
    begun = perf_counter()
    pages = made.files["png"]
    for page in pages:
        try:
            report = read_report(page.read_bytes(), name=page.name)
        except IngestError as error:
            return Reading(made.name, error.code)
        body, note = split_notes(readable(report), len(report.footnotes))
        bodies.append(body)
        notes.append(note)
    seconds = perf_counter() - begun
    errors = misread(readable(original.report), "\n".join((*bodies, *notes)))
    return Reading(made.name, errors=errors, seconds=seconds, pages=len(pages))


def split_notes(text: str, notes: int) -> tuple[str, str]:
    """Return the words of a report without and with its last ``notes`` lines, as ``readable`` gives them."""
    lines = text.split("\n")
    return "\n".join(lines[: len(lines) - notes]), "\n".join(lines[len(lines) - notes :])


def totals(readings: Iterable[Reading]) -> tuple[Tally, ...]:
    """Return the tallies of several reports together; () where one of them could not be read."""
    listed = [one.tallies for one in readings]
    if not all(listed):
        return ()
    return tuple(_sum(kind) for kind in zip_longest(*listed))


def _sum(tallies: Sequence[Tally]) -> Tally:
    first, *others = tallies
    for one in others:
        first += one
    return first
