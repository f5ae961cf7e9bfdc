"""Answers whose evidence stands in two places: a sentence and the footnote that details it, both cited."""

from __future__ import annotations

from dataclasses import replace

from ingest.domain import PassageKind, Span
from service.answer.candidates import Candidate, Material
from service.answer.near import asked_words
from service.answer.views import PassageView
from service.domain import Draft, Evidence, Query


def noted(draft: Draft, query: Query, best: Candidate, material: Material) -> Draft:
    """Return ``draft`` with the other half of its evidence cited behind; unchanged where there is none at hand.

    That is the note of its sentence, where most of the question's words stand in it, or for an answer out of a note the
    sentence that carries the mark.
    """
    if not draft.claims:
        return draft
    own = best.view.passage
    around = [
        view
        for hit, view in zip(material.hits, material.views, strict=True)
        if hit.report.version_id == best.hit.report.version_id and view is not best.view
    ]
    more = _anchor(own.anchor, best, around) if own.kind is PassageKind.FOOTNOTE else _note(draft, query, best, around)
    if more is None or any(e.span == more.span for e in draft.evidence):
        return draft
    first, *others = draft.claims
    grown = replace(first, evidence=(*first.evidence, len(draft.evidence)))
    return replace(draft, claims=(grown, *others), evidence=(*draft.evidence, more))


def _anchor(anchor: Span | None, best: Candidate, around: list[PassageView]) -> Evidence | None:
    if anchor is None:
        return None
    body = (v.passage for v in around if v.passage.kind is not PassageKind.FOOTNOTE)
    holder = next((p for p in body if any(span.covers(anchor) for span in p.spans)), None)
    return Evidence(best.hit.report, holder, anchor) if holder is not None else None


def _note(draft: Draft, query: Query, best: Candidate, around: list[PassageView]) -> Evidence | None:
    asked = asked_words(query)
    quoted = [e.span for e in draft.evidence]
    found: list[tuple[int, Evidence]] = []
    for view in around:
        mark = view.passage.anchor
        if view.passage.kind is not PassageKind.FOOTNOTE or mark is None:
            continue
        if not any(mark.start < span.end and span.start < mark.end for span in quoted):
            continue
        for sentence in view.sentences:
            spans = view.reading.spans(sentence.at.start, sentence.at.end)
            shared = len(asked & sentence.bag.folded)
            if spans and 2 * shared > len(asked):
                found.append((shared, Evidence(best.hit.report, view.passage, spans[0])))
    return max(found, key=lambda one: one[0])[1] if found else None
