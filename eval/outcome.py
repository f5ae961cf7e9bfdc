"""What an asked question gave, in one form whichever face was asked: nothing here knows HTTP or the engine."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePath

from eval.questions import Gold
from ingest.domain import Span
from ingest.vi.normalise import canonical, fold
from service.domain import Status


@dataclass(frozen=True, slots=True)
class ReportText:
    """A report that can be cited: its id, the file name it came under and its canonical text."""

    report_id: str
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a citation or a retrieved passage stands: canonical spans of one report."""

    report_id: str
    spans: tuple[Span, ...]
    footnote: str = ""
    section_path: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation as answered; ``original`` is ``text[start:end]`` of the report's canonical text.

    ``heading``: the report's title and period and the headings above the quote.
    """

    place: Place
    quote: str
    original: str
    heading: str = ""


@dataclass(frozen=True, slots=True)
class CitedFigure:
    """A figure as answered; ``citation`` is the 1-based index of its citation."""

    text: str
    citation: int


@dataclass(frozen=True, slots=True)
class Given:
    """What came back for a question.

    ``error`` is the error's code and message when asking failed; everything else is then empty and ``status`` None.
    ``hits``: retrieved passages, best first; None when retrieval was not looked at. ``wall_ms``: as the asker waited.
    ``expression``: the arithmetic shown, "" for none.
    """

    status: Status | None = None
    short_answer: str | None = None
    answer: str = ""
    citations: tuple[Cited, ...] = ()
    figures: tuple[CitedFigure, ...] = ()
    expression: str = ""
    hits: tuple[Place, ...] | None = None
    wall_ms: float = 0.0
    timings_ms: Mapping[str, float] = field(default_factory=dict)
    error: str = ""

    @property
    def shown(self) -> str:
        """Return what a reader takes for the answer: the short one, the sentences without one."""
        return self.short_answer or self.answer


@dataclass(frozen=True, slots=True)
class Target:
    """Gold evidence found in a report that is there: any of ``spans`` supports the answer."""

    report_id: str
    spans: tuple[Span, ...]
    footnote: str = ""
    section: str = ""


def heading(title: str, period: str, place: Place) -> str:
    """Return what stands above a quote, one piece a line."""
    return "\n".join((title, period, *place.section_path))


def targets(evidence: Iterable[Gold], reports: Iterable[ReportText]) -> tuple[Target, ...]:
    """Return where the evidence stands in the reports; () when none of it is there."""
    found: list[Target] = []
    known = tuple(reports)
    for gold in evidence:
        for report in known:
            spans = spans_of(gold, report.text) if is_named(gold.report, report.name) else ()
            if spans:
                found.append(Target(report.report_id, spans, gold.footnote, gold.section))
    return tuple(found)


def spans_of(gold: Gold, text: str) -> tuple[Span, ...]:
    """Return every place of ``text`` where the gold piece stands; () where it does not (or has been changed)."""
    if gold.quote:
        pattern = r"\s+".join(re.escape(word) for word in canonical(gold.quote).split())
        return tuple(Span(match.start(), match.end()) for match in re.finditer(pattern, text))
    piece = text[gold.start : gold.end]
    same = hashlib.sha256(piece.encode()).hexdigest() == gold.sha256
    return (Span(gold.start, gold.end),) if same else ()


def is_named(wanted: str, name: str) -> bool:
    """Tell whether a report ingested as ``name`` is the one a set calls ``wanted`` (extension optional)."""
    return wanted in (name, PurePath(name).stem)


def supports(place: Place, wanted: Iterable[Target]) -> bool:
    """Tell whether ``place`` overlaps a target of its report, under its footnote and section where it names them."""
    path = fold(" / ".join(place.section_path))
    return any(
        place.report_id == target.report_id
        and (not target.footnote or target.footnote == place.footnote)
        and fold(target.section) in path
        and any(a.start < b.end and b.start < a.end for a in place.spans for b in target.spans)
        for target in wanted
    )
