"""Small reports, versions and clocks made for the tests of storage and of the ingest path."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import NAMESPACE_URL, uuid5

from ingest.catalogue.records import NewVersion
from ingest.domain import (
    Balance,
    Figure,
    FigureRole,
    Paragraph,
    ParagraphKind,
    Passage,
    PassageKind,
    Period,
    PeriodKind,
    Report,
    ReportMeta,
    Section,
    SectionKind,
    Span,
)
from ingest.originals import sha256_of

Q1_2024 = Period(PeriodKind.QUARTER, year=2024, first_month=1, last_month=3)


class Clock:
    """A clock that moves one second at each look."""

    def __init__(self) -> None:
        self.now = datetime(2024, 4, 1, 8, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


def meta(
    *,
    issuer: str = "ỦY BAN NHÂN DÂN HUYỆN ĐÔNG HÀ",
    number: str = "",
    issued_on: date | None = None,
    area: str = "huyện Đông Hà",
    period: Period | None = Q1_2024,
    title: str = "Báo cáo thử",
) -> ReportMeta:
    return ReportMeta(
        issuer=issuer,
        number=number,
        issued_on=issued_on,
        area=area,
        period=period,
        title=title,
        spans={"title": Span(0, 4)},
    )


def report(text: str, *, head: ReportMeta | None = None) -> Report:
    """Return a report with one paragraph for each line of ``text``."""
    paragraphs, start = [], 0
    for line in text.split("\n"):
        paragraphs.append(Paragraph(0, ParagraphKind.TEXT, (Span(start, start + len(line)),)))
        start += len(line) + 1
    root = Section(0, None, 0, SectionKind.ROOT, "", "", None, Span(0, len(text)))
    return Report(text, "text", head or meta(), (root,), tuple(paragraphs))


def passages(made: Report, *, key: str) -> tuple[Passage, ...]:
    """Return one passage for each paragraph of ``made`` that is not empty."""
    full = [p for p in made.paragraphs if len(p.spans[0])]
    return tuple(
        Passage(
            id=str(uuid5(NAMESPACE_URL, f"{key}/{ordinal}")),
            ordinal=ordinal,
            kind=PassageKind.SECTION,
            section=0,
            section_path=(),
            spans=p.spans,
            text=p.spans[0].of(made.text),
            context="",
        )
        for ordinal, p in enumerate(full)
    )


def figures(made: Report, found: tuple[Passage, ...]) -> dict[str, tuple[Figure, ...]]:
    """Return one figure for each number of each passage."""
    return {
        p.id: tuple(
            Figure(
                span=Span(p.spans[0].start, p.spans[0].start + 1),
                text=word,
                value=Decimal(word),
                unit="vụ",
                role=FigureRole.LEVEL,
                indicator="vụ việc",
                clause=p.spans[0],
                sentence=p.spans[0],
            )
            for word in p.text.split()
            if word.isdigit()
        )
        for p in found
    }


def version(text: str, *, head: ReportMeta | None = None, generation: int = 0) -> NewVersion:
    made = report(text, head=head)
    sha256 = sha256_of(text.encode())
    found = passages(made, key=f"{sha256}:{generation}")
    return NewVersion(
        sha256=sha256,
        name="báo cáo.txt",
        media_type="text/plain",
        size=len(text.encode()),
        generation=generation,
        report=made,
        passages=found,
        figures=figures(made, found),
        balance=Balance(1, 0, 0, 0, 0, len(found), len(found)),
        reading_version="1",
        fingerprint="fake",
    )
