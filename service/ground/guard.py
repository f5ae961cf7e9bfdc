"""Draft -> Answer. A claim survives only if its citations exist and hold every number, period and place it names."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from ingest.domain import Passage, Span
from ingest.vi.periods import period_label
from service.domain import (
    Abstention,
    Answer,
    AnswerFigure,
    Citation,
    Claim,
    Computation,
    Draft,
    Evidence,
    Notice,
    Status,
)
from service.ground.computation import Checked, check, stands
from service.ground.faults import Texts, faults, quote_of, short_faults

_EQUATES = re.compile(r"\d[\d.,]*\s?%?\s*[=≈]\s*\d[\d.,]*")  # the end of a sum with its result


@dataclass(frozen=True, slots=True)
class Frame:
    """What an answer carries besides its claims."""

    id: str
    conversation_id: str
    question: str
    understood_as: str
    mode: str
    index_version: str
    suggestions: tuple[str, ...] = ()
    timings_ms: Mapping[str, float] = field(default_factory=dict)


def ground(draft: Draft, frame: Frame, *, texts: Texts) -> Answer:
    """Return the answer made of the claims that hold; ``not_found`` with a warning when none does."""
    sound = {i: e for i, e in enumerate(draft.evidence) if _exists(e, texts)}
    checked = check(draft, sound, texts=texts)
    kept = [claim for claim in draft.claims if not _faulty(claim, draft, checked, sound, texts)]
    if not any(_shows(claim, draft) for claim in kept):
        checked = None
    if not kept or (draft.together and len(kept) < len(draft.claims)):
        blocked = Notice(
            "guard-blocked", "Câu trả lời dự thảo không được đoạn trích nào chứng thực nên không hiển thị."
        )
        message = "Các báo cáo không nêu nội dung này."
        return ground_abstention(Abstention(message, warnings=(*draft.warnings, blocked)), frame)
    order = list(dict.fromkeys(i for claim in kept for i in claim.evidence))
    number = {evidence: n for n, evidence in enumerate(order, start=1)}
    own = [claim for claim in draft.figures if claim.evidence in number and stands(claim, sound, texts=texts)]
    warnings = draft.warnings
    if len(kept) < len(draft.claims):
        warnings = (*warnings, Notice("guard-dropped", "Đã bỏ bớt phần không được đoạn trích chứng thực."))
    short = draft.short_answer
    result = checked.texts if checked is not None else ()
    if draft.counts and short is not None and re.fullmatch(rf"{len(kept)}(?: \D+)?", short):
        result = (*result, short)
    cited = [sound[i] for i in order]
    if short is not None and short_faults(short, cited, texts=texts, computed=result, figures=own):
        short = None
    figures = _figures(draft, sound, number, texts)
    return replace(
        _framed(frame, Status.ANSWERED, " ".join(_marked(claim, number) for claim in kept)),
        short_answer=short,
        figures=tuple(figures.values()),
        computation=_renumbered(draft.computation, list(figures)) if checked is not None else None,
        citations=tuple(_citation(number[i], sound[i], texts) for i in order),
        suggestions=frame.suggestions,
        warnings=warnings,
        model=draft.model,
        prompt_version=draft.prompt_version,
    )


def ground_abstention(abstention: Abstention, frame: Frame) -> Answer:
    """Return the answer that says the reports do not say, or asks which one is meant."""
    return replace(
        _framed(frame, abstention.status, abstention.message),
        suggestions=abstention.suggestions,
        warnings=abstention.warnings,
    )


def _framed(frame: Frame, status: Status, text: str) -> Answer:
    return Answer(
        id=frame.id,
        conversation_id=frame.conversation_id,
        question=frame.question,
        understood_as=frame.understood_as,
        status=status,
        answer=text,
        short_answer=None,
        figures=(),
        computation=None,
        citations=(),
        suggestions=(),
        warnings=(),
        mode=frame.mode,
        model="",
        prompt_version="",
        index_version=frame.index_version,
        timings_ms=frame.timings_ms,
    )


def _exists(evidence: Evidence, texts: Texts) -> bool:
    text = texts(evidence.report.version_id)
    return 0 <= evidence.span.start < evidence.span.end <= len(text)


def _faulty(claim: Claim, draft: Draft, checked: Checked | None, sound: Mapping[int, Evidence], texts: Texts) -> bool:
    """Tell whether a claim may not be shown: only one that cites every operand may show arithmetic and its result."""
    holds = checked is not None and checked.evidence <= set(claim.evidence)
    allowed = checked.texts if checked is not None and holds else ()
    if (_shows(claim, draft) and not holds) or faults(
        claim, sound, texts=texts, computed=allowed, figures=draft.figures
    ):
        return True
    said = [*allowed, *(quote_of(sound[i], texts) for i in claim.evidence)]
    return any(not any(sum_ in text for text in said) for sum_ in _EQUATES.findall(claim.text))


def _shows(claim: Claim, draft: Draft) -> bool:
    """Tell whether a claim shows the draft's arithmetic."""
    return draft.computation is not None and draft.computation.expression in claim.text


def _renumbered(computation: Computation | None, shown: Sequence[int]) -> Computation | None:
    """Return the arithmetic with its inputs counted among the figures shown, which are all there when it is checked."""
    if computation is None:
        return None
    return replace(computation, inputs=tuple(shown.index(i) for i in computation.inputs))


def _marked(claim: Claim, number: Mapping[int, int]) -> str:
    marks = "".join(f"[{n}]" for n in sorted({number[i] for i in claim.evidence}))
    text = claim.text.rstrip()
    end = "" if text.endswith((".", "!", "?", "…")) else "."
    return f"{text}{end} {marks}"


def _figures(
    draft: Draft, sound: Mapping[int, Evidence], number: Mapping[int, int], texts: Texts
) -> dict[int, AnswerFigure]:
    """Return the figures that stand in a citation shown, by their 0-based number in the draft."""
    shown: dict[int, AnswerFigure] = {}
    for i, claim in enumerate(draft.figures):
        if claim.evidence not in number or not stands(claim, sound, texts=texts):
            continue
        figure, evidence = claim.figure, sound[claim.evidence]
        period = figure.period or evidence.report.period
        shown[i] = AnswerFigure(
            text=figure.text,
            value=format(figure.value, "f"),
            unit=figure.unit,
            role=figure.role.value,
            period=period_label(period) if period else "",
            place=figure.place or evidence.report.area,
            citation=number[claim.evidence],
            doubtful=figure.doubtful,
        )
    return shown


def _page_of(passage: Passage, quote: Span) -> int | None:
    """Return the page a quote of ``passage`` begins on, which may be a later one than the passage's own."""
    return None if passage.page is None else passage.page + bisect_right(passage.turns, quote.start)


def _citation(index: int, evidence: Evidence, texts: Texts) -> Citation:
    report, passage, span = evidence.report, evidence.passage, evidence.span
    return Citation(
        index=index,
        report_id=report.report_id,
        version_id=report.version_id,
        report_title=report.title,
        issuer=report.issuer,
        period=period_label(report.period) if report.period else "",
        section_path=passage.section_path,
        footnote=passage.footnote,
        page=_page_of(passage, span),
        quote=quote_of(evidence, texts),
        start=span.start,
        end=span.end,
        url=f"/v1/reports/{report.report_id}/text?version={report.version_id}#char={span.start},{span.end}",
    )
