"""Saying no: what was looked for, where, and the nearest thing the reports do have. Figures are left out on purpose."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.vi.normalise import fold
from ingest.vi.periods import find_periods, period_label
from service.answer import weights
from service.answer.candidates import Candidate, Choice, Material, figure_candidates
from service.answer.followups import question_for
from service.answer.query_words import Scorer
from service.answer.views import text_of
from service.domain import Abstention, Query, Status

_CHOICES, _TWO = 3, 2
_NAME_WORDS = range(2, 9)


def not_said(one: Scorer, material: Material) -> Abstention:
    """Return "the reports do not say", with the nearest indicator of any period and place if there is one."""
    query = one.query
    looked = (
        f"Đã tìm trong {_reports(material)}." if material.hits else "Chưa có báo cáo nào khớp với phạm vi được hỏi."
    )
    near = _nearest(one, material)
    head = f"Các báo cáo không nêu nội dung này{_scope(query)}. {looked}"
    if near is None or near.figure is None:
        return Abstention(head)
    figure, report = near.figure.figure, near.hit.report
    period = figure.period if figure.period and figure.period.year else report.period
    label = period_label(period) if period else ""
    where = ", ".join(part for part in (label, figure.place or report.area) if part)
    name = " ".join(figure.indicator.split()) or "chỉ tiêu này"
    clause = text_of(near.view.reading, figure.clause)
    question = _same_question(query, near, label) or question_for(figure, clause, period=label)
    return Abstention(
        f"{head} Nội dung gần nhất có trong báo cáo: “{name}”{f' ({where})' if where else ''}.",
        suggestions=(question,) if question else (),
    )


def which_place(query: Query, choice: Choice) -> Abstention:
    """Return the question back: figures of several places fit, and the reader has to choose."""
    names = [c.hit.report.place for c in (choice.best, *choice.rivals)]
    question = query.text.rstrip(" ?.")
    return Abstention(
        f"Có số liệu của nhiều nơi: {', '.join(names)}. Cần hỏi số liệu của nơi nào?",
        status=Status.CLARIFY,
        suggestions=tuple(f"{question} của {name}?" for name in names[:3]),
    )


def which_reading(readings: Sequence[Query]) -> Abstention:
    """Return the question back: an abbreviation of it may be read in several ways, and the reports answer each."""
    texts = [query.text for query in readings]
    return Abstention(
        f"Câu hỏi có chữ viết tắt hiểu được theo nhiều cách: {'; '.join(f'“{text}”' for text in texts)}. "
        "Cần hỏi theo cách nào?",
        status=Status.CLARIFY,
        suggestions=tuple(texts[:3]),
    )


def which_matter(query: Query, material: Material) -> Abstention:
    """Return the question back: it says what is asked ("tăng bao nhiêu?") and not of what.

    The choices are what the first passages found tell just that of; it takes two to choose from.
    """
    names: dict[str, str] = {}
    for figure in (figure for hit in material.hits for figure in hit.figures):
        name = " ".join(figure.indicator.split())
        if query.role is not None and figure.role is query.role and _is_name(name):
            names.setdefault(fold(name), name)
    asked = f"{query.text[:1].lower()}{query.text[1:]}".rstrip(" ?.")
    choices = tuple(f"{name[:1].upper()}{name[1:]} {asked}?" for name in names.values())[:_CHOICES]
    told = "Câu hỏi chưa nêu rõ chỉ tiêu hoặc nội dung cần tìm."
    if len(choices) < _TWO:
        return Abstention(told)
    return Abstention(f"{told} Cần hỏi về chỉ tiêu nào?", status=Status.CLARIFY, suggestions=choices)


def _is_name(text: str) -> bool:
    """Tell whether an indicator can be put before a question: a few words, no number and no sign among them."""
    return len(text.split()) in _NAME_WORDS and not re.search(r"[^\w\s-]|\d", text)


def _same_question(query: Query, near: Candidate, label: str) -> str | None:
    """Return the question as asked, of the period the nearest figure has; None when more than the period differs."""
    asked = find_periods(query.text)
    if query.period is None or not asked or not label or near.score.fit < weights.ANSWERABLE:
        return None
    span = asked[0][0]
    text = f"{query.text[: span.start]}{label}{query.text[span.end :]}"
    return text[:1].upper() + text[1:]


def _nearest(one: Scorer, material: Material) -> Candidate | None:
    free = replace(one, query=replace(one.query, period=None, place=None))
    ranked = figure_candidates(free, material)
    return next((c for c in ranked if c.score.fit >= weights.NEAREST), None)


def _scope(query: Query) -> str:
    parts = [period_label(query.period)] if query.period else []
    parts += [query.place] if query.place else []
    return f" cho {', '.join(parts)}" if parts else ""


def _reports(material: Material) -> str:
    refs = {hit.report.version_id: hit.report for hit in material.hits}
    labels = sorted({period_label(r.period) for r in refs.values() if r.period is not None})
    told = f" ({', '.join(labels[:4])}{' ...' if len(labels) > 4 else ''})" if labels else ""
    return f"{len(refs)} báo cáo{told}"
