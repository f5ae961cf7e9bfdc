"""Questions to offer: only ones the reports answer, checked by asking them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from ingest.catalogue.records import StoredVersion
from ingest.domain import Figure, FigureRole, PassageKind
from ingest.vi.normalise import fold
from ingest.vi.periods import period_label
from ingest.vi.units import unit_kind
from service.answer.candidates import Candidate, Material, age_key
from service.domain import Abstention, Draft, Query, ReportRef

FOLLOW_UPS = 3
STARTERS = 4
# Each try costs about a millisecond of scoring (follow-ups) or a whole question (starters).
_MAX_TRIES = 6
_MAX_STARTER_TRIES = 40
_WORDS = range(2, 9)
# Shorter than this a counted noun says too little to be asked for ("chỉ đạo bao nhiêu xã?").
_MIN_NOUN_CHARS = 3

Answered = Callable[[str, Figure], bool]
Answers = Callable[[str], Draft | Abstention]


class Opened(Protocol):
    """A version that can be looked into."""

    @property
    def stored(self) -> StoredVersion:
        """The version as the catalogue keeps it."""
        ...


def question_for(figure: Figure, *, period: str = "") -> str | None:
    """Return a question a person could ask for a level figure, None when its indicator makes no clean one.

    A counted noun inside the indicator takes "bao nhiêu" before it ("xảy ra bao nhiêu vụ cháy?"); anything else is
    asked for by name ("sản lượng nuôi trồng là bao nhiêu?"). ``period``: put in front or behind, "" for none.
    """
    name = " ".join(figure.indicator.split()).strip(" ,.;:-–")
    clean = figure.role is FigureRole.LEVEL and len(name.split()) in _WORDS and name[:1].isalpha()
    if not clean or any(ch.isdigit() or ch in '()[]“”"/|*:;,' for ch in name):
        return None
    name = name if name[1:2].isupper() else name[:1].lower() + name[1:]
    unit = figure.unit.lower()
    at = f" {fold(name)} ".find(f" {fold(unit)} ") if unit and unit_kind(figure.unit) == "count" else -1
    if at < 0:
        asked = f"{name} {period} là bao nhiêu?" if period else f"{name} là bao nhiêu?"
    elif len(name) - at - len(unit) < _MIN_NOUN_CHARS:
        return None
    else:
        lead = name[:at].strip() or "có"
        asked = f"{period + ', ' if period else ''}{lead} bao nhiêu {name[at:].strip()}?"
    return asked[:1].upper() + asked[1:]


def follow_ups(query: Query, material: Material, best: Candidate, *, answered: Answered) -> tuple[str, ...]:
    """Return at most three questions about other figures at hand, nearest first; () when none checks out."""
    shown: dict[str, str] = {}
    tries = 0
    asked = fold(query.text)
    for figure in _nearby(material, best):
        question = question_for(figure)
        if question is None or fold(question) in shown or fold(figure.indicator) in asked:
            continue
        tries += 1
        if answered(question, figure):
            shown[fold(question)] = question
        if len(shown) == FOLLOW_UPS or tries == _MAX_TRIES:
            break
    return tuple(shown.values())


def starters(refs: Sequence[ReportRef], version: Callable[[str], Opened], answers: Answers) -> tuple[str, ...]:
    """Return at most four questions of different sections of the newest report, each answered by its own figure."""
    for ref in sorted(refs, key=age_key, reverse=True):
        found = _report_starters(ref, version(ref.version_id).stored, answers)
        if found:
            return found
    return ()


def _report_starters(ref: ReportRef, stored: StoredVersion, answers: Answers) -> tuple[str, ...]:
    label = period_label(ref.period) if ref.period else ""
    taken: set[str] = set()
    shown: list[str] = []
    tries = 0
    for passage in stored.passages:
        area = passage.section_path[0] if passage.section_path else ""
        if passage.kind is not PassageKind.SECTION or "/".join(passage.section_path[:2]) in taken:
            continue
        for figure in stored.figures.get(passage.id, ()):
            question = question_for(figure, period=label)
            if question is None:
                continue
            tries += 1
            result = answers(question)
            if isinstance(result, Draft) and any(c.figure == figure for c in result.figures):
                shown.append(question)
                taken.add("/".join(passage.section_path[:2]) or area)
                break
        if len(shown) == STARTERS or tries >= _MAX_STARTER_TRIES:
            break
    return tuple(shown)


def _nearby(material: Material, best: Candidate) -> Iterator[Figure]:
    """Yield figures of the answer's own passage first, then of the other passages of its report."""
    own = best.view.passage.id
    mine = [v for h, v in zip(material.hits, material.views, strict=True) if h.report == best.hit.report]
    for opened in sorted(mine, key=lambda v: v.passage.id != own):
        for figure in opened.figures:
            if best.figure is None or figure.figure != best.figure.figure:
                yield figure.figure
