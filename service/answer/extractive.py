"""The extractive engine: the figure or sentence that answers, with the report's own words as the answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.domain import Figure
from ingest.vi.periods import period_label
from service.answer import weights
from service.answer.abstain import not_said, which_place
from service.answer.candidates import Candidate, Choice, Material, choose, figure_candidates, sentence_candidates
from service.answer.compare import side_by_side
from service.answer.compute.compute import computed
from service.answer.followups import follow_ups
from service.answer.metadata import Document, answer_about_document
from service.answer.parts import answer_parts
from service.answer.phrases import claim_stretch, claim_text, short_figure, short_text
from service.answer.ranking import rank
from service.answer.scoring import Scorer, scorer
from service.answer.views import Stretch
from service.domain import Abstention, Claim, Draft, Evidence, FigureClaim, Notice, Query, Want
from service.understand.question import understand

# Follow-up questions are made from, and checked against, the best passages only: each check scores them all.
_FOLLOW_UP_HITS = 8


@dataclass(frozen=True, slots=True)
class Outcome:
    """A draft or an abstention, with the follow-up questions the same material can answer."""

    result: Draft | Abstention
    suggestions: tuple[str, ...] = ()


def answer(query: Query, material: Material, *, documents: Sequence[Document] = ()) -> Outcome:
    """Return a draft whose every word stands in a report, or the reason why the reports do not say.

    What is not stated but follows from stated figures is worked out. ``documents`` are the reports a question about the
    document itself is answered from.
    """
    worked = computed(query, material, stated=lambda plain: _draft_or_none(stated(plain, material)))
    return Outcome(worked) if worked is not None else stated(query, material, documents=documents)


def stated(query: Query, material: Material, *, documents: Sequence[Document] = ()) -> Outcome:
    """Return what the reports state themselves, or the reason why they do not say; nothing is worked out."""
    if query.meta_field:
        return Outcome(answer_about_document(query, documents))
    if query.others or query.beside or query.every_period:
        return Outcome(side_by_side(query, lambda single: stated(single, material).result, material))
    if (several := answer_parts(query, material, _draft)) is not None:
        return Outcome(several)
    if (first := rank(query, material)) is not None:
        return Outcome(first)
    one = scorer(query, material.rarity)
    if not one.terms:
        return Outcome(Abstention("Câu hỏi chưa nêu rõ chỉ tiêu hoặc nội dung cần tìm."))
    choice = _choose(one, material)
    if choice is None:
        return Outcome(not_said(one, material))
    if choice.rivals:
        return Outcome(which_place(query, choice))
    near = Material(material.hits[:_FOLLOW_UP_HITS], material.views[:_FOLLOW_UP_HITS], material.rarity)

    def answered(question: str, figure: Figure) -> bool:
        found = _choose(scorer(understand(question, places={}), near.rarity), near)
        return found is not None and found.best.figure is not None and found.best.figure.figure == figure

    return Outcome(_draft(query, choice), follow_ups(query, near, choice.best, answered=answered))


def _draft_or_none(outcome: Outcome) -> Draft | None:
    return outcome.result if isinstance(outcome.result, Draft) else None


def _choose(one: Scorer, material: Material) -> Choice | None:
    query = one.query
    if query.want is Want.FIGURE or (query.want is Want.TEXT and (query.role is not None or bool(query.unit))):
        choice = choose(figure_candidates(one, material), weights.ANSWERABLE)
    elif query.want is Want.TEXT:
        # A bare noun phrase names an indicator or a topic: a figure has to fit well to be what is meant.
        choice = choose(figure_candidates(one, material), weights.NAMED_FIGURE)
    else:
        choice = None
    if choice is None and query.want is not Want.FIGURE:
        choice = choose(sentence_candidates(one, material), weights.ANSWERABLE_TEXT)
    return choice


def _draft(query: Query, choice: Choice) -> Draft:
    best = choice.best
    stretch = claim_stretch(best.view, best.figure) if best.figure else best.stretch
    evidence = _evidence(best, stretch)
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
        short = short_text(query, best.view, stretch)
    claim = Claim(claim_text(best.view, stretch, best.figure), tuple(range(len(evidence))))
    return Draft(
        claims=(claim,), evidence=evidence, short_answer=short, figures=figures, warnings=_notices(query, choice)
    )


def _evidence(best: Candidate, stretch: Stretch) -> tuple[Evidence, ...]:
    spans = best.view.reading.spans(stretch.start, stretch.end)
    return tuple(Evidence(best.hit.report, best.view.passage, span) for span in spans)


def _notices(query: Query, choice: Choice) -> tuple[Notice, ...]:
    report = choice.best.hit.report
    if not choice.older or report.period is None or (query.period is not None and query.period.year is not None):
        return ()
    what = "năm" if query.period is not None else "kỳ báo cáo"
    return (
        Notice("newest-period", f"Câu hỏi không nêu {what}: lấy theo báo cáo mới nhất, {period_label(report.period)}."),
    )
