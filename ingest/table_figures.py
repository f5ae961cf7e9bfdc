"""Figures of table rows: the value from the cell, its sense from the row's label, the column's heading, the caption."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from ingest.domain import Figure, FigureRole, Passage, Period, Report, Span, Table
from ingest.table_heads import (
    Column,
    counted_unit,
    period_of_head,
    plain_words,
    read_heading,
    role_in,
    unit_line,
    unit_of,
)
from ingest.table_rows import (
    Layout,
    is_total,
    labels_of,
    layout_of,
    lists_places,
    period_of_row,
    place_of_row,
    place_under,
    trimmed,
    unit_of_row,
)
from ingest.vi.figures import find_figures
from ingest.vi.indicators import is_generic, join, measures
from ingest.vi.normalise import unify
from ingest.vi.numbers import find_numbers, parse_number
from ingest.vi.openings import Defaults
from ingest.vi.periods import contains, find_periods, resolve
from ingest.vi.places import find_places
from ingest.vi.reading import read
from ingest.vi.units import match_unit

_NAMELESS = re.compile(
    r"(?:tên )?(?:các )?(?:chỉ tiêu|nội dung|danh mục|mục|tên|diễn giải|stt|tt|lĩnh vực|ngành"
    r"|hạng mục|khoản mục)(?: chủ yếu| chính| kinh tế)?"
)
_RATES = re.compile(r"(?:tỷ lệ|tỉ lệ|tỷ trọng|tỉ trọng|cơ cấu|tốc độ)(?!\w)")
_RATIOS = (FigureRole.PLAN_RATIO, FigureRole.YOY_RATIO, FigureRole.SHARE)
_IN_BRACKETS = re.compile(r"\(([^()]*)\)")
_BY = re.compile(r"\s(?:chia |phân |tính )?(?:theo|của các|tại các)\s.*$")
_NUMBERED = re.compile(r"(?:bảng|biểu)(?: số)? [\divx]+(?:[.\-]\d+)*\s*[.:\-–]?\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Context:
    """What holds for a whole table: its layout, and what its caption or its section says for every cell."""

    layout: Layout
    period: Period | None
    place: str | None
    unit: str  # named by the caption in brackets
    drop: tuple[Span, ...]


def row_figures(
    report: Report, passage: Passage, defaults: Defaults | None = None, drop: Sequence[Span] = ()
) -> tuple[Figure, ...]:
    """Return the figures of the table rows that a passage covers, in order; () for none.

    ``defaults``: period and place of the section, None for those of the report; ``drop``: footnote marks, no part of
    any number.
    """
    found: list[Figure] = []
    for table in report.tables:
        rows = [n for n, row in enumerate(table.rows) if any(_meet(row.span, span) for span in passage.spans)]
        if rows:
            context = _context(report, table, defaults, drop)
            for number in rows:
                found.extend(_of_row(report, table, context, number))
    return tuple(found)


def _context(report: Report, table: Table, defaults: Defaults | None, drop: Sequence[Span]) -> _Context:
    period = defaults.period if defaults and defaults.period else report.meta.period
    place = (defaults.place if defaults else None) or report.meta.area or None
    named = [resolve(one, period) if period else one for _, one in find_periods(table.caption)]
    widest = [one for one in named if all(contains(one, other) for other in named)]
    places = sorted(find_places(table.caption, unify(table.caption)), key=lambda one: one.level)
    unit = next((unit for unit in map(unit_of, _IN_BRACKETS.findall(table.caption)) if unit), "")
    start, end = table.rows[0].span.start, table.rows[-1].span.end
    near = tuple(span for span in drop if start <= span.start < end)
    return _Context(
        layout_of(report.text, table),
        widest[0] if widest else period,
        places[0].name if places else place,
        unit,
        near,
    )


def _of_row(report: Report, table: Table, context: _Context, number: int) -> list[Figure]:
    row, layout = table.rows[number], context.layout
    labels = labels_of(report.text, table, layout, number)
    label = labels[-1] if labels else ""
    period = period_of_row(table, layout, label)
    if period is None and not any(ch.isalpha() for ch in label):
        return []  # a row of column numbers
    period = resolve(period, context.period) if period and context.period else period
    place, total = place_of_row(table, layout, label), ""
    if place is None and is_total(label):
        if lists_places(table, layout):
            place = report.meta.area or None
        else:
            total = _total_of(table, layout, label)
    named = "" if place or period else join(*labels)
    found: list[Figure] = []
    for column, cell in enumerate(row.cells):
        # Values side by side without a heading: which year or role each has cannot be seen.
        if layout.holds_values(column) and row.span.covers(cell) and _says(table, column):
            found += _of_cell(report, table, context, _Row(number, label, named, period, place, total), column)
    return found


@dataclass(frozen=True, slots=True)
class _Row:
    """A row by its number: ``label``, ``named`` (what it counts), ``period`` and ``place`` where the label is one.

    ``total``: what a total row adds up, for cells whose head does not say it.
    """

    number: int
    label: str
    named: str
    period: Period | None
    place: str | None
    total: str


def _of_cell(report: Report, table: Table, context: _Context, row: _Row, column: int) -> tuple[Figure, ...]:
    layout, whole_row = context.layout, table.rows[row.number]
    span = _without_marks(report.text, trimmed(report.text, whole_row.cells[column]), context.drop)
    text = span.of(report.text)
    if not any(ch.isdigit() for ch in text):
        return ()
    head = table.columns[column] if column < len(table.columns) else ""
    place, head = _place_in(head)
    heading = read_heading(head, context.period)
    place = row.place or place
    named = row.total if row.total and not heading.words else row.named
    indicator = _indicator(report, table, named, heading.words) or row.label
    read_value = _value(text, layout)
    if read_value is None:
        return _prose(report, whole_row.cells[column], indicator, context, place)
    value, whole, own = read_value
    unit = own or _unit(report, table, context, row, heading, f"{head} {indicator}")
    figure = Figure(
        span=span,
        text=text,
        value=value,
        unit=unit,
        role=role_in(heading, unit),
        indicator=indicator,
        clause=whole_row.span,
        sentence=whole_row.span,
        period=period_of_head(table.columns, column, context.period) or row.period or context.period,
        place=place or context.place,
        whole=whole,
        base=heading.base,
        hedge=heading.hedge,
    )
    return (figure,)


def _unit(report: Report, table: Table, context: _Context, row: _Row, heading: Column, words: str) -> str:
    """Return the unit of a cell: its head's, its row's, "%" by its sense, else that of the unit line or the caption."""
    told = heading.unit or unit_of_row(report.text, table, context.layout, row.number)
    if told:
        return told
    low = unify(heading.words)
    if heading.role in _RATIOS or _RATES.match(low) or (not low and _RATES.match(unify(row.label))):
        return "%"
    return unit_line(table, words) or context.unit or _counted(report, table, row, heading)


def _counted(report: Report, table: Table, row: _Row, heading: Column) -> str:
    """Return what a cell counts by the words of its head, else of its row or the caption where they say "số ..."."""
    if heading.role is not FigureRole.LEVEL and heading.role is not FigureRole.TARGET:
        return ""
    if heading.words:
        return counted_unit(heading.words)
    return counted_unit(row.label, said=True) or counted_unit(_subject(report, table), said=True)


def _place_in(head: str) -> tuple[str | None, str]:
    """Return the place that a level of a head is, and the head without it."""
    parts = head.split(" / ")
    for at, part in enumerate(parts):
        above = " ".join(parts[:at])
        if place := place_under(part, above):
            return place, " / ".join([*parts[:at], *parts[at + 1 :]]) if len(parts) > 1 else ""
    return None, head


def _without_marks(text: str, span: Span, marks: Sequence[Span]) -> Span:
    """Return ``span`` without footnote marks at its end ("32¹", "32 (*)")."""
    while (
        last := next((mark for mark in marks if mark.end == span.end and mark.start > span.start), None)
    ) is not None:
        span = trimmed(text, Span(span.start, last.start))
    return span


def _indicator(report: Report, table: Table, named: str, words: str) -> str:
    indicator = join(named, words)
    if indicator and not words and measures(subject := _subject(report, table)) and not measures(named):
        # Columns of years under "Số bác sĩ trên một vạn dân theo khu vực": the caption says what, the row of which.
        return join(_BY.sub("", subject), indicator)
    if not indicator or is_generic(indicator) or is_total(indicator):
        return join(_subject(report, table), indicator)
    return indicator


def _total_of(table: Table, layout: Layout, label: str) -> str:
    """Return what a total row adds up: "Tổng cộng" under "Khoản thu" is "Tổng cộng khoản thu"."""
    column = layout.labels[0]
    head = " ".join(table.columns[column].split()) if column < len(table.columns) else ""
    return label if not head or _NAMELESS.fullmatch(unify(head)) else f"{label} {head[:1].lower()}{head[1:]}"


def _subject(report: Report, table: Table) -> str:
    """Return what a whole table counts: its caption or its section's title without periods, capitals written small."""
    words = plain_words(_NUMBERED.sub("", table.caption) or report.sections[table.section].title, title=True)
    return words.capitalize() if words.isupper() else words


def _says(table: Table, column: int) -> bool:
    """Tell whether a column has a heading; a table of a label and one value needs none."""
    if column < len(table.columns) and table.columns[column].strip():
        return True
    return len(table.columns) <= 2 and not any(head.strip() for head in table.columns)


def _prose(report: Report, cell: Span, indicator: str, context: _Context, place: str | None) -> tuple[Figure, ...]:
    return find_figures(
        read(report.text, [cell], drop=[span for span in context.drop if cell.covers(span)]),
        canonical=report.text,
        defaults=Defaults(indicator, context.period, place or context.place),
    )


def _value(text: str, layout: Layout) -> tuple[Decimal, Decimal | None, str] | None:
    """Read a cell that is one number, a part/whole or a number with its unit: (value, whole, unit)."""
    written = text.replace(",", "") if layout.english else text
    if (value := parse_number(written, dot_decimals=layout.dotted)) is not None:
        return value, None, ""
    numbers = find_numbers(text)
    if len(numbers) != 1 or text[: numbers[0].start].strip(" (≥≤><~") or numbers[0].high is not None:
        return None
    unit = match_unit(text, numbers[0].end)
    rest = text[unit[1] if unit else numbers[0].end :].strip(" )")
    return None if rest else (numbers[0].value, numbers[0].whole, unit[0] if unit else "")


def _meet(first: Span, second: Span) -> bool:
    return first.start < second.end and second.start < first.end
