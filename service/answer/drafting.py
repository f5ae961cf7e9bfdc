"""From a chosen candidate to a draft: what is quoted, where it stands, what is said of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from ingest.vi.periods import period_label
from service.answer.candidates import Candidate, Choice
from service.answer.listed import bullets_under
from service.answer.offices import office_above
from service.answer.phrases import claim_stretch, claim_text, short_figure
from service.answer.shortest import SHORT_MAX_CHARS, short_text
from service.answer.views import Stretch
from service.domain import Claim, Draft, Evidence, FigureClaim, Notice, Query, Want

NEWEST: Final = "newest-period"  # the code of the notice that the newest report answers


def draft_of(query: Query, choice: Choice) -> Draft:
    """Return the chosen figure or sentence as a draft of one claim; the piece with the figure is cited first."""
    best = choice.best
    stretch = claim_stretch(best.view, best.figure) if best.figure else best.stretch
    listed = bullets_under(best.view.reading.text, stretch) if query.want is Want.LIST and not best.figure else None
    stretch = listed[0] if listed else stretch
    evidence = evidence_of(best, stretch)
    figures: tuple[FigureClaim, ...] = ()
    short: str | None
    if best.figure is not None:
        own = best.figure.figure
        # The piece that holds the figure is the first citation, also of a sentence cut by a page's notes.
        holder = next((e for e in evidence if e.span.covers(own.span)), None)
        holder = holder or Evidence(best.hit.report, best.view.passage, own.span)
        evidence = (holder, *(e for e in evidence if e is not holder))
        figures = (FigureClaim(own, 0),)
        short = short_figure(own, before=best.view.reading.text[: best.figure.at.start])
    else:
        short = "; ".join(listed[1]) if listed else short_text(query, best.view, stretch)
        short = short if short is not None and len(short) <= SHORT_MAX_CHARS else None
        evidence = _first_with(short, best, evidence)
    text = claim_text(best.view, stretch, best.figure)
    if short and best.figure is None and short not in text and short == office_above(best.view.passage.section_path):
        text = f"{short}: {text}"  # who has the duties of a list is said by its heading
    claim = Claim(text, tuple(range(len(evidence))))
    return Draft(
        claims=(claim,), evidence=evidence, short_answer=short, figures=figures, warnings=notices(query, choice)
    )


def _first_with(short: str | None, best: Candidate, evidence: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    """Put the piece that holds the beginning of the short answer first: a sentence may be cut, or run into a list."""
    at = best.view.reading.text.find(short, best.stretch.start, best.stretch.end) if short else -1
    if at < 0:
        return evidence
    offset = best.view.reading.offsets[at]
    return tuple(sorted(evidence, key=lambda e: not e.span.start <= offset < e.span.end))


def led(draft: Draft, lead: str, *, short: str, notice: Notice | None = None) -> Draft:
    """Return ``draft`` with ``lead`` before its first claim, another short answer and perhaps a warning."""
    first, *others = draft.claims
    return replace(
        draft,
        claims=(replace(first, text=f"{lead} {first.text}"), *others),
        short_answer=short,
        warnings=(*draft.warnings, notice) if notice is not None else draft.warnings,
    )


def evidence_of(best: Candidate, stretch: Stretch) -> tuple[Evidence, ...]:
    """Return the canonical pieces of a stretch of a candidate's passage, in reading order."""
    spans = best.view.reading.spans(stretch.start, stretch.end)
    return tuple(Evidence(best.hit.report, best.view.passage, span) for span in spans)


def notices(query: Query, choice: Choice) -> tuple[Notice, ...]:
    """Return the warning that the newest of several reports answers, () where the question left nothing open."""
    report = choice.best.hit.report
    if not choice.older or report.period is None or (query.period is not None and query.period.year is not None):
        return ()
    what = "năm" if query.period is not None else "kỳ báo cáo"
    return (Notice(NEWEST, f"Câu hỏi không nêu {what}: lấy theo báo cáo mới nhất, {period_label(report.period)}."),)
