"""Figures of table rows: the value from the cell, its sense from the row's label and the column's heading."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from ingest.domain import Figure, Passage, Period, Report, Span, Table
from ingest.table_heads import plain_words, read_heading, role_in, unit_line, unit_of
from ingest.vi.figures import find_figures
from ingest.vi.indicators import is_generic, join, tidy
from ingest.vi.normalise import unify
from ingest.vi.numbers import find_numbers, is_dotted, parse_number
from ingest.vi.openings import Defaults
from ingest.vi.periods import find_periods, resolve
from ingest.vi.places import bare_name, find_places
from ingest.vi.reading import read
from ingest.vi.units import canonical_unit, match_unit

_NUMBERING = re.compile(r"(?:stt|tt|số tt|số thứ tự)\.?")
_ROW_NUMBER = re.compile(r"(?:[A-ZĐ]|[IVXLC]+|\d{1,2}(?:\.\d{1,2})*|[a-zđ]|[-+•]|\(?\d{1,2}\)?)?\.?")
_UNITS = re.compile(r"(?:đvt|đv tính|đơn vị tính|đơn vị|dvt)\.?")
_PLACES = re.compile(r"\b(?:xã|phường|thị trấn|đơn vị|địa phương|huyện|địa bàn|tỉnh|thành phố)(?!\w)")
_NOTE_MARK = re.compile(r"\s*\(\d{1,2}\)$")  # "Thu NSNN (1)" points to the table's note
_TOTAL = re.compile(r"(?:tổng )?cộng|tổng(?: số)?|toàn (?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn)")
_NAMELESS = re.compile(r"(?:tên )?(?:các )?(?:chỉ tiêu|nội dung|danh mục|mục|tên|diễn giải|stt|tt)(?: chủ yếu| chính)?")
_RANK = {"": 0, "-": 1, "+": 2}


@dataclass(frozen=True, slots=True)
class _Layout:
    numbering: int | None
    units: int | None
    label: int
    dotted: bool


def row_figures(report: Report, passage: Passage) -> tuple[Figure, ...]:
    """Return the figures of the table rows that a passage covers, in order; () for none."""
    found: list[Figure] = []
    for table in report.tables:
        rows = [n for n, row in enumerate(table.rows) if any(_meet(row.span, span) for span in passage.spans)]
        if rows:
            layout = _layout(report.text, table)
            for number in rows:
                found.extend(_of_row(report, table, layout, number))
    return tuple(found)


def _of_row(report: Report, table: Table, layout: _Layout, number: int) -> list[Figure]:
    row = table.rows[number]
    labels = _labels(report.text, table, layout, number)
    label = labels[-1] if labels else ""
    if not any(ch.isalpha() for ch in label):
        return []  # a row of column numbers
    place, period = _place(table, layout, label), _period(label, report.meta.period)
    if place is None and _TOTAL.fullmatch(unify(label)):
        if _lists_places(table, layout):
            place = report.meta.area or None
        else:
            labels = [_total_of(table, layout, label)]
    own_unit = _unit_cell(report.text, table, layout, number)
    found: list[Figure] = []
    for column, cell in enumerate(row.cells):
        if column in (layout.numbering, layout.units, layout.label):
            continue
        span = _trim(report.text, cell)
        text = span.of(report.text)
        if not any(ch.isdigit() for ch in text):
            continue
        if not _says(table, column):
            continue  # values side by side without a heading: which year or role each has cannot be seen
        column_head = table.columns[column] if column < len(table.columns) else ""
        heading = read_heading(column_head, report.meta.period)
        indicator = _indicator(report, table, "" if place or period else join(*labels), heading.words) or label
        read_value = _value(text, dotted=layout.dotted)
        if read_value is None:
            found.extend(_prose(report, cell, indicator, place))
            continue
        value, whole, unit = read_value
        found.append(
            Figure(
                span=span,
                text=text,
                value=value,
                unit=(unit := unit or heading.unit or own_unit or unit_line(table, f"{column_head} {indicator}")),
                role=role_in(heading, unit),
                indicator=indicator,
                clause=row.span,
                sentence=row.span,
                period=heading.period or period or report.meta.period,
                place=place or report.meta.area or None,
                whole=whole,
                base=heading.base,
                hedge=heading.hedge,
            )
        )
    return found


def _indicator(report: Report, table: Table, named: str, words: str) -> str:
    indicator = join(named, words)
    if not indicator or is_generic(indicator) or _TOTAL.fullmatch(unify(indicator)):
        return join(_subject(report, table), indicator)
    return indicator


def _total_of(table: Table, layout: _Layout, label: str) -> str:
    """Return what a total row adds up: "Tổng cộng" under "Khoản thu" is "Tổng cộng khoản thu"."""
    head = " ".join(table.columns[layout.label].split()) if layout.label < len(table.columns) else ""
    return label if not head or _NAMELESS.fullmatch(unify(head)) else f"{label} {head[:1].lower()}{head[1:]}"


def _subject(report: Report, table: Table) -> str:
    """Return what a whole table counts: its caption or its section's title without periods, capitals written small."""
    words = plain_words(table.caption or report.sections[table.section].title)
    return words.capitalize() if words.isupper() else words


def _says(table: Table, column: int) -> bool:
    """Tell whether a column has a heading; a table of a label and one value needs none."""
    if column < len(table.columns) and table.columns[column].strip():
        return True
    return len(table.columns) <= 2 and not any(head.strip() for head in table.columns)


def _prose(report: Report, cell: Span, indicator: str, place: str | None) -> tuple[Figure, ...]:
    return find_figures(
        read(report.text, [cell]),
        canonical=report.text,
        defaults=Defaults(indicator, report.meta.period, place or report.meta.area or None),
    )


def _value(text: str, *, dotted: bool) -> tuple[Decimal, Decimal | None, str] | None:
    """Read a cell that is one number, a part/whole or a number with its unit: (value, whole, unit)."""
    if (value := parse_number(text, dot_decimals=dotted)) is not None:
        return value, None, ""
    numbers = find_numbers(text)
    if len(numbers) != 1 or text[: numbers[0].start].strip(" (≥≤><~") or numbers[0].high is not None:
        return None
    unit = match_unit(text, numbers[0].end)
    rest = text[unit[1] if unit else numbers[0].end :].strip(" )")
    return None if rest else (numbers[0].value, numbers[0].whole, unit[0] if unit else "")


def _labels(text: str, table: Table, layout: _Layout, number: int) -> list[str]:
    """Return the row's label with those of the rows it belongs to: "-" under none, "+" under "-"."""
    labels: list[str] = []
    rank = len(_RANK)
    for row in reversed(table.rows[: number + 1]):
        if layout.label >= len(row.cells):
            continue
        written = read(text, [row.cells[layout.label]]).text
        sign = written[:1] if written[:1] in "-+" else ""
        if not tidy(written) or _RANK[sign] >= rank:
            continue  # an empty label, or "Trong đó:" between a row and its parts
        rank = _RANK[sign]
        labels.insert(0, _NOTE_MARK.sub("", tidy(written)))
        if not sign:
            break
    return labels


def _layout(text: str, table: Table) -> _Layout:
    heads = [" ".join(unify(column).split()) for column in table.columns]
    numbering = 0 if _numbers_rows(text, table, heads) else None
    units = next((n for n, head in enumerate(heads) if _UNITS.fullmatch(head) and _holds_units(text, table, n)), None)
    label = next((n for n in range(len(heads)) if n not in (numbering, units)), 0)
    cells = [_trim(text, cell).of(text) for row in table.rows for cell in row.cells]
    dotted = any(is_dotted(cell) for cell in cells) and not any(re.fullmatch(r"[\d.]*\d,\d+", cell) for cell in cells)
    return _Layout(numbering, units, label, dotted)


def _numbers_rows(text: str, table: Table, heads: list[str]) -> bool:
    """Tell whether the first column holds only row numbers (I, 1, 1.2, a) and blanks, or is headed so."""
    if heads and _NUMBERING.fullmatch(heads[0]):
        return True
    cells = [row.cells[0].of(text).strip(" *|\n") for row in table.rows if row.cells]
    return any(cells) and all(_ROW_NUMBER.fullmatch(cell) for cell in cells)


def _holds_units(text: str, table: Table, column: int) -> bool:
    """ "Đơn vị" heads a column of units or one of offices: units are short and known."""
    cells = [row.cells[column].of(text).strip() for row in table.rows if column < len(row.cells)]
    return any(unit_of(cell) for cell in cells)


def _unit_cell(text: str, table: Table, layout: _Layout, number: int) -> str:
    if layout.units is None or layout.units >= len(table.rows[number].cells):
        return ""
    written = " ".join(table.rows[number].cells[layout.units].of(text).split())
    return canonical_unit(written) if written not in ("", '"', "nt", "-") else ""


def _place(table: Table, layout: _Layout, label: str) -> str | None:
    places = find_places(label, unify(label))
    if len(places) == 1 and places[0].end - places[0].start == len(label):
        return places[0].name
    return label if _lists_places(table, layout) and bare_name(label) else None


def _lists_places(table: Table, layout: _Layout) -> bool:
    heads = table.columns[layout.label] if layout.label < len(table.columns) else ""
    return _PLACES.search(unify(heads)) is not None


def _period(label: str, default: Period | None) -> Period | None:
    found = find_periods(label)
    if len(found) != 1 or len(found[0][0]) != len(label):
        return None
    return resolve(found[0][1], default) if default else found[0][1]


def _trim(text: str, span: Span) -> Span:
    written = span.of(text)
    left = len(written) - len(written.lstrip(" \t\n\xa0*|"))
    right = len(written.rstrip(" \t\n\xa0*|"))
    return Span(span.start + left, span.start + max(left, right))


def _meet(first: Span, second: Span) -> bool:
    return first.start < second.end and second.start < first.end
