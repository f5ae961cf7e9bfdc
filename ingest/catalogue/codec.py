"""Domain dataclasses ⇄ JSON values, by hand and without loss. Pure.

Spans are ``[start, end]``; decimals and dates are text; a key missing from an older row takes the
dataclass's default. ``Any`` here is a JSON value as the database driver hands it over.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

from ingest.domain import (
    Balance,
    Figure,
    FigureRole,
    Footnote,
    Page,
    Paragraph,
    ParagraphKind,
    ParseIssue,
    Passage,
    PassageKind,
    Period,
    PeriodKind,
    Report,
    ReportMeta,
    Section,
    SectionKind,
    Severity,
    Span,
    Table,
    TableRow,
)

Packed = dict[str, Any]


def pack_meta(meta: ReportMeta) -> Packed:
    """Return ``meta`` as a JSON object."""
    return {
        "issuer": meta.issuer,
        "parent_issuer": meta.parent_issuer,
        "number": meta.number,
        "doc_type": meta.doc_type,
        "title": meta.title,
        "issued_on": meta.issued_on.isoformat() if meta.issued_on else None,
        "issued_at": meta.issued_at,
        "area": meta.area,
        "period": _pack_period(meta.period),
        "signer": meta.signer,
        "signer_role": meta.signer_role,
        "recipients": list(meta.recipients),
        "spans": {name: _pack_span(span) for name, span in meta.spans.items()},
    }


def unpack_meta(packed: Packed) -> ReportMeta:
    """Return the ``ReportMeta`` of ``pack_meta``."""
    plain = dict(packed)
    issued_on = plain.pop("issued_on", None)
    return ReportMeta(
        issued_on=date.fromisoformat(issued_on) if issued_on else None,
        period=_unpack_period(plain.pop("period", None)),
        recipients=tuple(plain.pop("recipients", ())),
        spans={name: Span(*pair) for name, pair in plain.pop("spans", {}).items()},
        **plain,
    )


def pack_balance(balance: Balance) -> Packed:
    """Return ``balance`` as a JSON object."""
    return asdict(balance)


def unpack_balance(packed: Packed) -> Balance:
    """Return the ``Balance`` of ``pack_balance``."""
    return Balance(**packed)


def pack_body(report: Report) -> Packed:
    """Return the tree of ``report`` (all but text, format and meta) as a JSON object."""
    return {
        "sections": [_pack_section(s) for s in report.sections],
        "paragraphs": [_pack_paragraph(p) for p in report.paragraphs],
        "footnotes": [_pack_footnote(n) for n in report.footnotes],
        "tables": [_pack_table(t) for t in report.tables],
        "issues": [_pack_issue(i) for i in report.issues],
        "doubtful": _pack_spans(report.doubtful),
    }


def unpack_report(body: Packed, *, text: str, format_: str, meta: Packed, pages: Iterable[Page] = ()) -> Report:
    """Return the ``Report`` that ``pack_body`` and ``pack_meta`` were made from; ``pages`` are kept beside them."""
    return Report(
        text=text,
        format=format_,
        meta=unpack_meta(meta),
        sections=tuple(_unpack_section(s) for s in body["sections"]),
        paragraphs=tuple(_unpack_paragraph(p) for p in body["paragraphs"]),
        footnotes=tuple(_unpack_footnote(n) for n in body["footnotes"]),
        tables=tuple(_unpack_table(t) for t in body["tables"]),
        issues=tuple(_unpack_issue(i) for i in body["issues"]),
        pages=tuple(pages),
        doubtful=_unpack_spans(body.get("doubtful", ())),
    )


def pack_passage(passage: Passage) -> Packed:
    """Return what has no column of its own in the passages table."""
    return {
        "section_path": list(passage.section_path),
        "spans": _pack_spans(passage.spans),
        "context": passage.context,
        "footnote": passage.footnote,
        "anchor": _pack_span(passage.anchor),
        "notes": list(passage.notes),
        "page": passage.page,
        "turns": list(passage.turns),
    }


def unpack_passage(row: Mapping[Any, Any]) -> Passage:
    """Return the passage of a row with ``id, ordinal, kind, section, text, body``."""
    body = row["body"]
    return Passage(
        id=row["id"],
        ordinal=row["ordinal"],
        kind=PassageKind(row["kind"]),
        section=row["section"],
        section_path=tuple(body["section_path"]),
        spans=_unpack_spans(body["spans"]),
        text=row["text"],
        context=body["context"],
        footnote=body["footnote"],
        anchor=_unpack_span(body["anchor"]),
        notes=tuple(body["notes"]),
        page=body["page"],
        turns=tuple(body.get("turns", ())),
    )


def pack_figure(figure: Figure) -> Packed:
    """Return what has no column of its own in the figures table."""
    return {
        "span": _pack_span(figure.span),
        "clause": _pack_span(figure.clause),
        "sentence": _pack_span(figure.sentence),
        "period": _pack_period(figure.period),
        "place": figure.place,
        "whole": None if figure.whole is None else str(figure.whole),
        "base": figure.base,
        "hedge": figure.hedge,
        "doubtful": figure.doubtful,
    }


def unpack_figure(row: Mapping[Any, Any]) -> Figure:
    """Return the figure of a row with ``text, value, unit, role, indicator, body``."""
    body = row["body"]
    whole = body["whole"]
    return Figure(
        span=Span(*body["span"]),
        text=row["text"],
        value=Decimal(row["value"]),
        unit=row["unit"],
        role=FigureRole(row["role"]),
        indicator=row["indicator"],
        clause=Span(*body["clause"]),
        sentence=Span(*body["sentence"]),
        period=_unpack_period(body["period"]),
        place=body["place"],
        whole=None if whole is None else Decimal(whole),
        base=body["base"],
        hedge=body["hedge"],
        doubtful=body.get("doubtful", False),
    )


def _pack_section(section: Section) -> Packed:
    return {
        "id": section.id,
        "parent": section.parent,
        "level": section.level,
        "kind": section.kind.value,
        "marker": section.marker,
        "title": section.title,
        "heading": _pack_span(section.heading),
        "span": _pack_span(section.span),
    }


def _unpack_section(packed: Packed) -> Section:
    return Section(
        **{
            **packed,
            "kind": SectionKind(packed["kind"]),
            "heading": _unpack_span(packed["heading"]),
            "span": Span(*packed["span"]),
        }
    )


def _pack_paragraph(paragraph: Paragraph) -> Packed:
    return {
        "section": paragraph.section,
        "kind": paragraph.kind.value,
        "spans": _pack_spans(paragraph.spans),
        "marker": paragraph.marker,
        "depth": paragraph.depth,
    }


def _unpack_paragraph(packed: Packed) -> Paragraph:
    return Paragraph(**{**packed, "kind": ParagraphKind(packed["kind"]), "spans": _unpack_spans(packed["spans"])})


def _pack_footnote(note: Footnote) -> Packed:
    return {
        "label": note.label,
        "mark": _pack_span(note.mark),
        "spans": _pack_spans(note.spans),
        "section": note.section,
        "paragraph": note.paragraph,
    }


def _unpack_footnote(packed: Packed) -> Footnote:
    return Footnote(**{**packed, "mark": _unpack_span(packed["mark"]), "spans": _unpack_spans(packed["spans"])})


def _pack_table(table: Table) -> Packed:
    return {
        "section": table.section,
        "caption": table.caption,
        "unit": table.unit,
        "columns": list(table.columns),
        "rows": _pack_rows(table.rows),
        "heads": _pack_rows(table.heads),
    }


def _unpack_table(packed: Packed) -> Table:
    rows, heads = (
        _unpack_rows(packed["rows"]),
        _unpack_rows(packed.get("heads", ())),
    )  # none in tables of older readings
    return Table(**{**packed, "columns": tuple(packed["columns"]), "rows": rows, "heads": heads})


def _pack_rows(rows: tuple[TableRow, ...]) -> list[Packed]:
    return [{"span": _pack_span(row.span), "cells": _pack_spans(row.cells)} for row in rows]


def _unpack_rows(packed: Sequence[Packed]) -> tuple[TableRow, ...]:
    return tuple(TableRow(span=Span(*row["span"]), cells=_unpack_spans(row["cells"])) for row in packed)


def _pack_issue(issue: ParseIssue) -> Packed:
    return {
        "code": issue.code,
        "message": issue.message,
        "severity": issue.severity.value,
        "span": _pack_span(issue.span),
        "count": issue.count,
    }


def _unpack_issue(packed: Packed) -> ParseIssue:
    return ParseIssue(**{**packed, "severity": Severity(packed["severity"]), "span": _unpack_span(packed["span"])})


def _pack_period(period: Period | None) -> Packed | None:
    return None if period is None else {**asdict(period), "kind": period.kind.value}


def _unpack_period(packed: Packed | None) -> Period | None:
    return None if packed is None else Period(**{**packed, "kind": PeriodKind(packed["kind"])})


def _pack_span(span: Span | None) -> list[int] | None:
    return None if span is None else [span.start, span.end]


def _unpack_span(pair: list[int] | None) -> Span | None:
    return None if pair is None else Span(*pair)


def _pack_spans(spans: Iterable[Span]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]


def _unpack_spans(pairs: Iterable[list[int]]) -> tuple[Span, ...]:
    return tuple(Span(start, end) for start, end in pairs)
