"""Questions to offer: only ones the reports answer, checked by asking them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from ingest.catalogue.records import StoredVersion
from ingest.domain import Figure, FigureRole, PassageKind
from ingest.vi.normalise import fold
from ingest.vi.periods import period_label
from ingest.vi.units import match_unit
from service.answer.candidates import Candidate, Material, age_key
from service.answer.views import FigureView, PassageView, text_of
from service.domain import Abstention, Draft, Query, ReportRef

FOLLOW_UPS = 3
STARTERS = 4
# Each try costs about a millisecond of scoring (follow-ups) or a whole question (starters).
_MAX_TRIES = 6
_MAX_STARTER_TRIES = 24
_STARTER_POOL = 8
_FIGURES_A_SECTION = 6
_WORDS = range(3, 13)
_LEAD = re.compile(r"^(?:trong đó|và|với|nhưng|làm|gồm|bao gồm|còn|ước|toàn huyện|đã)[,:]?\s+", re.IGNORECASE)

Answered = Callable[[str, Figure], bool]
Answers = Callable[[str], Draft | Abstention]


class Opened(Protocol):
    """A version that can be looked into."""

    @property
    def stored(self) -> StoredVersion:
        """The version as the catalogue keeps it."""
        ...

    def view(self, passage_id: str) -> PassageView | None:
        """Return an opened passage, None when there is none of that id."""
        ...


def question_for(figure: Figure, clause: str, *, period: str = "") -> str | None:
    """Return the clause of a level figure with "bao nhiêu" for its number; None when that makes no clean question.

    ``clause``: the reading of ``figure.clause``. "xảy ra 14 vụ cháy rừng" gives "Xảy ra bao nhiêu vụ cháy rừng?".
    ``period`` is put in front, "" for none.
    """
    before, said, after = clause.partition(figure.text)
    before = _LEAD.sub("", before.strip(" -+•*,:;."))
    after = after.strip(" ,;.:")
    around = f"{before} {after}"
    unit = match_unit(figure.unit, 0) if figure.unit else None
    known = bool(said) and not figure.hedge and unit is not None and unit[1] == len(figure.unit)
    clean = known and figure.role is FigureRole.LEVEL and len(around.split()) in _WORDS
    if not clean or any(ch.isdigit() or ch in '()[]“”"/|*:;' for ch in around):
        return None
    asked = (
        " ".join(f"{before} bao nhiêu {figure.unit} {after}".split())
        if before
        else f"có bao nhiêu {figure.unit} {after}"
    )
    asked = f"{period}, {_lower_first(asked)}" if period else asked
    return f"{asked[:1].upper()}{asked[1:]}?"


def _lower_first(text: str) -> str:
    """Lower the first letter unless the word is a name or an abbreviation: then the second word tells."""
    words = text.split()
    named = text[1:2].isupper() or (len(words) > 1 and words[1][:1].isupper())
    return text if named else text[:1].lower() + text[1:]


def follow_ups(query: Query, material: Material, best: Candidate, *, answered: Answered) -> tuple[str, ...]:
    """Return at most three questions about other figures at hand, nearest first; () when none checks out."""
    shown: dict[str, str] = {}
    tries = 0
    asked = fold(query.text)
    for opened, figure in _nearby(material, best):
        question = question_for(figure.figure, text_of(opened.reading, figure.figure.clause))
        if question is None or fold(question) in shown or fold(question) == asked:
            continue
        tries += 1
        if answered(question, figure.figure):
            shown[fold(question)] = question
        if len(shown) == FOLLOW_UPS or tries == _MAX_TRIES:
            break
    return tuple(shown.values())


def starters(refs: Sequence[ReportRef], version: Callable[[str], Opened], answers: Answers) -> tuple[str, ...]:
    """Return at most four questions of different sections of the newest report, each answered by its own figure."""
    for ref in sorted(refs, key=age_key, reverse=True):
        found = _report_starters(ref, version(ref.version_id), answers)
        if found:
            return found
    return ()


def _report_starters(ref: ReportRef, opened: Opened, answers: Answers) -> tuple[str, ...]:
    label = period_label(ref.period) if ref.period else ""
    shown: dict[str, str] = {}  # by section, so that the questions show the breadth of the report
    tries = 0
    for passage in opened.stored.passages:
        section = "/".join(passage.section_path[:3])
        seen = opened.view(passage.id)
        if passage.kind is not PassageKind.SECTION or section in shown or seen is None:
            continue
        for figure in seen.figures[:_FIGURES_A_SECTION]:
            question = question_for(figure.figure, text_of(seen.reading, figure.figure.clause), period=label)
            if question is None:
                continue
            tries += 1
            result = answers(question)
            if isinstance(result, Draft) and any(c.figure == figure.figure for c in result.figures):
                shown[section] = question
                break
        if len(shown) == _STARTER_POOL or tries >= _MAX_STARTER_TRIES:
            break
    pool = list(shown.values())
    step = max(1, len(pool) // STARTERS)
    return tuple(pool[::step][:STARTERS])


def _nearby(material: Material, best: Candidate) -> Iterator[tuple[PassageView, FigureView]]:
    """Yield figures of the answer's own passage first, then of the other passages of its report."""
    own = best.view.passage.id
    mine = [v for h, v in zip(material.hits, material.views, strict=True) if h.report == best.hit.report]
    for opened in sorted(mine, key=lambda v: v.passage.id != own):
        for figure in opened.figures:
            if best.figure is None or figure.figure != best.figure.figure:
                yield opened, figure
